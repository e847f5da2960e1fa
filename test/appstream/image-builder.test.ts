import * as cdk from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AgentVersion, Image, ImageBuilder, ImageBuilderProps, ImageBuilderState, InstanceType, Software } from '../../src/appstream';

let stack: cdk.Stack;
beforeEach(() => {
  stack = new cdk.Stack(new cdk.App(), 'Test');
});

const MINIMAL: ImageBuilderProps = {
  image: Image.fromName('image'),
  instanceType: InstanceType.STANDARD_SMALL,
  desiredState: ImageBuilderState.UNMANAGED,
};

function vpc() {
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1', availabilityZones: ['a', 'b'], publicSubnetIds: ['public-1', 'public-2'], privateSubnetIds: ['private-1', 'private-2'],
  });
}

function properties() {
  return Object.values(Template.fromStack(stack).findResources('AWS::AppStream::ImageBuilder'))[0].Properties;
}

function nameWith(props: Partial<ImageBuilderProps>): string {
  stack = new cdk.Stack(new cdk.App(), 'Test');
  new ImageBuilder(stack, 'Builder', { ...MINIMAL, ...props });
  return properties().Name;
}

const STACK_TAG = { Key: 'cdk-app-streaming:stack', Value: { Ref: 'AWS::StackName' } };

describe('an image builder', () => {
  test('with the required properties alone', () => {
    new ImageBuilder(stack, 'Builder', MINIMAL);

    expect(Template.fromStack(stack).toJSON().Resources).toEqual({
      BuilderRole50DE68B6: {
        Type: 'AWS::IAM::Role',
        Properties: {
          Description: 'Applications and scripts on the streaming instances of Amazon AppStream',
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{
              Effect: 'Allow',
              Action: 'sts:AssumeRole',
              Principal: { Service: 'appstream.amazonaws.com' },
              Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
            }],
          },
        },
      },
      BuilderB630A0FA: {
        Type: 'AWS::AppStream::ImageBuilder',
        Properties: {
          Name: 'Test-Builder-06377708-68e3ea29',
          ImageName: 'image',
          InstanceType: 'stream.standard.small',
          IamRoleArn: { 'Fn::GetAtt': ['BuilderRole50DE68B6', 'Arn'] },
          Tags: [STACK_TAG],
          DisableIMDSV1: true,
          EnableDefaultInternetAccess: false,
        },
      },
    });
  });

  test('with all properties', () => {
    const network = vpc();
    new ImageBuilder(stack, 'Builder', {
      imageBuilderName: 'office',
      image: Image.fromArn('arn:aws:appstream:eu-west-1:123456789012:image/office'),
      instanceType: InstanceType.MEMORY_Z1D_LARGE,
      vpc: network,
      vpcSubnets: { subnets: network.privateSubnets.slice(1) },
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')],
      role: iam.Role.fromRoleArn(stack, 'BroughtRole', 'arn:aws:iam::123456789012:role/instances'),
      displayName: 'Office',
      description: 'Word and Excel',
      domainJoinInfo: { directoryName: 'corp.example.com', organizationalUnitDistinguishedName: 'OU=AppStream,DC=corp' },
      rootVolumeSize: cdk.Size.gibibytes(300),
      disableImdsv1: false,
      enableDefaultInternetAccess: false,
      appstreamAgentVersion: AgentVersion.LATEST,
      softwaresToInstall: [Software.OFFICE_2024_LTSC_STANDARD_64_BIT],
      softwaresToUninstall: [Software.OFFICE_2021_LTSC_STANDARD_64_BIT, Software.of('Other')],
      accessEndpoints: [ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Endpoint', { vpcEndpointId: 'vpce-1', port: 443 })],
      desiredState: ImageBuilderState.UNMANAGED,
    });

    expect(Template.fromStack(stack).toJSON().Resources).toEqual({
      BuilderB630A0FA: {
        Type: 'AWS::AppStream::ImageBuilder',
        Properties: {
          Name: 'office',
          ImageArn: 'arn:aws:appstream:eu-west-1:123456789012:image/office',
          InstanceType: 'stream.memory.z1d.large',
          VpcConfig: { SubnetIds: ['private-2'], SecurityGroupIds: ['sg-1'] },
          IamRoleArn: 'arn:aws:iam::123456789012:role/instances',
          DisplayName: 'Office',
          Description: 'Word and Excel',
          DomainJoinInfo: { DirectoryName: 'corp.example.com', OrganizationalUnitDistinguishedName: 'OU=AppStream,DC=corp' },
          RootVolumeConfig: { VolumeSizeInGb: 300 },
          DisableIMDSV1: false,
          EnableDefaultInternetAccess: false,
          AppstreamAgentVersion: 'LATEST',
          SoftwaresToInstall: ['Microsoft_Office_2024_LTSC_Standard_64Bit'],
          SoftwaresToUninstall: ['Microsoft_Office_2021_LTSC_Standard_64Bit', 'Other'],
          AccessEndpoints: [{ EndpointType: 'STREAMING', VpceId: 'vpce-1' }],
          Tags: [STACK_TAG],
        },
      },
    });
  });

  test('refers to the resource by its name and ARN', () => {
    const builder = new ImageBuilder(stack, 'Builder', MINIMAL);
    expect(stack.resolve(builder.imageBuilderRef)).toEqual({ imageBuilderName: { Ref: 'BuilderB630A0FA' } });
    expect(JSON.stringify(stack.resolve(builder.imageBuilderArn))).toContain('":image-builder/",{"Ref":"BuilderB630A0FA"}');
  });

  test('passes grants on to its role', () => {
    iam.Grant.addToPrincipal({ grantee: new ImageBuilder(stack, 'Builder', MINIMAL), actions: ['s3:GetObject'], resourceArns: ['arn:aws:s3:::bucket/*'] });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', { Roles: [{ Ref: 'BuilderRole50DE68B6' }] });
  });
});

