import { request } from 'http';
import { LambdaFixture } from './lambda-fixture';
import { LeapingClock } from '../../../../local/clock';
import { Endpoint } from '../../../../local/wire/endpoint';

let fixture: LambdaFixture<LeapingClock>;
let endpoint: Endpoint;

beforeEach(async () => {
  const clock = new LeapingClock();
  fixture = new LambdaFixture(clock);
  endpoint = new Endpoint({
    clock,
    hooks: {
      identify: (...credentials) => fixture.iam.identify(...credentials),
      authorize: (...call) => fixture.iam.authorize(...call),
      kill: (caller) => fixture.lambda.kill(caller),
    },
  });
  endpoint.register(fixture.lambda);
  await endpoint.start();
  fixture.cloud.url = endpoint.url;
});
afterEach(async () => {
  await fixture.lambda.stop();
  await endpoint.stop();
  expect(endpoint.notImitated).toEqual([]);
  expect(fixture.lambda.faults).toEqual([]);
});

/** Invokes as any client does, with the function's ARN encoded in the path. */
function invoke(name: string, body: string, headers: object = {}): Promise<{ status?: number; headers: object; body: string }> {
  const arn = encodeURIComponent(`arn:aws:lambda:eu-central-1:123456789012:function:${name}`);
  return new Promise((resolve, reject) => {
    const call = request(`${endpoint.url}/2015-03-31/functions/${arn}/invocations`, {
      method: 'POST',
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=operator/20260105/eu-central-1/lambda/aws4_request', ...headers },
    }, (response) => {
      let text = '';
      response.on('data', (chunk) => { text += chunk; });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: text }));
    });
    call.on('error', reject);
    call.end(body);
  });
}

/** The source of a function that invokes another with its own credentials. */
const CALLER = `
  const { request } = require('http');
  exports.handler = ({ name }) => new Promise((resolve, reject) => {
    const { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_REGION, AWS_SESSION_TOKEN } = process.env;
    const call = request(AWS_ENDPOINT_URL + '/2015-03-31/functions/' + name + '/invocations', { method: 'POST', headers: {
      'authorization': 'AWS4-HMAC-SHA256 Credential=' + AWS_ACCESS_KEY_ID + '/20260105/' + AWS_REGION + '/lambda/aws4_request',
      'x-amz-security-token': AWS_SESSION_TOKEN,
    } }, (response) => {
      let text = '';
      response.on('data', (chunk) => { text += chunk; });
      response.on('end', () => resolve([response.statusCode, JSON.parse(text)]));
    });
    call.on('error', reject);
    call.end('{}');
  });`;

test('a function is invoked over HTTP', async () => {
  await fixture.createRole();
  await fixture.createFunction('echo', 'exports.handler = async (event) => event;');
  expect(await invoke('echo', '{"a":1}')).toMatchObject({ status: 200, headers: { 'x-amz-executed-version': '$LATEST' }, body: '{"a":1}' });
});

test('an error of the function is a successful call with a header', async () => {
  await fixture.createRole();
  await fixture.createFunction('fail', 'exports.handler = async () => { throw new Error("no"); };');
  const { status, headers, body } = await invoke('fail', '{}');
  expect({ status, headers }).toMatchObject({ status: 200, headers: { 'x-amz-function-error': 'Unhandled' } });
  expect(JSON.parse(body)).toMatchObject({ errorType: 'Error', errorMessage: 'no' });
});

test('an asynchronous invocation is answered at once', async () => {
  await fixture.createRole();
  await fixture.createFunction('later', 'exports.handler = async () => 1;');
  expect(await invoke('later', '{}', { 'x-amz-invocation-type': 'Event' })).toMatchObject({ status: 202, body: '' });
  await fixture.lambda.idle();
});

test('a function that is missing is told as the client reads it', async () => {
  expect(await invoke('none', '{}')).toMatchObject({ status: 404, headers: { 'x-amzn-errortype': 'ResourceNotFoundException' } });
});

test('a function invokes another only with permission of its role', async () => {
  await fixture.createRole({ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: 'arn:aws:lambda:*:*:function:yes' });
  await fixture.createFunction('caller', CALLER);
  await fixture.createFunction('yes', 'exports.handler = async () => "hello";');
  expect((await fixture.invoke('caller', { name: 'yes' })).payload).toEqual([200, 'hello']);
  expect((await fixture.invoke('caller', { name: 'no' })).payload).toEqual([403, expect.objectContaining({
    message: 'User: arn:aws:sts::123456789012:assumed-role/Worker/caller is not authorized to perform: lambda:InvokeFunction'
      + ' on resource: arn:aws:lambda:eu-central-1:123456789012:function:no because no identity-based policy allows the lambda:InvokeFunction action',
  })]);
});

test.each(['before', 'after'] as const)('the process that calls can be killed %s the service acts', async (when) => {
  await fixture.createRole({ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '*' });
  await fixture.createFunction('caller', CALLER);
  await fixture.createFunction('yes', 'exports.handler = async () => "hello";');
  endpoint.faults.add({ operation: 'Invoke', fault: { kind: 'kill-caller', when } });
  expect((await fixture.invoke('caller', { name: 'yes' })).payload).toMatchObject({
    errorType: 'Runtime.ExitError',
    errorMessage: expect.stringContaining('Runtime exited with error: signal: killed'),
  });
  expect(fixture.lambda.invocations.filter(({ functionName }) => functionName === 'yes')).toHaveLength(when === 'after' ? 1 : 0);
  expect((await fixture.invoke('caller', { name: 'yes' })).payload).toEqual([200, 'hello']);
});
