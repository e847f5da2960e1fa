import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** Before all tests: what they and aws-cdk-lib write to the temporary folder of the system goes to one that is removed with them. */
export default function makeTemporaryFolder(): void {
  process.env.TEST_FOLDER = process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'cdk-app-streaming-test-'));
}
