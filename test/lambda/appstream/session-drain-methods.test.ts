import type { Session } from '@aws-sdk/client-appstream';
import * as cdk from 'aws-cdk-lib';
import { DrainedStack, MINUTE } from './drained-stack';
import { AwsError } from '../../../local/wire/aws-error';
import { appstream } from '../../../src';

const { SessionDrainMethod } = appstream;
const users = (count: number) => Array.from({ length: count }, (_, index) => `user-${String(index).padStart(4, '0')}`);

let drained: DrainedStack;

afterEach(() => drained.stop());

/** Virtual minutes that something takes. */
async function minutes(work: () => Promise<unknown>): Promise<number> {
  const begun = drained.deployment.clock.now();
  await work();
  return (drained.deployment.clock.now() - begun) / MINUTE;
}

describe('expire', () => {
  test.each(['listed', 'left-out'] as const)('ends 2,000 sessions in ten minutes, expired ones being %s', async (expiredSessions) => {
    drained = await DrainedStack.start({ appstream: { readings: { expiredSessions } } });
    await drained.create({ users: 2000 });
    await drained.deploy();
    await drained.streamers(...users(2000));
    expect(await minutes(async () => expect(await drained.destroy()).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] }))).toBeLessThan(10);
    expect(await drained.present()).toEqual([]);
    expect(drained.changes()).toHaveLength(2000);
  }, 120_000);

  test('makes no more than five calls a second, from step to step', async () => {
    drained = await DrainedStack.start();
    await drained.create({ users: 300 });
    await drained.deploy();
    await drained.streamers(...users(300));
    await drained.destroy();
    const times = drained.loopback.endpoint.calls.of('appstream', 'ExpireSession').map(({ at }) => at);
    const steps = [...new Set(times)];
    expect(steps.map((step) => times.filter((time) => time === step).length)).toEqual([100, 100, 100]);
    expect(steps.slice(1).map((step, index) => (step - steps[index]) / 1000)).toEqual([20, 20]);
  });

  test('ends sessions that have not begun', async () => {
    drained = await DrainedStack.start({ appstream: { durations: { sessionStart: 90_000 } } });
    await drained.create();
    await drained.deploy({ trigger: 'one' });
    expect(await drained.open('anna')).toMatchObject({ State: 'PENDING' });
    expect(await drained.deploy({ trigger: 'two' })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await drained.present()).toEqual([]);
    expect(await drained.open('bert')).toMatchObject({ State: 'PENDING' });
    expect(await drained.destroy()).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(await drained.present()).toEqual([]);
  });

  test('tells a session again that does not end by the first call', async () => {
    drained = await DrainedStack.start();
    await drained.create();
    await drained.deploy();
    const [anna] = await drained.streamers('anna');
    drained.loopback.appstream.script.unendingSession(anna.Id!, { times: 9 });
    expect(await drained.destroy()).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
    expect(drained.changes()).toHaveLength(10);
  });

  test('names the sessions that cannot be ended, with what AppStream says, after it has ended all others', async () => {
    drained = await DrainedStack.start();
    await drained.create();
    await drained.deploy();
    const [anna, , carl] = await drained.streamers('anna', 'bert', 'carl');
    const { script } = drained.loopback.appstream;
    script.unendingSession(anna.Id!, { error: new AwsError('InternalFailure', 'Something broke.', 500) });
    script.unendingSession(carl.Id!);
    let failures: readonly string[] = [];
    expect(await minutes(async () => ({ failures } = await drained.destroy()))).toBeLessThan(10);
    const ids = [anna.Id, carl.Id].sort().join(', ');
    expect(failures.join()).toContain(`2 sessions are left: ${ids}; AppStream says of ${anna.Id}: Something broke. (InternalFailure); `
      + 'each was told to end 10 times: end them by hand, then deploy again');
    expect(await drained.present()).toEqual(['anna', 'carl']);
  });

  test('ends all others even if a whole step is full of sessions that cannot be ended', async () => {
    drained = await DrainedStack.start();
    await drained.create({ users: 220 });
    await drained.deploy();
    const sessions = await drained.streamers(...users(210));
    sessions.slice(0, 105).forEach(({ Id }) => drained.loopback.appstream.script.unendingSession(Id!, { error: new AwsError('ValidationException', 'No.') }));
    const { failures } = await drained.destroy();
    expect(failures.join()).toMatch(/105 sessions are left: (\S+, ){9}\S+ and 95 more; AppStream says of (\S+: No\. \(ValidationException\)(; )?){5}; each was told/);
    expect(await drained.present()).toHaveLength(105);
  }, 60_000);

  test('fails at the deadline with who is left, if users come as fast as they are ended', async () => {
    drained = await DrainedStack.start();
    await drained.create();
    await drained.deploy({ timeout: cdk.Duration.minutes(5) });
    await drained.streamers('anna');
    let over = false;
    const destruction = drained.destroy().finally(() => {
      over = true;
    });
    let newest: Session | undefined;
    while (!over) {
      newest = await drained.open('anna');
      await drained.loopback.clock.sleep(5_000);
    }
    expect((await destruction).failures.join()).toMatch(/gave up after 5 minutes, when 1 session is left: [0-9a-f-]{36}/);
    expect(newest).toBeDefined();
  });
});

