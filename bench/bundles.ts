import { execFileSync } from 'child_process';
import { readdirSync, statSync } from 'fs';
import { join } from 'path';
import type { Row } from './row';

const assets = join(__dirname, '..', 'assets');
const COLD_STARTS = 10;

/** How large each bundle is, and how long a new process needs to load it. */
export function bundles(): Row[] {
  return readdirSync(assets, { withFileTypes: true }).filter((entry) => entry.isDirectory()).flatMap(({ name }): Row[] => {
    const file = join(assets, name, 'index.js');
    return [
      [`${name} bundle, minified`, `${(statSync(file).size / 1024).toFixed(0)} KiB`],
      [`${name} bundle, cold require (median of ${COLD_STARTS} processes)`, `${coldRequire(file).toFixed(0)} ms`],
    ];
  });
}

function coldRequire(file: string): number {
  const script = 'const begin = performance.now(); require(process.argv[1]); console.log(performance.now() - begin);';
  const environment = { AWS_REGION: 'us-east-1' };
  const times = Array.from({ length: COLD_STARTS }, () => Number(execFileSync(process.execPath, ['-e', script, file], { env: environment }).toString()));
  return times.sort((a, b) => a - b)[COLD_STARTS / 2];
}
