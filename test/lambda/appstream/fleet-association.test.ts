import * as cdk from 'aws-cdk-lib';
import { appstream } from '../../../src';
import { GatedOffice, type Wish } from '../../deploy/gated-office';

const { FleetState, UpdateStrategy } = appstream;
const MINUTE = 60_000;
const RUNNING = { desiredState: FleetState.RUNNING, fleetName: undefined };
const hasty: Wish = { ...RUNNING, strategy: UpdateStrategy.replace() };
const patient: Wish = { ...RUNNING, strategy: UpdateStrategy.replace({ waitForSessions: cdk.Duration.minutes(20) }) };

let desk: GatedOffice;

async function start(wish: Wish, options: Parameters<typeof GatedOffice.start>[0] = {}): Promise<void> {
  desk = await GatedOffice.start({ ...options, cloudformation: { fleetDeletion: 'strict', ...options.cloudformation } });
  expect(await desk.deploy({ description: 'old', ...wish })).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
}

afterEach(() => desk.stop());

const UPDATED = { status: 'UPDATE_COMPLETE', state: 'RUNNING', description: 'new', noted: false, associations: ['office'] };
const ROLLED_BACK = { ...UPDATED, status: 'UPDATE_ROLLBACK_COMPLETE', description: 'old' };

/** When something was done that AppStream did not refuse. */
function timesOf(operation: string): number[] {
  return desk.loopback.endpoint.calls.of('appstream', operation).filter(({ error }) => error === undefined).map(({ at }) => at);
}

const associated = async (): Promise<string[]> => (await desk.call('ListAssociatedFleets', { StackName: 'office' })).Names;

describe('users of a fleet that is replaced', () => {
  test('have as long as the strategy says, and then another fleet at once, where AppStream takes no fleet from under them', async () => {
    await start(patient);
    desk.come();
    const begun = desk.deployment.clock.now();
    expect(await desk.end(await desk.deploy({ ...patient, description: 'new' }))).toEqual(UPDATED);
    const [expired] = timesOf('ExpireSession');
    const [[dissociated], [, again]] = [timesOf('DisassociateFleet'), timesOf('AssociateFleet')];
    expect((expired - begun) / MINUTE).toBeGreaterThanOrEqual(20);
    expect((expired - begun) / MINUTE).toBeLessThan(23);
    expect(dissociated - expired).toBeLessThan(1000);
    expect(again - dissociated).toBeLessThan(1000);
  });

  test('have as long as the strategy says when the deployment is over, where AppStream lets them stream on', async () => {
    await start(patient, { appstream: { readings: { disassociateWithSessions: 'accepted' } } });
    desk.come();
    const begun = desk.deployment.clock.now();
    expect(await desk.end(await desk.deploy({ ...patient, description: 'new' }))).toEqual(UPDATED);
    const [[dissociated], [, again], [expired], [stopped]] = ['DisassociateFleet', 'AssociateFleet', 'ExpireSession', 'StopFleet'].map(timesOf);
    expect((dissociated - begun) / MINUTE).toBeLessThan(3);
    expect(again - dissociated).toBeLessThan(1000);
    expect((expired - again) / MINUTE).toBeGreaterThanOrEqual(20);
    expect(stopped).toBeGreaterThan(expired);
  });

  test('who leave are not waited for', async () => {
    await start(patient);
    desk.loopback.appstream.disconnect(desk.come());
    const begun = desk.deployment.clock.now();
    expect(await desk.end(await desk.deploy({ ...patient, description: 'new' }))).toEqual(UPDATED);
    expect((timesOf('DisassociateFleet')[0] - begun) / MINUTE).toBeLessThan(18);
  });

  test('whose sessions cannot be ended keep their fleet, and the deployment says who', async () => {
    await start(hasty);
    const id = desk.come();
    desk.loopback.appstream.script.unendingSession(id);
    const result = await desk.deploy({ ...hasty, description: 'new' });
    expect(result.failures.join()).toContain(`1 session is left: ${id}; each was told to end 10 times: end them by hand, then deploy again`);
    expect(await desk.end(result)).toEqual(ROLLED_BACK);
  });

  test('are out before the whole of it is destroyed', async () => {
    await start(hasty);
    desk.come();
    expect(await desk.destroy()).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
    expect((await desk.call('DescribeFleets', {})).Fleets).toEqual([]);
  });
});

