import * as cdk from 'aws-cdk-lib';
import { HeldFleet } from './held-fleet';
import { appstream } from '../../../src';
import { GatedOffice } from '../../deploy/gated-office';
import { FEW, ScaledOffice } from '../../deploy/scaled-office';

let held: HeldFleet;

beforeEach(async () => {
  held = await HeldFleet.start();
});

afterEach(() => held.stop());

/** The properties of the newest request, as they arrived from CloudFormation. */
async function received(): Promise<Record<string, unknown>> {
  const [newest] = [...held.loopback.states.executions].reverse();
  const { input } = await held.loopback.call('states', 'DescribeExecution', { executionArn: newest.options.arn });
  const { ServiceToken, ServiceTimeout, ...properties } = JSON.parse(input).event.ResourceProperties;
  return properties;
}

test('what FleetLifecycle says arrives at AppStream', async () => {
  await held.create();
  await held.hold(appstream.FleetState.RUNNING, { revision: '7', stopOnDelete: true, timeout: cdk.Duration.minutes(30) });
  expect(await received()).toEqual({ FleetName: 'office', DesiredState: 'RUNNING', StopOnDelete: 'true', Revision: '7', TimeoutSeconds: '1800' });
  expect(held.loopback.endpoint.calls.of('appstream', 'StartFleet').map(({ input }) => input)).toEqual([{ Name: 'office' }]);
});

test('what FleetLifecycle says of a fleet that it only stops in the end arrives at AppStream', async () => {
  await held.create('RUNNING');
  expect(await held.hold(appstream.FleetState.UNMANAGED, { stopOnDelete: true })).toMatchObject({ status: 'CREATE_COMPLETE' });
  expect(await received()).toEqual({ FleetName: 'office', DesiredState: 'UNMANAGED', StopOnDelete: 'true', TimeoutSeconds: '2700' });
  expect(held.changes()).toEqual([]);
  expect(await held.destroy()).toMatchObject({ status: 'DELETE_COMPLETE' });
  expect(held.changes()).toEqual(['StopFleet']);
  expect(await held.state()).toBe('STOPPED');
});

test('what ImageBuilderLifecycle says arrives at AppStream', async () => {
  await held.call('CreateImageBuilder', { Name: 'next', ImageName: 'AppStream-WinServer2022-06-17-2024', InstanceType: 'stream.standard.large' });
  await held.deployment.deploy((app) => {
    const stack = new cdk.Stack(app, 'Held');
    const imageBuilder = appstream.ImageBuilder.fromImageBuilderName(stack, 'Builder', 'next');
    new appstream.ImageBuilderLifecycle(stack, 'Lifecycle', { imageBuilder, desiredState: appstream.ImageBuilderState.STOPPED });
    return stack;
  });
  expect(await received()).toEqual({ ImageBuilderName: 'next', DesiredState: 'STOPPED', StopOnDelete: 'false', TimeoutSeconds: '2700' });
  expect(held.loopback.endpoint.calls.of('appstream', 'StopImageBuilder').map(({ input }) => input)).toEqual([{ Name: 'next' }]);
});

test('what AppBlockBuilderLifecycle says arrives at AppStream', async () => {
  await held.stop();
  held = await HeldFleet.start({ appstream: { readings: { unreadableObject: 'accepted' } } });
  await held.createAppBlockBuilder('packer');
  await held.holdAppBlockBuilder('packer', appstream.AppBlockBuilderState.RUNNING, '7');
  expect(await received()).toEqual({ AppBlockBuilderName: 'packer', DesiredState: 'RUNNING', StopOnDelete: 'false', Revision: '7', TimeoutSeconds: '2700' });
  expect(held.loopback.endpoint.calls.of('appstream', 'StartAppBlockBuilder').map(({ input }) => input)).toEqual([{ Name: 'packer' }]);
});

