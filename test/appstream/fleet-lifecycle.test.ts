import * as cdk from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cfn from 'aws-cdk-lib/aws-appstream';
import { appstream } from '../../src';

const { RUNNING, STOPPED, UNMANAGED } = appstream.FleetState;

let stack: cdk.Stack;
let l1: cfn.CfnFleet;

beforeEach(() => {
  stack = new cdk.Stack(new cdk.App(), 'Stack');
  l1 = new cfn.CfnFleet(stack, 'Fleet', { name: 'mine', instanceType: 'stream.standard.small', imageName: 'image' });
});

test('an imported fleet is held by its name, and nothing else may be started', () => {
  new appstream.FleetLifecycle(stack, 'Hold', { fleet: appstream.Fleet.fromFleetName(stack, 'Theirs', 'theirs'), desiredState: RUNNING });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('Custom::AppStreamFleetLifecycle', { FleetName: 'theirs', DesiredState: 'RUNNING', StopOnDelete: 'false' });
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [
        { Action: 'appstream:DescribeFleets', Effect: 'Allow', Resource: '*' },
        {
          Action: ['appstream:StartFleet', 'appstream:StopFleet'],
          Effect: 'Allow',
          Resource: { 'Fn::Join': ['', Match.arrayWith([':fleet/theirs'])] },
        },
      ],
    },
  });
});

test('an L1 can be held', () => {
  new appstream.FleetLifecycle(stack, 'Hold', { fleet: l1, desiredState: STOPPED });
  Template.fromStack(stack).hasResource('Custom::AppStreamFleetLifecycle', {
    Properties: Match.objectLike({ FleetName: { Ref: 'Fleet' } }),
    DependsOn: Match.arrayWith(['Fleet']),
  });
});

test('a fleet that is stopped when it is deleted is found by the stack\'s tag, under whatever name', () => {
  new appstream.FleetLifecycle(stack, 'Hold', { fleet: l1, desiredState: RUNNING, stopOnDelete: true });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::AppStream::Fleet', { Tags: [{ Key: 'cdk-app-streaming:stack', Value: { Ref: 'AWS::StackName' } }] });
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([{
        Action: 'appstream:StopFleet',
        Effect: 'Allow',
        Resource: { 'Fn::Join': ['', Match.arrayWith([':fleet/*'])] },
        Condition: { StringEquals: { 'aws:ResourceTag/cdk-app-streaming:stack': { Ref: 'AWS::StackName' } } },
      }]),
    },
  });
});

test('a lifecycle that is to be let go of is kept in place by its removal policy', () => {
  const lifecycle = new appstream.FleetLifecycle(stack, 'Hold', { fleet: l1, desiredState: RUNNING, stopOnDelete: true });
  cdk.RemovalPolicies.of(lifecycle).retain();
  Template.fromStack(stack).hasResource('Custom::AppStreamFleetLifecycle', { DeletionPolicy: 'Retain' });
});

test('fails for a state to which nothing can be brought', () => {
  expect(() => new appstream.FleetLifecycle(stack, 'Hold', { fleet: l1, desiredState: UNMANAGED })).toThrow(
    'a lifecycle resource brings to RUNNING or STOPPED, got "UNMANAGED"; leave the resource out instead [at Stack/Hold]',
  );
});

test('fails to stop on deletion what is in another CloudFormation stack, whose tag it bears', () => {
  const other = new cdk.Stack(cdk.App.of(stack), 'Other');
  expect(() => new appstream.FleetLifecycle(other, 'Hold', { fleet: l1, desiredState: UNMANAGED, stopOnDelete: true })).toThrow(new Error(
    `stopOnDelete is for what is in the same CloudFormation stack, whose tag it bears, got "${l1.node.path}" [at Other/Hold]`,
  ));
  const imported = appstream.Fleet.fromFleetName(stack, 'Theirs', 'theirs');
  new appstream.FleetLifecycle(other, 'HoldTheirs', { fleet: imported, desiredState: UNMANAGED, stopOnDelete: true });
});

test.each([
  ['account', 'arn:aws:appstream:us-east-1:222222222222:fleet/theirs', '"111111111111", got a resource of "222222222222"'],
  ['Region', 'arn:aws:appstream:eu-west-1:111111111111:fleet/theirs', '"us-east-1", got a resource of "eu-west-1"'],
])('fails for a fleet of another %s', (what, arn, found) => {
  const here = new cdk.Stack(new cdk.App(), 'Here', { env: { account: '111111111111', region: 'us-east-1' } });
  const fleet = appstream.Fleet.fromFleetArn(here, 'Theirs', arn);
  expect(() => new appstream.FleetLifecycle(here, 'Hold', { fleet, desiredState: RUNNING }))
    .toThrow(`a lifecycle resource works in the ${what} of its stack, ${found} [at Here/Hold]`);
});

test.each([60, 3180])('a timeout of %i seconds is taken', (seconds) => {
  new appstream.FleetLifecycle(stack, 'Hold', { fleet: l1, desiredState: RUNNING, timeout: cdk.Duration.seconds(seconds) });
  Template.fromStack(stack).hasResourceProperties('Custom::AppStreamFleetLifecycle', {
    TimeoutSeconds: String(seconds), ServiceTimeout: String(seconds + 420),
  });
});

test('fails for a timeout that is not known yet', () => {
  const seconds = new cdk.CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber;
  expect(() => new appstream.FleetLifecycle(stack, 'Hold', { fleet: l1, desiredState: RUNNING, timeout: cdk.Duration.seconds(seconds) }))
    .toThrow('timeout must be known at synthesis, got a token: CloudFormation\'s own time-out is computed from it [at Stack/Hold]');
});

test.each([59, 3181])('fails for a timeout of %i seconds', (seconds) => {
  expect(() => new appstream.FleetLifecycle(stack, 'Hold', { fleet: l1, desiredState: RUNNING, timeout: cdk.Duration.seconds(seconds) }))
    .toThrow(`timeout must be 60 to 3180 whole seconds, got ${seconds} [at Stack/Hold]`);
});
