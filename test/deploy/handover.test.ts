import * as cdk from 'aws-cdk-lib';
import { Deployment } from './deployment';
import { appstream } from '../../src';

const { FleetState, ImageBuilderState } = appstream;
const INSTANCE = {
  image: appstream.Image.fromName('AppStream-WinServer2022-06-17-2024'),
  instanceType: appstream.InstanceType.STANDARD_LARGE,
};

let deployment: Deployment;

// CloudFormation is not counted on to stop what it deletes: whether it does is inferred.
const STRICT = { fleetDeletion: 'strict', imageBuilderDeletion: 'direct' } as const;

beforeEach(async () => {
  deployment = await Deployment.start({ cloudformation: STRICT });
});

afterEach(() => deployment.stop());

interface Wish {
  readonly fleet?: appstream.FleetState;
  readonly builder?: appstream.ImageBuilderState;
  readonly retain?: boolean;
  readonly revision?: string;
  readonly description?: string;
  readonly fleetName?: string;
}

const deploy = ({ fleet: fleetState, builder: builderState, retain, revision, description, fleetName }: Wish) => deployment.deploy((app) => {
  const stack = new cdk.Stack(app, 'Office');
  const capacity = appstream.Capacity.instances(1);
  const fleet = new appstream.Fleet(stack, 'Fleet', { ...INSTANCE, capacity, desiredState: fleetState, revision, description, fleetName });
  new appstream.ImageBuilder(stack, 'Builder', { ...INSTANCE, desiredState: builderState });
  new appstream.Stack(stack, 'Applications').addFleet(fleet);
  if (retain) {
    cdk.RemovalPolicies.of(fleet.lifecycle!).retain();
  }
  return stack;
});

async function states(): Promise<string[]> {
  const { Fleets } = await deployment.loopback.call('appstream', 'DescribeFleets', {});
  const { ImageBuilders } = await deployment.loopback.call('appstream', 'DescribeImageBuilders', {});
  const byName = (one: { Name: string }, other: { Name: string }) => (one.Name < other.Name ? -1 : 1);
  return [...Fleets.sort(byName), ...ImageBuilders].map(({ State }) => State);
}

test('without a desired state CloudFormation starts the fleet, leaves the builder running, and no function is in the stack', async () => {
  expect(await deploy({})).toMatchObject({ status: 'CREATE_COMPLETE' });
  expect(await states()).toEqual(['RUNNING', 'RUNNING']);
  expect(deployment.loopback.lambda.invocations).toEqual([]);
});

test('an unmanaged fleet is left as CloudFormation makes it: stopped', async () => {
  await deploy({ fleet: FleetState.UNMANAGED, builder: ImageBuilderState.UNMANAGED });
  expect(await states()).toEqual(['STOPPED', 'RUNNING']);
});

test('a stack from before is taken over when it gets desired states', async () => {
  await deploy({});
  expect(await deploy({ fleet: FleetState.STOPPED, builder: ImageBuilderState.STOPPED })).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
  expect(await states()).toEqual(['STOPPED', 'STOPPED']);
});

test('a fleet whose desired state is taken away is stopped once, since it might go with it', async () => {
  await deploy({ fleet: FleetState.RUNNING });
  expect(await deploy({ fleet: FleetState.UNMANAGED })).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
  expect(await states()).toEqual(['STOPPED', 'RUNNING']);
});

test('one of several fleets loses its desired state while the others keep theirs', async () => {
  const both = (second: appstream.FleetState) => deployment.deploy((app) => {
    const stack = new cdk.Stack(app, 'Office');
    for (const [id, desiredState] of [['First', FleetState.RUNNING], ['Second', second]] as const) {
      new appstream.Fleet(stack, id, { ...INSTANCE, capacity: appstream.Capacity.instances(1), desiredState });
    }
    return stack;
  });
  await both(FleetState.RUNNING);
  expect(await both(FleetState.UNMANAGED)).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
  expect(await states()).toEqual(['RUNNING', 'STOPPED']);
});

test('a fleet is handed over running when its lifecycle is retained first', async () => {
  await deploy({ fleet: FleetState.RUNNING });
  // CloudFormation takes a changed deletion policy only together with a changed property.
  await deploy({ fleet: FleetState.RUNNING, retain: true, revision: 'handed over' });
  expect(await deploy({ fleet: FleetState.UNMANAGED })).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
  expect(await states()).toEqual(['RUNNING', 'RUNNING']);
});

test('a renamed fleet is replaced: the old one is stopped under the name that no template knows any more', async () => {
  await deploy({ fleet: FleetState.STOPPED, fleetName: 'old' });
  await deployment.loopback.call('appstream', 'DisassociateFleet', {
    FleetName: 'old', StackName: (await deployment.loopback.call('appstream', 'DescribeStacks', {})).Stacks[0].Name,
  });
  await deployment.loopback.call('appstream', 'StartFleet', { Name: 'old' });
  expect(await deploy({ fleet: FleetState.STOPPED, fleetName: 'new' })).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
  const { Fleets } = await deployment.loopback.call('appstream', 'DescribeFleets', {});
  expect(Fleets).toMatchObject([{ Name: 'new', State: 'STOPPED' }]);
});

test('one fleet may wait for the state of another', async () => {
  const result = await deployment.deploy((app) => {
    const stack = new cdk.Stack(app, 'Office');
    const [first, second] = ['First', 'Second'].map((id) => new appstream.Fleet(stack, id, {
      ...INSTANCE, capacity: appstream.Capacity.instances(1), desiredState: FleetState.RUNNING,
    }));
    second.node.addDependency(first.lifecycle!);
    return stack;
  });
  expect(result).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
});

test('the order in which CloudFormation works makes no difference', async () => {
  for (const seed of [2, 3, 4, 5, 6]) {
    await deployment.stop();
    deployment = await Deployment.start({ cloudformation: { ...STRICT, seed } });
    expect(await deploy({ fleet: FleetState.RUNNING, builder: ImageBuilderState.STOPPED })).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
    expect(await deployment.destroy('Office')).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
    expect(await states()).toEqual([]);
  }
});
