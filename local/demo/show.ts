import { mkdirSync } from 'fs';
import { join } from 'path';
import { CdkCli } from './cdk-cli';
import { gatherEvidence, problemsOf, reservesOf } from './checks';
import type { DemoApp } from './demo-app';
import { LogFile } from './log-file';
import { summaryOf } from './summary';
import type { Terminal } from './terminal';
import { type StepResult, walk } from './walk';
import { Observer } from './world';
import { ScaledClock } from '../clock';
import type { StackEvent } from '../cloudformation';
import { Loopback } from '../loopback';

/** Ten minutes take two and a half seconds: about what the CDK CLI lets pass between two looks. */
const SCALE = 240;

const DAY = 24 * 60 * 60_000;

export interface ShowOptions {
  readonly terminal: Terminal;
  /** For the log and what the CDK CLI writes. */
  readonly directory: string;
  readonly signal: AbortSignal;
}

/**
 * Shows an app from its first deployment to its end, in an account of its own.
 *
 * @returns what went wrong
 */
export async function show(app: DemoApp, { terminal, directory: parent, signal }: ShowOptions): Promise<readonly string[]> {
  const directory = join(parent, app.name);
  mkdirSync(directory);
  const log = new LogFile(join(directory, 'demo.log'));
  const loopback = await Loopback.start({ clock: new ScaledClock(SCALE, nextSaturday(Date.now())), ...app.loopback });
  const events: StackEvent[] = [];
  loopback.cloudformation.onEvent((event) => events.push(event));
  const observer = new Observer(loopback.url, loopback.region);
  const cli = new CdkCli({ app: app.name, url: loopback.url, directory, onOutput: (text) => log.write(text), signal });
  const results: StepResult[] = [];
  terminal.print('', terminal.style('bold', `${app.name}: ${app.about}`));
  try {
    for await (const result of walk(app, { loopback, cli, observer, terminal, events })) {
      results.push(result);
    }
    const problems = results.flatMap((result) => result.problems);
    // An app that did not get to its end has left much, which says nothing.
    problems.push(...problems.length > 0 ? loopback.faults() : problemsOf(await gatherEvidence(loopback, observer, events), app.reserves));
    terminal.print('', ...summaryOf(results), '', ...reservesOf(loopback.iam.unusedGrants(), app.reserves));
    return problems.map((problem) => `${app.name}: ${problem}`);
  } catch (error) {
    return [signal.aborted ? `ended by ${signal.reason}` : (error as Error).stack ?? String(error)];
  } finally {
    log.writeCourse(loopback, events, app.service);
    await loopback.stop();
  }
}

/** What has hours on working days comes to them when a step says so. In the future, since the CDK CLI, which lives in real time, ignores the past. */
function nextSaturday(now: number): number {
  const today = Math.floor(now / DAY);
  return (today + 7 - ((new Date(now).getUTCDay() + 1) % 7)) * DAY;
}
