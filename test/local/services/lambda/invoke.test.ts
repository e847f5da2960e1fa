import { LambdaFixture } from './lambda-fixture';
import { LeapingClock } from '../../../../local/clock';

let fixture: LambdaFixture<LeapingClock>;

beforeEach(async () => {
  fixture = new LambdaFixture(new LeapingClock());
  await fixture.createRole();
});
afterEach(() => fixture.lambda.stop());

test('a function answers what its handler returns', async () => {
  await fixture.createFunction('echo', 'exports.handler = async (event) => ({ got: event });');
  expect(await fixture.invoke('echo', { a: 1 })).toEqual({ error: undefined, payload: { got: { a: 1 } } });
});

test('a function that returns nothing answers null', async () => {
  await fixture.createFunction('mute', 'exports.handler = async () => undefined;');
  expect((await fixture.invoke('mute')).payload).toBeNull();
});

test('an error of the handler is the payload of a function error, and the process stays', async () => {
  await fixture.createFunction('picky', `
    class Refused extends Error { constructor() { super('not today'); this.name = 'Refused'; } }
    exports.handler = async ({ fail }) => { if (fail) { throw new Refused(); } return process.pid; };`);
  const { payload: pid } = await fixture.invoke('picky');
  const { error, payload } = await fixture.invoke('picky', { fail: true });
  expect(error).toBe('Unhandled');
  expect(payload).toMatchObject({ errorType: 'Refused', errorMessage: 'not today' });
  expect((await fixture.invoke('picky')).payload).toBe(pid);
});

test('invocations at the same time get processes of their own, up to the limit', async () => {
  await fixture.createFunction('who', 'exports.handler = async () => { await new Promise((r) => setTimeout(r, 100)); return process.pid; };');
  const pids = (await Promise.all([1, 2, 3, 4, 5].map(() => fixture.invoke('who')))).map(({ payload }) => payload);
  expect(new Set(pids).size).toBe(3);
});

test('a warm process of another function makes room', async () => {
  for (const name of ['one', 'two', 'three', 'four', 'one']) {
    if (name !== 'one' || fixture.lambda.invocations.length === 0) {
      await fixture.createFunction(name, 'exports.handler = async () => process.env.AWS_LAMBDA_FUNCTION_NAME;');
    }
    expect((await fixture.invoke(name)).payload).toBe(name);
  }
});

test('a function that takes too long is killed', async () => {
  await fixture.createFunction('slow', 'exports.handler = () => new Promise((r) => setTimeout(r, 60000));', { Timeout: 1 });
  const { error, payload } = await fixture.invoke('slow');
  expect(error).toBe('Unhandled');
  expect(payload).toEqual({ errorType: 'Sandbox.Timedout', errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 1.00 seconds$/) });
});

test.each([
  ['process.kill(process.pid, "SIGKILL")', 'Runtime exited with error: signal: killed'],
  ['process.exit(3)', 'Runtime exited with error: exit status 3'],
  ['await new Promise(() => {})', 'Runtime exited with error: exit status 13'],
])('a process that ends itself by %s fails the invocation, and the next gets a new one', async (end, message) => {
  await fixture.createFunction('fragile', `exports.handler = async ({ end }) => { if (end) { ${end}; } return 'fine'; };`);
  const { error, payload } = await fixture.invoke('fragile', { end: true });
  expect(error).toBe('Unhandled');
  expect(payload).toEqual({ errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining(message) });
  expect((await fixture.invoke('fragile')).payload).toBe('fine');
});

test('an error outside of the handler fails the invocation and ends the process', async () => {
  await fixture.createFunction('stray', `exports.handler = async ({ how }) => {
    if (how === 'throw') { setTimeout(() => { throw new TypeError('stray'); }); }
    if (how === 'reject') { void Promise.reject(new Error('lost')); }
    await new Promise((r) => setTimeout(r, how ? 60000 : 0));
    return 'fine'; };`);
  expect((await fixture.invoke('stray', { how: 'throw' })).payload).toMatchObject({ errorType: 'TypeError', errorMessage: 'stray' });
  expect((await fixture.invoke('stray', { how: 'reject' })).payload).toMatchObject({
    errorType: 'Runtime.UnhandledPromiseRejection',
    errorMessage: 'Error: lost',
  });
  expect((await fixture.invoke('stray')).payload).toBe('fine');
});

test.each([
  ['throw new RangeError("at load");', 'RangeError', 'at load'],
  ['exports.other = 1;', 'Runtime.HandlerNotFound', 'index.handler is undefined or not exported'],
])('code that cannot run fails the invocation: %s', async (source, errorType, message) => {
  await fixture.createFunction('broken', source);
  expect((await fixture.invoke('broken')).payload).toMatchObject({ errorType, errorMessage: expect.stringContaining(message) });
});

test.each([
  ['exports.handler = (event, context, callback) => { callback(null, 1); };', 'a handler with a callback'],
  ['exports.handler = () => 1;', 'a handler that returns no promise'],
])('code of an older kind is told as not imitated: %s', async (source, what) => {
  await fixture.createFunction('old', source);
  expect((await fixture.invoke('old')).payload.errorType).toBe('LoopbackNotImitated');
  expect(fixture.lambda.faults).toEqual([`the loopback does not imitate ${what}`]);
});

test('an answer of more than 6 MB is a function error', async () => {
  await fixture.createFunction('chatty', 'exports.handler = async () => "x".repeat(7 * 1024 * 1024);');
  expect((await fixture.invoke('chatty')).payload.errorType).toBe('Function.ResponseSizeTooLarge');
});

test('a payload that is not JSON, or too large, is refused', async () => {
  await fixture.createFunction('echo', 'exports.handler = async (event) => event;');
  const invoke = (input: object) => fixture.cloud.call('lambda', 'Invoke', { FunctionName: 'echo', ...input });
  await expect(invoke({ Payload: '{' })).rejects.toMatchObject({ code: 'InvalidRequestContentException' });
  await expect(invoke({ Payload: JSON.stringify('x'.repeat(300_000)), InvocationType: 'Event' })).rejects.toMatchObject({ code: 'RequestTooLargeException' });
});

test('new code and new settings reach the next invocation', async () => {
  await fixture.createFunction('young', 'exports.handler = async () => [1, process.env.MOOD];');
  expect((await fixture.invoke('young')).payload).toEqual([1, null]);
  await fixture.cloud.call('lambda', 'UpdateFunctionCode', { FunctionName: 'young', ZipFile: 'exports.handler = async () => [2, process.env.MOOD];' });
  await fixture.cloud.call('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'young', Environment: { Variables: { MOOD: 'good' } } });
  expect((await fixture.invoke('young')).payload).toEqual([2, 'good']);
});

test('a record tells which function ran how', async () => {
  await fixture.createFunction('half', 'exports.handler = async ({ fail }) => { if (fail) { throw new Error("no"); } };');
  await fixture.invoke('half');
  await fixture.invoke('half', { fail: true });
  expect(fixture.lambda.invocations).toMatchObject([
    { functionName: 'half', type: 'RequestResponse', attempt: 1, error: undefined },
    { functionName: 'half', type: 'RequestResponse', attempt: 1, error: 'Error' },
  ]);
});

test('a deleted function is not found', async () => {
  await fixture.createFunction('gone', 'exports.handler = async () => 1;');
  await fixture.cloud.call('lambda', 'DeleteFunction', { FunctionName: 'gone' });
  await expect(fixture.invoke('gone')).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    message: 'Function not found: arn:aws:lambda:eu-central-1:123456789012:function:gone',
  });
});
