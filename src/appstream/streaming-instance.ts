import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { InstanceType } from './instance-type';
import { StreamingInstanceProps, StreamingProps } from './streaming-instance-props';
import { checkCount, checkGibibytes, checkLength, checkPattern, fail } from '../private/errors';

/**
 * What fleets and image builders are for others: something with a role and, inside a VPC, with security groups.
 *
 * @internal
 */
export abstract class StreamingInstance extends cdk.Resource implements iam.IGrantable, ec2.IConnectable {
  /** The role of the applications and scripts that run on the instances. */
  public abstract readonly grantPrincipal: iam.IPrincipal;

  /** @internal */
  protected abstract readonly _connections?: ec2.Connections;

  /** The network connections of the instances. Fails if there is no VPC, or none is known. */
  public get connections(): ec2.Connections {
    return this._connections ?? fail(this, 'connections need the security groups of a VPC: give vpc, or securityGroups to the from…Attributes method');
  }
}

/** Fails for names that AppStream would reject, of any of its resources. */
export function checkName(scope: Construct, prop: string, name: string | undefined): void {
  checkPattern(scope, prop, name, /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,99}$/,
    'have 1 to 100 letters, digits, "_", "." and "-", and start with a letter or digit');
}

/** Fails for display texts that AppStream would reject, of any of its resources. */
export function checkTexts(scope: Construct, props: { readonly displayName?: string; readonly description?: string }): void {
  checkLength(scope, 'displayName', props.displayName, { min: 0, max: 100 });
  checkLength(scope, 'description', props.description, { min: 0, max: 256 });
}

export function checkStreaming(scope: Construct, props: StreamingProps & { readonly vpc?: ec2.IVpc }): void {
  checkTexts(scope, props);
  checkCount(scope, 'securityGroups', props.securityGroups, { min: 1, max: 5 });
  if (props.securityGroups && !props.vpc) {
    fail(scope, 'securityGroups belong to a vpc, got none');
  }
}

export function checkStreamingInstance(scope: Construct, props: StreamingInstanceProps): void {
  checkStreaming(scope, props);
  checkGibibytes(scope, 'rootVolumeSize', props.rootVolumeSize, { min: 200, max: 500 });
  checkLength(scope, 'domainJoinInfo: organizationalUnitDistinguishedName',
    props.domainJoinInfo?.organizationalUnitDistinguishedName, { min: 1, max: 2000 });
  if (props.domainJoinInfo && !props.vpc) {
    fail(scope, 'domainJoinInfo needs a vpc from where the directory can be reached, got none');
  }
}

interface LifecycleProps {
  readonly desiredState?: string;
  readonly desiredStateTimeout?: cdk.Duration;
  readonly revision?: string;
}

/** Fails for what only a lifecycle resource can do, where there is none. */
export function checkLifecycleProps(scope: Construct, props: LifecycleProps): void {
  if (props.desiredState === 'RUNNING' || props.desiredState === 'STOPPED') return;
  for (const prop of ['desiredStateTimeout', 'revision'] as const) {
    if (props[prop] === undefined) continue;
    fail(scope, `${prop} needs the desiredState "RUNNING" or "STOPPED", got ${JSON.stringify(props.desiredState) ?? 'none'}`);
  }
}

/**
 * The role to use when the user brings none.
 *
 * @param sourceArn the ARN pattern of what AppStream assumes the role for, if AppStream says so in its call.
 */
export function defaultRole(scope: Construct, sourceArn?: string): iam.Role {
  return new iam.Role(scope, 'Role', {
    description: 'Applications and scripts on the streaming instances of Amazon AppStream',
    assumedBy: new iam.ServicePrincipal('appstream.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': cdk.Stack.of(scope).account },
        ...(sourceArn && { ArnLike: { 'aws:SourceArn': sourceArn } }),
      },
    }),
  });
}

/** The network interfaces of streaming instances. */
export interface StreamingNetwork {
  readonly subnets: ec2.ISubnet[];
  /** Whether the subnets stand for those that the VPC lookup has yet to find. */
  readonly isPendingLookup: boolean;
  readonly connections: ec2.Connections;
}

