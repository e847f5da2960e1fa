import * as cdk from 'aws-cdk-lib';
import { FLEET, HeldFleet, MINUTE } from './held-fleet';
import { appstream } from '../../../src';

const { RUNNING, STOPPED } = appstream.FleetState;
const NO_ADDRESSES = { ErrorCode: 'SUBNET_HAS_INSUFFICIENT_IP_ADDRESSES' as const, ErrorMessage: 'subnet-1 has no free address' };
const NO_CAPACITY = { ErrorCode: 'FLEET_INSTANCE_PROVISIONING_FAILURE' as const, ErrorMessage: 'no capacity in us-east-1a' };

let held: HeldFleet;

afterEach(() => held.stop());

describe('wanted RUNNING', () => {
  test.each([
    ['STOPPED', ['StartFleet']],
    ['STARTING', []],
    ['STOPPING', ['StartFleet']],
    ['RUNNING', []],
  ] as const)('a fleet that is %s runs after the deployment, with no more calls than needed', async (state, changes) => {
    held = await HeldFleet.start();
    await held.create(state);
    expect(await held.hold(RUNNING)).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
    expect(await held.state()).toBe('RUNNING');
    expect(held.changes()).toEqual(changes);
  });
});

describe('wanted STOPPED', () => {
  test.each([
    ['STOPPED', []],
    ['STOPPING', []],
    ['RUNNING', ['StopFleet']],
  ] as const)('a fleet that is %s is stopped after the deployment, with no more calls than needed', async (state, changes) => {
    held = await HeldFleet.start();
    await held.create(state);
    expect(await held.hold(STOPPED)).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
    expect(await held.state()).toBe('STOPPED');
    expect(held.changes()).toEqual(changes);
  });

  test('a fleet that is STARTING is stopped when it runs, however long AppStream takes no stop before', async () => {
    held = await HeldFleet.start();
    held.loopback.appstream.script.slowStart(FLEET, 25 * MINUTE);
    await held.create('STARTING');
    held.loopback.endpoint.faults.add({
      operation: 'StopFleet', lambdaOnly: true, times: 20, fault: { kind: 'error', code: 'OperationNotPermittedException', status: 400 },
    });
    expect(await held.hold(STOPPED)).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(await held.state()).toBe('STOPPED');
  });

  test.each(['refused', 'accepted'] as const)('a fleet that is STARTING is stopped, whether AppStream takes the stop before it runs or not: %s', async (stopWhileStarting) => {
    held = await HeldFleet.start({ appstream: { readings: { stopWhileStarting } } });
    await held.create('STARTING');
    expect(await held.hold(STOPPED)).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(await held.state()).toBe('STOPPED');
    expect(held.changes()).toEqual(['StopFleet']);
  });
});

describe('a state that changes', () => {
  test('is brought about each time', async () => {
    held = await HeldFleet.start();
    await held.create();
    for (const state of [RUNNING, STOPPED, RUNNING]) {
      await held.hold(state);
      expect(await held.state()).toBe(state);
    }
    expect(held.changes()).toEqual(['StartFleet', 'StopFleet', 'StartFleet']);
  });

  test('is left alone by a deployment that changes nothing', async () => {
    held = await HeldFleet.start();
    await held.create();
    await held.hold(RUNNING);
    await held.call('StopFleet', { Name: FLEET });
    expect(await held.hold(RUNNING)).toMatchObject({ changed: false });
    expect(held.changes()).toEqual(['StartFleet']);
  });

  test('is brought about again with a new revision', async () => {
    held = await HeldFleet.start();
    await held.create();
    await held.hold(RUNNING);
    await held.call('StopFleet', { Name: FLEET });
    await held.hold(RUNNING, { revision: '2' });
    expect(await held.state()).toBe('RUNNING');
  });

  test('is brought about even if somebody starts a fleet that is being stopped', async () => {
    held = await HeldFleet.start({ appstream: { readings: { stopWhileStarting: 'accepted' } } });
    await held.create('RUNNING');
    const deployment = held.hold(STOPPED);
    await held.loopback.clock.sleep(3.2 * MINUTE);
    expect(await held.state()).toBe('STOPPED');
    await held.call('StartFleet', { Name: FLEET });
    expect(await deployment).toMatchObject({ status: 'CREATE_COMPLETE' });
  });

  test('is brought about even if somebody flips the fleet in the middle of its transition', async () => {
    held = await HeldFleet.start({ appstream: { readings: { stopWhileStarting: 'accepted' } } });
    await held.create();
    const deployment = held.hold(RUNNING);
    await held.loopback.clock.sleep(5 * MINUTE);
    expect(await held.state()).toBe('STARTING');
    await held.call('StopFleet', { Name: FLEET });
    expect(await deployment).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(await held.state()).toBe('RUNNING');
    expect(held.changes()).toEqual(['StartFleet', 'StartFleet']);
  });

  test('moves to another fleet: the first is let go of, the second held', async () => {
    held = await HeldFleet.start();
    await held.create('STOPPED', 'one');
    await held.create('STOPPED', 'two');
    await held.hold(RUNNING, { fleetName: 'one', stopOnDelete: true });
    await held.hold(RUNNING, { fleetName: 'two', stopOnDelete: true });
    expect(await held.state('one')).toBe('STOPPED');
    expect(await held.state('two')).toBe('RUNNING');
  });
});

