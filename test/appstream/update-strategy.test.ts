import * as cdk from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Capacity, Fleet, FleetProps, FleetState, Image, InstanceType, UpdateStrategy } from '../../src/appstream';

let stack: cdk.Stack;

beforeEach(() => {
  stack = new cdk.Stack(new cdk.App(), 'Test');
});

function fleet(props: Partial<FleetProps> = {}): Fleet {
  return new Fleet(stack, 'Fleet', {
    fleetName: 'office', image: Image.fromName('image'), instanceType: InstanceType.STANDARD_SMALL, capacity: Capacity.instances(1), ...props,
  });
}

const resources = (): Record<string, { DependsOn?: string[] }> => Template.fromStack(stack).toJSON().Resources;

/** All resources of a type, without what every lifecycle resource has. */
function custom(type: string) {
  return Object.values(Template.fromStack(stack).findResources(type)).map(({ Properties: { ServiceToken, ...properties } }) => properties);
}

const gates = () => custom('Custom::AppStreamFleetUpdateGate');
const reopenings = () => custom('Custom::AppStreamFleetReopening');
const TIMES = { TimeoutSeconds: '3180', ServiceTimeout: '3600' };

/** The only settings of the fleet that a running one does not let be changed. */
const settings = {
  'Fn::Join': ['', [
    '{"InstanceType":"stream.standard.small","IamRoleArn":"', { 'Fn::GetAtt': ['FleetRole427BC000', 'Arn'] },
    '","DisableIMDSV1":true,"EnableDefaultInternetAccess":false,"MaxUserDurationInSeconds":36000}',
  ]],
};

describe('a fleet has', () => {
  test.each<[string, Partial<FleetProps>]>([
    ['nothing but itself and its role without a strategy', {}],
    ['nothing but itself and its role when it is unmanaged', { desiredState: FleetState.UNMANAGED }],
  ])('%s', (_, props) => {
    fleet(props);
    expect(Object.keys(resources())).toEqual(['FleetRole427BC000', 'Fleet30813DF3']);
  });

  test.each([FleetState.RUNNING, FleetState.STOPPED])('a gate that lets nothing be stopped with the desired state %s', (desiredState) => {
    fleet({ desiredState });
    expect(gates()).toEqual([{ FleetName: 'office', Settings: settings, Strategy: 'FAIL_IF_RUNNING', ...TIMES }]);
    expect(reopenings()).toEqual([]);
  });

  test('what stops it and starts it again', () => {
    fleet({ updateStrategy: UpdateStrategy.stopAndRestart({ waitForSessions: cdk.Duration.minutes(15) }) });
    expect(gates()).toEqual([{ FleetName: 'office', Settings: settings, Strategy: 'STOP_AND_RESTART', WaitSeconds: '900', ...TIMES }]);
    expect(reopenings()).toEqual([{ FleetName: 'office', Settings: settings, Restart: 'true', ...TIMES }]);
  });

  test('no second one to start it where it has a desired state', () => {
    fleet({ desiredState: FleetState.RUNNING, updateStrategy: UpdateStrategy.stopAndRestart() });
    expect(reopenings()).toEqual([{ FleetName: 'office', Settings: settings, Restart: 'false', ...TIMES }]);
  });
});

test('the gate comes before the fleet, its reopening last', () => {
  fleet({ desiredState: FleetState.RUNNING, updateStrategy: UpdateStrategy.stopAndRestart() });
  const { Fleet30813DF3, FleetReopening3915BFA6 } = resources();
  expect(Fleet30813DF3.DependsOn).toEqual(['FleetUpdateGate76435504']);
  expect(FleetReopening3915BFA6.DependsOn).toEqual(expect.arrayContaining(['Fleet30813DF3', 'FleetLifecycle59BD595E']));
});

test('the gate sees what a running fleet does not let be changed, behind parameters too, and nothing else', () => {
  const text = new cdk.CfnParameter(stack, 'Text').valueAsString;
  const number = new cdk.CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
  fleet({
    image: Image.fromName(text),
    displayName: text,
    description: text,
    capacity: Capacity.sessions(4, { sessionsPerInstance: 2 }),
    disconnectTimeout: cdk.Duration.seconds(number),
    idleDisconnectTimeout: cdk.Duration.seconds(number),
    maxUserDuration: cdk.Duration.seconds(number),
    rootVolumeSize: cdk.Size.gibibytes(300),
    updateStrategy: UpdateStrategy.failIfRunning(),
  });
  expect(gates()[0].Settings).toEqual({
    'Fn::Join': ['', [
      '{"InstanceType":"stream.standard.small","Description":"', { Ref: 'Text' }, '","IamRoleArn":"', { 'Fn::GetAtt': ['FleetRole427BC000', 'Arn'] },
      '","DisableIMDSV1":true,"EnableDefaultInternetAccess":false,"RootVolumeConfig":{"VolumeSizeInGb":300},"MaxSessionsPerInstance":2,'
      + '"MaxUserDurationInSeconds":', { Ref: 'Number' }, '}',
    ]],
  });
});

test('who may not stop a fleet has no permission to', () => {
  fleet({ updateStrategy: UpdateStrategy.failIfRunning() });
  expect(JSON.stringify(resources())).toContain('"appstream:ListTagsForResource"');
  expect(JSON.stringify(resources())).not.toContain('StopFleet"');
});

test.each([1, 2400])('users may have %i seconds to leave', (seconds) => {
  fleet({ updateStrategy: UpdateStrategy.stopAndRestart({ waitForSessions: cdk.Duration.seconds(seconds) }) });
  expect(gates()[0].WaitSeconds).toBe(String(seconds));
});

test.each([0, 2401])('fails for users who have %i seconds to leave', (seconds) => {
  const updateStrategy = UpdateStrategy.stopAndRestart({ waitForSessions: cdk.Duration.seconds(seconds) });
  expect(() => fleet({ updateStrategy })).toThrow(new Error(`waitForSessions must be 1 to 2400 whole seconds, got ${seconds} [at Test/Fleet]`));
});

test('fails for a wait that is not known yet', () => {
  const seconds = new cdk.CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber;
  const updateStrategy = UpdateStrategy.stopAndRestart({ waitForSessions: cdk.Duration.seconds(seconds) });
  expect(() => fleet({ updateStrategy })).toThrow(new Error(
    'waitForSessions must be known at synthesis, got a token: it has to leave time for the stop [at Test/Fleet]',
  ));
});

test('cdk-nag finds nothing in it', () => {
  const app = new cdk.App();
  cdk.Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  stack = new cdk.Stack(app, 'Test');
  fleet({ updateStrategy: UpdateStrategy.stopAndRestart({ waitForSessions: cdk.Duration.minutes(15) }), desiredState: FleetState.RUNNING });
  expect(() => app.synth()).not.toThrow();
});
