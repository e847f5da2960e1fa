/** A process that synthesizes one variant, as many pairs as it is told, and answers how long that took: `worker.js AUTHOR ROLE`. */
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as cdk from 'aws-cdk-lib';
import { l1Pair } from './l1-pair';
import { libraryPair } from './library-pair';
import { thinnestPair } from './thinnest-pair';
import type { Author, Role } from './variant';

/** A pair is up to four resources, and CloudFormation takes 500 in a stack. */
const PAIRS_PER_STACK = 100;
/** A process that has just begun is several times slower until its code is compiled. */
const WARM_UP_PAIRS = 400;

const PAIRS = { l1: l1Pair, thinnest: thinnestPair, library: libraryPair };
const [author, role] = process.argv.slice(2) as [Author, Role];
const roleArn = role === 'given' ? 'arn:aws:iam::111111111111:role/given' : undefined;
const outdir = mkdtempSync(join(tmpdir(), 'cdk-app-streaming-bench-'));
process.on('exit', () => rmSync(outdir, { recursive: true }));

function synthesize(pairs: number) {
  const [begin, used] = [performance.now(), process.cpuUsage()];
  const app = new cdk.App({ outdir });
  for (let first = 0; first < pairs; first += PAIRS_PER_STACK) {
    const stack = new cdk.Stack(app, `Stack${first}`);
    for (let index = first; index < Math.min(pairs, first + PAIRS_PER_STACK); index += 1) {
      PAIRS[author](stack, index, roleArn);
    }
  }
  app.synth();
  const { user, system } = process.cpuUsage(used);
  return { cpu: (user + system) / 1000, wall: performance.now() - begin };
}

for (let pairs = 0; pairs < WARM_UP_PAIRS; pairs += PAIRS_PER_STACK) {
  synthesize(PAIRS_PER_STACK);
}
process.on('message', (pairs: number) => process.send?.(synthesize(pairs)));