describe('waitThenExpire', () => {
  const method = SessionDrainMethod.waitThenExpire(cdk.Duration.minutes(20));

  beforeEach(async () => {
    drained = await DrainedStack.start();
    await drained.create();
    await drained.deploy({ method });
  });

  test('ends nobody\'s session before its time, and then what is left', async () => {
    await drained.streamers('anna', 'bert');
    const begun = drained.deployment.clock.now();
    await drained.destroy();
    const times = drained.loopback.endpoint.calls.of('appstream', 'ExpireSession').map(({ at }) => (at - begun) / MINUTE);
    expect(times).toHaveLength(2);
    times.forEach((time) => expect(time).toBeCloseTo(20, 0));
    times.forEach((time) => expect(time).toBeGreaterThanOrEqual(20));
  });

  test('ends early when nobody is left', async () => {
    const [{ Id }] = await drained.streamers('anna');
    drained.loopback.appstream.disconnect(Id!);
    expect(await minutes(() => drained.destroy())).toBeLessThan(17);
    expect(drained.changes()).toEqual([]);
  });

  test('does not wait at all for nobody', async () => {
    expect(await minutes(() => drained.destroy())).toBeLessThan(1);
  });
});

describe('drainInstances', () => {
  const method = SessionDrainMethod.drainInstances();

  /** Three users on two instances. */
  async function shared(readings: object = {}, drain: object = {}): Promise<Session[]> {
    drained = await DrainedStack.start({ appstream: { readings } });
    await drained.create({ multiSession: true });
    await drained.deploy({ method, timeout: cdk.Duration.minutes(30), ...drain });
    return drained.streamers('anna', 'bert', 'carl');
  }

  test('drains each instance once, and waits until users have left', async () => {
    const sessions = await shared();
    const destruction = drained.destroy();
    await drained.loopback.clock.sleep(5 * MINUTE);
    const statuses = (await drained.call('DescribeSessions', { StackName: 'office', FleetName: 'office' })).Sessions
      .map(({ State, InstanceDrainStatus }: Session) => [State, InstanceDrainStatus]);
    expect(statuses).toEqual(Array.from({ length: 3 }, () => ['ACTIVE', 'DRAINING']));
    for (const { Id } of sessions) {
      await drained.call('ExpireSession', { SessionId: Id });
    }
    expect(await destruction).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
    expect(drained.changes()).toEqual(['DrainSessionInstance', 'DrainSessionInstance']);
  });

  test('fails with who is left when its time is over', async () => {
    const sessions = await shared();
    const { failures } = await drained.destroy();
    expect(failures.join()).toContain(`gave up after 30 minutes, when 3 sessions are left: ${sessions.map(({ Id }) => Id).sort().join(', ')}`);
    expect(await drained.present()).toHaveLength(3);
  });

  test.each(['ResourceNotFoundException', 'OperationNotPermittedException'] as const)('goes on when a session ends before its instance is drained: %s', async (drainExpiredSession) => {
    const sessions = await shared({ drainExpiredSession });
    drained.loopback.endpoint.faults.add({
      operation: 'DrainSessionInstance', lambdaOnly: true, fault: { kind: 'error', code: drainExpiredSession, message: 'It has ended.', status: 400 },
    });
    const destruction = drained.destroy();
    await drained.loopback.clock.sleep(5 * MINUTE);
    for (const { Id } of sessions) {
      await drained.call('ExpireSession', { SessionId: Id });
    }
    expect(await destruction).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
  });

  test('does not wait for users who came later when it is triggered', async () => {
    const sessions = await shared({}, { trigger: 'one' });
    const deployment = drained.deploy({ method, timeout: cdk.Duration.minutes(30), trigger: 'two' });
    await drained.loopback.clock.sleep(2 * MINUTE);
    await drained.open('dora');
    for (const { Id } of sessions) {
      await drained.call('ExpireSession', { SessionId: Id });
    }
    expect(await deployment).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect(await drained.present()).toEqual(['dora']);
  });

  test('fails at once for a fleet whose instances are not shared', async () => {
    drained = await DrainedStack.start();
    await drained.create();
    await drained.deploy({ method });
    const [{ Id }] = await drained.streamers('anna');
    const { failures } = await drained.destroy();
    expect(failures.join()).toContain(`session ${Id} has an instance for itself, which cannot be drained: choose another method for this fleet`);
    expect(drained.changes()).toEqual([]);
  });
});
