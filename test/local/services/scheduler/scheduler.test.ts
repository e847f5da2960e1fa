import { LeapingClock } from '../../../../local/clock';
import { Loopback } from '../../../../local/loopback';
import type { SchedulerOptions } from '../../../../local/services/scheduler/options';
import { policy, trust } from '../test-cloud';

const FLEET = 'arn:aws:appstream:us-east-1:111111111111:fleet/office';
const GROUP = 'arn:aws:scheduler:us-east-1:111111111111:schedule-group/default';
const ROLE = 'arn:aws:iam::111111111111:role/Hours';
const MINUTE = 60_000;

let clock: LeapingClock;
let loopback: Loopback;

afterEach(() => loopback.stop());

/** A loopback on Monday, 5 January 2026, 08:00 UTC, with a stopped fleet and a role that may start it. */
async function start(scheduler?: SchedulerOptions, allowed = ['appstream:StartFleet', 'appstream:StopFleet']): Promise<void> {
  clock = new LeapingClock();
  loopback = await Loopback.start({ clock, scheduler });
  await loopback.call('iam', 'CreateRole', {
    RoleName: 'Hours', AssumeRolePolicyDocument: trust('scheduler.amazonaws.com', { StringEquals: { 'aws:SourceArn': GROUP } }),
  });
  await loopback.call('iam', 'PutRolePolicy', {
    RoleName: 'Hours', PolicyName: 'Own', PolicyDocument: policy({ Effect: 'Allow', Action: allowed, Resource: FLEET }),
  });
  await loopback.call('appstream', 'CreateFleet', {
    Name: 'office', ImageName: 'AppStream-WinServer2022-06-17-2024', InstanceType: 'stream.standard.large', ComputeCapacity: { DesiredInstances: 1 },
  });
}

const schedule = (more: object = {}, target: object = {}) => ({
  Name: 'Morning',
  ScheduleExpression: 'cron(0 9 ? * * *)',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: { Arn: 'arn:aws:scheduler:::aws-sdk:appstream:startFleet', RoleArn: ROLE, Input: '{"Name":"office"}', ...target },
  ...more,
});
const call = (operation: string, input: object) => loopback.call('scheduler', operation, input);
const create = (more: object = {}, target: object = {}) => call('CreateSchedule', schedule(more, target));
const hours = (count: number) => clock.sleep(count * 60 * MINUTE);
const state = async () => (await loopback.call('appstream', 'DescribeFleets', { Names: ['office'] })).Fleets[0].State;
const attempts = () => loopback.scheduler.attempts.map(({ at, error }) => [new Date(at).toISOString().slice(11, 19), error?.split(':')[0]]);

test('a schedule calls its target with its role, when the clock shows its time', async () => {
  await start();
  expect(await create()).toEqual({ ScheduleArn: 'arn:aws:scheduler:us-east-1:111111111111:schedule/default/Morning' });
  await clock.sleep(60 * MINUTE - 1);
  expect(await state()).toBe('STOPPED');
  await hours(24);
  expect(await state()).toBe('RUNNING');
  expect(loopback.endpoint.calls.of('appstream', 'StartFleet').map(({ at, input, caller }) => [new Date(at).toISOString(), input, caller.roleArn]))
    .toEqual([['2026-01-05T09:00:00.000Z', { Name: 'office' }, ROLE]]);
  expect(loopback.iam.usedGrants()).toEqual([{ roleArn: ROLE, action: 'appstream:StartFleet', resource: FLEET }]);
  expect(loopback.faults()).toEqual([]);
});

