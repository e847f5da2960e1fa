import * as cdk from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cfn from 'aws-cdk-lib/aws-appstream';
import { AwsSolutionsChecks } from 'cdk-nag';
import { appstream } from '../../src';

const { SessionDrain, SessionDrainMethod } = appstream;
const INSTANCE = { image: appstream.Image.fromName('image'), instanceType: appstream.InstanceType.STANDARD_SMALL };
const TYPE = 'Custom::AppStreamSessionDrain';

let scope: cdk.Stack;
let fleet: appstream.Fleet;
let stack: appstream.Stack;

beforeEach(() => {
  scope = new cdk.Stack(new cdk.App(), 'Scope');
  fleet = new appstream.Fleet(scope, 'Fleet', { ...INSTANCE, capacity: appstream.Capacity.instances(1), desiredState: appstream.FleetState.RUNNING });
  stack = new appstream.Stack(scope, 'Stack');
});

const count = (of: cdk.Stack) => Object.keys(Template.fromStack(of).toJSON().Resources).length;

/** What a drain waits for, without its engine. */
function dependenciesOf(of: cdk.Stack): string[] {
  const [{ DependsOn }] = Object.values(Template.fromStack(of).findResources(TYPE));
  return DependsOn.filter((id: string) => !id.startsWith('AppStreamSessionsLifecycleEngine')).sort();
}

describe('the properties', () => {
  const propertiesOf = (props: Partial<appstream.SessionDrainProps>) => {
    new SessionDrain(scope, 'Drain', { stack, fleet, ...props });
    const [{ Properties: { ServiceToken, ...properties } }] = Object.values(Template.fromStack(scope).findResources(TYPE));
    return properties;
  };

  test('with all of them', () => {
    expect(propertiesOf({ userId: 'anna', method: SessionDrainMethod.waitThenExpire(cdk.Duration.minutes(20)), trigger: '7', timeout: cdk.Duration.minutes(30) })).toEqual({
      StackName: { Ref: 'Stack8A423254' },
      FleetName: { Ref: 'Fleet30813DF3' },
      UserId: 'anna',
      Method: 'WAIT_THEN_EXPIRE',
      WaitSeconds: '1200',
      Trigger: '7',
      TimeoutSeconds: '1800',
      ServiceTimeout: '2220',
    });
  });

  test('with none but what must be', () => {
    expect(propertiesOf({})).toEqual({
      StackName: { Ref: 'Stack8A423254' }, FleetName: { Ref: 'Fleet30813DF3' }, Method: 'EXPIRE', TimeoutSeconds: '2700', ServiceTimeout: '3120',
    });
  });

  test('of L1s and of what is imported', () => {
    const l1 = new cfn.CfnFleet(scope, 'L1', { name: 'l1', instanceType: 'stream.standard.small' });
    expect(propertiesOf({ fleet: l1, stack: appstream.Stack.fromStackName(scope, 'Theirs', 'theirs') }))
      .toMatchObject({ StackName: 'theirs', FleetName: { Ref: 'L1' } });
  });
});

