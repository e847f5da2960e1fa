import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as cdk from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cfn from 'aws-cdk-lib/aws-appstream';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  Application, Capacity, ElasticFleet, ElasticFleetProps, ElasticPlatform, Fleet, FleetState, Image, InstanceType, RunningHours,
  SessionScripts, StreamView, UpdateStrategy,
} from '../../src/appstream';

let stack: cdk.Stack;
let vpc: ec2.IVpc;
beforeEach(() => {
  stack = new cdk.Stack(new cdk.App(), 'Test');
  vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1', availabilityZones: ['a', 'b'], publicSubnetIds: ['public-1', 'public-2'], privateSubnetIds: ['private-1', 'private-2'],
  });
});

function fleet(props: Partial<ElasticFleetProps> = {}) {
  return new ElasticFleet(stack, 'Fleet', {
    platform: ElasticPlatform.WINDOWS_SERVER_2019,
    instanceType: InstanceType.STANDARD_SMALL,
    maxConcurrentSessions: 5,
    vpc,
    ...props,
  });
}

const resource = () => Template.fromStack(stack).toJSON().Resources.Fleet30813DF3;
const STACK_TAG = { Key: 'cdk-app-streaming:stack', Value: { Ref: 'AWS::StackName' } };

test('with the required properties alone', () => {
  fleet();
  expect(resource()).toEqual({
    Type: 'AWS::AppStream::Fleet',
    Properties: {
      Name: 'Test-Fleet-72ECBEB0',
      FleetType: 'ELASTIC',
      Platform: 'WINDOWS_SERVER_2019',
      InstanceType: 'stream.standard.small',
      MaxConcurrentSessions: 5,
      DisconnectTimeoutInSeconds: 300,
      IdleDisconnectTimeoutInSeconds: 600,
      MaxUserDurationInSeconds: 36_000,
      VpcConfig: { SubnetIds: ['private-1', 'private-2'], SecurityGroupIds: [{ 'Fn::GetAtt': ['FleetSecurityGroup97A0FCFD', 'GroupId'] }] },
      IamRoleArn: { 'Fn::GetAtt': ['FleetRole427BC000', 'Arn'] },
      DisableIMDSV1: true,
      EnableDefaultInternetAccess: false,
      AttributesToDelete: ['SESSION_SCRIPT_S3_LOCATION', 'USB_DEVICE_FILTER_STRINGS'],
      Tags: [STACK_TAG],
    },
    CreationPolicy: { StartFleet: true },
  });
  expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Role'))).toContain(':fleet/Test-Fleet-72ECBEB0');
});

test('with all properties', () => {
  const elastic = fleet({
    fleetName: 'elastic',
    platform: ElasticPlatform.UBUNTU_PRO_2404,
    instanceType: InstanceType.STANDARD_2XLARGE,
    enableDefaultInternetAccess: true,
    securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')],
    role: iam.Role.fromRoleArn(stack, 'BroughtRole', 'arn:aws:iam::123456789012:role/instances'),
    displayName: 'Elastic',
    description: 'of editors',
    disableImdsv1: false,
    disconnectTimeout: cdk.Duration.minutes(5),
    idleDisconnectTimeout: cdk.Duration.minutes(10),
    maxUserDuration: cdk.Duration.hours(8),
    streamView: StreamView.DESKTOP,
    sessionScripts: SessionScripts.fromBucket(s3.Bucket.fromBucketName(stack, 'Content', 'content'), 'scripts.zip'),
    usbDeviceFilterStrings: ['Wacom,03,00,00,1386,215,1,0'],
    desiredState: FleetState.UNMANAGED,
  });
  expect(resource()).toEqual({
    Type: 'AWS::AppStream::Fleet',
    Properties: {
      Name: 'elastic',
      FleetType: 'ELASTIC',
      Platform: 'UBUNTU_PRO_2404',
      InstanceType: 'stream.standard.2xlarge',
      MaxConcurrentSessions: 5,
      VpcConfig: { SubnetIds: ['public-1', 'public-2'], SecurityGroupIds: ['sg-1'] },
      IamRoleArn: 'arn:aws:iam::123456789012:role/instances',
      DisplayName: 'Elastic',
      Description: 'of editors',
      DisableIMDSV1: false,
      EnableDefaultInternetAccess: true,
      DisconnectTimeoutInSeconds: 300,
      IdleDisconnectTimeoutInSeconds: 600,
      MaxUserDurationInSeconds: 28_800,
      StreamView: 'DESKTOP',
      SessionScriptS3Location: { S3Bucket: 'content', S3Key: 'scripts.zip' },
      UsbDeviceFilterStrings: ['Wacom,03,00,00,1386,215,1,0'],
      Tags: [STACK_TAG],
    },
  });
  expect(elastic.lifecycle).toBeUndefined();
  expect(stack.resolve(elastic.fleetRef)).toEqual({
    fleetName: { Ref: 'Fleet30813DF3' },
    fleetArn: {
      'Fn::Join': ['', [
        'arn:', { Ref: 'AWS::Partition' }, ':appstream:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':fleet/', { Ref: 'Fleet30813DF3' },
      ]],
    },
  });
});