test('a schedule does not make time pass', async () => {
  await start();
  await create({ ScheduleExpression: 'rate(1 hour)', State: 'DISABLED' });
  await create({ Name: 'Other' });
  const before = clock.now();
  for (let turn = 0; turn < 200; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(clock.now()).toBe(before);
});

test('an invocation is late by less than a minute', async () => {
  await start({ lateness: 59_000 });
  await create();
  await hours(2);
  expect(attempts()).toEqual([['09:00:59', undefined]]);
});

test('a disabled schedule calls nothing, and an enabled one goes on from then', async () => {
  await start();
  await create({ State: 'DISABLED' });
  await hours(2);
  expect(attempts()).toEqual([]);
  await call('UpdateSchedule', schedule({ ScheduleExpression: 'at(2026-01-05T12:00:00)', ScheduleExpressionTimezone: 'Europe/Berlin' }));
  await hours(2);
  expect(attempts()).toEqual([['11:00:00', undefined]]);
});

test('a schedule that has been deleted calls nothing', async () => {
  await start();
  await create();
  await call('DeleteSchedule', { Name: 'Morning' });
  await hours(48);
  expect(attempts()).toEqual([]);
  await expect(call('GetSchedule', { Name: 'Morning' })).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
});

test('a schedule that has had its time stays, or goes if it is told to', async () => {
  await start();
  const once = { ScheduleExpression: 'at(2026-01-05T09:00:00)' };
  await create(once);
  await create({ ...once, Name: 'Once', ActionAfterCompletion: 'DELETE' });
  await hours(2);
  expect(loopback.scheduler.names()).toEqual(['Morning']);
});

test('a schedule is told as it was set, with the defaults of the rest', async () => {
  await start();
  await create({ Description: 'one' });
  await call('UpdateSchedule', schedule());
  expect(await call('GetSchedule', { Name: 'Morning' })).toEqual({
    ...schedule(),
    Arn: expect.stringMatching(/schedule\/default\/Morning$/),
    GroupName: 'default',
    State: 'ENABLED',
    ScheduleExpressionTimezone: 'UTC',
    ActionAfterCompletion: 'NONE',
    CreationDate: new Date('2026-01-05T08:00:00Z'),
    LastModificationDate: new Date('2026-01-05T08:00:00Z'),
  });
});

describe('a call that fails', () => {
  const RetryPolicy = { MaximumEventAgeInSeconds: 300, MaximumRetryAttempts: 185 };

  test('is tried again until it is too old', async () => {
    await start();
    await create({}, { Input: '{"Name":"gone"}', RetryPolicy });
    await hours(2);
    expect(attempts()).toEqual(['09:00:00', '09:00:30', '09:01:30', '09:03:30'].map((at) => [at, 'AccessDeniedException']));
    expect(loopback.scheduler.attempts.map(({ dropped }) => dropped)).toEqual([false, false, false, true]);
    expect(loopback.iam.denials).toHaveLength(4);
  });

  test('is tried again as often as allowed', async () => {
    await start();
    await create({}, { RetryPolicy: { MaximumRetryAttempts: 1 } });
    loopback.endpoint.faults.add({ operation: 'StartFleet', times: 9, fault: { kind: 'throttle' } });
    await hours(2);
    expect(attempts()).toEqual([['09:00:00', 'ThrottlingException'], ['09:00:30', 'ThrottlingException']]);
  });

  test.each(['every-failure', 'passing-failures'] as const)('is tried again until it succeeds, if %s is', async (retried) => {
    await start({ readings: { retried } });
    await create();
    loopback.endpoint.faults.add({ operation: 'StartFleet', fault: { kind: 'throttle' } });
    loopback.endpoint.faults.add({ operation: 'StartFleet', fault: { kind: 'drop-request' } });
    await hours(2);
    expect(attempts()).toEqual([['09:00:00', 'ThrottlingException'], ['09:00:30', 'ServiceUnavailable'], ['09:01:30', undefined]]);
  });

  test('is not tried again if only passing failures are and it is another', async () => {
    await start({ readings: { retried: 'passing-failures' } }, ['appstream:StopFleet']);
    await create();
    await hours(2);
    expect(attempts()).toEqual([['09:00:00', 'AccessDeniedException']]);
  });

  test.each([['go-on', 2], ['end', 1]] as const)('when its schedule is deleted: %s', async (retriesOfDeleted, expected) => {
    await start({ readings: { retriesOfDeleted } });
    await create();
    loopback.endpoint.faults.add({ operation: 'StartFleet', fault: { kind: 'throttle' } });
    await clock.sleep(60 * MINUTE + 1);
    await call('DeleteSchedule', { Name: 'Morning' });
    await hours(1);
    expect(attempts()).toHaveLength(expected);
  });

  test('fails without its role', async () => {
    await start();
    await create({}, { RetryPolicy: { MaximumRetryAttempts: 0 } });
    await loopback.call('iam', 'DeleteRolePolicy', { RoleName: 'Hours', PolicyName: 'Own' });
    await loopback.call('iam', 'DeleteRole', { RoleName: 'Hours' });
    await hours(2);
    expect(loopback.scheduler.attempts).toMatchObject([
      { error: `AccessDenied: User: scheduler.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: ${ROLE}`, dropped: true },
    ]);
  });

  test('fails loudly where the loopback does not know what it is asked for', async () => {
    await start();
    await create({}, { Input: '{"Name":"office","Unheard":"of"}', RetryPolicy: { MaximumRetryAttempts: 0 } });
    await hours(2);
    expect(loopback.faults()).toEqual([expect.stringContaining('the member Unheard of StartFleet')]);
  });
});

test('what a call is made with may speak of the invocation', async () => {
  await start();
  const about = ['schedule-arn', 'scheduled-time', 'execution-id', 'attempt-number'].map((name) => `<aws.scheduler.${name}>`).join(' ');
  await create({}, { Input: JSON.stringify({ Name: about }), RetryPolicy: { MaximumRetryAttempts: 1 } });
  await hours(2);
  const invocation = (attempt: number) => new RegExp(
    `^arn:aws:scheduler:us-east-1:111111111111:schedule/default/Morning 2026-01-05T09:00:00Z [0-9a-f]{16} ${attempt}$`);
  expect(loopback.endpoint.calls.of('appstream', 'StartFleet').map(({ input }) => input))
    .toEqual([1, 2].map((attempt) => ({ Name: expect.stringMatching(invocation(attempt)) })));
});

describe('a state machine', () => {
  const MACHINE = 'arn:aws:states:us-east-1:111111111111:stateMachine:Hours';

  async function withMachine(allowed: string): Promise<void> {
    await start();
    await loopback.call('iam', 'CreateRole', { RoleName: 'Machine', AssumeRolePolicyDocument: trust('states.amazonaws.com') });
    await loopback.call('states', 'CreateStateMachine', {
      name: 'Hours',
      roleArn: 'arn:aws:iam::111111111111:role/Machine',
      definition: JSON.stringify({ StartAt: 'Done', States: { Done: { Type: 'Succeed' } } }),
    });
    await loopback.call('iam', 'PutRolePolicy', {
      RoleName: 'Hours', PolicyName: 'Own', PolicyDocument: policy({ Effect: 'Allow', Action: allowed, Resource: MACHINE }),
    });
    await create({}, { Arn: MACHINE, Input: '{"due":"<aws.scheduler.scheduled-time>"}', RetryPolicy: { MaximumRetryAttempts: 0 } });
    await hours(2);
  }

  test('is started with the input of the schedule, by its role', async () => {
    await withMachine('states:StartExecution');
    expect(loopback.states.executions.map(({ options: { machine, input }, status }) => [machine.arn, input, status]))
      .toEqual([[MACHINE, '{"due":"2026-01-05T09:00:00Z"}', 'SUCCEEDED']]);
    expect(loopback.iam.usedGrants()).toEqual([{ roleArn: ROLE, action: 'states:StartExecution', resource: MACHINE }]);
  });

  test('is not started without permission', async () => {
    await withMachine('states:DescribeStateMachine');
    expect(attempts()).toEqual([['09:00:00', 'AccessDeniedException']]);
    expect(loopback.states.executions).toEqual([]);
  });
});

test('a schedule that a client asked for twice with one token is made once', async () => {
  await start();
  await create({ ClientToken: 'one' });
  await create({ ClientToken: 'one' });
  await expect(create({ ClientToken: 'two' })).rejects.toMatchObject({ code: 'ConflictException', message: 'Schedule Morning already exists.' });
});

test.each<[string, object, object, string]>([
  ['an expression', { ScheduleExpression: 'cron(0 9 * * * *)' }, {}, 'Invalid Schedule Expression cron(0 9 * * * *).'],
  ['a time zone', { ScheduleExpressionTimezone: 'Europe/Rom' }, {}, 'Invalid Schedule Expression Timezone Europe/Rom.'],
  ['an offset', { ScheduleExpressionTimezone: '+01:00' }, {}, 'Invalid Schedule Expression Timezone +01:00.'],
  ['a window that is off', { FlexibleTimeWindow: { Mode: 'OFF', MaximumWindowInMinutes: 5 } }, {},
    'MaximumWindowInMinutes must not be set when the mode of the flexible time window is OFF.'],
  ['a name', { Name: 'at nine' }, {}, '1 validation error detected: Value \'at nine\' at \'name\' failed to satisfy constraint: '
    + 'Member must satisfy regular expression pattern: ^[0-9a-zA-Z-_.]+$'],
  ['a retry policy', {}, { RetryPolicy: { MaximumRetryAttempts: 186 } }, '1 validation error detected: Value \'186\' at '
    + '\'target.retryPolicy.maximumRetryAttempts\' failed to satisfy constraint: Member must have value less than or equal to 185'],
  ['a read-only action', {}, { Arn: 'arn:aws:scheduler:::aws-sdk:appstream:describeFleets' }, 'describeFleets is not a supported api action for a target.'],
  ['an action in another case', {}, { Arn: 'arn:aws:scheduler:::aws-sdk:appstream:StartFleet' }, 'StartFleet is not a supported api action for a target.'],
  ['an input', {}, { Input: 'office' }, 'Invalid Input provided. Input must be a well-formed JSON.'],
  ['a role', {}, { RoleArn: 'arn:aws:iam::111111111111:role/Other' },
    'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.'],
])('fails for %s that Scheduler does not take', async (_what, more, target, message) => {
  await start();
  await expect(create(more, target)).rejects.toMatchObject({ code: 'ValidationException', message });
});

test('fails for a group that there is not', async () => {
  await start();
  await expect(create({ GroupName: 'mine' })).rejects.toMatchObject({ code: 'ResourceNotFoundException', message: 'Schedule group mine does not exist.' });
});

test.each<[string, object, object]>([
  ['flexible time windows', { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5 } }, {}],
  ['the schedule target arn:aws:lambda:us-east-1:111111111111:function:fn', {}, { Arn: 'arn:aws:lambda:us-east-1:111111111111:function:fn' }],
  ['the context attribute <aws.scheduler.mood> of a schedule', {}, { Input: '{"Name":"<aws.scheduler.mood>"}' }],
  ['the schedule target appstream:StartEngine', {}, { Arn: 'arn:aws:scheduler:::aws-sdk:appstream:startEngine' }],
  ['the member target.DeadLetterConfig of CreateSchedule', {}, { DeadLetterConfig: {} }],
])('fails loudly for %s, which is not imitated', async (what, more, target) => {
  await start();
  await expect(create(more, target)).rejects.toThrow(`the loopback does not imitate ${what}`);
});

test('time that is moved on by hand brings every invocation that it leapt over', async () => {
  await start();
  await create({ ScheduleExpression: 'rate(1 hour)' }, { RetryPolicy: { MaximumRetryAttempts: 0 } });
  clock.advance(150 * MINUTE);
  await hours(0.4);
  expect(loopback.scheduler.attempts.map(({ due }) => new Date(due).toISOString().slice(11, 16))).toEqual(['08:00', '09:00', '10:00']);
});
