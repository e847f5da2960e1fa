# Mounts the disk that lies beside this script.
param([string] $Drive = 'X')

$disk = Mount-DiskImage -ImagePath (Join-Path $PSScriptRoot 'editors.vhdx') -NoDriveLetter -PassThru
Get-Disk -Number ($disk | Get-DiskImage).Number | Get-Partition | Where-Object Type -eq 'Basic' | Set-Partition -NewDriveLetter $Drive
