import { MINUTE, RenderStudio } from './render-studio';
import type { Template } from '../../deploy/deployment';

const ADVICE = 'AWS shut the service down on 24 October 2024; set endpointUrl to an implementation of its API, or remove this resource';

let studio: RenderStudio;
beforeEach(async () => {
  studio = await RenderStudio.start();
});
afterEach(() => studio.stop());

/** From now on every connection to Nimble Studio breaks. */
const silence = (times = Number.POSITIVE_INFINITY) =>
  studio.loopback.endpoint.faults.add({ service: 'nimble', lambdaOnly: true, times, fault: { kind: 'drop-request' } });

/** What something took, in virtual minutes. */
async function minutesOf(work: () => Promise<unknown>): Promise<number> {
  const began = studio.loopback.clock.now();
  await work();
  return (studio.loopback.clock.now() - began) / MINUTE;
}

describe.each([
  ['whose name is not found', 'https://nimble.pictures.invalid', 'getaddrinfo ENOTFOUND nimble.pictures.invalid'],
  ['where nobody listens', 'http://127.0.0.1:1', 'connect ECONNREFUSED 127.0.0.1:1'],
])('at an endpoint %s', (_, endpointUrl, message) => {
  test('a creation fails fast and says why, and what failed is deleted', async () => {
    let result = {};
    const minutes = await minutesOf(async () => {
      result = await studio.deploy({ endpointUrl });
    });
    expect(result).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
    expect(JSON.stringify(result)).toContain(`Message returned: Amazon Nimble Studio does not answer at ${endpointUrl} (${message}): ${ADVICE} (`);
    // A minute for the Create and one for the Delete, beside what else is made.
    expect(minutes).toBeLessThan(5);
  });

  test('an update fails and leaves what there was', async () => {
    await studio.deploy();
    const { sessionId } = await studio.session();
    const { status, failures } = await studio.deploy({ endpointUrl });
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failures.join()).toContain(`does not answer at ${endpointUrl} (${message}): ${ADVICE}`);
    expect(await studio.session()).toMatchObject({ sessionId, state: 'READY' });
  });
});

test('a session that moves to another address of the same studio stays the same', async () => {
  await studio.deploy({ endpointUrl: studio.loopback.url });
  const { sessionId } = await studio.session();
  expect(await studio.deploy({ endpointUrl: studio.loopback.url.replace('127.0.0.1', 'localhost') })).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect(await studio.session()).toMatchObject({ sessionId, state: 'READY' });
});

test('a stack from before the end can be deleted, and cannot be updated', async () => {
  await studio.deploy();
  silence();
  let update = {};
  expect(await minutesOf(async () => {
    update = await studio.deploy({ revision: '2' });
  })).toBeLessThan(5);
  expect(update).toMatchObject({ status: 'UPDATE_ROLLBACK_FAILED' });
  expect(JSON.stringify(update)).toMatch(/does not answer at nimble\.us-east-1\.amazonaws\.com \(.*\): AWS shut the service down on 24 October 2024/);
  expect(await minutesOf(async () => expect(await studio.destroy()).toMatchObject({ status: 'DELETE_COMPLETE' }))).toBeLessThan(5);
});

test('connections that break for less than a minute are no end, however often', async () => {
  silence(3);
  studio.loopback.endpoint.faults.add({
    service: 'nimble', lambdaOnly: true, times: 4, fault: { kind: 'error', code: 'ConflictException', status: 409 },
  });
  silence(3);
  expect(await studio.deploy()).toMatchObject({ status: 'CREATE_COMPLETE' });
  expect(await studio.session()).toMatchObject({ state: 'READY' });
});

test('an endpoint that is there and closed is an end as well', async () => {
  await studio.deploy();
  studio.loopback.nimblestudio.gone = true;
  const { failures } = await studio.deploy({ revision: '2' });
  expect(failures.join()).toContain('does not answer at nimble.us-east-1.amazonaws.com (Amazon Nimble Studio is no longer available.)');
  expect(await studio.destroy()).toMatchObject({ status: 'DELETE_COMPLETE' });
});

test('what another endpoint refuses is no end: the deletion fails', async () => {
  await studio.deploy({ endpointUrl: studio.loopback.url });
  studio.loopback.nimblestudio.gone = true;
  const { status, failures } = await studio.destroy();
  expect(status).toBe('DELETE_FAILED');
  expect(failures.join()).toContain('Amazon Nimble Studio is no longer available. (AccessDeniedException)');
});

test.each([
  ['AccessDeniedException', 'User: arn:aws:sts::111111111111:assumed-role/x is not authorized to perform: nimble:GetStreamingSession', 403],
  ['AccessDeniedException', 'You are not authorized to perform this operation.', 403],
  ['UnrecognizedClientException', 'The security token included in the request is invalid.', 403],
])('a deletion that is denied fails, and the session stays: %s %s', async (code, message, status) => {
  await studio.deploy();
  studio.loopback.endpoint.faults.add({
    service: 'nimble', lambdaOnly: true, times: Number.POSITIVE_INFINITY, fault: { kind: 'error', code, message, status },
  });
  const result = await studio.destroy();
  expect(result.status).toBe('DELETE_FAILED');
  expect(result.failures.join()).toContain(`${message} (${code})`);
  expect(await studio.sessions()).toHaveLength(1);
});

test('a deletion without the permission for it fails, and the session stays', async () => {
  await studio.deploy();
  await studio.deploy({ revision: '2' }, withoutDeletion);
  const { status, failures } = await studio.destroy();
  expect(status).toBe('DELETE_FAILED');
  expect(failures.join()).toContain('is not authorized to perform: nimble:DeleteStreamingSession');
  expect(await studio.sessions()).toHaveLength(1);
});

function withoutDeletion({ Resources }: Template): void {
  for (const { Properties } of Object.values(Resources).filter(({ Type }) => Type === 'AWS::IAM::Policy')) {
    for (const statement of Properties.PolicyDocument.Statement.filter(({ Action }: { Action: unknown }) => Array.isArray(Action))) {
      statement.Action = statement.Action.filter((action: string) => action !== 'nimble:DeleteStreamingSession');
    }
  }
}
