import * as cdk from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import {
  Capacity, Fleet, FleetProps, FleetState, FleetType, Image, InstanceType, RunningHours, SessionDrain, Stack, StreamingUrl, UpdateStrategy,
} from '../../src/appstream';

let cdkStack: cdk.Stack;

beforeEach(() => {
  cdkStack = new cdk.Stack(new cdk.App(), 'Test');
});

function fleet(props: Partial<FleetProps> = {}, scope = cdkStack): Fleet {
  return new Fleet(scope, 'Fleet', {
    image: Image.fromName('image'),
    instanceType: InstanceType.STANDARD_SMALL,
    capacity: Capacity.instances(1),
    updateStrategy: UpdateStrategy.replace(),
    ...props,
  });
}

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly DependsOn?: string[];
}

const resources = (): Record<string, Resource> => Template.fromStack(cdkStack).toJSON().Resources;
const only = (type: string) => Object.values(resources()).filter(({ Type }) => Type === type)
  .map(({ Properties: { ServiceToken, ...rest } }) => rest);

/** The name of a fleet in a template of its own. */
function nameOf(props: Partial<FleetProps>): unknown {
  cdkStack = new cdk.Stack(new cdk.App(), 'Test');
  fleet(props);
  return only('AWS::AppStream::Fleet')[0].Name;
}

const COMMON = { ServiceTimeout: '3600', TimeoutSeconds: '3180' };

describe('the name of a fleet that is replaced', () => {
  test.each<[string, Partial<FleetProps>]>([
    ['description', { description: 'another' }],
    ['instance type', { instanceType: InstanceType.STANDARD_LARGE }],
    ['fleet type', { fleetType: FleetType.ON_DEMAND }],
    ['sessions of an instance', { capacity: Capacity.sessions(4, { sessionsPerInstance: 2 }) }],
    ['strategy', { updateStrategy: UpdateStrategy.failIfRunning() }],
  ])('changes with its %s', (_, props) => {
    expect(nameOf(props)).not.toBe(nameOf({}));
  });

  test.each<[string, Partial<FleetProps>]>([
    ['display name', { displayName: 'another' }],
    ['capacity', { capacity: Capacity.instances(2) }],
    ['image', { image: Image.fromName('another') }],
    ['disconnect timeout', { disconnectTimeout: cdk.Duration.minutes(5) }],
    ['idle disconnect timeout', { idleDisconnectTimeout: cdk.Duration.minutes(5) }],
    ['desired state', { desiredState: FleetState.RUNNING }],
    ['time to leave', { updateStrategy: UpdateStrategy.replace({ waitForSessions: cdk.Duration.minutes(5) }) }],
  ])('stays with another %s', (_, props) => {
    expect(nameOf(props)).toBe(nameOf({}));
  });

  test('is one that the condition of its role knows', () => {
    const name = String(nameOf({}));
    expect(JSON.stringify(only('AWS::IAM::Role'))).toContain(`:fleet/${name.slice(0, -8)}????????`);
  });
});

test('a stack gets such a fleet by a lifecycle resource, when both are there and the fleet runs', () => {
  const streamed = fleet({ desiredState: FleetState.RUNNING, updateStrategy: UpdateStrategy.replace({ waitForSessions: cdk.Duration.minutes(15) }) });
  new Stack(cdkStack, 'Office').addFleet(streamed);

  expect(only('AWS::AppStream::StackFleetAssociation')).toEqual([]);
  expect(only('Custom::AppStreamFleetAssociation')).toEqual([
    { StackName: { Ref: 'Office79F9F869' }, FleetName: { Ref: 'Fleet30813DF3' }, WaitSeconds: '900', ...COMMON },
  ]);
  const [association] = Object.values(resources()).filter(({ Type }) => Type === 'Custom::AppStreamFleetAssociation');
  expect(association.DependsOn).toEqual(expect.arrayContaining(['Fleet30813DF3', 'Office79F9F869', 'FleetLifecycle59BD595E']));
});

test('such a fleet has a gate for what its name does not show, without permission to stop anything', () => {
  fleet({ desiredState: FleetState.RUNNING });
  const { Name } = only('AWS::AppStream::Fleet')[0];
  expect(only('Custom::AppStreamFleetUpdateGate')).toEqual([{ FleetName: Name, Settings: expect.anything(), Strategy: 'REPLACE', ...COMMON }]);
  expect(only('Custom::AppStreamFleetReopening')).toEqual([]);
});

test('such a fleet without a desired state is stopped before it is deleted, and started by CloudFormation', () => {
  expect(fleet().lifecycle).toBeUndefined();
  expect(only('Custom::AppStreamFleetLifecycle')).toEqual([
    { FleetName: { Ref: 'Fleet30813DF3' }, DesiredState: 'UNMANAGED', StopOnDelete: 'true', ServiceTimeout: '3120', TimeoutSeconds: '2700' },
  ]);
  Template.fromStack(cdkStack).hasResource('AWS::AppStream::Fleet', { CreationPolicy: { StartFleet: true } });
});

test('eight resources are added with the first such fleet of a stack, and two with the next', () => {
  const counts = ['One', 'Two'].map((id) => {
    const streamed = new Fleet(cdkStack, id, {
      image: Image.fromName('image'), instanceType: InstanceType.STANDARD_SMALL, capacity: Capacity.instances(1), updateStrategy: UpdateStrategy.replace(),
    });
    const stack = new Stack(cdkStack, `${id}Stack`);
    const before = cdkStack.node.findAll().filter((construct) => cdk.CfnResource.isCfnResource(construct)).length;
    stack.addFleet(streamed);
    return cdkStack.node.findAll().filter((construct) => cdk.CfnResource.isCfnResource(construct)).length - before;
  });
  expect(counts).toEqual([8, 2]);
});