test('a fleet with a desired state is held there, and its updates are guarded by what may be changed of a running one', () => {
  const { lifecycle } = fleet({ desiredState: FleetState.RUNNING, description: 'of editors', displayName: 'Elastic', usbDeviceFilterStrings: ['a,b,c,d,1,2,0,1'] });
  expect(lifecycle).toBeDefined();
  const template = Template.fromStack(stack);
  template.hasResourceProperties('Custom::AppStreamFleetLifecycle', { DesiredState: 'RUNNING', StopOnDelete: 'true' });
  const [{ Properties: { Strategy, Settings } }] = Object.values(template.findResources('Custom::AppStreamFleetUpdateGate'));
  expect(Strategy).toBe('FAIL_IF_RUNNING');
  const names = [...JSON.stringify(Settings).matchAll(/\\"(\w+)\\":/g)].map(([, name]) => name);
  expect(names.sort()).toEqual([
    'Description', 'DisableIMDSV1', 'EnableDefaultInternetAccess', 'IamRoleArn', 'InstanceType', 'MaxUserDurationInSeconds', 'Platform', 'SecurityGroupIds',
    'SubnetIds', 'VpcConfig',
  ]);
});

test('a fleet without a desired state can be guarded, too', () => {
  fleet({ updateStrategy: UpdateStrategy.stopAndRestart() });
  Template.fromStack(stack).hasResourceProperties('Custom::AppStreamFleetUpdateGate', { Strategy: 'STOP_AND_RESTART' });
});

test('fails for a strategy that replaces', () => {
  expect(() => fleet({ updateStrategy: UpdateStrategy.replace() })).toThrow(new Error(
    'UpdateStrategy.replace() is for Always-On and On-Demand fleets: an Elastic fleet takes failIfRunning() or stopAndRestart() [at Test/Fleet]',
  ));
});

test('a fleet with running hours is not started at its creation, and stopped in the end', () => {
  fleet().runDuring({ hours: [RunningHours.weekly({ from: '07:00', to: '19:00', timeZone: cdk.TimeZone.EUROPE_BERLIN })] });
  expect(resource().CreationPolicy).toBeUndefined();
  const template = Template.fromStack(stack);
  template.hasResourceProperties('Custom::AppStreamFleetLifecycle', { DesiredState: 'UNMANAGED', StopOnDelete: 'true' });
  const targets = Object.values(template.findResources('AWS::Scheduler::Schedule')).map(({ Properties }) => Properties.Target.Arn['Fn::Join'][1][2]);
  expect(targets).toEqual([':scheduler:::aws-sdk:appstream:startFleet', ':scheduler:::aws-sdk:appstream:stopFleet']);
});

test('fails for running hours of a fleet that has a desired state', () => {
  expect(() => fleet({ desiredState: FleetState.RUNNING }).runDuring({ hours: [RunningHours.weekly({ from: '07:00', to: '19:00', timeZone: cdk.TimeZone.ETC_UTC })] }))
    .toThrow(new Error('running hours start and stop the fleet, so the desiredState must be "UNMANAGED" or left out, got "RUNNING" [at Test/Fleet]'));
});

