import * as cdk from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { Capacity, Fleet, FleetProps, FleetState, FleetType, Image, InstanceType, StreamView } from '../../src/appstream';

let stack: cdk.Stack;
beforeEach(() => {
  stack = new cdk.Stack(new cdk.App(), 'Test');
});

const MINIMAL: FleetProps = {
  image: Image.fromName('image'),
  instanceType: InstanceType.STANDARD_SMALL,
  capacity: Capacity.instances(1),
};

function network() {
  return {
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1', availabilityZones: ['a', 'b'], publicSubnetIds: ['public-1', 'public-2'], privateSubnetIds: ['private-1', 'private-2'],
    }),
    securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1'),
    role: iam.Role.fromRoleArn(stack, 'BroughtRole', 'arn:aws:iam::123456789012:role/instances'),
  };
}

function properties() {
  return Object.values(Template.fromStack(stack).findResources('AWS::AppStream::Fleet'))[0].Properties;
}

/** All resources that a construct adds, as CloudFormation gets them. */
function resourcesBelow(construct: IConstruct) {
  const ids = construct.node.findAll().filter(cdk.CfnResource.isCfnResource).map((resource) => stack.resolve(resource.logicalId) as string);
  const { Resources } = Template.fromStack(stack).toJSON();
  return Object.fromEntries(ids.map((id) => [id, Resources[id]]));
}

const STACK_TAG = { Key: 'cdk-app-streaming:stack', Value: { Ref: 'AWS::StackName' } };