describe('the generated name of an image builder', () => {
  const other = new cdk.Stack();
  test.each<[string, Partial<ImageBuilderProps>]>([
    ['image', { image: Image.fromName('other') }],
    ['instance type', { instanceType: InstanceType.STANDARD_LARGE }],
    ['role', { role: iam.Role.fromRoleName(other, 'Role', 'other') }],
    ['display name', { displayName: 'Office' }],
    ['description', { description: 'Office' }],
    ['IMDSv1', { disableImdsv1: false }],
    ['internet access', { enableDefaultInternetAccess: true }],
    ['root volume', { rootVolumeSize: cdk.Size.gibibytes(300) }],
    ['agent', { appstreamAgentVersion: AgentVersion.of('09-05-2025') }],
    ['software to install', { softwaresToInstall: [Software.VISIO_2024_LTSC_STANDARD_64_BIT] }],
    ['software to uninstall', { softwaresToUninstall: [Software.VISIO_2024_LTSC_STANDARD_64_BIT] }],
    ['access endpoints', { accessEndpoints: [ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(other, 'Endpoint', { vpcEndpointId: 'vpce-1', port: 443 })] }],
  ])('changes with the %s', (_, props) => {
    expect(nameWith(props)).not.toBe(nameWith({}));
  });

  test('changes with the subnet', () => {
    const [first, second] = [0, 1].map((index) => {
      stack = new cdk.Stack(new cdk.App(), 'Test');
      const network = vpc();
      new ImageBuilder(stack, 'Builder', { ...MINIMAL, vpc: network, vpcSubnets: { subnets: [network.privateSubnets[index]] } });
      return properties().Name;
    });
    expect(first).not.toBe(second);
  });

  test('stays with the desired state, the revision and the tags', () => {
    const name = nameWith({});
    expect(nameWith({ desiredState: ImageBuilderState.RUNNING, revision: '2' })).toBe(name);

    stack = new cdk.Stack(new cdk.App(), 'Test');
    cdk.Tags.of(new ImageBuilder(stack, 'Builder', MINIMAL)).add('team', 'office');
    expect(properties()).toMatchObject({ Name: name, Tags: [STACK_TAG, { Key: 'team', Value: 'office' }] });
  });

  test('is a literal, also when properties are not', () => {
    expect(nameWith({ displayName: cdk.Aws.REGION })).toMatch(/^Test-Builder-06377708-[0-9a-f]{8}$/);
  });
});

describe('the network of an image builder', () => {
  test.each<[string, Partial<ImageBuilderProps>, string]>([
    ['the first private subnet', {}, 'private-1'],
    ['the first public subnet with default internet access', { enableDefaultInternetAccess: true }, 'public-1'],
  ])('is %s', (_, props, subnet) => {
    const builder = new ImageBuilder(stack, 'Builder', { ...MINIMAL, ...props, vpc: vpc() });
    expect(properties().VpcConfig).toEqual({
      SubnetIds: [subnet], SecurityGroupIds: [{ 'Fn::GetAtt': ['BuilderSecurityGroup16608031', 'GroupId'] }],
    });
    expect(builder.connections.securityGroups).toHaveLength(1);
  });

  test('fails for two subnets', () => {
    expect(() => new ImageBuilder(stack, 'Builder', { ...MINIMAL, vpc: vpc(), vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } })).toThrow(new Error(
      'vpcSubnets must select the one subnet that an image builder can be in, got 2: ' +
      '["Test/Vpc/PublicSubnet1","Test/Vpc/PublicSubnet2"] [at Test/Builder]',
    ));
  });

  test('is left open while the VPC is being looked up', () => {
    stack = new cdk.Stack(new cdk.App(), 'Test', { env: { account: '123456789012', region: 'eu-west-1' } });
    const lookedUp = ec2.Vpc.fromLookup(stack, 'Vpc', { vpcName: 'office' });
    expect(() => new ImageBuilder(stack, 'Builder', { ...MINIMAL, vpc: lookedUp, vpcSubnets: { availabilityZones: ['eu-west-1a'] } })).not.toThrow();
  });
});