describe('a stack that somebody has given another fleet', () => {
  const give = async (FleetName: string) => {
    await desk.call('CreateFleet', {
      Name: FleetName, ImageName: 'AppStream-WinServer2022-06-17-2024', InstanceType: 'stream.standard.large', ComputeCapacity: { DesiredInstances: 1 },
    });
    await Promise.all((await associated()).map((Name) => desk.call('DisassociateFleet', { StackName: 'office', FleetName: Name })));
    await desk.call('AssociateFleet', { StackName: 'office', FleetName });
  };
  const REASON = 'stack office has fleet theirs, which this CloudFormation stack has not given it: dissociate it, then deploy again';

  test('keeps it when a fleet is added, and the deployment says so', async () => {
    await start({ ...hasty, apart: true });
    await give('theirs');
    const result = await desk.deploy({ ...hasty, description: 'old' });
    expect(result.failures.join()).toContain(REASON);
    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await associated()).toEqual(['theirs']);
  });

  test('keeps it when the one before is replaced, and the deployment says so', async () => {
    await start(hasty);
    await give('theirs');
    const result = await desk.deploy({ ...hasty, description: 'new' });
    expect(result.failures.join()).toContain(REASON);
    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await associated()).toEqual(['theirs']);
  });
});

test.each(['throttle', 'drop-answer'] as const)('a fleet is replaced through the fault %s of each call', async (kind) => {
  await start({ ...hasty, strategy: UpdateStrategy.failIfRunning() });
  desk.come();
  for (const operation of ['ListAssociatedFleets', 'DescribeFleets', 'ListTagsForResource', 'DisassociateFleet', 'DescribeSessions', 'ExpireSession', 'AssociateFleet']) {
    desk.loopback.endpoint.faults.add({ service: 'appstream', operation, lambdaOnly: true, fault: { kind } });
  }
  expect(await desk.end(await desk.deploy({ ...hasty, description: 'new' }))).toEqual(UPDATED);
});

describe('a stack that has changed to replacement once', () => {
  const before = { ...hasty, strategy: UpdateStrategy.failIfRunning() };

  beforeEach(async () => {
    await start(before);
    expect(await desk.deploy({ ...hasty, description: 'old' })).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
  });

  test('has the fleet of before after a failure, and another one after success', async () => {
    const [old] = await associated();
    await desk.call('CreateStack', { Name: 'last' });
    expect(await desk.end(await desk.deploy({ ...hasty, description: 'new', last: 'behind the association' }))).toEqual(ROLLED_BACK);
    expect(await associated()).toEqual([old]);
    expect(await desk.end(await desk.deploy({ ...hasty, description: 'new' }))).toEqual(UPDATED);
    expect(await associated()).not.toEqual([old]);
  });

  test('keeps its fleet when it is to go back in one deployment', async () => {
    expect(await desk.end(await desk.deploy({ ...before, description: 'new' }))).toEqual(ROLLED_BACK);
  });

  test('goes back by way of a deployment without a fleet, which gives it none of the same name', async () => {
    expect(await desk.deploy({ ...before, description: 'new', apart: true })).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect(await associated()).toEqual([]);
    expect(await desk.end(await desk.deploy({ ...before, description: 'new' }))).toEqual(UPDATED);
  });
});

test('a fleet whose change does not show in its name, like one behind a parameter, is not touched', async () => {
  await start(hasty);
  const result = await desk.deploy({ ...hasty, description: 'old' }, ({ Resources }) => {
    for (const { Properties } of Object.values(Resources)) {
      const { Settings } = Properties;
      Properties.Settings = Settings && JSON.parse(JSON.stringify(Settings).replace('\\"old\\"', '\\"new\\"'));
      Properties.Description &&= Properties.Description === 'old' ? 'new' : Properties.Description;
    }
  });
  expect(result.failures.join()).toContain(
    'is RUNNING, and AppStream changes Description only while it is stopped: stop it and deploy again, or change another setting too, such as the '
    + 'description: UpdateStrategy.replace() cannot see a value behind a parameter; nothing has been done to the fleet',
  );
  expect(await desk.end(result)).toEqual(ROLLED_BACK);
});