test('what StreamingUrl says arrives at AppStream', async () => {
  await held.create('RUNNING');
  await held.call('CreateStack', { Name: 'desk' });
  await held.call('AssociateFleet', { StackName: 'desk', FleetName: 'office' });
  await held.deployment.deploy((app) => {
    const stack = new cdk.Stack(app, 'Held');
    new appstream.StreamingUrl(stack, 'Url', {
      stack: appstream.Stack.fromStackName(stack, 'Stack', 'desk'),
      fleet: appstream.Fleet.fromFleetName(stack, 'Fleet', 'office'),
      userId: 'ann',
      applicationId: 'Notepad',
      sessionContext: 'desk=7',
      validity: cdk.Duration.minutes(5),
      revision: '7',
      timeout: cdk.Duration.minutes(30),
    });
    return stack;
  });
  expect(await received()).toEqual({
    SecretArn: held.deployment.physicalId('Held', 'AWS::SecretsManager::Secret'),
    StackName: 'desk',
    FleetName: 'office',
    UserId: 'ann',
    ApplicationId: 'Notepad',
    SessionContext: 'desk=7',
    Validity: '300',
    Revision: '7',
    TimeoutSeconds: '1800',
  });
  expect(held.loopback.endpoint.calls.of('appstream', 'CreateStreamingURL').map(({ input }) => input)).toEqual([
    { StackName: 'desk', FleetName: 'office', UserId: 'ann', ApplicationId: 'Notepad', SessionContext: 'desk=7', Validity: 300 },
  ]);
});

test('what SessionDrain says arrives at AppStream', async () => {
  await held.create('RUNNING');
  await held.call('CreateStack', { Name: 'office' });
  await held.call('AssociateFleet', { StackName: 'office', FleetName: 'office' });
  const deploy = (trigger: string) => held.deployment.deploy((app) => {
    const stack = new cdk.Stack(app, 'Held');
    new appstream.SessionDrain(stack, 'Drain', {
      stack: appstream.Stack.fromStackName(stack, 'Stack', 'office'),
      fleet: appstream.Fleet.fromFleetName(stack, 'Fleet', 'office'),
      userId: 'anna',
      method: appstream.SessionDrainMethod.waitThenExpire(cdk.Duration.minutes(1)),
      trigger,
      timeout: cdk.Duration.minutes(30),
    });
    return stack;
  });
  await deploy('1');
  const { Id } = held.loopback.appstream.signIn('office', 'anna', 'SAML');
  held.clock.advance(60_000);
  await deploy('2');
  expect(await received()).toEqual({
    StackName: 'office', FleetName: 'office', UserId: 'anna', Method: 'WAIT_THEN_EXPIRE', WaitSeconds: '60', Trigger: '2', TimeoutSeconds: '1800',
  });
  const { calls } = held.loopback.endpoint;
  expect(calls.of('appstream', 'DescribeSessions').map(({ input }) => input)).toContainEqual(
    { StackName: 'office', FleetName: 'office', UserId: 'anna', AuthenticationType: 'SAML', Limit: 50 });
  expect(calls.of('appstream', 'ExpireSession').map(({ input }) => input)).toEqual([{ SessionId: Id }]);
});

