import { createHash } from 'crypto';
import { join } from 'path';
import { buildSync } from 'esbuild';
import { NotImitated } from '../../../wire/aws-error';
import type { ZipEntry } from '../zip';

/** The SHA-256 of the source that `handler.ts` was written after. Another one is to be read, and `handler.ts` to be changed with it, first. */
const HANDLER = 'c0801ce163330b3c3a42d928a257563d130337d928c3daf638fe0f0929bb2e38';

let bundle: Buffer | undefined;

/**
 * What runs in place of a function in Python. A laptop may have neither Python with boto3 nor the command line of the function's layer, so there is
 * one such function here: aws-cdk-lib's BucketDeployment, known by its source, as one in JavaScript.
 */
export function insteadOfPython(entries: readonly ZipEntry[], runtime: string): ZipEntry[] {
  const [only, ...others] = entries;
  if (only?.path !== 'index.py' || others.length > 0 || createHash('sha256').update(only.content).digest('hex') !== HANDLER) {
    throw new NotImitated(`the Lambda runtime ${runtime} but for the BucketDeployment of the aws-cdk-lib that is known here`);
  }
  bundle ??= bundled();
  return [{ path: 'index.js', content: bundle }];
}

function bundled(): Buffer {
  const { outputFiles: [file] } = buildSync({
    entryPoints: [join(__dirname, 'handler.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    // The runtime brings them.
    external: ['@aws-sdk/*'],
    write: false,
    logLevel: 'warning',
  });
  return Buffer.from(file.contents);
}
