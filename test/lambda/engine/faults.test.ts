import { appstream } from '../../../src';
import { FLEET, HeldFleet, MINUTE, STACK } from '../appstream/held-fleet';

const { RUNNING, STOPPED } = appstream.FleetState;

let held: HeldFleet;

afterEach(() => held.stop());

describe('what passes is survived', () => {
  test.each([
    ['throttling', { kind: 'throttle' }],
    ['throttling as AppStream says it', { kind: 'error', code: 'RequestLimitExceededException', status: 400 }],
    ['a service that is down', { kind: 'error', code: 'InternalServiceException', status: 503 }],
    ['somebody else\'s change', { kind: 'error', code: 'ConcurrentModificationException', status: 400 }],
    ['throttling by its HTTP status', { kind: 'error', code: 'SomeThrottle', status: 429 }],
    ['a broken connection before the call', { kind: 'drop-request' }],
    ['a broken connection after the call', { kind: 'drop-answer' }],
  ] as const)('%s', async (_, fault) => {
    held = await HeldFleet.start();
    await held.create();
    for (const operation of ['DescribeFleets', 'StartFleet']) {
      held.loopback.endpoint.faults.add({ service: 'appstream', operation, lambdaOnly: true, times: 3, fault });
    }
    expect(await held.hold(RUNNING)).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
    expect(await held.state()).toBe('RUNNING');
  });

  test.each([
    ['a role that is not known everywhere yet', 'InvalidRoleException', 3],
    ['credentials that have just expired', 'ExpiredTokenException', 1],
    ['a fleet that is not known everywhere yet', 'ResourceNotFoundException', 2],
  ])('%s', async (_, code, times) => {
    held = await HeldFleet.start();
    await held.create();
    held.loopback.endpoint.faults.add({ operation: 'StartFleet', lambdaOnly: true, times, fault: { kind: 'error', code, status: 400 } });
    expect(await held.hold(RUNNING)).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
  });

  test('reads that are older than the call before', async () => {
    held = await HeldFleet.start();
    await held.create();
    held.loopback.appstream.script.staleReads(FLEET, 2);
    expect(await held.hold(RUNNING)).toMatchObject({ status: 'CREATE_COMPLETE' });
    // Not even a call that AppStream refuses.
    expect(held.loopback.endpoint.calls.of('appstream', 'StartFleet')).toHaveLength(1);
  });

  test('permissions that take effect late', async () => {
    held = await HeldFleet.start({ iam: { propagation: 45_000 } });
    await held.create();
    expect(await held.hold(RUNNING)).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
    expect(await held.state()).toBe('RUNNING');
    expect(held.loopback.iam.denials.length).toBeGreaterThan(0);
  });

  test('an answer of AppStream that never comes', async () => {
    held = await HeldFleet.start();
    await held.create();
    held.loopback.endpoint.faults.add({ operation: 'DescribeFleets', lambdaOnly: true, fault: { kind: 'delay', ms: 11_000 } });
    expect(await held.hold(RUNNING)).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
  });

  test('a function that crashes in the middle of a step', async () => {
    held = await HeldFleet.start();
    await held.create();
    held.loopback.endpoint.faults.add({ service: 'appstream', lambdaOnly: true, times: 3, fault: { kind: 'kill-caller', when: 'before' } });
    expect(await held.hold(RUNNING)).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
  });
});

describe('what does not pass fails with the service\'s own words', () => {
  test('a quota, at once', async () => {
    held = await HeldFleet.start();
    await held.create();
    held.loopback.endpoint.faults.add({
      operation: 'StartFleet',
      lambdaOnly: true,
      times: Infinity,
      fault: { kind: 'error', code: 'LimitExceededException', message: 'You have reached the limit of 5 running instances', status: 400 },
    });
    const begin = held.clock.now();
    const { failures } = await held.hold(RUNNING);
    expect(failures[0]).toContain('You have reached the limit of 5 running instances (LimitExceededException)');
    expect(held.minutesSince(begin)).toBeLessThan(1);
    expect(held.loopback.endpoint.calls.of('appstream', 'StartFleet')).toHaveLength(1);
  });

  test('a permission that stays missing, after a minute, by its name', async () => {
    held = await HeldFleet.start();
    await held.create();
    const begin = held.clock.now();
    held.loopback.endpoint.faults.add({
      operation: 'StartFleet',
      lambdaOnly: true,
      times: Infinity,
      fault: { kind: 'error', code: 'AccessDeniedException', message: 'no identity-based policy allows the appstream:StartFleet action', status: 400 },
    });
    const { failures } = await held.hold(RUNNING);
    expect(failures[0]).toContain('appstream:StartFleet action (AccessDeniedException); where it stays so, look for');
    expect(held.minutesSince(begin)).toBeGreaterThanOrEqual(1);
    expect(held.minutesSince(begin)).toBeLessThan(3);
  });

  test('a fault that lasts, at the deadline', async () => {
    held = await HeldFleet.start();
    await held.create();
    held.loopback.endpoint.faults.add({ operation: 'StartFleet', lambdaOnly: true, times: Infinity, fault: { kind: 'throttle' } });
    const begin = held.clock.now();
    const { failures } = await held.hold(RUNNING);
    expect(failures[0]).toContain('gave up after 45 minutes, when Rate exceeded (ThrottlingException)');
    expect(held.minutesSince(begin)).toBeLessThan(46);
  });
});

describe('an answer in bounded time', () => {
  test('although every step crashes', async () => {
    held = await HeldFleet.start();
    await held.create();
    held.loopback.endpoint.faults.add({ service: 'appstream', lambdaOnly: true, times: Infinity, fault: { kind: 'kill-caller', when: 'before' } });
    const begin = held.clock.now();
    const { failures } = await held.hold(RUNNING);
    expect(failures[0]).toContain('the lifecycle engine failed again and again: ');
    expect(held.minutesSince(begin)).toBeLessThan(5);
  });

  test('although the function is gone', async () => {
    held = await HeldFleet.start();
    await held.create();
    await held.hold(STOPPED);
    const name = held.deployment.physicalId(STACK, 'AWS::Lambda::Function');
    const deployment = held.hold(RUNNING);
    await held.loopback.clock.sleep(MINUTE);
    await held.loopback.call('lambda', 'DeleteFunction', { FunctionName: name });
    const begin = held.clock.now();
    const { status, failures } = await deployment;
    // Nobody is left to answer: the resource's ServiceTimeout ends it, twice, because the rollback has nobody to ask either.
    expect(status).toBe('UPDATE_ROLLBACK_FAILED');
    expect(failures[0]).toMatch(/CustomResource.*timeout|did not receive|timed out|ServiceTimeout/i);
    expect(held.minutesSince(begin)).toBeLessThan(110);
  });
});