describe('a fleet', () => {
  test('with the required properties alone', () => {
    new Fleet(stack, 'Fleet', MINIMAL);

    expect(Template.fromStack(stack).toJSON().Resources).toEqual({
      FleetRole427BC000: {
        Type: 'AWS::IAM::Role',
        Properties: {
          Description: 'Applications and scripts on the streaming instances of Amazon AppStream',
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{
              Effect: 'Allow',
              Action: 'sts:AssumeRole',
              Principal: { Service: 'appstream.amazonaws.com' },
              Condition: {
                StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
                ArnLike: {
                  'aws:SourceArn': {
                    'Fn::Join': ['', [
                      'arn:', { Ref: 'AWS::Partition' }, ':appstream:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' },
                      ':fleet/Test-Fleet-72ECBEB0-????????',
                    ]],
                  },
                },
              },
            }],
          },
        },
      },
      Fleet30813DF3: {
        Type: 'AWS::AppStream::Fleet',
        Properties: {
          Name: 'Test-Fleet-72ECBEB0-f4b493fc',
          FleetType: 'ALWAYS_ON',
          ImageName: 'image',
          InstanceType: 'stream.standard.small',
          ComputeCapacity: { DesiredInstances: 1 },
          IamRoleArn: { 'Fn::GetAtt': ['FleetRole427BC000', 'Arn'] },
          DisableIMDSV1: true,
          Tags: [STACK_TAG],
          EnableDefaultInternetAccess: false,
          DisconnectTimeoutInSeconds: 300,
          IdleDisconnectTimeoutInSeconds: 600,
          MaxUserDurationInSeconds: 36_000,
        },
        CreationPolicy: { StartFleet: true },
      },
    });
  });

  test('with all properties', () => {
    const { vpc, securityGroup, role } = network();
    new Fleet(stack, 'Fleet', {
      fleetName: 'office',
      image: Image.fromArn('arn:aws:appstream:eu-west-1:123456789012:image/office'),
      instanceType: InstanceType.GRAPHICS_G5_XLARGE,
      capacity: Capacity.sessions(10, { sessionsPerInstance: 5 }),
      fleetType: FleetType.ON_DEMAND,
      vpc,
      vpcSubnets: { subnets: vpc.privateSubnets.slice(1) },
      securityGroups: [securityGroup],
      role,
      displayName: 'Office',
      description: 'Word and Excel',
      domainJoinInfo: { directoryName: 'corp.example.com', organizationalUnitDistinguishedName: 'OU=AppStream, DC=corp, DC=example, DC=com' },
      rootVolumeSize: cdk.Size.gibibytes(300),
      disableImdsv1: false,
      enableDefaultInternetAccess: false,
      disconnectTimeout: cdk.Duration.minutes(10),
      idleDisconnectTimeout: cdk.Duration.minutes(20),
      maxUserDuration: cdk.Duration.hours(8),
      streamView: StreamView.DESKTOP,
      desiredState: FleetState.UNMANAGED,
    });

    expect(Template.fromStack(stack).toJSON().Resources).toEqual({
      Fleet30813DF3: {
        Type: 'AWS::AppStream::Fleet',
        Properties: {
          Name: 'office',
          FleetType: 'ON_DEMAND',
          ImageArn: 'arn:aws:appstream:eu-west-1:123456789012:image/office',
          InstanceType: 'stream.graphics.g5.xlarge',
          ComputeCapacity: { DesiredSessions: 10 },
          MaxSessionsPerInstance: 5,
          VpcConfig: { SubnetIds: ['private-2'], SecurityGroupIds: ['sg-1'] },
          IamRoleArn: 'arn:aws:iam::123456789012:role/instances',
          DisplayName: 'Office',
          Description: 'Word and Excel',
          DomainJoinInfo: { DirectoryName: 'corp.example.com', OrganizationalUnitDistinguishedName: 'OU=AppStream, DC=corp, DC=example, DC=com' },
          RootVolumeConfig: { VolumeSizeInGb: 300 },
          DisableIMDSV1: false,
          Tags: [STACK_TAG],
          EnableDefaultInternetAccess: false,
          DisconnectTimeoutInSeconds: 600,
          IdleDisconnectTimeoutInSeconds: 1200,
          MaxUserDurationInSeconds: 28_800,
          StreamView: 'DESKTOP',
        },
      },
    });
  });

  test('takes the tags of its scope', () => {
    cdk.Tags.of(new Fleet(stack, 'Fleet', MINIMAL)).add('team', 'office');
    expect(properties().Tags).toEqual([STACK_TAG, { Key: 'team', Value: 'office' }]);
  });

  test('keeps the tag that permissions go by, whatever is tagged around it', () => {
    new Fleet(stack, 'Fleet', MINIMAL);
    cdk.Tags.of(stack).add(STACK_TAG.Key, 'another');
    expect(properties().Tags).toEqual([STACK_TAG]);
  });

  test('gets another name when its type changes', () => {
    new Fleet(stack, 'Fleet', { ...MINIMAL, fleetType: FleetType.ON_DEMAND });
    expect(properties().Name).toBe('Test-Fleet-72ECBEB0-80b66d86');
  });

  test('keeps its name when anything else changes', () => {
    new Fleet(stack, 'Fleet', { ...MINIMAL, displayName: 'Office', instanceType: InstanceType.STANDARD_LARGE, fleetType: FleetType.ALWAYS_ON });
    expect(properties().Name).toBe('Test-Fleet-72ECBEB0-f4b493fc');
  });

  test('has a role for the given name alone', () => {
    new Fleet(stack, 'Fleet', { ...MINIMAL, fleetName: 'office' });
    expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Role'))).toContain(':fleet/office"');
  });

  test('refers to the resource by its name and ARN', () => {
    const fleet = new Fleet(stack, 'Fleet', MINIMAL);
    expect(stack.resolve(fleet.fleetRef)).toEqual({
      fleetName: { Ref: 'Fleet30813DF3' },
      fleetArn: {
        'Fn::Join': ['', [
          'arn:', { Ref: 'AWS::Partition' }, ':appstream:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':fleet/', { Ref: 'Fleet30813DF3' },
        ]],
      },
    });
  });
});

