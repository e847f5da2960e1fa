/** `npm run demo`: an app on its way through deployments, as its owner sees them. */
import { mkdtempSync, rmSync } from 'fs';
import { constants, tmpdir } from 'os';
import { join } from 'path';
import { parseArgs } from 'util';
import { CdkCli } from './cdk-cli';
import { gatherEvidence, problemsOf, reservesOf } from './checks';
import { LogFile } from './log-file';
import { STEPS } from './steps';
import { summaryOf } from './summary';
import { Terminal } from './terminal';
import { type StepResult, walk } from './walk';
import { Observer } from './world';
import { ScaledClock } from '../clock';
import type { StackEvent } from '../cloudformation';
import { interruption } from '../interruption';
import { Loopback } from '../loopback';

const HELP = `Deploys examples/office with the CDK CLI to a loopback AWS, and takes it through updates, a failure and its rollback to the end.

  npm run demo -- [--keep]

  --keep   keeps the folder with the log and the synthesized app, which is otherwise kept only when the demo fails
  --help   shows this

No AWS account is needed, and none is reached.`;

/** Ten minutes take two and a half seconds: about what the CDK CLI lets pass between two looks. */
const SCALE = 240;
/** Real milliseconds after which something must be wrong. */
const DEADLINE = 5 * 60_000;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  // It would write through the board.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const terminal = new Terminal(process.stdout, process.env);
  const interrupted = interruption();
  const directory = mkdtempSync(join(tmpdir(), 'cdk-app-streaming-demo-'));
  const log = new LogFile(join(directory, 'demo.log'));
  const begun = Date.now();
  const problems = await run(terminal, directory, log, AbortSignal.any([interrupted, AbortSignal.timeout(DEADLINE)]));
  const failed = problems.length > 0;
  if (values.keep || (failed && !interrupted.aborted)) {
    terminal.print('', `log: ${log.path}`);
  } else {
    rmSync(directory, { recursive: true, force: true });
  }
  terminal.print('', failed
    ? terminal.style('red', `demo failed: ${problems.join('; ')}`)
    : terminal.style('green', `demo passed in ${((Date.now() - begun) / 1000).toFixed(0)} s`));
  return interrupted.aborted ? 128 + constants.signals[interrupted.reason as NodeJS.Signals] : Number(failed);
}

/** @returns what went wrong */
async function run(terminal: Terminal, directory: string, log: LogFile, signal: AbortSignal): Promise<readonly string[]> {
  const loopback = await Loopback.start({
    clock: new ScaledClock(SCALE),
    // In the strict reading a fleet whose start hangs can neither be started nor stopped, and no rollback could succeed.
    appstream: { readings: { stopWhileStarting: 'accepted-once-stuck' } },
  });
  const events: StackEvent[] = [];
  loopback.cloudformation.onEvent((event) => events.push(event));
  const observer = new Observer(loopback.url, loopback.region);
  const cli = new CdkCli({ url: loopback.url, directory, onOutput: (text) => log.write(text), signal });
  const results: StepResult[] = [];
  try {
    for await (const result of walk(STEPS, { loopback, cli, observer, terminal, events })) {
      results.push(result);
    }
    const problems = results.flatMap((result) => result.problems);
    // An app that did not get to its end has left much, which says nothing.
    problems.push(...problems.length > 0 ? loopback.faults() : problemsOf(await gatherEvidence(loopback, observer, events)));
    terminal.print('', ...summaryOf(results));
    terminal.print('', ...reservesOf(loopback.iam.unusedGrants()));
    return problems;
  } catch (error) {
    return [signal.aborted ? `ended by ${signal.reason}` : (error as Error).stack ?? String(error)];
  } finally {
    log.writeCourse(loopback, events);
    await loopback.stop();
  }
}

main().then((code) => process.exit(code), (error: Error) => {
  console.error(`demo failed: ${error.stack}`);
  process.exit(1);
});
