/** `npm run demo`: the apps of `examples/` on their way through deployments, as their owners see them. */
import { mkdtempSync, rmSync } from 'fs';
import { constants, tmpdir } from 'os';
import { join } from 'path';
import { parseArgs } from 'util';
import { desktops } from './apps/desktops';
import { elasticApps } from './apps/elastic-apps';
import { imageRollout } from './apps/image-rollout';
import { office } from './apps/office';
import { playtest } from './apps/playtest';
import { renderStudio } from './apps/render-studio';
import type { DemoApp } from './demo-app';
import { show } from './show';
import { Terminal } from './terminal';
import { interruption } from '../interruption';

const APPS: readonly DemoApp[] = [office, desktops, elasticApps, imageRollout, playtest, renderStudio];

const HELP = `Deploys the apps of examples/ with the CDK CLI to a loopback AWS, and takes them through updates, failures and their rollbacks to the end.

  npm run demo -- [app…] [--keep]

${APPS.map(({ name, about }) => `  ${name.padEnd(13)}  ${about}`).join('\n')}
  --keep         keeps the folder with the logs and the synthesized apps, which is otherwise kept only when the demo fails
  --help         shows this

Without a name it shows all of them. No AWS account is needed, and none is reached.`;

/** Real milliseconds after which something must be wrong. */
const DEADLINE = 20 * 60_000;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { keep: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } }, allowPositionals: true,
  });
  const unknown = positionals.filter((name) => !APPS.some((app) => app.name === name));
  if (values.help || unknown.length > 0) {
    console.log([...unknown.map((name) => `there is no app ${JSON.stringify(name)}\n`), HELP].join('\n'));
    return unknown.length > 0 ? 2 : 0;
  }
  // It would write through the board.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const terminal = new Terminal(process.stdout, process.env);
  const interrupted = interruption();
  const signal = AbortSignal.any([interrupted, AbortSignal.timeout(DEADLINE)]);
  const directory = mkdtempSync(join(tmpdir(), 'cdk-app-streaming-demo-'));
  const begun = Date.now();
  const problems: string[] = [];
  for (const app of APPS.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
    problems.push(...signal.aborted ? [] : await show(app, { terminal, directory, signal }));
  }
  const failed = problems.length > 0;
  if (values.keep || (failed && !interrupted.aborted)) {
    terminal.print('', `logs: ${join(directory, '*', 'demo.log')}`);
  } else {
    rmSync(directory, { recursive: true, force: true });
  }
  terminal.print('', failed
    ? terminal.style('red', `demo failed: ${problems.join('; ')}`)
    : terminal.style('green', `demo passed in ${((Date.now() - begun) / 1000).toFixed(0)} s`));
  return interrupted.aborted ? 128 + constants.signals[interrupted.reason as NodeJS.Signals] : Number(failed);
}

main().then((code) => process.exit(code), (error: Error) => {
  console.error(`demo failed: ${error.stack}`);
  process.exit(1);
});