describe('the desired state of an image builder', () => {
  test('not given: it runs, with a warning of what that costs', () => {
    const builder = new ImageBuilder(stack, 'Builder', { ...MINIMAL, desiredState: undefined });
    expect(builder.lifecycle).toBeUndefined();
    Annotations.fromStack(stack).hasWarning('/Test/Builder',
      'the image builder runs from its creation on and is billed until someone stops it: give it a desiredState ' +
      '[ack: cdk-app-streaming/appstream:imageBuilderKeepsRunning]');
  });

  test('unmanaged: it runs, without a warning', () => {
    const builder = new ImageBuilder(stack, 'Builder', MINIMAL);
    expect(builder.lifecycle).toBeUndefined();
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test.each([ImageBuilderState.RUNNING, ImageBuilderState.STOPPED])('%s: a lifecycle resource sees to it', (desiredState) => {
    const builder = new ImageBuilder(stack, 'Builder', { ...MINIMAL, desiredState, desiredStateTimeout: cdk.Duration.minutes(20), revision: '2' });
    const [resource] = builder.lifecycle!.node.findAll().filter(cdk.CfnResource.isCfnResource);
    const { Properties } = Template.fromStack(stack).toJSON().Resources[stack.resolve(resource.logicalId)];
    expect(Properties).toMatchObject({ DesiredState: desiredState, StopOnDelete: 'true' });
    expect(JSON.stringify(Properties.Revision)).toContain('\\"revision\\":\\"2\\"');
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });
});

describe('an imported image builder', () => {
  test('by name', () => {
    const imported = ImageBuilder.fromImageBuilderName(stack, 'Imported', 'office');
    expect(imported.imageBuilderRef).toEqual({ imageBuilderName: 'office' });
    expect(JSON.stringify(stack.resolve(imported.imageBuilderArn))).toContain(':image-builder/office');
  });

  test('by ARN, with its environment', () => {
    const imported = ImageBuilder.fromImageBuilderArn(stack, 'Imported', 'arn:aws:appstream:eu-west-1:123456789012:image-builder/office');
    expect(imported.imageBuilderName).toBe('office');
    expect(imported.env).toEqual({ account: '123456789012', region: 'eu-west-1' });
  });

  test('by attributes, with its role and security groups', () => {
    const role = iam.Role.fromRoleName(stack, 'BroughtRole', 'instances');
    const securityGroup = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1');
    const imported = ImageBuilder.fromImageBuilderAttributes(stack, 'Imported', {
      imageBuilderArn: 'arn:aws:appstream:eu-west-1:123456789012:image-builder/office', role, securityGroups: [securityGroup],
    });
    expect(imported.grantPrincipal).toBe(role);
    expect(imported.connections.securityGroups).toEqual([securityGroup]);
  });
});

const NAME = 'must have 1 to 100 letters, digits, "_", "." and "-", and start with a letter or digit';
test.each<[Partial<ImageBuilderProps>, string]>([
  [{ imageBuilderName: 'a/b' }, `imageBuilderName ${NAME}, got "a/b"`],
  [{ rootVolumeSize: cdk.Size.gibibytes(199) }, 'rootVolumeSize must be 200 to 500 whole gibibytes, got 199'],
  [{ appstreamAgentVersion: AgentVersion.of('') }, 'appstreamAgentVersion must have 1 to 100 characters, got 0: ""'],
  [{ softwaresToInstall: [Software.of('A'), Software.of('B')], softwaresToUninstall: [Software.of('B')] },
    'software is either to install or to uninstall, got both for "B"'],
  [{ accessEndpoints: [] }, 'accessEndpoints must have 1 to 4 elements, got 0'],
  [{ revision: '1' }, 'revision needs the desiredState "RUNNING" or "STOPPED", got "UNMANAGED"'],
  [{ desiredState: undefined, desiredStateTimeout: cdk.Duration.minutes(1) }, 'desiredStateTimeout needs the desiredState "RUNNING" or "STOPPED", got none'],
])('fails for properties like %#', (props, message) => {
  expect(() => new ImageBuilder(stack, 'Builder', { ...MINIMAL, ...props })).toThrow(new Error(`${message} [at Test/Builder]`));
});
