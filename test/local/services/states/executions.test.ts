import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { FUNCTION, MACHINE, MachineFixture, only } from './machine-fixture';
import { LeapingClock, ScaledClock } from '../../../../local/clock';
import { Endpoint } from '../../../../local/wire/endpoint';

let fixture: MachineFixture<LeapingClock | ScaledClock>;
let endpoint: Endpoint;
let client: SFNClient;

async function start(clock: LeapingClock | ScaledClock) {
  fixture = new MachineFixture(clock);
  endpoint = new Endpoint({
    clock,
    hooks: {
      identify: (...credentials) => fixture.iam.identify(...credentials),
      authorize: (...call) => fixture.iam.authorize(...call),
      kill: () => {},
    },
  });
  endpoint.register(fixture.states);
  await endpoint.start();
  client = new SFNClient({ endpoint: endpoint.url, region: 'eu-central-1', credentials: { accessKeyId: 'operator', secretAccessKey: 'x' }, maxAttempts: 1 });
  await fixture.createRole();
}

afterEach(async () => {
  await fixture.states.stop();
  client.destroy();
  await endpoint.stop();
  expect(endpoint.notImitated).toEqual([]);
});

const startExecution = (name: string, input = '{}') => client.send(new StartExecutionCommand({ stateMachineArn: MACHINE, name, input }));

test('an execution is started, described and told', async () => {
  await start(new LeapingClock());
  await fixture.define(only({ Type: 'Task', Resource: FUNCTION }));
  const { executionArn, startDate } = await startExecution('first', '{"a":1}');
  expect(executionArn).toBe('arn:aws:states:eu-central-1:123456789012:execution:Machine:first');
  expect(startDate).toEqual(new Date('2026-01-05T08:00:00Z'));
  await fixture.states.idle();
  expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
    name: 'first',
    status: 'SUCCEEDED',
    input: '{"a":1}',
    output: '{"a":1}',
    stateMachineArn: MACHINE,
  });
  const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
  expect(events.map(({ type }) => type)).toEqual([
    'ExecutionStarted', 'TaskStateEntered', 'LambdaFunctionScheduled', 'LambdaFunctionStarted', 'LambdaFunctionSucceeded', 'TaskStateExited', 'ExecutionSucceeded',
  ]);
  expect(events[2].lambdaFunctionScheduledEventDetails).toMatchObject({ resource: FUNCTION, input: '{"a":1}' });
});