describe('the engine', () => {
  test.each([
    ['ExpireSession', SessionDrainMethod.expire()],
    ['ExpireSession', SessionDrainMethod.waitThenExpire(cdk.Duration.minutes(1))],
    ['DrainSessionInstance', SessionDrainMethod.drainInstances()],
  ])('may list sessions and call %s, and nothing else', (action, method) => {
    new SessionDrain(scope, 'Drain', { stack, fleet: appstream.Fleet.fromFleetName(scope, 'Theirs', 'theirs'), method });
    const every = (kind: string) => ({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':appstream:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, `:${kind}/*`]],
    });
    const policies = Object.values(Template.fromStack(scope).findResources('AWS::IAM::Policy'));
    expect(policies.map(({ Properties }) => Properties.PolicyDocument.Statement)).toContainEqual([
      { Action: 'appstream:DescribeSessions', Effect: 'Allow', Resource: [every('fleet'), every('stack')] },
      { Action: `appstream:${action}`, Effect: 'Allow', Resource: '*' },
    ]);
    expect(policies.filter(({ Properties }) => JSON.stringify(Properties).includes('Session'))).toHaveLength(1);
  });

  test('comes with the first drain as 7 resources or fewer, and each next drain is one', () => {
    const counts = [count(scope)];
    for (const id of ['One', 'Two', 'Three']) {
      scope = new cdk.Stack(new cdk.App(), 'Scope');
      fleet = new appstream.Fleet(scope, 'Fleet', { ...INSTANCE, capacity: appstream.Capacity.instances(1), desiredState: appstream.FleetState.RUNNING });
      stack = new appstream.Stack(scope, 'Stack');
      for (const each of ['One', 'Two', 'Three'].slice(0, ['One', 'Two', 'Three'].indexOf(id) + 1)) {
        new SessionDrain(scope, each, { stack, fleet, trigger: each });
      }
      counts.push(count(scope));
    }
    expect(counts.slice(1).map((each, index) => each - counts[index])).toEqual([7, 1, 1]);
  });

  test('keeps the permissions of the two ways apart: each goes with its last drain', () => {
    const shared = appstream.Fleet.fromFleetName(scope, 'Shared', 'shared');
    new SessionDrain(scope, 'One', { stack, fleet: shared });
    new SessionDrain(scope, 'Two', { stack, fleet: shared, method: SessionDrainMethod.drainInstances() });
    const template = Template.fromStack(scope);
    const [one, two] = Object.values(template.findResources(TYPE)).map(({ DependsOn }) => DependsOn);
    expect(one).toContainEqual(expect.stringContaining('ByExpireSession'));
    expect(one).not.toContainEqual(expect.stringContaining('ByDrainSessionInstance'));
    expect(two).toContainEqual(expect.stringContaining('ByDrainSessionInstance'));
    expect(two).not.toContainEqual(expect.stringContaining('ByExpireSession'));
  });

  test('has logical ids that stay', () => {
    new SessionDrain(scope, 'Drain', { stack, fleet });
    const ids = Object.keys(Template.fromStack(scope).toJSON().Resources).filter((id) => /Drain|Sessions/.test(id));
    expect(ids).toMatchInlineSnapshot(`
[
  "DrainB7582D65",
  "AppStreamSessionsLifecycleEngineLogC72226B5",
  "AppStreamSessionsLifecycleEngineRole591AF9E2",
  "AppStreamSessionsLifecycleEngineFunction0AE73BBD",
  "AppStreamSessionsLifecycleEngineMachineRoleAE4A3A9A",
  "AppStreamSessionsLifecycleEngineMachine5E9BEE29",
  "AppStreamSessionsLifecycleEngineAppStreamSessionDrainByExpireSession04DE17AD",
]
`);
  });

  test('gives cdk-nag nothing to find', () => {
    const app = new cdk.App();
    cdk.Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    const office = new cdk.Stack(app, 'Office');
    const imported = { stack: appstream.Stack.fromStackName(office, 'Stack', 'stack'), fleet: appstream.Fleet.fromFleetName(office, 'Fleet', 'fleet') };
    new SessionDrain(office, 'Drain', imported);
    new SessionDrain(office, 'Other', { ...imported, method: SessionDrainMethod.drainInstances() });
    expect(() => app.synth()).not.toThrow();
  });
});