describe('the network of a fleet', () => {
  test('is the private subnets with a security group that lets nothing in', () => {
    const fleet = new Fleet(stack, 'Fleet', { ...MINIMAL, vpc: network().vpc });

    expect(properties().VpcConfig).toEqual({
      SubnetIds: ['private-1', 'private-2'], SecurityGroupIds: [{ 'Fn::GetAtt': ['FleetSecurityGroup97A0FCFD', 'GroupId'] }],
    });
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: Match.absent() });
    expect(fleet.connections.securityGroups).toHaveLength(1);
  });

  test('is the public subnets with default internet access', () => {
    new Fleet(stack, 'Fleet', { ...MINIMAL, vpc: network().vpc, enableDefaultInternetAccess: true });
    expect(properties().VpcConfig.SubnetIds).toEqual(['public-1', 'public-2']);
    Annotations.fromStack(stack).hasNoWarning('/Test/Fleet', Match.anyValue());
  });

  test('warns of default internet access from private subnets', () => {
    const { vpc } = network();
    new Fleet(stack, 'Fleet', { ...MINIMAL, vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }, enableDefaultInternetAccess: true });
    Annotations.fromStack(stack).hasWarning('/Test/Fleet',
      'enableDefaultInternetAccess works from public subnets only: leave vpcSubnets out, or turn it off and use a NAT gateway ' +
      '[ack: cdk-app-streaming/appstream:internetAccessFromPrivateSubnet]');
  });

  test('lets others connect', () => {
    const { vpc, securityGroup } = network();
    const fleet = new Fleet(stack, 'Fleet', { ...MINIMAL, vpc });
    fleet.connections.allowTo(securityGroup, ec2.Port.tcp(445));
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      GroupId: 'sg-1', FromPort: 445, SourceSecurityGroupId: { 'Fn::GetAtt': ['FleetSecurityGroup97A0FCFD', 'GroupId'] },
    });
  });

  test('fails to connect without a VPC', () => {
    const fleet = new Fleet(stack, 'Fleet', MINIMAL);
    expect(() => fleet.connections).toThrow(new Error(
      'connections need the security groups of a VPC: give vpc, or securityGroups to the from…Attributes method [at Test/Fleet]',
    ));
  });
});

test('grants go to the role of the fleet', () => {
  const fleet = new Fleet(stack, 'Fleet', MINIMAL);
  iam.Grant.addToPrincipal({ grantee: fleet, actions: ['s3:GetObject'], resourceArns: ['arn:aws:s3:::bucket/*'] });
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', { Roles: [{ Ref: 'FleetRole427BC000' }] });
});

describe('the desired state of a fleet', () => {
  test('not given: CloudFormation starts the fleet once and nothing else is there', () => {
    const fleet = new Fleet(stack, 'Fleet', MINIMAL);
    expect(fleet.lifecycle).toBeUndefined();
    Template.fromStack(stack).hasResource('AWS::AppStream::Fleet', { CreationPolicy: { StartFleet: true } });
  });

  test('unmanaged: nobody starts the fleet', () => {
    const fleet = new Fleet(stack, 'Fleet', { ...MINIMAL, desiredState: FleetState.UNMANAGED });
    expect(fleet.lifecycle).toBeUndefined();
    expect(Template.fromStack(stack).toJSON().Resources.Fleet30813DF3.CreationPolicy).toBeUndefined();
  });

  test.each([FleetState.RUNNING, FleetState.STOPPED])('%s: a lifecycle resource alone starts and stops the fleet', (desiredState) => {
    const fleet = new Fleet(stack, 'Fleet', { ...MINIMAL, desiredState });
    expect(JSON.stringify(resourcesBelow(fleet.lifecycle!))).toContain(`"${desiredState}"`);
    expect(Template.fromStack(stack).toJSON().Resources.Fleet30813DF3.CreationPolicy).toBeUndefined();
  });

  function lifecycleOf(props: Partial<FleetProps>) {
    stack = new cdk.Stack(new cdk.App(), 'Test');
    const fleet = new Fleet(stack, 'Fleet', { ...MINIMAL, desiredState: FleetState.RUNNING, ...props });
    return resourcesBelow(fleet.lifecycle!);
  }

  test.each<[string, Partial<FleetProps>]>([
    ['a property of the fleet', { displayName: 'Office' }],
    ['a reference of the fleet', { role: iam.Role.fromRoleName(new cdk.Stack(), 'Role', 'other') }],
    ['the revision', { revision: '2' }],
    ['the desired state', { desiredState: FleetState.STOPPED }],
    ['the timeout', { desiredStateTimeout: cdk.Duration.minutes(20) }],
  ])('is brought about again when %s changes', (_, props) => {
    expect(lifecycleOf(props)).not.toEqual(lifecycleOf({}));
  });

  test('is left alone when nothing changes', () => {
    expect(lifecycleOf({})).toEqual(lifecycleOf({}));
  });
});

