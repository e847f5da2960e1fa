import { FEW, HANDLERS, ScaledOffice, type Wish } from './scaled-office';
import { appstream } from '../../src';

const { Capacity, FleetType, UpdateStrategy } = appstream;

let office: ScaledOffice;

afterEach(() => office.stop());

const capacity = async () => (await office.fleet()).ComputeCapacityStatus.Desired;

async function created(wish: Wish, options = {}): Promise<void> {
  office = await ScaledOffice.start(options);
  expect(await office.deploy(wish)).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
  await office.run();
}

async function updated(wish: Wish): Promise<number> {
  expect(await office.deploy(wish)).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
  return capacity();
}

describe.each(Object.entries(HANDLERS))('where CloudFormation sends %s', (_what, options) => {
  test('deployments leave the capacity of a running fleet as scaling had it', async () => {
    await created({ limits: FEW }, options);
    expect(await capacity()).toBe(2);

    // Another property of the fleet.
    await office.scale({ DesiredInstances: 5 });
    expect(await updated({ limits: FEW, displayName: 'one' })).toBe(5);
    expect(await office.fleet()).toMatchObject({ State: 'RUNNING', DisplayName: 'one' });

    // Nothing of the fleet.
    await office.scale({ DesiredInstances: 6 });
    office.touched();
    expect(await updated({ limits: FEW, displayName: 'one', beside: 'other' })).toBe(6);
    expect(office.touched()).toEqual(['Beside']);

    // What a new fleet would begin with.
    expect(await updated({ limits: FEW, displayName: 'one', capacity: Capacity.instances(3) })).toBe(6);

    // The limits.
    const limits = { minCapacity: 1, maxCapacity: 4 };
    expect(await updated({ limits, displayName: 'one', capacity: Capacity.instances(3) })).toBe(4);
    expect(await updated({ limits: { minCapacity: 5, maxCapacity: 10 }, displayName: 'one', capacity: Capacity.instances(5) })).toBe(5);

    // What comes to nothing, behind the fleet.
    await office.scale({ DesiredInstances: 7 });
    await office.call('CreateStack', { Name: 'last' });
    expect(await office.deploy({ limits: FEW, displayName: 'two', last: true })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(await office.fleet()).toMatchObject({ State: 'RUNNING', DisplayName: 'one', ComputeCapacityStatus: { Desired: 7 } });
  });

  test('a fleet that is stopped keeps its capacity too, and loses it with its scaling', async () => {
    await created({ limits: FEW }, options);
    await office.call('StopFleet', { Name: (await office.fleet()).Name });
    office.deployment.clock.advance(60_000);
    await office.scale({ DesiredInstances: 5 });
    expect(await updated({ limits: FEW, description: 'one' })).toBe(5);
    expect((await office.fleet()).State).toBe('STOPPED');
    expect(await updated({ description: 'one' })).toBe(2);
    expect(await office.deployment.destroy('Office')).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
  });

  test('a fleet that is scaled from now on keeps what it has, within the limits', async () => {
    await created({}, options);
    await office.scale({ DesiredInstances: 5 });
    expect(await updated({ limits: FEW, displayName: 'one' })).toBe(5);
    expect(await office.deploy({ limits: { minCapacity: 2, maxCapacity: 3 }, displayName: 'one' })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await capacity()).toBe(3);
  });
});

test('a fleet that loses its scaling keeps what it has if the last deployment found it as the template has it: nothing has changed then', async () => {
  await created({ limits: FEW });
  await office.scale({ DesiredInstances: 5 });
  expect(await updated({})).toBe(5);
  expect(await updated({ capacity: Capacity.instances(3) })).toBe(3);
});

test('a fleet that is stopped to be updated and started again keeps its capacity', async () => {
  const wish = { limits: FEW, updateStrategy: UpdateStrategy.stopAndRestart() };
  await created(wish);
  await office.scale({ DesiredInstances: 5 });
  expect(await updated({ ...wish, description: 'one' })).toBe(5);
  expect(await office.fleet()).toMatchObject({ State: 'RUNNING', Description: 'one' });
});

test('a fleet whose users share instances keeps its sessions', async () => {
  const wish = { limits: FEW, capacity: Capacity.sessions(4, { sessionsPerInstance: 2 }) };
  await created(wish);
  await office.scale({ DesiredSessions: 8 });
  expect(await updated({ ...wish, displayName: 'one' })).toBe(4);
  expect((await office.fleet()).ComputeCapacityStatus.DesiredUserSessions).toBe(8);
});

test('a fleet that takes the place of another takes over its capacity, and the other keeps it if that comes to nothing', async () => {
  await created({ limits: FEW });
  await office.scale({ DesiredInstances: 5 });
  await office.call('CreateStack', { Name: 'last' });
  expect(await office.deploy({ limits: FEW, fleetType: FleetType.ON_DEMAND, last: true })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
  expect(await office.fleet()).toMatchObject({ State: 'RUNNING', FleetType: 'ALWAYS_ON', ComputeCapacityStatus: { Desired: 5 } });
  expect(await updated({ limits: FEW, fleetType: FleetType.ON_DEMAND })).toBe(5);
  expect((await office.call('DescribeFleets', {})).Fleets).toMatchObject([{ FleetType: 'ON_DEMAND' }]);
  expect((await office.loopback.call('application-autoscaling', 'DescribeScalableTargets', { ServiceNamespace: 'appstream' })).ScalableTargets).toHaveLength(1);
});