describe('in a template', () => {
  const ALL = ['Fleet30813DF3', 'FleetLifecycle59BD595E', 'Stack8A423254', 'StackFleetAssociation991474F9'];

  test('waits for stack, fleet, lifecycle and an association that is made later', () => {
    new SessionDrain(scope, 'Drain', { stack, fleet });
    stack.addFleet(fleet);
    expect(dependenciesOf(scope)).toEqual(ALL);
  });

  test('waits for L1s, for their association by whatever names, and for the lifecycle of the fleet', () => {
    const l1 = new cdk.Stack(new cdk.App(), 'L1');
    const theirFleet = new cfn.CfnFleet(l1, 'TheirFleet', { name: 'fleet', instanceType: 'stream.standard.small' });
    const theirStack = new cfn.CfnStack(l1, 'TheirStack', { name: 'stack' });
    new SessionDrain(l1, 'Drain', { stack: theirStack, fleet: theirFleet });
    new cfn.CfnStackFleetAssociation(l1, 'Association', { fleetName: 'fleet', stackName: theirStack.ref });
    new cfn.CfnStackFleetAssociation(l1, 'OfAnotherFleet', { fleetName: 'another', stackName: theirStack.ref });
    new cfn.CfnStackFleetAssociation(l1, 'OfAnotherStack', { fleetName: theirFleet.ref, stackName: 'another' });
    new appstream.FleetLifecycle(l1, 'Lifecycle', { fleet: theirFleet, desiredState: appstream.FleetState.RUNNING, stopOnDelete: true });
    expect(dependenciesOf(l1)).toEqual(['Association', 'Lifecycle5C7F7473', 'TheirFleet', 'TheirStack']);
  });

  test('waits for what lets in to what is imported', () => {
    const imported = new cdk.Stack(new cdk.App(), 'Imported');
    const theirs = { stack: appstream.Stack.fromStackName(imported, 'Stack', 'stack'), fleet: appstream.Fleet.fromFleetName(imported, 'Fleet', 'fleet') };
    new SessionDrain(imported, 'Drain', theirs);
    theirs.stack.addFleet(theirs.fleet);
    expect(dependenciesOf(imported)).toEqual(['StackFleetAssociation991474F9']);
  });

  test('waits for the template that has stack and fleet', () => {
    const there = new cdk.Stack(cdk.App.of(scope) as cdk.App, 'There');
    new SessionDrain(there, 'Drain', { stack, fleet });
    stack.addFleet(fleet);
    expect(Template.fromStack(there).findResources(TYPE)).toBeDefined();
    expect(there.dependencies).toEqual([scope]);
  });

  test.each([
    ['the stack', () => stack],
    ['the fleet', () => fleet],
    ['the lifecycle of the fleet', () => fleet.lifecycle!],
  ])('two drains and what they wait for are in no cycle when the drains are made in %s', (_, place) => {
    new SessionDrain(place(), 'One', { stack, fleet });
    stack.addFleet(fleet);
    new SessionDrain(place(), 'Two', { stack, fleet, userId: 'anna' });
    const drains = Object.values(Template.fromStack(scope).findResources(TYPE));
    expect(drains.map(({ DependsOn }) => DependsOn.filter((id: string) => ALL.includes(id)).sort())).toEqual([ALL, ALL]);
  });
});

