import { rmSync } from 'fs';

/** After all tests. */
export default function removeTemporaryFolder(): void {
  rmSync(process.env.TEST_FOLDER!, { recursive: true, force: true });
}