describe('an imported fleet', () => {
  test('by name', () => {
    const imported = Fleet.fromFleetName(stack, 'Imported', 'office');
    expect(imported.fleetName).toBe('office');
    expect(stack.resolve(imported.fleetRef.fleetArn)).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':appstream:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':fleet/office']],
    });
  });

  test('by ARN, with its environment', () => {
    const imported = Fleet.fromFleetArn(stack, 'Imported', 'arn:aws:appstream:eu-west-1:123456789012:fleet/office');
    expect(imported.fleetName).toBe('office');
    expect(imported.env).toEqual({ account: '123456789012', region: 'eu-west-1' });
  });

  test('by attributes, with its role and security groups', () => {
    const { role, securityGroup } = network();
    const imported = Fleet.fromFleetAttributes(stack, 'Imported', {
      fleetArn: 'arn:aws:appstream:eu-west-1:123456789012:fleet/office', role, securityGroups: [securityGroup],
    });
    expect(imported.grantPrincipal).toBe(role);
    expect(imported.connections.securityGroups).toEqual([securityGroup]);
  });

  test('warns of grants while its role is unknown', () => {
    iam.Grant.addToPrincipal({ grantee: Fleet.fromFleetName(stack, 'Imported', 'office'), actions: ['s3:GetObject'], resourceArns: ['arn:aws:s3:::a/*'] });
    Annotations.fromStack(stack).hasWarning('/Test/Imported', Match.stringLikeRegexp('Add statement to this resource\'s role'));
  });

  test('fails to connect while its security groups are unknown', () => {
    expect(() => Fleet.fromFleetName(stack, 'Imported', 'office').connections).toThrow(new Error(
      'connections need the security groups of a VPC: give vpc, or securityGroups to the from…Attributes method [at Test/Imported]',
    ));
  });
});

