import { FleetErrorCode } from '@aws-sdk/client-appstream';
import * as cdk from 'aws-cdk-lib';
import { appstream } from '../../../src';
import { GatedOffice, type Wish } from '../../deploy/gated-office';

const { FleetState, UpdateStrategy } = appstream;
const MINUTE = 60_000;
const strategy = UpdateStrategy.stopAndRestart();
const patient = UpdateStrategy.stopAndRestart({ waitForSessions: cdk.Duration.minutes(20) });

let desk: GatedOffice;

async function start(wish: Wish, options: Parameters<typeof GatedOffice.start>[0] = {}): Promise<void> {
  desk = await GatedOffice.start(options);
  expect(await desk.deploy({ description: 'old', ...wish })).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
}

afterEach(() => desk.stop());

const UPDATED = { status: 'UPDATE_COMPLETE', state: 'RUNNING', description: 'new', noted: false, associations: ['office'] };
const ROLLED_BACK = { status: 'UPDATE_ROLLBACK_COMPLETE', state: 'RUNNING', description: 'old', noted: false, associations: ['office'] };

describe('a running fleet', () => {
  test('is stopped once, updated, and started once', async () => {
    await start({ strategy });
    expect(await desk.end(await desk.deploy({ description: 'new', strategy }))).toEqual(UPDATED);
    expect(desk.changes('TagResource', 'StopFleet', 'StartFleet', 'UntagResource')).toEqual(['TagResource', 'StopFleet', 'StartFleet', 'UntagResource']);
  });

  test('is not stopped for what a running fleet accepts', async () => {
    await start({ strategy });
    expect(await desk.deploy({ description: 'old', displayName: 'Office', strategy })).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect(await desk.fleet()).toMatchObject({ State: 'RUNNING', DisplayName: 'Office' });
    expect(desk.changes('StopFleet', 'TagResource')).toEqual([]);
  });

  test('is not stopped when it gets a gate', async () => {
    await start({});
    expect(await desk.end(await desk.deploy({ description: 'old', strategy }))).toEqual({ ...UPDATED, description: 'old' });
    expect(desk.changes('StopFleet', 'TagResource')).toEqual([]);
  });

  test('is stopped for a value that somebody has given it already, since AppStream may refuse that too', async () => {
    await start({ strategy });
    await desk.call('StopFleet', { Name: 'office' });
    desk.deployment.clock.advance(MINUTE);
    await desk.call('UpdateFleet', { Name: 'office', Description: 'new' });
    await desk.call('StartFleet', { Name: 'office' });
    desk.deployment.clock.advance(MINUTE);
    expect(await desk.end(await desk.deploy({ description: 'new', strategy }))).toEqual(UPDATED);
  });

  test('that starts is stopped when it may be, and started again', async () => {
    await start({ strategy });
    await desk.call('StopFleet', { Name: 'office' });
    desk.deployment.clock.advance(MINUTE);
    await desk.call('StartFleet', { Name: 'office' });
    expect(await desk.end(await desk.deploy({ description: 'new', strategy }))).toEqual(UPDATED);
  });

  test('that somebody stops just then stays stopped', async () => {
    await start({ strategy });
    await desk.call('StopFleet', { Name: 'office' });
    expect(await desk.end(await desk.deploy({ description: 'new', strategy }))).toEqual({ ...UPDATED, state: 'STOPPED' });
  });

  test('with a description that is taken away is not stopped, and comes back with it in a rollback', async () => {
    await start({ strategy });
    await desk.call('CreateStack', { Name: 'last' });
    expect(await desk.end(await desk.deploy({ strategy, last: 'behind its reopening' }))).toEqual(ROLLED_BACK);
  });

  test('that cannot start again fails the deployment, and runs as it was', async () => {
    await start({ strategy }, { appstream: { readings: { stopWhileStarting: 'accepted-once-stuck' } } });
    desk.loopback.appstream.script.stuckStart('office', [{ ErrorCode: FleetErrorCode.SUBNET_NOT_FOUND, ErrorMessage: 'There is no subnet.' }]);
    const result = await desk.deploy({ description: 'new', strategy });
    expect(result.failures.join()).toContain('fleet office is STARTING and reports SUBNET_NOT_FOUND: There is no subnet: mend what it names, then deploy again');
    expect(await desk.end(result)).toEqual(ROLLED_BACK);
  });

  test('whose stop takes too long fails the deployment, and runs as it was', async () => {
    await start({ strategy }, { appstream: { durations: { fleetStop: 60 * MINUTE } } });
    const result = await desk.deploy({ description: 'new', strategy });
    expect(result.failures.join()).toContain('gave up after 53 minutes, when fleet office is STOPPING');
    expect(await desk.end(result)).toEqual(ROLLED_BACK);
  });

  test.each(['throttle', 'drop-answer'] as const)('is updated through the fault %s of each call', async (kind) => {
    await start({ strategy });
    for (const operation of ['DescribeFleets', 'ListTagsForResource', 'TagResource', 'StopFleet', 'StartFleet', 'UntagResource']) {
      desk.loopback.endpoint.faults.add({ service: 'appstream', operation, lambdaOnly: true, fault: { kind } });
    }
    expect(await desk.end(await desk.deploy({ description: 'new', strategy }))).toEqual(UPDATED);
  });

  test('that is gone holds nothing up', async () => {
    await start({ strategy });
    expect(await desk.destroy()).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
  });

  test('that is replaced is left alone', async () => {
    await start({ strategy, fleetName: 'one' });
    await desk.call('DisassociateFleet', { FleetName: 'one', StackName: 'office' });
    const result = await desk.deploy({ description: 'new', strategy, fleetName: 'two' });
    expect(result).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect(await desk.fleet('two')).toMatchObject({ State: 'RUNNING', Description: 'new' });
    expect(desk.changes('StopFleet', 'TagResource')).toEqual([]);
  });
});

