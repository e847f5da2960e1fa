import type { CdkCli } from './cdk-cli';
import { outcomeOf, pictureOf, statesOf } from './picture';
import { Progress } from './progress';
import type { Seen, Step } from './steps';
import type { Terminal } from './terminal';
import type { Observer } from './world';
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
export async function* walk(steps: readonly Step[], stage: Stage): AsyncGenerator<StepResult> {
  for (const [index, step] of steps.entries()) {
    const { terminal } = stage;
    terminal.print('', terminal.style('bold', `${index + 1}. ${step.title}`), terminal.style('dim', `   cdk ${step.command.map(quoted).join(' ')}`));
    const seen = await take(step, stage);
    const problems = problemsOf(step, seen);
    terminal.print(...pictureOf(seen.after).map((line) => `   ${line}`));
    yield { step, seen, problems };
    if (problems.length > 0) {
      terminal.print(
        ...problems.map((problem) => terminal.style('red', `   ✗ ${problem}`)),
        '   The CDK CLI said at last:',
        ...seen.run.output.trimEnd().split('\n').slice(-LAST_LINES).map((line) => `   | ${line}`),
      );
      return;
    }
  }
}

async function take(step: Step, { loopback, cli, observer, terminal, events }: Stage): Promise<Seen> {
  const before = await observer.read();
  step.prepare?.(loopback, before);
  const marks = { events: events.length, invocations: loopback.lambda.invocations.length, calls: loopback.endpoint.calls.all().length };
  const progress = new Progress(terminal, loopback.clock, observer, statesOf(before).join(', '), events);
  const begun = Date.now();
  progress.start();
  const run = await cli.run(step.command).finally(() => progress.stop());
  const news = events.slice(marks.events);
  return {
    run,
    before,
    after: await observer.read(),
    events: news,
    lambdaInvocations: loopback.lambda.invocations.length - marks.invocations,
    appstreamCalls: loopback.endpoint.calls.all().slice(marks.calls)
      .filter(({ service, caller }) => service === 'appstream' && caller.roleArn !== undefined).length,
    realSeconds: (Date.now() - begun) / 1000,
    virtualMinutes: news.length === 0 ? 0 : (news[news.length - 1].at - news[0].at) / 60_000,
  };
}

function problemsOf(step: Step, seen: Seen): string[] {
  const outcome = outcomeOf(seen.after);
  const { exitCode } = seen.run;
  return [
    ...exitCode === (step.exitCode ?? 0) ? [] : [`the CLI ended with ${exitCode}`],
    ...outcome === step.expected ? [] : [`${outcome}, where ${step.expected} was expected`],
    ...step.verify(seen),
  ];
}

function quoted(argument: string): string {
  return /[^\w=.-]/.test(argument) ? `'${argument}'` : argument;
}