describe('what AppStream would reject', () => {
  test.each<[string, Partial<FleetProps>]>([
    ['names', { fleetName: 'a'.repeat(100), displayName: 'a'.repeat(100), description: 'a'.repeat(256) }],
    ['the shortest timeouts', { disconnectTimeout: cdk.Duration.seconds(60), idleDisconnectTimeout: cdk.Duration.seconds(60), maxUserDuration: cdk.Duration.seconds(600) }],
    ['the longest timeouts', { disconnectTimeout: cdk.Duration.hours(10), idleDisconnectTimeout: cdk.Duration.hours(10), maxUserDuration: cdk.Duration.days(5) }],
    ['no idle timeout', { idleDisconnectTimeout: cdk.Duration.seconds(0) }],
    ['the smallest root volume', { rootVolumeSize: cdk.Size.gibibytes(200) }],
    ['the largest root volume', { rootVolumeSize: cdk.Size.gibibytes(500) }],
  ])('is not: %s', (_, props) => {
    expect(() => new Fleet(stack, 'Fleet', { ...MINIMAL, ...props })).not.toThrow();
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  const NAME = 'must have 1 to 100 letters, digits, "_", "." and "-", and start with a letter or digit';
  test.each<[Partial<FleetProps>, string]>([
    [{ fleetName: 'a'.repeat(101) }, `fleetName ${NAME}, got "${'a'.repeat(101)}"`],
    [{ fleetName: 'my fleet' }, `fleetName ${NAME}, got "my fleet"`],
    [{ displayName: 'a'.repeat(101) }, `displayName must have 0 to 100 characters, got 101: "${'a'.repeat(101)}"`],
    [{ description: 'a'.repeat(257) }, `description must have 0 to 256 characters, got 257: "${'a'.repeat(257)}"`],
    [{ instanceType: InstanceType.of('large') }, 'instanceType must be the name of an instance type like "stream.standard.large", got "large"'],
    [{ capacity: Capacity.sessions(4, { sessionsPerInstance: 1 }) }, 'sessionsPerInstance must be a whole number of at least 2, got 1'],
    [{ disconnectTimeout: cdk.Duration.seconds(59) }, 'disconnectTimeout must be 60 to 36000 whole seconds, got 59'],
    [{ disconnectTimeout: cdk.Duration.seconds(36_001) }, 'disconnectTimeout must be 60 to 36000 whole seconds, got 36001'],
    [{ idleDisconnectTimeout: cdk.Duration.seconds(59) }, 'idleDisconnectTimeout must be 0 or 60 to 36000 whole seconds, got 59'],
    [{ idleDisconnectTimeout: cdk.Duration.seconds(36_001) }, 'idleDisconnectTimeout must be 0 or 60 to 36000 whole seconds, got 36001'],
    [{ idleDisconnectTimeout: cdk.Duration.millis(60_500) }, 'idleDisconnectTimeout must be 0 or 60 to 36000 whole seconds, got 60.5'],
    [{ maxUserDuration: cdk.Duration.seconds(599) }, 'maxUserDuration must be 600 to 432000 whole seconds, got 599'],
    [{ maxUserDuration: cdk.Duration.seconds(432_001) }, 'maxUserDuration must be 600 to 432000 whole seconds, got 432001'],
    [{ rootVolumeSize: cdk.Size.gibibytes(199) }, 'rootVolumeSize must be 200 to 500 whole gibibytes, got 199'],
    [{ rootVolumeSize: cdk.Size.gibibytes(501) }, 'rootVolumeSize must be 200 to 500 whole gibibytes, got 501'],
    [{ domainJoinInfo: { directoryName: 'corp.example.com', organizationalUnitDistinguishedName: 'OU=a' } },
      'domainJoinInfo needs a vpc from where the directory can be reached, got none'],
    [{ domainJoinInfo: { directoryName: 'corp.example.com', organizationalUnitDistinguishedName: '' } },
      'domainJoinInfo: organizationalUnitDistinguishedName must have 1 to 2000 characters, got 0: ""'],
    [{ vpcSubnets: {} }, 'vpcSubnets select from a vpc, got none'],
    [{ securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(new cdk.Stack(), 'Group', 'sg-1')] }, 'securityGroups belong to a vpc, got none'],
    [{ revision: '1' }, 'revision needs the desiredState "RUNNING" or "STOPPED", got none'],
    [{ revision: '1', desiredState: FleetState.UNMANAGED }, 'revision needs the desiredState "RUNNING" or "STOPPED", got "UNMANAGED"'],
    [{ desiredStateTimeout: cdk.Duration.minutes(1) }, 'desiredStateTimeout needs the desiredState "RUNNING" or "STOPPED", got none'],
  ])('fails for properties like %#', (props, message) => {
    expect(() => new Fleet(stack, 'Fleet', { ...MINIMAL, ...props })).toThrow(new Error(`${message} [at Test/Fleet]`));
  });

  test.each([[5, false], [6, true]])('%d security groups', (count, refused) => {
    const { vpc } = network();
    const securityGroups = Array.from({ length: count }, (_, i) => ec2.SecurityGroup.fromSecurityGroupId(stack, `Group${i}`, `sg-${i}`));
    const create = () => new Fleet(stack, 'Fleet', { ...MINIMAL, vpc, securityGroups });
    if (refused) {
      expect(create).toThrow(new Error('securityGroups must have 1 to 5 elements, got 6 [at Test/Fleet]'));
    } else {
      expect(create).not.toThrow();
    }
  });

  test('fails for a selection of no subnet', () => {
    const { vpc } = network();
    expect(() => new Fleet(stack, 'Fleet', { ...MINIMAL, vpc, vpcSubnets: { subnets: [] } })).toThrow(new Error(
      'vpcSubnets must select at least one subnet of the vpc, got none [at Test/Fleet]',
    ));
  });

  test.each([[70, 60], [90, 120]])('is not an idle timeout of %d seconds, which is rounded to %d', (seconds, rounded) => {
    new Fleet(stack, 'Fleet', { ...MINIMAL, idleDisconnectTimeout: cdk.Duration.seconds(seconds) });
    Annotations.fromStack(stack).hasWarning('/Test/Fleet',
      `idleDisconnectTimeout of ${seconds} seconds is no whole number of minutes: AppStream rounds it to ${rounded} seconds ` +
      '[ack: cdk-app-streaming/appstream:idleDisconnectTimeoutRounded]');
  });

  test('is left to AppStream for tokens', () => {
    const text = new cdk.CfnParameter(stack, 'Text').valueAsString;
    const number = new cdk.CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    new Fleet(stack, 'Fleet', {
      fleetName: text,
      displayName: text,
      description: text,
      image: Image.fromName(text),
      instanceType: InstanceType.of(text),
      capacity: Capacity.sessions(number, { sessionsPerInstance: number }),
      disconnectTimeout: cdk.Duration.seconds(number),
      idleDisconnectTimeout: cdk.Duration.seconds(number),
      maxUserDuration: cdk.Duration.seconds(number),
      rootVolumeSize: cdk.Size.gibibytes(number),
    });
    expect(properties()).toMatchObject({ Name: { Ref: 'Text' }, IdleDisconnectTimeoutInSeconds: { Ref: 'Number' }, RootVolumeConfig: { VolumeSizeInGb: { Ref: 'Number' } } });
  });
});
