import * as cdk from 'aws-cdk-lib';
import * as cfn from 'aws-cdk-lib/aws-appstream';
import { Deployment } from './deployment';
import { appstream } from '../../src';

const STACK = 'Office';
const IMAGE = 'AppStream-WinServer2022-06-17-2024';
const { FleetState, SessionDrainMethod } = appstream;

/** Stack and fleet of the library; the association comes last. */
function ofTheLibrary(app: cdk.App): cdk.Stack {
  const scope = new cdk.Stack(app, STACK);
  const fleet = new appstream.Fleet(scope, 'Fleet', {
    image: appstream.Image.fromName(IMAGE),
    instanceType: appstream.InstanceType.STANDARD_LARGE,
    capacity: appstream.Capacity.instances(10),
    desiredState: FleetState.RUNNING,
  });
  const stack = new appstream.Stack(scope, 'Stack');
  new appstream.SessionDrain(scope, 'Drain', { stack, fleet, method: SessionDrainMethod.waitThenExpire(cdk.Duration.minutes(5)) });
  stack.addFleet(fleet);
  return scope;
}

/** The same of L1s, with a lifecycle that stops the fleet. */
function ofL1s(app: cdk.App): cdk.Stack {
  const scope = new cdk.Stack(app, STACK);
  const stack = new cfn.CfnStack(scope, 'Stack', { name: 'office' });
  const fleet = new cfn.CfnFleet(scope, 'Fleet', {
    name: 'office', imageName: IMAGE, instanceType: 'stream.standard.large', computeCapacity: { desiredInstances: 10 },
  });
  new appstream.SessionDrain(scope, 'Drain', { stack, fleet, method: SessionDrainMethod.waitThenExpire(cdk.Duration.minutes(5)) });
  const association = new cfn.CfnStackFleetAssociation(scope, 'Association', { stackName: stack.ref, fleetName: fleet.ref });
  new appstream.FleetLifecycle(scope, 'Lifecycle', { fleet, desiredState: FleetState.RUNNING, stopOnDelete: true }).node.addDependency(association);
  return scope;
}

/** Users of the only stack and fleet. */
async function come({ loopback }: Deployment, users: readonly string[]): Promise<void> {
  const [{ Name: StackName }] = (await loopback.call('appstream', 'DescribeStacks', {})).Stacks;
  users.forEach((user) => loopback.appstream.signIn(StackName, user, 'SAML'));
}

describe.each([['the library', ofTheLibrary], ['L1s', ofL1s]])('a stack and a fleet of %s', (_, make) => {
  let deployment: Deployment;

  afterEach(() => deployment.stop());

  test.each([1, 2, 3, 4, 5, 6])('are destroyed after their users have had their time and all sessions have ended, in the order %i', async (seed) => {
    deployment = await Deployment.start({ cloudformation: { seed, fleetDeletion: 'strict' } });
    const { loopback, clock } = deployment;
    expect(await deployment.deploy(make)).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
    await come(deployment, ['anna', 'bert', 'carl']);
    const begun = clock.now();
    expect(await deployment.destroy(STACK)).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });

    const calls = loopback.endpoint.calls.of('appstream').filter(({ at }) => at >= begun);
    expect(calls.map(({ operation }) => operation).filter((operation) => !operation.startsWith('Describe')))
      .toEqual(['ExpireSession', 'ExpireSession', 'ExpireSession', 'StopFleet']);
    expect((calls.find(({ operation }) => operation === 'ExpireSession')!.at - begun) / 60_000).toBeGreaterThanOrEqual(5);
    expect((await loopback.call('appstream', 'DescribeFleets', {})).Fleets).toEqual([]);
    expect((await loopback.call('appstream', 'DescribeStacks', {})).Stacks).toEqual([]);
  });
});

const drainOf = (trigger: string) => (app: cdk.App) => {
  const scope = new cdk.Stack(app, STACK);
  const stack = appstream.Stack.fromStackName(scope, 'Stack', 'office');
  const fleet = appstream.Fleet.fromFleetName(scope, 'Fleet', 'office');
  new appstream.SessionDrain(scope, 'Drain', { stack, fleet, trigger });
  return scope;
};

/** Deploys, lets users come, triggers, lets them come again, and destroys. */
async function live(deployment: Deployment) {
  const { loopback, clock } = deployment;
  for (const [operation, input] of [
    ['CreateFleet', { Name: 'office', ImageName: IMAGE, InstanceType: 'stream.standard.large', ComputeCapacity: { DesiredInstances: 10 } }],
    ['CreateStack', { Name: 'office' }],
    ['AssociateFleet', { StackName: 'office', FleetName: 'office' }],
    ['StartFleet', { Name: 'office' }],
  ] as const) {
    await loopback.call('appstream', operation, input);
  }
  clock.advance(10 * 60_000);
  const users = async () => {
    await come(deployment, ['anna', 'bert']);
    clock.advance(60_000);
  };
  const statuses = [(await deployment.deploy(drainOf('one'))).status];
  await users();
  statuses.push((await deployment.deploy(drainOf('two'))).status);
  await users();
  statuses.push((await deployment.destroy(STACK)).status);
  const { Sessions } = await loopback.call('appstream', 'DescribeSessions', { StackName: 'office', FleetName: 'office', AuthenticationType: 'SAML' });
  const calls = loopback.endpoint.calls.all();
  return {
    statuses,
    states: Sessions.map(({ State }: { State: string }) => State),
    calls: calls.filter(({ caller }) => caller.roleArn !== undefined).length,
    killed: calls.filter(({ fault }) => fault === 'kill-caller').length,
  };
}

/** The same in a world of its own, where the function dies after so many calls. */
async function liveThrough(skip?: number) {
  const deployment = await Deployment.start();
  if (skip !== undefined) {
    deployment.loopback.endpoint.faults.add({ lambdaOnly: true, skip, fault: { kind: 'kill-caller', when: 'after' } });
  }
  try {
    return await live(deployment);
  } finally {
    await deployment.stop();
  }
}

test('all sessions are ended whichever call of its functions is their last', async () => {
  const expected = {
    statuses: ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'DELETE_COMPLETE'],
    states: ['EXPIRED', 'EXPIRED', 'EXPIRED', 'EXPIRED'],
  };
  const undisturbed = await liveThrough();
  expect(undisturbed).toMatchObject(expected);
  for (let call = 0; call < undisturbed.calls; call += 1) {
    expect({ call, ...await liveThrough(call) }).toMatchObject({ call, ...expected, killed: 1 });
  }
}, 300_000);