test('a fleet that is imported', () => {
  expect(ElasticFleet.fromFleetName(stack, 'ByName', 'elastic').fleetRef.fleetName).toBe('elastic');
  expect(ElasticFleet.fromFleetArn(stack, 'ByArn', 'arn:aws:appstream:eu-west-1:123456789012:fleet/elastic').fleetName).toBe('elastic');
  const role = iam.Role.fromRoleName(stack, 'Role', 'instances');
  const fleetArn = 'arn:aws:appstream:eu-west-1:123456789012:fleet/elastic';
  expect(ElasticFleet.fromFleetAttributes(stack, 'ByAttributes', { fleetArn, role }).grantPrincipal).toBe(role);
});

test('other fleets have USB filters, too', () => {
  new Fleet(stack, 'Fleet', {
    image: Image.fromName('image'), instanceType: InstanceType.STANDARD_SMALL, capacity: Capacity.instances(1), usbDeviceFilterStrings: ['a,b,c,d,1,2,0,1'],
  });
  expect(resource().Properties.UsbDeviceFilterStrings).toEqual(['a,b,c,d,1,2,0,1']);
});

describe('an application of a fleet', () => {
  const l1 = (id: string, platforms = ['WINDOWS_SERVER_2019']) => new cfn.CfnApplication(stack, id, {
    name: id, appBlockArn: 'arn', launchPath: 'x', iconS3Location: { s3Bucket: 'content', s3Key: 'x' }, instanceFamilies: ['GENERAL_PURPOSE'], platforms,
  });

  test('is associated with it, whether made here or elsewhere', () => {
    const elastic = fleet();
    elastic.addApplication(l1('Editor'));
    elastic.addApplication(Application.fromApplicationArn(stack, 'Viewer', 'arn:aws:appstream:eu-west-1:123456789012:application/viewer'));
    expect(Object.values(Template.fromStack(stack).findResources('AWS::AppStream::ApplicationFleetAssociation')).map(({ Properties }) => Properties)).toEqual([
      { FleetName: { Ref: 'Fleet30813DF3' }, ApplicationArn: { Ref: 'Editor' } },
      { FleetName: { Ref: 'Fleet30813DF3' }, ApplicationArn: 'arn:aws:appstream:eu-west-1:123456789012:application/viewer' },
    ]);
  });

  test('fails twice', () => {
    const elastic = fleet();
    const editor = l1('Editor');
    elastic.addApplication(editor);
    expect(() => elastic.addApplication(editor)).toThrow(new Error('the fleet has each application once, got "Test/Editor" again [at Test/Fleet]'));
  });

  test('fails for another platform', () => {
    expect(() => fleet().addApplication(l1('Editor', ['AMAZON_LINUX2']))).toThrow(new Error(
      'applications must be made for the platform of the fleet, "WINDOWS_SERVER_2019", got "Test/Editor" for ["AMAZON_LINUX2"] [at Test/Fleet]'));
  });
});

