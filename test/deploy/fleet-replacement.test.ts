import * as cdk from 'aws-cdk-lib';
import * as cfn from 'aws-cdk-lib/aws-appstream';
import { Deployment } from './deployment';
import { appstream } from '../../src';

const { FleetState, SessionDrainMethod, UpdateStrategy } = appstream;
const MINUTE = 60_000;

/** A fleet that is replaced, with everything that looks at it. */
function kiosk(app: cdk.App, description: string, broken = false): cdk.Stack {
  const scope = new cdk.Stack(app, 'Kiosk');
  const fleet = new appstream.Fleet(scope, 'Fleet', {
    image: appstream.Image.fromName('AppStream-WinServer2022-06-17-2024'),
    instanceType: appstream.InstanceType.STANDARD_LARGE,
    capacity: appstream.Capacity.instances(2),
    description,
    desiredState: FleetState.RUNNING,
    updateStrategy: UpdateStrategy.replace({ waitForSessions: cdk.Duration.minutes(2) }),
  });
  const stack = new appstream.Stack(scope, 'Stack', { stackName: 'kiosk' });
  const url = new appstream.StreamingUrl(scope, 'Url', { stack, fleet, userId: 'kiosk' });
  new appstream.SessionDrain(scope, 'Drain', { stack, fleet, method: SessionDrainMethod.waitThenExpire(cdk.Duration.minutes(5)) });
  fleet.metrics.availableCapacity().createAlarm(scope, 'Alarm', { threshold: 1, evaluationPeriods: 1 });
  stack.addFleet(fleet);
  if (broken) {
    // A name that AppStream refuses.
    new cfn.CfnStack(scope, 'Bad', { name: '-' }).node.addDependency(url);
  }
  return scope;
}

let deployment: Deployment;

afterEach(() => deployment.stop());

const deploy = (description: string, broken?: boolean) => deployment.deploy((app) => kiosk(app, description, broken));

/** Opens the URL that the secret holds; the name of the fleet that is streamed from. */
function opened(): string {
  const { secrets, appstream: simulator } = deployment.loopback;
  const [text] = secrets.arns().map((arn) => secrets.text(arn)!);
  const { FleetName } = simulator.openStreamingUrl(JSON.parse(text).StreamingURL);
  deployment.clock.advance(MINUTE);
  return FleetName!;
}

test('URLs, drains and alarms follow the fleet that is replaced, and come back to the old one after a rollback', async () => {
  // AppStream lets users stream on: both the drain and the association see to those of the old fleet.
  deployment = await Deployment.start({
    appstream: { durations: { fleetStart: 45_000, fleetStop: 30_000 }, readings: { disassociateWithSessions: 'accepted' } },
    cloudformation: { fleetDeletion: 'strict' },
  });
  const { loopback, clock } = deployment;
  expect(await deploy('old')).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
  const old = opened();
  const alarms = () => loopback.cloudformation.stackResources('Kiosk').filter(({ type }) => type === 'AWS::CloudWatch::Alarm')
    .map(({ properties }) => properties.Dimensions);

  const failed = await deploy('new', true);
  expect(failed.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(opened()).toBe(old);
  expect(alarms()).toEqual([[{ Name: 'Fleet', Value: old }]]);

  const begun = clock.now();
  expect(await deploy('new')).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
  const next = opened();
  expect(next).not.toBe(old);
  expect(alarms()).toEqual([[{ Name: 'Fleet', Value: next }]]);
  expect((await loopback.call('appstream', 'DescribeFleets', {})).Fleets.map(({ Name }: { Name: string }) => Name)).toEqual([next]);
  // The drain comes first, and gives more time.
  const expired = loopback.endpoint.calls.of('appstream', 'ExpireSession').filter(({ at }) => at > begun);
  expect((expired[0].at - begun) / MINUTE).toBeGreaterThanOrEqual(5);

  expect(await deployment.destroy('Kiosk')).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
});

test('a new fleet that has been told to start does not outlive a deployment that is given up meanwhile', async () => {
  deployment = await Deployment.start({
    appstream: { durations: { fleetStart: 45_000, fleetStop: 30_000 } }, cloudformation: { fleetDeletion: 'strict' },
  });
  const instance = {
    image: appstream.Image.fromName('AppStream-WinServer2022-06-17-2024'), instanceType: appstream.InstanceType.STANDARD_LARGE, capacity: appstream.Capacity.instances(1),
  };
  const two = (app: cdk.App, description: string, broken = false) => {
    const scope = new cdk.Stack(app, 'Kiosk');
    const [fast, slow] = ['Fast', 'Slow'].map((id) =>
      new appstream.Fleet(scope, id, { ...instance, description, desiredState: FleetState.RUNNING, updateStrategy: UpdateStrategy.replace() }));
    if (broken) {
      new cfn.CfnStack(scope, 'Bad', { name: '-' }).node.addDependency(fast);
    }
    return { scope, slow };
  };
  const fleets = async () => (await deployment.loopback.call('appstream', 'DescribeFleets', {})).Fleets
    .map(({ Name, State }: Record<string, string>) => `${Name} ${State}`).sort();

  await deployment.deploy((app) => two(app, 'old').scope);
  const before = await fleets();
  const { name } = two(new cdk.App(), 'new').slow.node.defaultChild as cfn.CfnFleet;
  deployment.loopback.appstream.script.slowStart(name, 5 * MINUTE);
  const { status, failures } = await deployment.deploy((app) => two(app, 'new', true).scope);
  expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(failures.filter((failure) => failure.startsWith('Slow'))).toEqual([expect.stringContaining('Resource update cancelled')]);
  expect(await fleets()).toEqual(before);
});
