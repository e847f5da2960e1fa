import { execFileSync } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const APP = join(__dirname, 'integ.fleet.ts');
const SNAPSHOT = `${APP}.snapshot`;

let outdir: string;

beforeAll(() => {
  outdir = mkdtempSync(join(tmpdir(), 'integ-'));
  execFileSync(process.execPath, ['--import', 'tsx', APP], { env: { ...process.env, CDK_OUTDIR: outdir }, stdio: 'pipe' });
});

afterAll(() => rmSync(outdir, { recursive: true }));

/** Without what differs in each synthesis: hashes of assets, and the salt that makes assertions run anew. */
function read(folder: string, file: string): object {
  const text = readFileSync(join(folder, file), 'utf8');
  return JSON.parse(text.replace(/\b[0-9a-f]{64}\b/g, '<hash>').replace(/"salt": "\d+"/g, '"salt": "<time>"'));
}

const files = (folder: string) => readdirSync(folder).filter((file) => /(\.template|^integ)\.json$/.test(file)).sort();

test('the integration app makes the stacks of its snapshot', () => {
  expect(files(outdir)).toEqual(files(SNAPSHOT));
});

test.each(files(SNAPSHOT))('%s is as it was deployed last: `npx projen integ:snapshot` writes it anew', (file) => {
  expect(read(outdir, file)).toEqual(read(SNAPSHOT, file));
});