test('an imported stack gets such a fleet', () => {
  Stack.fromStackName(cdkStack, 'Office', 'office').addFleet(fleet());
  expect(only('Custom::AppStreamFleetAssociation')).toEqual([{ StackName: 'office', FleetName: { Ref: 'Fleet30813DF3' }, ...COMMON }]);
});

test('what waits for the way of sessions waits for the lifecycle resource, wherever the fleet is added', () => {
  const streamed = fleet();
  const stack = new Stack(cdkStack, 'Office');
  new StreamingUrl(cdkStack, 'Url', { stack, fleet: streamed, userId: 'ann' });
  new SessionDrain(cdkStack, 'Drain', { stack, fleet: streamed });
  stack.addFleet(streamed);
  const [association] = Object.entries(resources()).filter(([, { Type }]) => Type === 'Custom::AppStreamFleetAssociation').map(([id]) => id);
  for (const { Type, DependsOn } of Object.values(resources())) {
    if (Type === 'Custom::AppStreamStreamingUrl' || Type === 'Custom::AppStreamSessionDrain') {
      expect(DependsOn).toContain(association);
    }
  }
});

test('cdk-nag finds nothing in it', () => {
  const app = new cdk.App();
  cdk.Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  cdkStack = new cdk.Stack(app, 'Test');
  new Stack(cdkStack, 'Office').addFleet(fleet({ desiredState: FleetState.RUNNING }));
  expect(() => app.synth()).not.toThrow();
});

test.each<[string, Partial<FleetProps>, string]>([
  ['a name', { fleetName: 'office' }, 'UpdateStrategy.replace() makes a new fleet beside the old one, so fleetName must be left out, got "office"'],
  ['a state that nobody knows', { desiredState: FleetState.UNMANAGED },
    'UpdateStrategy.replace() makes a new fleet, which cannot know where the old one was: the desiredState must be "RUNNING", "STOPPED" or left out, got "UNMANAGED"'],
  ['no time to leave', { updateStrategy: UpdateStrategy.replace({ waitForSessions: cdk.Duration.seconds(0) }) }, 'waitForSessions must be 1 to 2400 whole seconds, got 0'],
  ['too much time to leave', { updateStrategy: UpdateStrategy.replace({ waitForSessions: cdk.Duration.seconds(2401) }) }, 'waitForSessions must be 1 to 2400 whole seconds, got 2401'],
])('fails for %s', (_, props, message) => {
  expect(() => fleet(props)).toThrow(new Error(`${message} [at Test/Fleet]`));
});

test.each([1, 2400])('users may have %i seconds to leave', (seconds) => {
  new Stack(cdkStack, 'Office').addFleet(fleet({ updateStrategy: UpdateStrategy.replace({ waitForSessions: cdk.Duration.seconds(seconds) }) }));
  expect(only('Custom::AppStreamFleetAssociation')).toMatchObject([{ WaitSeconds: String(seconds) }]);
});

test('fails for a wait that is not known yet', () => {
  const seconds = new cdk.CfnParameter(cdkStack, 'Seconds', { type: 'Number' }).valueAsNumber;
  expect(() => fleet({ updateStrategy: UpdateStrategy.replace({ waitForSessions: cdk.Duration.seconds(seconds) }) })).toThrow(new Error(
    'waitForSessions must be known at synthesis, got a token: it has to leave time for the stop [at Test/Fleet]',
  ));
});

test('fails for running hours', () => {
  const hours = RunningHours.weekly({ from: '07:00', to: '19:00', timeZone: cdk.TimeZone.EUROPE_BERLIN });
  expect(() => fleet().runDuring({ hours: [hours] })).toThrow(new Error(
    'runDuring leaves the fleet as it finds it, and a new fleet of UpdateStrategy.replace() cannot know how that was: choose another updateStrategy [at Test/Fleet]',
  ));
});

test('fails for a stack of another CloudFormation stack', () => {
  const other = new cdk.Stack(cdkStack.node.root as cdk.App, 'Other');
  expect(() => new Stack(other, 'Office').addFleet(fleet())).toThrow(new Error(
    'a fleet with UpdateStrategy.replace() must be in the CloudFormation stack of the stack that it is added to, since an exported name cannot change, '
    + 'got "Test/Fleet" [at Other/Office]',
  ));
});

test.each<[string, Partial<FleetProps>, Partial<FleetProps>]>([
  ['one that is replaced', {}, { updateStrategy: UpdateStrategy.failIfRunning() }],
  ['one that is not', { updateStrategy: UpdateStrategy.failIfRunning() }, { updateStrategy: UpdateStrategy.replace() }],
])(
  'fails for a second fleet after %s', (_, first, second) => {
    const stack = new Stack(cdkStack, 'Office');
    stack.addFleet(fleet(first));
    const another = new Fleet(cdkStack, 'Second', {
      image: Image.fromName('image'), instanceType: InstanceType.STANDARD_SMALL, capacity: Capacity.instances(1), ...second,
    });
    expect(() => stack.addFleet(another)).toThrow(new Error('a stack takes one fleet at a time and has one, got "Test/Second" [at Test/Office]'));
  },
);
