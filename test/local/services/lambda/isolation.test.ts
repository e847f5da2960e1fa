import { spawn } from 'child_process';
import { once } from 'events';
import { rmSync } from 'fs';
import { createServer } from 'http';
import type { AddressInfo } from 'net';
import { dirname, join } from 'path';
import { createInterface } from 'readline';
import { LambdaFixture, ROLE } from './lambda-fixture';
import { LeapingClock } from '../../../../local/clock';

let fixture: LambdaFixture<LeapingClock>;

beforeEach(async () => {
  fixture = new LambdaFixture(new LeapingClock());
  await fixture.createRole();
});
afterEach(() => fixture.lambda.stop());

test('the environment is made from nothing', async () => {
  process.env.NODE_OPTIONS = '--no-deprecation';
  process.env.AWS_PROFILE = 'real';
  process.env.HTTPS_PROXY = 'http://proxy.example.com';
  try {
    await fixture.createFunction('env', 'exports.handler = async () => process.env;', { Environment: { Variables: { MOOD: 'good' } }, MemorySize: 256 });
    const { payload } = await fixture.invoke('env');
    expect(Object.keys(payload).sort()).toEqual([
      'AWS_ACCESS_KEY_ID', 'AWS_CONFIG_FILE', 'AWS_DEFAULT_REGION', 'AWS_EC2_METADATA_DISABLED', 'AWS_ENDPOINT_URL', 'AWS_EXECUTION_ENV',
      'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_VERSION', 'AWS_LAMBDA_INITIALIZATION_TYPE',
      'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME', 'AWS_LAMBDA_RUNTIME_API', 'AWS_REGION', 'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN', 'AWS_SHARED_CREDENTIALS_FILE', 'LAMBDA_TASK_ROOT', 'LANG', 'MOOD', 'PATH', 'TZ', '_HANDLER', '_X_AMZN_TRACE_ID',
    ]);
    expect(payload).toMatchObject({
      AWS_ENDPOINT_URL: fixture.cloud.url,
      AWS_REGION: 'eu-central-1',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/env',
      MOOD: 'good',
    });
    expect(fixture.iam.identify(payload.AWS_ACCESS_KEY_ID, payload.AWS_SESSION_TOKEN).roleArn).toBe(ROLE);
  } finally {
    delete process.env.NODE_OPTIONS;
    delete process.env.AWS_PROFILE;
    delete process.env.HTTPS_PROXY;
  }
});

test('the context is that of Lambda', async () => {
  await fixture.createFunction('context', `exports.handler = async (event, context) => ({
    ...context, left: context.getRemainingTimeInMillis(), trace: process.env._X_AMZN_TRACE_ID });`, { Timeout: 20 });
  expect((await fixture.invoke('context')).payload).toMatchObject({
    awsRequestId: fixture.lambda.invocations[0].requestId,
    functionName: 'context',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:context',
    logGroupName: '/aws/lambda/context',
    memoryLimitInMB: '128',
    left: expect.closeTo(20_000, -4),
    trace: expect.stringMatching(/^Root=/),
  });
});

test('the runtime brings the AWS SDK, and nothing else of what is installed here', async () => {
  await fixture.createFunction('modules', `exports.handler = async (name) => {
    try {
      return Object.keys(require(name)).length > 0;
    } catch ({ code }) {
      return code;
    }
  };`, { MemorySize: 512 });
  const required = async (name: string) => (await fixture.invoke('modules', name)).payload;
  expect(await required('@aws-sdk/client-s3')).toBe(true);
  expect(await required('@aws-sdk/client-nimble')).toBe('MODULE_NOT_FOUND');
  expect(await required('esbuild')).toBe('MODULE_NOT_FOUND');
  expect(await required('@aws-sdk/client-none')).toBe('MODULE_NOT_FOUND');
});

test('a request by https to the loopback without a port reaches its endpoint', async () => {
  const received: string[] = [];
  const endpoint = createServer((request, response) => {
    received.push(`${request.method} ${request.url}`);
    response.end();
  }).listen(0, '127.0.0.1');
  await once(endpoint, 'listening');
  Object.assign(fixture.cloud, { url: `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}` });
  await fixture.createFunction('answer', `exports.handler = () => new Promise((resolve, reject) => {
    require('https').request({ hostname: '127.0.0.1', path: '/answers/1?a=b', method: 'PUT' }, resolve).on('error', reject).end();
  }).then(({ statusCode }) => statusCode);`);
  expect((await fixture.invoke('answer')).payload).toBe(200);
  expect(received).toEqual(['PUT /answers/1?a=b']);
  endpoint.close();
  endpoint.closeAllConnections();
});

test.each([
  ['a connection', 'net.connect(443, "192.0.2.1")', 'a connection to 192.0.2.1:443'],
  ['a TLS connection', 'tls.connect({ port: 443, host: "appstream2.eu-central-1.amazonaws.com" })', 'a connection to appstream2.eu-central-1.amazonaws.com:443'],
  ['an HTTPS request', 'https.get("https://example.com")', 'a connection to example.com:443'],
  ['a fetch', 'await fetch("https://example.com").catch((error) => { throw error.cause; })', 'a connection to example.com:443'],
  ['a local socket', 'net.connect("/var/run/docker.sock")', 'a connection to the socket /var/run/docker.sock'],
  ['a look-up', 'dns.lookup("example.com", () => {})', 'a look-up of example.com'],
  ['a look-up by promise', 'await dns.promises.resolve4("example.com")', 'a look-up of example.com'],
  ['a datagram', 'dgram.createSocket("udp4")', 'a datagram socket'],
  ['a process', 'child_process.execSync("true")', 'child_process.execSync'],
  ['a thread', 'new worker_threads.Worker("1", { eval: true })', 'a worker thread'],
])('%s beyond the loopback is refused and told', async (_what, code, message) => {
  await fixture.createFunction('escape', `
    const [net, tls, https, dns, dgram, child_process, worker_threads] =
      ['net', 'tls', 'https', 'dns', 'dgram', 'child_process', 'worker_threads'].map((name) => require(name));
    exports.handler = async () => { ${code}; };`);
  expect((await fixture.invoke('escape')).payload.errorMessage).toContain(message);
  expect(fixture.lambda.faults[0]).toBe(message);
});

test('a name that exists nowhere is not found, and nobody else is asked', async () => {
  await fixture.createFunction('nowhere', `exports.handler = () => new Promise((resolve) => {
    require('https').get('https://service.region.invalid').on('error', ({ code, message }) => resolve({ code, message }));
  });`);
  expect((await fixture.invoke('nowhere')).payload).toEqual({ code: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND service.region.invalid' });
  expect(fixture.lambda.faults).toEqual([]);
});

test('a process does not outlive the loopback, however that ends', async () => {
  const host = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'host.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [pid, folder] = await new Promise<string[]>((resolve) => createInterface({ input: host.stdout }).once('line', (line) => resolve(line.split(' '))));
  expect(() => process.kill(Number(pid), 0)).not.toThrow();
  host.kill('SIGKILL');
  const deadline = Date.now() + 10_000;
  while (isAlive(Number(pid)) && Date.now() < deadline) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(isAlive(Number(pid))).toBe(false);
  rmSync(dirname(folder), { recursive: true });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