describe('a start that hangs', () => {
  test('fails with the fleet\'s errors, in minutes', async () => {
    held = await HeldFleet.start({ appstream: { readings: { stopWhileStarting: 'accepted-once-stuck' } } });
    await held.create();
    held.loopback.appstream.script.stuckStart(FLEET, [NO_ADDRESSES]);
    const begin = held.clock.now();
    const { status, failures } = await held.hold(RUNNING);
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(failures[0]).toContain(
      'fleet office is STARTING and reports SUBNET_HAS_INSUFFICIENT_IP_ADDRESSES: subnet-1 has no free address: mend what it names, then deploy again',
    );
    expect(held.minutesSince(begin)).toBeLessThan(10);
    // What the deployment started is not left behind, and a rollback could change it.
    expect(await held.state()).toBe('STOPPED');
  });

  test('fails as soon where AppStream does not even let it be stopped, and says so', async () => {
    held = await HeldFleet.start({ appstream: { readings: { stopWhileStarting: 'refused' } } });
    await held.create();
    held.loopback.appstream.script.stuckStart(FLEET, [NO_ADDRESSES]);
    const begin = held.clock.now();
    const { failures } = await held.hold(RUNNING);
    expect(failures[0]).toMatch(/reports SUBNET_HAS_INSUFFICIENT_IP_ADDRESSES: subnet-1 has no free address \(and cannot be stopped: .+\): mend/);
    expect(held.minutesSince(begin)).toBeLessThan(10);
  });

  test('fails with a reason that CloudFormation accepts, however much is reported', async () => {
    held = await HeldFleet.start({ appstream: { readings: { stopWhileStarting: 'accepted-once-stuck' } } });
    await held.create();
    held.loopback.appstream.script.stuckStart(FLEET, Array.from({ length: 40 }, () => ({ ...NO_ADDRESSES, ErrorMessage: '"ünfreie" Adresse'.repeat(10) })));
    const { failures } = await held.hold(RUNNING);
    expect(failures[0]).toContain('fleet office is STARTING and reports SUBNET_HAS_INSUFFICIENT_IP_ADDRESSES');
    expect(failures[0]).toContain('…');
  });

  test('is stopped even if the first stop is throttled', async () => {
    held = await HeldFleet.start({ appstream: { readings: { stopWhileStarting: 'accepted-once-stuck' } } });
    await held.create();
    held.loopback.appstream.script.stuckStart(FLEET, [NO_ADDRESSES]);
    held.loopback.endpoint.faults.add({ operation: 'StopFleet', lambdaOnly: true, times: 2, fault: { kind: 'throttle' } });
    const { failures } = await held.hold(RUNNING);
    expect(failures[0]).toContain('SUBNET_HAS_INSUFFICIENT_IP_ADDRESSES');
    expect(await held.state()).toBe('STOPPED');
  });

  test('is given time when the error is one that AppStream overcomes', async () => {
    held = await HeldFleet.start();
    await held.create();
    held.loopback.appstream.script.stuckStart(FLEET, [NO_CAPACITY], { recoversAfterMs: 8 * MINUTE });
    expect(await held.hold(RUNNING)).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(await held.state()).toBe('RUNNING');
  });

  test('fails also with such an error when it does not pass', async () => {
    held = await HeldFleet.start({ appstream: { readings: { stopWhileStarting: 'accepted-once-stuck' } } });
    await held.create();
    held.loopback.appstream.script.stuckStart(FLEET, [NO_CAPACITY]);
    const begin = held.clock.now();
    const { failures } = await held.hold(RUNNING);
    expect(failures[0]).toContain('FLEET_INSTANCE_PROVISIONING_FAILURE: no capacity in us-east-1a');
    expect(held.minutesSince(begin)).toBeGreaterThan(15);
    expect(held.minutesSince(begin)).toBeLessThan(25);
  });

  test('ends at the deadline with what was seen last, if nothing is reported', async () => {
    held = await HeldFleet.start();
    await held.create();
    held.loopback.appstream.script.slowStart(FLEET, 3 * 60 * MINUTE);
    const begin = held.clock.now();
    const { status, failures } = await held.hold(RUNNING, { timeout: cdk.Duration.minutes(20) });
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(failures[0]).toContain('gave up after 20 minutes, when fleet office is STARTING');
    expect(held.minutesSince(begin)).toBeLessThan(22);
  });

  test('of an update is rolled back to the state before', async () => {
    held = await HeldFleet.start({ appstream: { readings: { stopWhileStarting: 'accepted-once-stuck' } } });
    await held.create();
    await held.hold(STOPPED);
    held.loopback.appstream.script.stuckStart(FLEET, [NO_ADDRESSES]);
    expect(await held.hold(RUNNING)).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(await held.state()).toBe('STOPPED');
  });
});

