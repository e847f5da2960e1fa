import { FUNCTION, MachineFixture, only } from './machine-fixture';
import { LeapingClock } from '../../../../local/clock';
import { AwsError } from '../../../../local/wire/aws-error';

let fixture: MachineFixture<LeapingClock>;

beforeEach(() => {
  fixture = new MachineFixture(new LeapingClock());
});

const task = (more: object = {}) => only({ Type: 'Task', Resource: FUNCTION, ...more });

/** A function that fails so often before it answers. */
function failing(times: number, error: Error = new Error('broken')) {
  let calls = 0;
  fixture.step = () => {
    calls += 1;
    if (calls <= times) {
      throw error;
    }
    return 'done';
  };
  return () => calls;
}

test('an error of the function has the name of its type and the payload as its cause', async () => {
  await fixture.createRole();
  failing(1, Object.assign(new Error('full'), { name: 'Quota' }));
  const execution = await fixture.run(task());
  expect(execution).toMatchObject({ status: 'FAILED', error: 'Quota', cause: '{"errorType":"Quota","errorMessage":"full"}' });
});

test('a failed task is tried again with growing delays', async () => {
  await fixture.createRole();
  const calls = failing(3);
  const Retry = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 3, MaxDelaySeconds: 10 }];
  const execution = await fixture.run(task({ Retry }));
  expect(execution).toMatchObject({ status: 'SUCCEEDED', output: '"done"' });
  expect(calls()).toBe(4);
  expect(execution.stopDate! - execution.startDate).toBe((2 + 6 + 10) * 1000);
});

test('retriers count each for itself, and end', async () => {
  await fixture.createRole();
  const calls = failing(9);
  const Retry = [{ ErrorEquals: ['Other'], MaxAttempts: 5 }, { ErrorEquals: ['Error'], MaxAttempts: 2 }];
  expect(await fixture.run(task({ Retry }))).toMatchObject({ status: 'FAILED', error: 'Error' });
  expect(calls()).toBe(3);
});

test('the context tells how often a state was tried again', async () => {
  await fixture.createRole();
  const seen: number[] = [];
  fixture.step = ({ count }) => {
    seen.push(count);
    if (count < 2) {
      throw new Error('again');
    }
  };
  await fixture.run(task({ Parameters: { 'count.$': '$$.State.RetryCount' }, Retry: [{ ErrorEquals: ['States.TaskFailed'] }] }));
  expect(seen).toEqual([0, 1, 2]);
});

test('what is caught goes on with the error at ResultPath', async () => {
  await fixture.createRole();
  failing(1);
  const execution = await fixture.run({
    StartAt: 'Try',
    States: {
      Try: { Type: 'Task', Resource: FUNCTION, Next: 'Never', Catch: [{ ErrorEquals: ['Other'], Next: 'Never' }, { ErrorEquals: ['States.ALL'], Next: 'Tell', ResultPath: '$.problem' }] },
      Never: { Type: 'Fail' },
      Tell: { Type: 'Pass', End: true },
    },
  }, { a: 1 });
  expect(JSON.parse(execution.output!)).toEqual({ a: 1, problem: { Error: 'Error', Cause: '{"errorType":"Error","errorMessage":"broken"}' } });
});

test('a task that takes too long is States.Timeout, which States.TaskFailed does not name', async () => {
  await fixture.createRole();
  fixture.step = () => new Promise(() => {});
  const Retry = [{ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 3 }];
  expect(await fixture.run(task({ TimeoutSeconds: 1, Retry }))).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
});

test.each([
  [new AwsError('ResourceNotFoundException', 'Function not found', 404), 'Lambda.ResourceNotFoundException'],
  [new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429), 'Lambda.TooManyRequestsException'],
  [new AwsError('AccessDeniedException', 'cannot be assumed', 403), 'Lambda.AWSLambdaException'],
])('an error of Lambda itself (%s) has the name %s', async (error, name) => {
  await fixture.createRole();
  failing(1, error);
  expect(await fixture.run(task())).toMatchObject({ status: 'FAILED', error: name });
});

test('a machine invokes with its own role', async () => {
  await fixture.createRole('arn:aws:lambda:eu-central-1:123456789012:function:another');
  const execution = await fixture.run(task());
  expect(execution).toMatchObject({ status: 'FAILED', error: 'Lambda.AWSLambdaException' });
  expect(execution.cause).toMatch(/assumed-role\/Machine\/\S+ is not authorized to perform: lambda:InvokeFunction on resource: \S+:function:step because no identity-based policy allows/);
  expect(fixture.iam.denials).toMatchObject([{ action: 'lambda:InvokeFunction', resource: FUNCTION }]);
});

test('a role that Step Functions may not assume is refused', async () => {
  await fixture.createRole(FUNCTION, { ArnLike: { 'aws:SourceArn': 'arn:aws:states:*:*:stateMachine:Another' } });
  await expect(fixture.define(task())).rejects.toMatchObject({ code: 'AccessDeniedException' });
});

test('a role for exactly this machine is taken', async () => {
  await fixture.createRole(FUNCTION, {
    ArnEquals: { 'aws:SourceArn': 'arn:aws:states:eu-central-1:123456789012:stateMachine:Machine' },
    StringEquals: { 'aws:SourceAccount': '123456789012' },
  });
  expect(await fixture.run(task(), 1)).toMatchObject({ status: 'SUCCEEDED' });
});

test('lambda:invoke takes the payload from the parameters and wraps the answer', async () => {
  await fixture.createRole();
  fixture.step = (event) => [event];
  const definition = only({
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { 'FunctionName': 'step', 'Payload.$': '$' },
    OutputPath: '$.Payload',
  });
  expect(await fixture.run(definition, { a: 1 })).toMatchObject({ output: '[{"a":1}]' });
});