test('the same name and input while it runs is the same execution', async () => {
  await start(new ScaledClock(1));
  await fixture.define(only({ Type: 'Wait', Seconds: 60 }));
  const first = await startExecution('twice', '{"a":1}');
  expect((await startExecution('twice', '{"a":1}')).startDate).toEqual(first.startDate);
  expect(fixture.states.executions).toHaveLength(1);
  await expect(startExecution('twice', '{"a":2}')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
});

test('the same name and input after its end is refused', async () => {
  await start(new LeapingClock());
  await fixture.define(only({ Type: 'Pass' }));
  await startExecution('once');
  await fixture.states.idle();
  await expect(startExecution('once')).rejects.toMatchObject({
    name: 'ExecutionAlreadyExists',
    message: "Execution Already Exists: 'arn:aws:states:eu-central-1:123456789012:execution:Machine:once'",
  });
});

test.each(['with space', 'a/b', 'a:b', 'x'.repeat(81)])('the name %j is refused', async (name) => {
  await start(new LeapingClock());
  await fixture.define(only({ Type: 'Pass' }));
  await expect(startExecution(name)).rejects.toMatchObject({ name: 'InvalidName' });
});

test('what is missing or unreadable is refused by its modelled error', async () => {
  await start(new LeapingClock());
  await expect(startExecution('early')).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
  await fixture.define(only({ Type: 'Pass' }));
  await expect(startExecution('broken', '{')).rejects.toMatchObject({ name: 'InvalidExecutionInput' });
  await expect(client.send(new DescribeExecutionCommand({ executionArn: `${MACHINE.replace('stateMachine', 'execution')}:none` })))
    .rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
});

test('executions are listed newest first, by status and by page', async () => {
  await start(new ScaledClock(1));
  await fixture.define({
    StartAt: 'Choice',
    States: {
      Choice: { Type: 'Choice', Choices: [{ Variable: '$.wait', IsPresent: true, Next: 'Wait' }], Default: 'Done' },
      Wait: { Type: 'Wait', Seconds: 60, Next: 'Done' },
      Done: { Type: 'Succeed' },
    },
  });
  for (const name of ['a', 'b', 'c', 'd']) {
    await startExecution(name, name === 'd' ? '{}' : '{"wait":true}');
  }
  const list = (more: object) => client.send(new ListExecutionsCommand({ stateMachineArn: MACHINE, ...more }));
  const names = ({ executions = [] }: Awaited<ReturnType<typeof list>>) => executions.map(({ name }) => name);
  expect(names(await list({}))).toEqual(['d', 'c', 'b', 'a']);
  const first = await list({ statusFilter: 'RUNNING', maxResults: 2 });
  expect(names(first)).toEqual(['c', 'b']);
  await startExecution('e', '{"wait":true}');
  const second = await list({ statusFilter: 'RUNNING', maxResults: 2, nextToken: first.nextToken });
  expect(names(second)).toEqual(['a']);
  expect(second.nextToken).toBeUndefined();
});

test('a stopped execution is aborted, and its function has no effect any more', async () => {
  await start(new ScaledClock(1));
  let answer: (value: unknown) => void = () => {};
  const called = new Promise<void>((resolve) => {
    fixture.step = () => {
      resolve();
      return new Promise((done) => { answer = done; });
    };
  });
  await fixture.define(only({ Type: 'Task', Resource: FUNCTION, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Only' }] }));
  const { executionArn } = await startExecution('stopped');
  await called;
  await client.send(new StopExecutionCommand({ executionArn, error: 'Enough', cause: 'by hand' }));
  await fixture.states.idle();
  answer('late');
  expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({ status: 'ABORTED', error: 'Enough', cause: 'by hand' });
  expect(fixture.states.executions[0].history.events.at(-1)).toMatchObject({ type: 'ExecutionAborted' });
});

test('an update of the machine does not reach what runs', async () => {
  await start(new ScaledClock(1));
  let answer: (value: unknown) => void = () => {};
  fixture.step = () => new Promise((done) => { answer = done; });
  await fixture.define({ StartAt: 'A', States: { A: { Type: 'Task', Resource: FUNCTION, Next: 'B' }, B: { Type: 'Pass', Result: 'old', End: true } } });
  await startExecution('old');
  await new Promise((resolve) => setImmediate(resolve));
  await fixture.define(only({ Type: 'Pass', Result: 'new' }));
  answer(1);
  await fixture.states.idle();
  expect(fixture.states.executions[0].output).toBe('"old"');
});

test('a deleted machine ends its executions with their next transition, and then is gone', async () => {
  await start(new ScaledClock(1));
  let answer: (value: unknown) => void = () => {};
  fixture.step = () => new Promise((done) => { answer = done; });
  await fixture.define({ StartAt: 'A', States: { A: { Type: 'Task', Resource: FUNCTION, Next: 'B' }, B: { Type: 'Pass', End: true } } });
  await startExecution('cut');
  await new Promise((resolve) => setImmediate(resolve));
  await fixture.cloud.call('states', 'DeleteStateMachine', { stateMachineArn: MACHINE });
  await expect(startExecution('late')).rejects.toMatchObject({ name: 'StateMachineDeleting' });
  answer(1);
  await fixture.states.idle();
  expect(fixture.states.executions[0].status).toBe('ABORTED');
  await expect(startExecution('later')).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
});

test('calls of a role are checked against the machine and the execution', async () => {
  await start(new LeapingClock());
  await fixture.define(only({ Type: 'Pass' }));
  const role = 'arn:aws:iam::123456789012:role/Machine';
  const credentials = fixture.iam.issueCredentials(role, { service: 'states.amazonaws.com', session: 's' });
  const own = new SFNClient({ endpoint: endpoint.url, region: 'eu-central-1', credentials, maxAttempts: 1 });
  await expect(own.send(new StartExecutionCommand({ stateMachineArn: MACHINE }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: `User: arn:aws:sts::123456789012:assumed-role/Machine/s is not authorized to perform: states:StartExecution on resource: ${MACHINE}`
      + ' because no identity-based policy allows the states:StartExecution action',
  });
  own.destroy();
});