/** Where in the VPC the instances go: private subnets, or public ones for those with default internet access. */
export function streamingNetwork(
  scope: Construct, props: StreamingProps & { readonly vpc?: ec2.IVpc }, vpcSubnets?: ec2.SubnetSelection,
): StreamingNetwork | undefined {
  if (!props.vpc) {
    return vpcSubnets && fail(scope, 'vpcSubnets select from a vpc, got none');
  }
  const defaultSubnets = props.enableDefaultInternetAccess ? { subnetType: ec2.SubnetType.PUBLIC } : {};
  const { subnets, isPendingLookup = false } = props.vpc.selectSubnets(vpcSubnets ?? defaultSubnets);
  if (subnets.length === 0 && !isPendingLookup) {
    fail(scope, 'vpcSubnets must select at least one subnet of the vpc, got none');
  }
  const closed = [...props.vpc.privateSubnets, ...props.vpc.isolatedSubnets];
  if (props.enableDefaultInternetAccess && subnets.some((subnet) => closed.includes(subnet))) {
    cdk.Annotations.of(scope).addWarningV2('cdk-app-streaming/appstream:internetAccessFromPrivateSubnet',
      'enableDefaultInternetAccess works from public subnets only: leave vpcSubnets out, or turn it off and use a NAT gateway');
  }
  const securityGroups = props.securityGroups ?? [new ec2.SecurityGroup(scope, 'SecurityGroup', { vpc: props.vpc })];
  return { subnets, isPendingLookup, connections: new ec2.Connections({ securityGroups }) };
}

/** The network of what AppStream keeps in two Availability Zones at least. */
export function zonalNetwork(
  scope: Construct, noun: string, props: StreamingProps & { readonly vpc: ec2.IVpc }, vpcSubnets?: ec2.SubnetSelection,
): StreamingNetwork | undefined {
  const network = streamingNetwork(scope, props, vpcSubnets);
  const { subnets = [], isPendingLookup = false } = network ?? {};
  if (isPendingLookup) return network;
  // Only of its own subnets a VPC is sure to know the zones.
  const own = [...props.vpc.publicSubnets, ...props.vpc.privateSubnets, ...props.vpc.isolatedSubnets];
  const zones = new Set(subnets.map((subnet) => own.includes(subnet) ? subnet.availabilityZone : subnet));
  if (zones.size < 2) {
    fail(scope, `vpcSubnets must select subnets in at least two Availability Zones for ${noun}, got ${JSON.stringify(subnets.map((subnet) => subnet.node.path))}`);
  }
  return network;
}

/** The properties of the L1 that all that runs on streaming instances shares. */
export function streamingProperties(scope: Construct, props: StreamingProps, role: iam.IRole, network: StreamingNetwork | undefined) {
  return {
    instanceType: props.instanceType._bind(scope),
    displayName: props.displayName,
    description: props.description,
    iamRoleArn: role.roleArn,
    disableImdsv1: props.disableImdsv1 ?? true,
    enableDefaultInternetAccess: props.enableDefaultInternetAccess ?? false,
    vpcConfig: network && {
      subnetIds: network.subnets.map((subnet) => subnet.subnetId),
      securityGroupIds: network.connections.securityGroups.map((group) => group.securityGroupId),
    },
  };
}

/** Fails for hardware that neither Elastic fleets nor app block builders run on. */
export function checkElasticInstanceType(scope: Construct, noun: string, { name }: InstanceType): void {
  checkPattern(scope, 'instanceType', name, /^stream\.standard\.(small|medium|large|xlarge|2xlarge)$/,
    `be one of "stream.standard.small" to "stream.standard.2xlarge" for ${noun}`);
}

/** The properties of the L1 that fleets and image builders share. */
export function streamingInstanceProperties(
  scope: Construct, props: StreamingInstanceProps, role: iam.IRole, network: StreamingNetwork | undefined,
) {
  // Assigned and not spread, which is several times slower wherever it is not the whole of an object.
  return Object.assign({}, props.image.bind(scope), streamingProperties(scope, props, role, network), {
    domainJoinInfo: props.domainJoinInfo,
    rootVolumeConfig: props.rootVolumeSize && { volumeSizeInGb: props.rootVolumeSize.toGibibytes() },
  });
}