test('what the update of a fleet says arrives at AppStream', async () => {
  const desk = await GatedOffice.start();
  const strategy = appstream.UpdateStrategy.stopAndRestart({ waitForSessions: cdk.Duration.minutes(5) });
  await desk.deploy({ description: 'old', strategy });
  const { executions } = desk.loopback.states;
  const first = executions.length;
  await desk.deploy({ description: 'new', strategy });
  const { Arn } = await desk.fleet();
  const inputs = await Promise.all(executions.slice(first).map(async ({ options: { arn } }) =>
    JSON.parse((await desk.loopback.call('states', 'DescribeExecution', { executionArn: arn })).input).event.ResourceProperties));
  await desk.stop();
  const settings = {
    InstanceType: 'stream.standard.large',
    Description: 'new',
    IamRoleArn: expect.stringMatching(/:role\//),
    DisableIMDSV1: true,
    EnableDefaultInternetAccess: false,
    MaxUserDurationInSeconds: 36_000,
  };
  expect(inputs.map(({ ServiceToken, ServiceTimeout, Settings, ...properties }) => ({ ...properties, settings: JSON.parse(Settings) }))).toEqual([
    { FleetName: 'office', Strategy: 'STOP_AND_RESTART', WaitSeconds: '300', TimeoutSeconds: '3180', settings },
    { FleetName: 'office', Restart: 'true', TimeoutSeconds: '3180', settings },
    { FleetName: 'office', Strategy: 'STOP_AND_RESTART', WaitSeconds: '300', TimeoutSeconds: '3180', settings: { ...settings, Description: 'old' } },
  ]);
  const inputsOf = (operation: string) => desk.loopback.endpoint.calls.of('appstream', operation).map(({ input }) => input);
  expect(inputsOf('TagResource')).toEqual([{ ResourceArn: Arn, Tags: { 'cdk-app-streaming:state-before-update': 'RUNNING' } }]);
  expect(inputsOf('StopFleet')).toEqual([{ Name: 'office' }]);
  expect(inputsOf('UntagResource')).toEqual([{ ResourceArn: Arn, TagKeys: ['cdk-app-streaming:state-before-update'] }]);
});

test('what the scaling of a fleet says arrives at AppStream', async () => {
  const office = await ScaledOffice.start();
  await office.deploy({ fleetName: 'office', limits: FEW });
  await office.stop();
  const [{ options: { arn } }] = office.loopback.states.executions;
  const { event } = JSON.parse((await office.loopback.call('states', 'DescribeExecution', { executionArn: arn })).input);
  const { ServiceToken, ServiceTimeout, Settings, ...properties } = event.ResourceProperties;
  expect(properties).toEqual({
    FleetName: 'office', Unit: 'INSTANCES', InitialCapacity: '2', MinCapacities: '[1]', MaxCapacities: '[10]', TimeoutSeconds: '2700',
  });
  expect(JSON.parse(Settings)).toMatchObject({ name: 'office', tags: [{ key: 'cdk-app-streaming:stack', value: 'Office' }] });
  expect(office.loopback.endpoint.calls.of('appstream', 'DescribeFleets').map(({ input }) => input)).toEqual([{ Names: ['office'] }]);
});

test('what the association of a fleet that may be replaced says arrives at AppStream', async () => {
  const desk = await GatedOffice.start();
  const strategy = appstream.UpdateStrategy.replace({ waitForSessions: cdk.Duration.minutes(5) });
  const names: string[] = [];
  const requests: Record<string, unknown>[] = [];
  for (const description of ['old', 'new']) {
    await desk.deploy({ description, strategy, fleetName: undefined });
    names.push(...(await desk.call('ListAssociatedFleets', { StackName: 'office' })).Names);
  }
  for (const { options: { arn } } of desk.loopback.states.executions) {
    const { ServiceToken, ServiceTimeout, ...properties } =
      JSON.parse((await desk.loopback.call('states', 'DescribeExecution', { executionArn: arn })).input).event.ResourceProperties;
    requests.push(...'StackName' in properties ? [properties] : []);
  }
  await desk.stop();
  const [old, next] = names;
  const common = { StackName: 'office', WaitSeconds: '300', TimeoutSeconds: '3180' };
  expect(requests).toEqual([{ ...common, FleetName: old }, { ...common, FleetName: next }, { ...common, FleetName: old }]);
  const inputsOf = (operation: string) => desk.loopback.endpoint.calls.of('appstream', operation).map(({ input }) => input);
  expect(inputsOf('AssociateFleet')).toEqual([{ StackName: 'office', FleetName: old }, { StackName: 'office', FleetName: next }]);
  expect(inputsOf('DisassociateFleet')).toEqual([{ StackName: 'office', FleetName: old }]);
});

test('a fleet of the library is asked for again when anything of it changes', async () => {
  const deploy = (minutes: number) => held.deployment.deploy((app) => {
    const stack = new cdk.Stack(app, 'Held');
    new appstream.Fleet(stack, 'Fleet', {
      image: appstream.Image.fromName('AppStream-WinServer2022-06-17-2024'),
      instanceType: appstream.InstanceType.STANDARD_LARGE,
      capacity: appstream.Capacity.instances(1),
      disconnectTimeout: cdk.Duration.minutes(minutes),
      desiredState: appstream.FleetState.RUNNING,
    });
    return stack;
  });
  await deploy(5);
  const { executions } = held.loopback.states;
  const first = executions.length;
  expect(await deploy(5)).toMatchObject({ changed: false });
  expect(await deploy(6)).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect(executions.length).toBe(first + 1);
});
