import * as cdk from 'aws-cdk-lib';
import { CfnStack } from 'aws-cdk-lib/aws-appstream';
import { Deployment } from './deployment';
import { appstream } from '../../src';

const { FleetState } = appstream;
// CloudFormation is not counted on to stop what it deletes: whether it does is inferred.
const STRICT = { fleetDeletion: 'strict', imageBuilderDeletion: 'direct' } as const;

let deployment: Deployment;

beforeEach(async () => {
  deployment = await Deployment.start({ cloudformation: STRICT });
});

afterEach(() => deployment.stop());

interface Wish {
  readonly users?: readonly string[];
  readonly state?: appstream.FleetState;
  readonly description?: string;
  /** A new one makes a new fleet, with a new stack. */
  readonly generation?: string;
  readonly thenFails?: boolean;
}

/** Everything in one template, the URLs declared before the fleet is added. */
const deploy = ({ users = ['ann'], state = FleetState.RUNNING, description, generation = 'First', thenFails }: Wish = {}) => deployment.deploy((app) => {
  const scope = new cdk.Stack(app, 'Office');
  const fleet = new appstream.Fleet(scope, generation, {
    image: appstream.Image.fromName('AppStream-WinServer2022-06-17-2024'),
    instanceType: appstream.InstanceType.STANDARD_LARGE,
    capacity: appstream.Capacity.instances(2),
    desiredState: state,
    description,
  });
  const stack = new appstream.Stack(scope, `Desks${generation}`);
  const urls = users.map((userId) => new appstream.StreamingUrl(scope, userId, { stack, fleet, userId }));
  stack.addFleet(fleet);
  if (thenFails) {
    // A name that AppStream refuses.
    new CfnStack(scope, 'Bad', { name: '-' }).node.addDependency(...urls);
  }
  return scope;
});

/** Who streams when the URLs in the secrets are opened. */
function opened(): string[] {
  const { secrets, appstream: simulator } = deployment.loopback;
  return secrets.arns().map((arn) => simulator.openStreamingUrl(JSON.parse(secrets.text(arn)!).StreamingURL).UserId!).sort();
}

async function remains(): Promise<string[]> {
  const { loopback } = deployment;
  const { Fleets } = await loopback.call('appstream', 'DescribeFleets', {});
  const { Stacks } = await loopback.call('appstream', 'DescribeStacks', {});
  return [...[...Fleets, ...Stacks].map(({ Name }) => Name), ...loopback.secrets.arns()];
}

test('URLs are minted when the fleet of the same template runs and is associated, in whatever order CloudFormation works', async () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    await deployment.stop();
    deployment = await Deployment.start({ cloudformation: { ...STRICT, seed } });
    expect(await deploy({ users: ['ann', 'bob'] })).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
    // Nobody had to wait or to try again: the dependencies say it all.
    const { calls } = deployment.loopback.endpoint;
    expect(calls.of('appstream', 'CreateStreamingURL').map(({ error }) => error)).toEqual([undefined, undefined]);
    expect(calls.of('appstream', 'ListAssociatedFleets')).toHaveLength(2);
    expect(opened()).toEqual(['ann', 'bob']);
    // As long as people stream AppStream takes no fleet from its stack.
    await deployment.loopback.call('appstream', 'StopFleet', { Name: (await remains())[0] });
    expect(await deployment.destroy('Office')).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
    expect(await remains()).toEqual([]);
  }
});

test('URLs come and go one by one', async () => {
  await deploy({ users: ['ann', 'bob'] });
  expect(await deploy({ users: ['bob', 'eve'] })).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
  deployment.clock.advance(60_000);
  expect(opened()).toEqual(['bob', 'eve']);
  expect(deployment.loopback.appstream.secrets()).toHaveLength(3);
});

test('a change of the fleet, and even its end, leaves the URL in the secret as it is', async () => {
  await deploy();
  await deploy({ state: FleetState.STOPPED });
  expect(await deploy({ state: FleetState.STOPPED, description: 'Closed' })).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
  expect(deployment.loopback.appstream.secrets()).toHaveLength(1);
});

test('a new fleet with a new stack gets a new URL, and a rollback from them leaves one for the old', async () => {
  await deploy();
  const before = await remains();
  expect(await deploy({ generation: 'Second', thenFails: true })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
  deployment.clock.advance(60_000);
  expect(await remains()).toEqual(before);
  expect(opened()).toEqual(['ann']);
});

test('a URL whose fleet is to be stopped fails, and nothing is left', async () => {
  const { status, failures } = await deploy({ state: FleetState.STOPPED });
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(failures.join('\n')).toMatch(/fleet \S+ is STOPPED: start the fleet, for example by its desiredState RUNNING, then deploy again/);
  await deployment.destroy('Office');
  deployment.clock.advance(60_000);
  expect(await remains()).toEqual([]);
});