describe('a delete', () => {
  test('of a fleet whose Create failed before there was an answer stops what was started', async () => {
    held = await HeldFleet.start({ appstream: { readings: { stopWhileStarting: 'accepted' } } });
    await held.create();
    // Each try of the step dies after its first or second call; the fleet was told to start by then.
    held.loopback.endpoint.faults.add({ lambdaOnly: true, operation: 'StartFleet', times: 5, fault: { kind: 'kill-caller', when: 'after' } });
    held.loopback.endpoint.faults.add({ lambdaOnly: true, operation: 'DescribeFleets', skip: 1, times: 4, fault: { kind: 'kill-caller', when: 'before' } });
    expect(await held.hold(RUNNING, { stopOnDelete: true })).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
    expect(held.changes()).toEqual(['StartFleet', 'StopFleet']);
    expect(await held.state()).toBe('STOPPED');
  });

  test('stops a fleet that goes next', async () => {
    held = await HeldFleet.start();
    await held.create();
    await held.hold(RUNNING, { stopOnDelete: true });
    expect(await held.destroy()).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
    expect(await held.state()).toBe('STOPPED');
  });

  test('leaves a fleet alone that stays', async () => {
    held = await HeldFleet.start();
    await held.create();
    await held.hold(RUNNING);
    expect(await held.destroy()).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(await held.state()).toBe('RUNNING');
  });

  test('of a fleet that is gone succeeds', async () => {
    held = await HeldFleet.start();
    await held.create();
    await held.hold(STOPPED, { stopOnDelete: true });
    await held.call('DeleteFleet', { Name: FLEET });
    expect(await held.destroy()).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
  });

  test('of a stopped fleet calls nothing', async () => {
    held = await HeldFleet.start();
    await held.create();
    await held.hold(STOPPED, { stopOnDelete: true });
    expect(await held.destroy()).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(held.changes()).toEqual([]);
  });

  test('after a fleet that was never there succeeds, and the reason names it', async () => {
    held = await HeldFleet.start();
    const { status, failures } = await held.hold(RUNNING, { stopOnDelete: true });
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(failures[0]).toContain('there is no fleet office in this account and Region');
  });
});
