import * as cdk from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cfn from 'aws-cdk-lib/aws-appstream';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  AppBlock, AppBlockBuilder, AppBlockBuilderGrants, AppBlockBuilderLifecycle, AppBlockBuilderProps, AppBlockBuilderState, AppBlockPackaging,
  AppBlockScript, FileSource, InstanceType, RunningHours,
} from '../../src/appstream';

let stack: cdk.Stack;
let vpc: ec2.IVpc;
beforeEach(begin);

function begin() {
  stack = new cdk.Stack(new cdk.App(), 'Test');
  vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1', availabilityZones: ['a', 'b'], publicSubnetIds: ['public-1', 'public-2'], privateSubnetIds: ['private-1', 'private-2'],
  });
}

const builder = (props: Partial<AppBlockBuilderProps> = {}) =>
  new AppBlockBuilder(stack, 'Builder', { instanceType: InstanceType.STANDARD_SMALL, vpc, ...props });
const properties = () => Object.values(Template.fromStack(stack).findResources('AWS::AppStream::AppBlockBuilder'))[0].Properties;
const nameWith = (props: () => Partial<AppBlockBuilderProps>) => {
  begin();
  builder(props());
  return properties().Name;
};
const imported = () => AppBlock.fromAppBlockArn(stack, 'Editors', 'arn:aws:appstream:eu-west-1:123456789012:app-block/editors');

const STACK_TAG = { Key: 'cdk-app-streaming:stack', Value: { Ref: 'AWS::StackName' } };
const { RUNNING, STOPPED, UNMANAGED } = AppBlockBuilderState;

