import { createServer } from 'http';
import type { AddressInfo } from 'net';
import { LambdaFixture } from './lambda-fixture';
import { LeapingClock } from '../../../../local/clock';

let fixture: LambdaFixture<LeapingClock>;

beforeEach(async () => {
  fixture = new LambdaFixture(new LeapingClock());
  await fixture.createRole();
});
afterEach(() => fixture.lambda.stop());

const FAILING = 'exports.handler = async () => { throw new Error("no"); };';

/** When the invocations of a function began, in seconds of virtual time from the first. */
function times(): number[] {
  const [first] = fixture.lambda.invocations;
  return fixture.lambda.invocations.map(({ at }) => (at - first.at) / 1000);
}

test('an event is accepted at once and delivered', async () => {
  await fixture.createFunction('worker', 'exports.handler = async (event) => console.log("got", event.a);');
  expect(await fixture.cloud.call('lambda', 'Invoke', { FunctionName: 'worker', InvocationType: 'Event', Payload: '{"a":7}' }))
    .toEqual({ StatusCode: 202, Payload: '' });
  await fixture.lambda.idle();
  expect(fixture.logs.lines().some(({ message }) => message.endsWith('INFO\tgot 7'))).toBe(true);
});

test('an event whose function fails is tried again after one and two minutes, with the same request id', async () => {
  await fixture.createFunction('worker', FAILING);
  await fixture.send('worker');
  await fixture.lambda.idle();
  expect(times()).toEqual([0, 60, 180]);
  expect(fixture.lambda.invocations).toMatchObject([{ attempt: 1, type: 'Event', error: 'Error' }, { attempt: 2 }, { attempt: 3 }]);
  expect(new Set(fixture.lambda.invocations.map(({ requestId }) => requestId)).size).toBe(1);
  expect(fixture.lambda.dropped).toMatchObject([{ functionName: 'worker', reason: 'RetriesExhausted' }]);
});

test('an event whose process was killed is tried again', async () => {
  await fixture.createFunction('worker', `exports.handler = async ({ marker }) => {
    const fs = require('fs');
    if (!fs.existsSync(marker)) { fs.writeFileSync(marker, ''); process.kill(process.pid, 'SIGKILL'); }
    fs.unlinkSync(marker); };`);
  await fixture.send('worker', { marker: `/tmp/marker-${process.pid}-${Math.random()}` });
  await fixture.lambda.idle();
  expect(fixture.lambda.invocations).toMatchObject([{ error: 'Runtime.ExitError' }, { error: undefined }]);
});

test('the settings of the function limit the retries', async () => {
  await fixture.createFunction('worker', FAILING);
  await fixture.cloud.call('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'worker', Qualifier: '$LATEST', MaximumRetryAttempts: 0 });
  await fixture.send('worker');
  await fixture.lambda.idle();
  expect(times()).toEqual([0]);
});

test('an event that is too old is dropped', async () => {
  await fixture.createFunction('worker', FAILING);
  await fixture.cloud.call('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'worker', MaximumEventAgeInSeconds: 90 });
  await fixture.send('worker');
  await fixture.lambda.idle();
  expect(times()).toEqual([0, 60]);
  expect(fixture.lambda.dropped).toMatchObject([{ reason: 'EventAgeExceeded' }]);
});

test.each([{ MaximumRetryAttempts: 3 }, { MaximumEventAgeInSeconds: 30 }])('settings out of range are refused: %j', async (settings) => {
  await fixture.createFunction('worker', FAILING);
  await expect(fixture.cloud.call('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'worker', ...settings }))
    .rejects.toMatchObject({ code: 'InvalidParameterValueException' });
});

test('the next event comes twice when it is told to', async () => {
  await fixture.createFunction('worker', 'exports.handler = async () => 1;');
  fixture.lambda.deliverTwice(1);
  await fixture.send('worker');
  await fixture.send('worker');
  await fixture.lambda.idle();
  const ids = fixture.lambda.invocations.map(({ requestId }) => requestId);
  expect(ids).toHaveLength(3);
  expect(new Set(ids).size).toBe(2);
});

test('an event for a function that was deleted meanwhile is dropped', async () => {
  await fixture.createFunction('worker', FAILING);
  await fixture.send('worker');
  await fixture.cloud.call('lambda', 'DeleteFunction', { FunctionName: 'worker' });
  await fixture.lambda.idle();
  expect(fixture.lambda.dropped).toMatchObject([{ functionName: 'worker', reason: 'the function is gone' }]);
});

test('stopping ends a function at work', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const atWork = new Promise((resolve) => server.once('request', resolve));
  await fixture.createFunction('worker', `exports.handler = () => new Promise((r) => require('http').get('http://127.0.0.1:${port}'));`, { Timeout: 600 });
  await fixture.send('worker');
  await atWork;
  await fixture.lambda.stop();
  expect(fixture.lambda.invocations).toMatchObject([{ error: 'Runtime.ExitError' }]);
  server.close();
  server.closeAllConnections();
});

test('stopping ends a function that has not begun', async () => {
  await fixture.createFunction('worker', 'exports.handler = () => new Promise((r) => setTimeout(r, 60000));', { Timeout: 600 });
  await fixture.send('worker');
  await fixture.lambda.stop();
  await fixture.lambda.idle();
  expect(fixture.lambda.dropped).toMatchObject([{ reason: expect.stringContaining('the loopback has stopped') }]);
});
