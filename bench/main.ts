/** `npm run bench`: the library's figures as one table, and as a page with charts in bench/results/. */
import { mkdirSync, rmSync, writeFileSync } from 'fs';
import { cpus } from 'os';
import { join } from 'path';
import { knowledge } from './knowledge';
import { compileLibrary } from './library';
import { coldStarts, importTimes } from './load-times';
import { markdownPage, textTable } from './report';
import { resourceCounts } from './resource-counts';
import { synthTimes } from './synth-times';

// Here only: what is measured with the validator runs in processes of its own.
process.env.CDK_VALIDATION = 'false';

async function main(): Promise<void> {
  const compiled = compileLibrary();
  const sections = [...await synthTimes(compiled), resourceCounts(), coldStarts(), importTimes(compiled), await knowledge()];
  console.log(textTable(sections));

  const results = join(__dirname, 'results');
  const [processor] = cpus();
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results);
  writeFileSync(join(results, 'README.md'), markdownPage(sections, `Node.js ${process.version} and ${cpus().length} × ${processor.model.trim()}`));
  sections.flatMap(({ charts }) => Object.entries(charts)).forEach(([file, svg]) => writeFileSync(join(results, file), svg));
}

void main();