describe('an app block builder', () => {
  test('with the required properties alone', () => {
    expect(builder().lifecycle).toBeUndefined();
    expect(properties()).toEqual({
      Name: 'Test-Builder-06377708-5cddc8af',
      Platform: 'WINDOWS_SERVER_2019',
      InstanceType: 'stream.standard.small',
      VpcConfig: { SubnetIds: ['private-1', 'private-2'], SecurityGroupIds: [{ 'Fn::GetAtt': ['BuilderSecurityGroup16608031', 'GroupId'] }] },
      IamRoleArn: { 'Fn::GetAtt': ['BuilderRole50DE68B6', 'Arn'] },
      DisableIMDSV1: true,
      EnableDefaultInternetAccess: false,
      Tags: [STACK_TAG],
    });
  });

  test('with all properties', () => {
    builder({
      appBlockBuilderName: 'packer',
      appBlock: imported(),
      instanceType: InstanceType.STANDARD_LARGE,
      enableDefaultInternetAccess: true,
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')],
      role: iam.Role.fromRoleArn(stack, 'BroughtRole', 'arn:aws:iam::123456789012:role/instances'),
      displayName: 'Packer',
      description: 'of editors',
      disableImdsv1: false,
      accessEndpoints: [ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Endpoint', { vpcEndpointId: 'vpce-1', port: 443 })],
      desiredState: UNMANAGED,
    });
    expect(properties()).toEqual({
      Name: 'packer',
      AppBlockArns: ['arn:aws:appstream:eu-west-1:123456789012:app-block/editors'],
      Platform: 'WINDOWS_SERVER_2019',
      InstanceType: 'stream.standard.large',
      VpcConfig: { SubnetIds: ['public-1', 'public-2'], SecurityGroupIds: ['sg-1'] },
      IamRoleArn: 'arn:aws:iam::123456789012:role/instances',
      DisplayName: 'Packer',
      Description: 'of editors',
      DisableIMDSV1: false,
      EnableDefaultInternetAccess: true,
      AccessEndpoints: [{ EndpointType: 'STREAMING', VpceId: 'vpce-1' }],
      Tags: [STACK_TAG],
    });
  });

  test.each([RUNNING, STOPPED])('is brought to %s by a lifecycle resource, and stopped in the end', (desiredState) => {
    builder({ appBlock: imported(), desiredState, desiredStateTimeout: cdk.Duration.minutes(20), revision: '2' });
    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('Custom::AppStreamAppBlockBuilderLifecycle'));
    expect(Properties).toMatchObject({ AppBlockBuilderName: { Ref: 'BuilderB630A0FA' }, DesiredState: desiredState, StopOnDelete: 'true', TimeoutSeconds: '1200' });
    expect(JSON.stringify(Properties.Revision)).toContain('\\"revision\\":\\"2\\"');
  });

  test('with running hours is started and stopped by them, and stopped in the end', () => {
    builder({ appBlock: imported() }).runDuring({ hours: [RunningHours.weekly({ from: '07:00', to: '19:00', timeZone: cdk.TimeZone.EUROPE_BERLIN })] });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('Custom::AppStreamAppBlockBuilderLifecycle', { DesiredState: 'UNMANAGED', StopOnDelete: 'true' });
    const targets = Object.values(template.findResources('AWS::Scheduler::Schedule')).map(({ Properties }) => Properties.Target.Arn['Fn::Join'][1][2]);
    expect(targets).toEqual([':scheduler:::aws-sdk:appstream:startAppBlockBuilder', ':scheduler:::aws-sdk:appstream:stopAppBlockBuilder']);
  });

  test('fails for running hours with a desired state', () => {
    const held = builder({ appBlock: imported(), desiredState: STOPPED });
    expect(() => held.runDuring({ hours: [RunningHours.weekly({ from: '07:00', to: '19:00', timeZone: cdk.TimeZone.ETC_UTC })] })).toThrow(new Error(
      'running hours start and stop the app block builder, so the desiredState must be "UNMANAGED" or left out, got "STOPPED" [at Test/Builder]'));
  });

  test('fails for running hours without an app block', () => {
    const hours = [RunningHours.weekly({ from: '07:00', to: '19:00', timeZone: cdk.TimeZone.ETC_UTC })];
    expect(() => builder().runDuring({ hours })).toThrow(new Error(
      'an app block builder runs only with an appBlock, got none for its running hours [at Test/Builder]'));
  });

  test('that is imported', () => {
    const byName = AppBlockBuilder.fromAppBlockBuilderName(stack, 'ByName', 'packer');
    expect(byName.appBlockBuilderRef).toEqual({ appBlockBuilderName: 'packer', appBlockBuilderArn: expect.anything() });
    const byArn = AppBlockBuilder.fromAppBlockBuilderArn(stack, 'ByArn', 'arn:aws:appstream:eu-west-2:111111111111:app-block-builder/packer');
    expect([byArn.appBlockBuilderName, byArn.env]).toEqual(['packer', { account: '111111111111', region: 'eu-west-2' }]);
    const role = iam.Role.fromRoleName(stack, 'BroughtRole', 'instances');
    const securityGroups = [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')];
    const byAttributes = AppBlockBuilder.fromAppBlockBuilderAttributes(stack, 'ByAttributes', { appBlockBuilderArn: byName.appBlockBuilderArn, role, securityGroups });
    expect([byAttributes.grantPrincipal, byAttributes.connections.securityGroups]).toEqual([role, securityGroups]);
  });
});

describe('the generated name of an app block builder', () => {
  const made = (source: string) => new AppBlock(stack, 'Editors', {
    packaging: AppBlockPackaging.appStreamPackage(FileSource.fromBucket(s3.Bucket.fromBucketName(stack, 'Content', 'content'), source)),
  });

  test.each<[string, () => Partial<AppBlockBuilderProps>]>([
    ['instance type', () => ({ instanceType: InstanceType.STANDARD_LARGE })],
    ['subnets', () => ({ vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } })],
    ['internet access', () => ({ enableDefaultInternetAccess: true })],
    ['IMDSv1', () => ({ disableImdsv1: false })],
    ['role', () => ({ role: iam.Role.fromRoleName(stack, 'BroughtRole', 'other') })],
    ['app block', () => ({ appBlock: imported() })],
  ])('changes with the %s', (_, props) => {
    expect(nameWith(props)).not.toBe(nameWith(() => ({})));
  });

  test('changes when the app block is replaced', () => {
    expect(nameWith(() => ({ appBlock: made('1.vhdx') }))).not.toBe(nameWith(() => ({ appBlock: made('2.vhdx') })));
  });

  test('stays with what a running builder lets be changed', () => {
    expect(nameWith(() => ({ displayName: 'Packer', description: 'of editors', appBlock: imported(), desiredState: RUNNING, revision: '2' })))
      .toBe(nameWith(() => ({ appBlock: imported() })));
  });
});