describe('refusals', () => {
  const drain = (props: Partial<appstream.SessionDrainProps>) => () => new SessionDrain(scope, 'Drain', { stack, fleet, ...props });
  const wait = (seconds: number) => SessionDrainMethod.waitThenExpire(cdk.Duration.seconds(seconds));

  test.each([2, 128])('a user ID of %d characters is taken', (length) => {
    expect(drain({ userId: 'u'.repeat(length) })).not.toThrow();
  });

  test.each([1, 129])('fails for a user ID of %d characters', (length) => {
    expect(drain({ userId: 'u'.repeat(length) }))
      .toThrow(`userId must have 2 to 128 characters, got ${length}: "${'u'.repeat(length)}" [at Scope/Drain]`);
  });

  test.each([1, 2100])('a wait of %d seconds is taken', (seconds) => {
    expect(drain({ method: wait(seconds) })).not.toThrow();
  });

  test.each([0, 2101])('fails for a wait of %d seconds', (seconds) => {
    expect(drain({ method: wait(seconds) })).toThrow('waitThenExpire must be whole seconds, at least 1, and 10 minutes shorter than the timeout of 45 minutes, '
      + `got ${seconds} seconds [at Scope/Drain]`);
  });

  test('fails for a wait that is no whole second', () => {
    expect(drain({ method: SessionDrainMethod.waitThenExpire(cdk.Duration.millis(1500)) })).toThrow('got 1.5 seconds [at Scope/Drain]');
  });

  test('fails for a wait that is too long for the timeout', () => {
    expect(drain({ method: wait(1201), timeout: cdk.Duration.minutes(30) })).toThrow('10 minutes shorter than the timeout of 30 minutes, got 1201 seconds [at Scope/Drain]');
  });

  test('fails for a wait that is not known yet', () => {
    const seconds = new cdk.CfnParameter(scope, 'Seconds', { type: 'Number' }).valueAsNumber;
    expect(drain({ method: wait(seconds) }))
      .toThrow('waitThenExpire must be known at synthesis, got a token: it has to be shorter than the timeout [at Scope/Drain]');
  });

  test.each([59, 3181])('fails for a timeout of %i seconds', (seconds) => {
    expect(drain({ timeout: cdk.Duration.seconds(seconds) })).toThrow(`timeout must be 60 to 3180 whole seconds, got ${seconds} [at Scope/Drain]`);
  });

  test('fails when the instances of a single-session fleet are to be drained', () => {
    const l1 = new cfn.CfnFleet(scope, 'L1', { name: 'l1', instanceType: 'stream.standard.small' });
    for (const [single, path] of [[fleet, 'Scope/Fleet'], [l1, 'Scope/L1']] as const) {
      expect(() => new SessionDrain(scope, path, { stack, fleet: single, method: SessionDrainMethod.drainInstances() })).toThrow(
        `drainInstances takes a multi-session fleet, got "${path}", which has an instance for each session; choose expire or waitThenExpire [at Scope/`,
      );
    }
  });

  test('fails in the scope of an L1', () => {
    const l1 = new cfn.CfnFleet(scope, 'L1', { name: 'l1', instanceType: 'stream.standard.small' });
    expect(() => new SessionDrain(l1, 'Drain', { stack, fleet: l1 }))
      .toThrow('what waits for a stack and a fleet cannot be in the scope of an L1, got "Scope/L1": it might wait for itself [at Scope/L1/Drain]');
  });

  test('the instances of a multi-session fleet can be drained', () => {
    const capacity = appstream.Capacity.sessions(4, { sessionsPerInstance: 2 });
    const multi = new appstream.Fleet(scope, 'Multi', { ...INSTANCE, capacity });
    new SessionDrain(scope, 'Drain', { stack, fleet: multi, method: SessionDrainMethod.drainInstances() });
    Template.fromStack(scope).hasResourceProperties(TYPE, { Method: 'DRAIN_INSTANCES', WaitSeconds: Match.absent() });
  });

  test.each([
    ['stack', { stack: 'arn:aws:appstream:us-east-1:222222222222:stack/theirs' }],
    ['fleet', { fleet: 'arn:aws:appstream:us-east-1:222222222222:fleet/theirs' }],
  ])('fails for a %s of another account', (_, theirs: { stack?: string; fleet?: string }) => {
    const here = new cdk.Stack(new cdk.App(), 'Here', { env: { account: '111111111111', region: 'us-east-1' } });
    const arn = (kind: string) => `arn:aws:appstream:us-east-1:111111111111:${kind}/ours`;
    expect(() => new SessionDrain(here, 'Drain', {
      stack: appstream.Stack.fromStackArn(here, 'Stack', theirs.stack ?? arn('stack')),
      fleet: appstream.Fleet.fromFleetArn(here, 'Fleet', theirs.fleet ?? arn('fleet')),
    })).toThrow('a lifecycle resource works in the account of its stack, "111111111111", got a resource of "222222222222" [at Here/Drain]');
  });
});
