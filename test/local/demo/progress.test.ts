import { anEvent } from './an-event';
import { LeapingClock } from '../../../local/clock';
import type { StackEvent } from '../../../local/cloudformation';
import { Progress } from '../../../local/demo/progress';
import { Terminal } from '../../../local/demo/terminal';
import type { Thing } from '../../../local/demo/things/reader';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

function shown(isTTY: boolean) {
  let written = '';
  let things: Thing[] = [];
  const clock = new LeapingClock();
  const begin = clock.now() / 60_000;
  const events: StackEvent[] = [anEvent('CREATE_COMPLETE', 'AWS::AppStream::Stack')];
  const terminal = new Terminal({ isTTY, columns: 120, write: (text) => (written += text) }, {});
  const progress = new Progress(terminal, clock, async () => things, 'fleet STOPPED', events);
  progress.start();
  return {
    progress,
    add: (minute: number, ...event: Parameters<typeof anEvent>) => events.push(anEvent(event[0], event[1], { ...event[2], at: begin + minute })),
    to: (state: 'STARTING' | 'RUNNING') => {
      things = [{ kind: 'fleet', name: 'f', state, facts: {} }];
    },
    async pass(minutes: number) {
      clock.advance(minutes * 60_000);
      await jest.advanceTimersByTimeAsync(1_000);
    },
    /** What has been written since it was last asked for, without its style. */
    news() {
      // eslint-disable-next-line no-control-regex
      const text = written.replace(/\u001b\[\d+m/g, '');
      written = '';
      return text;
    },
  };
}

test('without a terminal, what tells something has its line', async () => {
  const { progress, add, to, pass, news } = shown(false);
  add(0, 'UPDATE_IN_PROGRESS', 'AWS::CloudFormation::Stack');
  add(0, 'UPDATE_IN_PROGRESS');
  add(0.5, 'CREATE_COMPLETE', 'AWS::EC2::VPC');
  add(0.5, 'UPDATE_COMPLETE');
  to('STARTING');
  await pass(2);
  add(2, 'UPDATE_FAILED', 'Custom::Lifecycle', { ResourceStatusReason: 'it did not start' });
  progress.stop();
  expect(news().split('\n')).toEqual([
    '    0.0 min  UPDATE_IN_PROGRESS  Stack  AWS::CloudFormation::Stack',
    '    0.5 min  UPDATE_COMPLETE  Fleet  AWS::AppStream::Fleet',
    '    2.0 min  fleet STARTING',
    '    2.0 min  UPDATE_FAILED  Lifecycle  Custom::Lifecycle',
    '               it did not start',
    '',
  ]);
});

test('on a terminal there is a board of what is under way, since when, and in which states things are', async () => {
  const { progress, add, to, pass, news } = shown(true);
  await pass(0);
  expect(news()).toContain('   the CDK CLI is at work, 0 resources done');
  add(0, 'CREATE_IN_PROGRESS', 'AWS::CloudFormation::Stack');
  add(0, 'CREATE_IN_PROGRESS');
  add(0, 'CREATE_IN_PROGRESS', 'AWS::EC2::VPC');
  add(1, 'CREATE_COMPLETE', 'AWS::EC2::VPC');
  to('STARTING');
  await pass(3);
  const board = news().split('\u001b[0J').at(-1)!.split('\n');
  expect(board[0]).toMatch(/^ {3}CREATE_IN_PROGRESS, 1 resources done {2}\d+ s, 3\.0 min$/);
  expect(board.slice(1)).toEqual([
    '    3.0 min  CREATE_IN_PROGRESS  Fleet  AWS::AppStream::Fleet',
    '   fleet STARTING',
    '',
  ]);
  add(4, 'CREATE_COMPLETE', 'AWS::CloudFormation::Stack');
  await pass(10);
  // The stack is done: what the CLI still waits for is no time of AWS.
  expect(news()).toMatch(/CREATE_COMPLETE, 1 resources done {2}\d+ s, 4\.0 min/);
  progress.stop();
  expect(news().endsWith('\u001b[0J')).toBe(true);
});
