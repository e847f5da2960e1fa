import * as cdk from 'aws-cdk-lib';
import { MINUTE, RenderStudio } from './render-studio';
import { nimblestudio } from '../../../src';

const { READY, STOPPED } = nimblestudio.StreamingSessionState;
const FULL = { statusCode: 'INSUFFICIENT_CAPACITY', statusMessage: 'There is no capacity.' };
const reported = (state: string) => `is ${state} and reports INSUFFICIENT_CAPACITY: There is no capacity`;

let studio: RenderStudio;
const restart = async (options?: Parameters<typeof RenderStudio.start>[0]) => {
  await studio?.stop();
  studio = await RenderStudio.start(options);
};
beforeEach(async () => {
  studio = await RenderStudio.start();
});
afterEach(() => studio.stop());

test('a session that cannot be made fails with what the service says, and goes', async () => {
  studio.script.fail('CreateStreamingSession', FULL);
  const { status, failures } = await studio.deploy();
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(failures.join()).toMatch(new RegExp(`streaming session \\S+ ${reported('CREATE_FAILED')}: mend what it names, then deploy again`));
  expect(await studio.sessions()).toEqual([]);
});

test('a session that cannot be made in place of another leaves that one, and goes itself', async () => {
  await studio.deploy();
  const { sessionId } = await studio.session();
  studio.script.fail('CreateStreamingSession', FULL);
  const { status, failures } = await studio.deploy({ ownedBy: 'ada' });
  expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(failures.join()).toContain(reported('CREATE_FAILED'));
  expect(await studio.session()).toMatchObject({ sessionId, state: 'READY' });

  expect(await studio.deploy({ ownedBy: 'ada' })).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect(await studio.session()).toMatchObject({ ownedBy: 'ada', state: 'READY' });
});

test('a session that cannot be started is as good as stopped for the rollback, and is replaced by the next update', async () => {
  await studio.deploy({ desiredState: STOPPED });
  const { sessionId } = await studio.session();
  studio.script.fail('StartStreamingSession', FULL);
  const { status, failures } = await studio.deploy({ desiredState: READY });
  expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(failures.join()).toContain(reported('START_FAILED'));
  expect(await studio.session()).toMatchObject({ sessionId, state: 'START_FAILED' });

  expect(await studio.deploy({ desiredState: READY })).toMatchObject({ status: 'UPDATE_COMPLETE' });
  const next = await studio.session();
  expect(next).toMatchObject({ state: 'READY' });
  expect(next.sessionId).not.toBe(sessionId);
});

test('a session that cannot be stopped is replaced in the rollback', async () => {
  await studio.deploy();
  const { sessionId } = await studio.session();
  studio.script.fail('StopStreamingSession', FULL);
  const { status, failures } = await studio.deploy({ desiredState: STOPPED });
  expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(failures.join()).toContain(reported('STOP_FAILED'));
  const next = await studio.session();
  expect(next).toMatchObject({ state: 'READY' });
  expect(next.sessionId).not.toBe(sessionId);
});

test.each(['stop-failed', 'ValidationException'] as const)('a session that its launch profile does not let stop fails: %s', async (stopOfUnstoppable) => {
  await restart({ nimblestudio: { readings: { stopOfUnstoppable } } });
  const { status, failures } = await studio.deploy({ launchProfileId: studio.unstoppable, desiredState: STOPPED });
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(failures.join()).toContain('The launch profile does not let its sessions be stopped');
  expect(await studio.sessions()).toEqual([]);
});

test('a deletion that fails twice is tried again', async () => {
  await studio.deploy();
  failDeletions(2);
  expect(await studio.destroy()).toMatchObject({ status: 'DELETE_COMPLETE' });
  expect(await studio.sessions()).toEqual([]);
  expect(studio.changes()).toEqual(['CreateStreamingSession', ...Array(3).fill('DeleteStreamingSession')]);
});

test('a deletion that fails again and again fails with what the service says, and a later one succeeds', async () => {
  await studio.deploy();
  failDeletions(4);
  const { status, failures } = await studio.destroy();
  expect(status).toBe('DELETE_FAILED');
  expect(failures.join()).toContain(reported('DELETE_FAILED'));

  expect(await studio.destroy()).toMatchObject({ status: 'DELETE_COMPLETE' });
  expect(await studio.sessions()).toEqual([]);
});

test('what the service refuses fails at once with its sentence', async () => {
  const began = studio.loopback.clock.now();
  const { status, failures } = await studio.deploy({ instanceType: nimblestudio.InstanceType.G3S_XLARGE });
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(failures.join()).toContain('The ec2InstanceType g3s.xlarge is not one of the launch profile');
  expect(studio.loopback.clock.now() - began).toBeLessThan(5 * MINUTE);
});

test.each(['ThrottlingException', 'ConflictException', 'InternalServerErrorException'])('%s passes', async (code) => {
  const played = ['CreateStreamingSession', 'GetStreamingSession', 'ListStreamingSessions', 'StopStreamingSession', 'DeleteStreamingSession']
    .map((operation) => studio.loopback.endpoint.faults.add({
      service: 'nimble', operation, lambdaOnly: true, times: 3, fault: { kind: 'error', code, status: STATUS[code], message: 'Not now.' },
    }));
  expect(await studio.deploy({ desiredState: STOPPED })).toMatchObject({ status: 'CREATE_COMPLETE' });
  expect(await studio.destroy()).toMatchObject({ status: 'DELETE_COMPLETE' });
  expect(await studio.sessions()).toEqual([]);
  expect(played.map((times) => times())).toEqual([3, 3, 3, 3, 3]);
});

const STATUS: Readonly<Record<string, number>> = { ThrottlingException: 429, ConflictException: 409, InternalServerErrorException: 500 };

test('a session that takes too long fails at the deadline by what was last seen, and goes', async () => {
  studio.script.slow('CreateStreamingSession', 20 * MINUTE);
  const { status, failures } = await studio.deploy({ timeout: cdk.Duration.minutes(8) });
  expect(status).toBe('ROLLBACK_FAILED');
  expect(failures.join()).toMatch(/gave up after 8 minutes, when streaming session \S+ is CREATE_IN_PROGRESS/);
  await studio.pass(20);
  expect(await studio.destroy()).toMatchObject({ status: 'DELETE_COMPLETE' });
  expect(await studio.sessions()).toEqual([]);
});

test('a creation whose answer is lost finds its session', async () => {
  studio.loopback.endpoint.faults.add({ service: 'nimble', operation: 'CreateStreamingSession', lambdaOnly: true, fault: { kind: 'drop-answer' } });
  expect(await studio.deploy()).toMatchObject({ status: 'CREATE_COMPLETE' });
  expect(await studio.session()).toMatchObject({ state: 'READY' });
});

/** The script knows the next failure only. */
function failDeletions(times: number): void {
  const { operations } = studio.loopback.nimblestudio;
  const { DeleteStreamingSession } = operations;
  let left = times;
  Object.assign(operations, {
    DeleteStreamingSession: (...call: Parameters<typeof DeleteStreamingSession>) => {
      if (left > 0) {
        left -= 1;
        studio.script.fail('DeleteStreamingSession', FULL);
      }
      return DeleteStreamingSession(...call);
    },
  });
}