describe('users', () => {
  const come = () => {
    const { Id } = desk.loopback.appstream.signIn('office', 'anna', 'SAML');
    desk.deployment.clock.advance(MINUTE);
    return Id!;
  };
  const stoppedAt = () => desk.loopback.endpoint.calls.of('appstream', 'StopFleet')[0].at;

  test('have as long as the strategy says', async () => {
    await start({ strategy: patient });
    come();
    const begun = desk.deployment.clock.now();
    expect(await desk.end(await desk.deploy({ description: 'new', strategy: patient }))).toEqual(UPDATED);
    expect(stoppedAt() - begun).toBeGreaterThanOrEqual(20 * MINUTE);
    expect(stoppedAt() - begun).toBeLessThan(22 * MINUTE);
  });

  test('who leave are not waited for', async () => {
    await start({ strategy: patient });
    desk.loopback.appstream.disconnect(come());
    const begun = desk.deployment.clock.now();
    expect(await desk.end(await desk.deploy({ description: 'new', strategy: patient }))).toEqual(UPDATED);
    expect(stoppedAt() - begun).toBeLessThan(18 * MINUTE);
  });
});

describe('a fleet that may not be stopped', () => {
  test('fails its deployment with a sentence that says what to do, before anything is touched', async () => {
    await start({ desiredState: FleetState.RUNNING });
    const result = await desk.deploy({ description: 'new', desiredState: FleetState.RUNNING });
    expect(result.failures.join()).toContain(
      'fleet office is RUNNING, and AppStream changes Description only while it is stopped: stop it and deploy again, '
      + 'or give it the updateStrategy UpdateStrategy.stopAndRestart(); nothing has been done to the fleet',
    );
    expect(await desk.end(result)).toEqual(ROLLED_BACK);
    expect(desk.changes('StopFleet', 'TagResource')).toEqual([]);
  });

  test('is updated when it is stopped, and waited for while it stops', async () => {
    await start({ desiredState: FleetState.RUNNING });
    await desk.call('StopFleet', { Name: 'office' });
    expect(await desk.end(await desk.deploy({ description: 'new', desiredState: FleetState.RUNNING }))).toEqual(UPDATED);
  });

  test('is changed while it runs in what a running fleet accepts', async () => {
    await start({ desiredState: FleetState.RUNNING });
    const result = await desk.deploy({ description: 'old', displayName: 'Office', desiredState: FleetState.RUNNING });
    expect(await desk.end(result)).toEqual({ ...UPDATED, description: 'old' });
  });
});
