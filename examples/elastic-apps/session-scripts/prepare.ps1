# Where the editors keep their files.
New-Item -ItemType Directory -Force -Path (Join-Path $HOME 'Documents\Editors') | Out-Null
