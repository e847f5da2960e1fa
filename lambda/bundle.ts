/** Bundles each service's handler into `assets/<service>/index.js`, with the licences of what went in beside them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { build, type Metafile } from 'esbuild';

const root = join(__dirname, '..');
const assets = join(root, 'assets');
/** A folder with a table of controllers is a service. */
const services = readdirSync(__dirname).filter((folder) => existsSync(join(__dirname, folder, 'index.ts')));

async function bundle(service: string): Promise<Metafile> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [`lambda/${service}/index.ts`],
    outfile: `assets/${service}/index.js`,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    // The ES modules of the SDK can be shaken; its CommonJS ones make a bundle half as large again.
    mainFields: ['module', 'main'],
    // Credentials of a function are in its environment: the other sources double the bundle.
    alias: { '@aws-sdk/credential-provider-node': './lambda/engine/credentials.ts' },
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  outputFiles.forEach(({ path, contents }) => replace(path, contents));
  return metafile;
}

/** Only what has changed, and at once: whoever synthesizes meanwhile must not read half a bundle. */
function replace(path: string, contents: Uint8Array): void {
  if (existsSync(path) && readFileSync(path).equals(contents)) {
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  const written = `${dirname(path)}.${process.pid}`;
  writeFileSync(written, contents);
  renameSync(written, path);
}

/** The package folders of the inputs, e.g. `node_modules/@aws-sdk/client-appstream`. */
function packagesOf(metafile: Metafile): string[] {
  const folders = Object.keys(metafile.inputs).flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

/** The packages that share a licence text, and the text. */
function noticesOf(folders: string[]): string[] {
  const packagesByText = new Map<string, string[]>();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? readFileSync(join(root, folder, file), 'utf8').trim() : `Licensed under ${license}.`;
    packagesByText.set(text, [...packagesByText.get(text) ?? [], `${name} ${version} (${license})`]);
  }
  return [...packagesByText].map(([text, packages]) => `${packages.join('\n')}\n\n${text}\n`);
}

async function main(): Promise<void> {
  const metafiles = await Promise.all(services.map(bundle));
  const folders = [...new Set(metafiles.flatMap(packagesOf))].filter((folder) => existsSync(join(root, folder, 'package.json'))).sort();
  const separator = `\n${'-'.repeat(80)}\n\n`;
  const notices = ['The Lambda bundles in this folder contain parts of these packages.\n', ...noticesOf(folders)].join(separator);
  replace(join(assets, 'THIRD-PARTY-NOTICES.txt'), Buffer.from(notices));
  // What an earlier release has left. Not all at first: whoever synthesizes meanwhile needs the bundles.
  readdirSync(assets, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !services.includes(entry.name))
    .forEach(({ name }) => rmSync(join(assets, name), { recursive: true }));
}

void main();
