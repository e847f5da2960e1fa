import type { CdkCli } from './cdk-cli';
import type { DemoApp } from './demo-app';
import { outcomeOf, pictureOf, statesOf } from './picture';
import { Progress } from './progress';
import type { Seen, Step } from './step';
import type { Terminal } from './terminal';
import type { Observer, Service } from './world';
import type { StackEvent } from '../cloudformation';
import type { Loopback } from '../loopback';

export interface StepResult {
  readonly step: Step;
  readonly seen: Seen;
  /** None when all is as it should be. */
  readonly problems: readonly string[];
}

export interface Stage {
  readonly loopback: Loopback;
  readonly cli: Pick<CdkCli, 'run'>;
  readonly observer: Observer;
  readonly terminal: Terminal;
  /** All events of CloudFormation so far; grows. */
  readonly events: readonly StackEvent[];
}

/** What is shown of the CLI's output when a step goes wrong: where the log file is out of reach, as in CI, it has to do. */
const LAST_LINES = 20;

/** Takes the steps one after the other, up to the first that goes wrong. */
export async function* walk({ steps, service }: Pick<DemoApp, 'steps' | 'service'>, stage: Stage): AsyncGenerator<StepResult> {
  for (const [index, step] of steps.entries()) {
    const { terminal } = stage;
    terminal.print('', terminal.style('bold', `${index + 1}. ${step.title}`), terminal.style('dim', `   ${step.action.shown}`));
    const seen = await take(step, service, stage);
    const problems = problemsOf(step, seen);
    terminal.print(...step.action.told ? linesOf(seen.run.output) : []);
    terminal.print(...pictureOf(seen.after).map((line) => `   ${line}`));
    yield { step, seen, problems };
    if (problems.length > 0) {
      terminal.print(
        ...problems.map((problem) => terminal.style('red', `   ✗ ${problem}`)),
        '   Its last words:',
        ...linesOf(seen.run.output).slice(-LAST_LINES),
      );
      return;
    }
  }
}

async function take(step: Step, service: Service, { loopback, cli, observer, terminal, events }: Stage): Promise<Seen> {
  const before = await observer.read();
  step.prepare?.(loopback, before);
  const marks = { events: events.length, invocations: loopback.lambda.invocations.length, calls: loopback.endpoint.calls.all().length };
  const progress = new Progress(terminal, loopback.clock, () => observer.readThings(service), statesOf(before.things).join(', '), events);
  const begun = Date.now();
  progress.start();
  const run = await step.action.run({ loopback, cli, before }).finally(() => progress.stop());
  const news = events.slice(marks.events);
  return {
    run,
    before,
    after: await observer.read(),
    events: news,
    lambdaInvocations: loopback.lambda.invocations.length - marks.invocations,
    calls: loopback.endpoint.calls.all().slice(marks.calls)
      .flatMap((call) => call.service === service && call.caller.roleArn !== undefined ? [call.operation] : []),
    realSeconds: (Date.now() - begun) / 1000,
    virtualMinutes: news.length === 0 ? 0 : (news[news.length - 1].at - news[0].at) / 60_000,
  };
}

function problemsOf(step: Step, seen: Seen): string[] {
  const outcome = outcomeOf(seen.after);
  const { exitCode } = seen.run;
  return [
    ...exitCode === (step.exitCode ?? 0) ? [] : [`it ended with ${exitCode}`],
    ...outcome === step.expected ? [] : [`${outcome}, where ${step.expected} was expected`],
    ...step.verify(seen),
  ];
}

function linesOf(output: string): string[] {
  return output.trimEnd().split('\n').map((line) => `   | ${line}`);
}