describe('the lifecycle of an app block builder', () => {
  const l1 = () => new cfn.CfnAppBlockBuilder(stack, 'L1', {
    name: 'packer', instanceType: 'stream.standard.small', platform: 'WINDOWS_SERVER_2019', vpcConfig: { subnetIds: ['subnet-1', 'subnet-2'] },
  });

  test('takes an imported one, and nothing else may be started', () => {
    new AppBlockBuilderLifecycle(stack, 'Hold', { appBlockBuilder: AppBlockBuilder.fromAppBlockBuilderName(stack, 'Theirs', 'theirs'), desiredState: RUNNING });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('Custom::AppStreamAppBlockBuilderLifecycle', { AppBlockBuilderName: 'theirs', DesiredState: 'RUNNING', StopOnDelete: 'false' });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          { Action: 'appstream:DescribeAppBlockBuilders', Effect: 'Allow', Resource: '*' },
          {
            Action: ['appstream:StartAppBlockBuilder', 'appstream:StopAppBlockBuilder'],
            Effect: 'Allow',
            Resource: { 'Fn::Join': ['', Match.arrayWith([':app-block-builder/theirs'])] },
          },
        ],
      },
    });
  });

  test('takes an L1, which is found by the tag of the stack when it is stopped in the end', () => {
    new AppBlockBuilderLifecycle(stack, 'Hold', { appBlockBuilder: l1(), desiredState: UNMANAGED, stopOnDelete: true });
    expect(properties().Tags).toEqual([STACK_TAG]);
    Template.fromStack(stack).hasResource('Custom::AppStreamAppBlockBuilderLifecycle', {
      Properties: Match.objectLike({ AppBlockBuilderName: { Ref: 'L1' } }), DependsOn: Match.arrayWith(['L1']),
    });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([{
          Action: 'appstream:StopAppBlockBuilder',
          Effect: 'Allow',
          Resource: { 'Fn::Join': ['', Match.arrayWith([':app-block-builder/*'])] },
          Condition: { StringEquals: { 'aws:ResourceTag/cdk-app-streaming:stack': { Ref: 'AWS::StackName' } } },
        }]),
      },
    });
  });

  test('fails for a state to which nothing can be brought', () => {
    expect(() => new AppBlockBuilderLifecycle(stack, 'Hold', { appBlockBuilder: l1(), desiredState: UNMANAGED })).toThrow(new Error(
      'a lifecycle resource brings to RUNNING or STOPPED, got "UNMANAGED"; leave the resource out instead [at Test/Hold]'));
  });
});

describe('grants of an app block builder', () => {
  const statements = () => Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  const role = () => new iam.Role(stack, 'Grantee', { assumedBy: new iam.AccountRootPrincipal() });
  const RESOURCE = { 'Fn::Join': ['', Match.arrayWith([':app-block-builder/', { Ref: 'BuilderB630A0FA' }])] };

  test('createStreamingUrl, startStop: of this builder alone', () => {
    const { grants } = builder();
    const grantee = role();
    grants.createStreamingUrl(grantee).assertSuccess();
    grants.startStop(grantee).assertSuccess();
    expect(statements()).toHaveLength(2);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          { Effect: 'Allow', Action: 'appstream:CreateAppBlockBuilderStreamingURL', Resource: RESOURCE },
          { Effect: 'Allow', Action: ['appstream:StartAppBlockBuilder', 'appstream:StopAppBlockBuilder'], Resource: RESOURCE },
        ],
      },
    });
  });

  test('of an imported one', () => {
    AppBlockBuilderGrants.fromAppBlockBuilder(AppBlockBuilder.fromAppBlockBuilderName(stack, 'Theirs', 'theirs')).startStop(role());
    expect(JSON.stringify(statements())).toContain(':app-block-builder/theirs');
  });
});

const customAppBlock = () => new AppBlock(stack, 'Editors', {
  packaging: AppBlockPackaging.custom({
    source: FileSource.fromBucket(s3.Bucket.fromBucketName(stack, 'Content', 'content'), 'a.vhdx'),
    setupScript: AppBlockScript.powerShell(FileSource.fromBucket(s3.Bucket.fromBucketName(stack, 'Scripts', 'content'), 'a.ps1')),
  }),
});

test.each<[() => Partial<AppBlockBuilderProps>, string]>([
  [() => ({ appBlockBuilderName: 'a/b' }), 'appBlockBuilderName must have 1 to 100 letters, digits, "_", "." and "-", and start with a letter or digit, got "a/b"'],
  [() => ({ instanceType: InstanceType.COMPUTE_LARGE }),
    'instanceType must be one of "stream.standard.small" to "stream.standard.2xlarge" for an app block builder, got "stream.compute.large"'],
  [() => ({ vpcSubnets: { subnets: [vpc.privateSubnets[1]] } }),
    'vpcSubnets must select subnets in at least two Availability Zones for an app block builder, got ["Test/Vpc/PrivateSubnet2"]'],
  [() => ({ desiredState: RUNNING }), 'an app block builder runs only with an appBlock, got none for the desiredState "RUNNING"'],
  [() => ({ appBlock: customAppBlock() }),
    'an app block builder makes packages of AppStream\'s own kind, got the appBlock "Test/Editors" with custom packaging'],
  [() => ({ accessEndpoints: [] }), 'accessEndpoints must have 1 to 4 elements, got 0'],
  [() => ({ revision: '1' }), 'revision needs the desiredState "RUNNING" or "STOPPED", got none'],
])('fails for properties like %#', (props, message) => {
  expect(() => builder(props())).toThrow(new Error(`${message} [at Test/Builder]`));
});