describe('session scripts of this machine', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'scripts-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const both = [{ context: 'system', filename: 'a.ps1' }, { Context: 'user', Filename: 'b.ps1' }];
  const configured = (config: unknown) => {
    writeFileSync(join(folder, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config));
    return fleet({ sessionScripts: SessionScripts.fromAsset(folder) });
  };

  test('are one archive', () => {
    configured({ SessionStart: { executables: both, waitingTime: 60 }, SessionTermination: { Executables: both, WaitingTime: 1 } });
    expect(resource().Properties.SessionScriptS3Location.S3Key).toMatch(/^[0-9a-f]{32}\/[0-9a-f]{64}\.zip$/);
    Template.fromStack(stack).hasResourceProperties('Custom::CDKBucketDeployment', { Extract: false });
  });

  test('may be an archive already', () => {
    writeFileSync(join(folder, 'scripts.zip'), 'PK');
    expect(() => fleet({ sessionScripts: SessionScripts.fromAsset(join(folder, 'scripts.zip')) })).not.toThrow();
  });

  test.each<[unknown, string]>([
    [{ SessionStart: { executables: [null] } },
      'config.json of sessionScripts has at most one script for each of the contexts "system" and "user", got [null] for SessionStart'],
    [{ Start: {} }, 'config.json of sessionScripts has "SessionStart" and "SessionTermination", got "Start"'],
    [{ SessionStart: { executables: both, waitingTime: 61 } }, 'config.json of sessionScripts gives scripts at most 60 seconds, got 61 for SessionStart'],
    [{ SessionStart: { executables: [both[0], both[0]] } },
      'config.json of sessionScripts has at most one script for each of the contexts "system" and "user", got ["system","system"] for SessionStart'],
    [{ SessionTermination: { executables: [{ context: 'root' }] } },
      'config.json of sessionScripts has at most one script for each of the contexts "system" and "user", got ["root"] for SessionTermination'],
  ])('fail for a configuration like %j', (config, message) => {
    expect(() => configured(config)).toThrow(new Error(`${message} [at Test/Fleet]`));
  });

  test('fail for a configuration that is no JSON', () => {
    expect(() => configured('{')).toThrow(new Error(
      `config.json of sessionScripts must be JSON, which ${JSON.stringify(join(folder, 'config.json'))} is not [at Test/Fleet]`));
  });

  test('fail without a configuration, and for a file that is no archive', () => {
    expect(() => fleet({ sessionScripts: SessionScripts.fromAsset(folder) })).toThrow(new Error(
      `sessionScripts must have a config.json, got none in ${JSON.stringify(folder)} [at Test/Fleet]`));
    mkdirSync(join(folder, 'empty'));
    const file = join(folder, 'hello.ps1');
    expect(() => new ElasticFleet(stack, 'Other', {
      platform: ElasticPlatform.AMAZON_LINUX2,
      instanceType: InstanceType.STANDARD_SMALL,
      maxConcurrentSessions: 1,
      vpc,
      sessionScripts: SessionScripts.fromAsset(file),
    })).toThrow(new Error(`sessionScripts must be a folder or a .zip file, got ${JSON.stringify(file)} [at Test/Other]`));
  });
});

test.each<[() => Partial<ElasticFleetProps>, string]>([
  [() => ({ fleetName: 'a/b' }), 'fleetName must have 1 to 100 letters, digits, "_", "." and "-", and start with a letter or digit, got "a/b"'],
  [() => ({ maxConcurrentSessions: 0 }), 'maxConcurrentSessions must be a whole number of at least 1, got 0'],
  [() => ({ instanceType: InstanceType.COMPUTE_LARGE }),
    'instanceType must be one of "stream.standard.small" to "stream.standard.2xlarge" for an Elastic fleet, got "stream.compute.large"'],
  [() => ({ vpcSubnets: { subnets: [vpc.privateSubnets[0]] } }),
    'vpcSubnets must select subnets in at least two Availability Zones for an Elastic fleet, got ["Test/Vpc/PrivateSubnet1"]'],
  [() => ({ vpcSubnets: { subnets: [vpc.privateSubnets[0], vpc.publicSubnets[0]] } }),
    'vpcSubnets must select subnets in at least two Availability Zones for an Elastic fleet, got ["Test/Vpc/PrivateSubnet1","Test/Vpc/PublicSubnet1"]'],
  [() => ({ securityGroups: [] }), 'securityGroups must have 1 to 5 elements, got 0'],
  [() => ({ idleDisconnectTimeout: cdk.Duration.seconds(59) }), 'idleDisconnectTimeout must be 0 or 60 to 36000 whole seconds, got 59'],
  [() => ({ maxUserDuration: cdk.Duration.minutes(9) }), 'maxUserDuration must be 600 to 432000 whole seconds, got 540'],
  [() => ({ usbDeviceFilterStrings: ['Wacom'] }),
    'usbDeviceFilterStrings: filter must have eight parts like "Wacom,03,00,00,1386,215,1,0" and at most 100 characters, got "Wacom"'],
  [() => ({ revision: '1' }), 'revision needs the desiredState "RUNNING" or "STOPPED", got none'],
])('fails for properties like %#', (props, message) => {
  expect(() => fleet(props())).toThrow(new Error(`${message} [at Test/Fleet]`));
});

test('subnets whose zones nobody knows are taken', () => {
  const subnets = ['subnet-1', 'subnet-2'].map((subnetId) => ec2.Subnet.fromSubnetId(stack, subnetId, subnetId));
  expect(() => fleet({ vpcSubnets: { subnets } })).not.toThrow();
});
