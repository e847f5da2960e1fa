import { randomBytes } from 'crypto';
import { recordType, type RecordDefinition } from '../record-type';
import type { ResourceType } from '../resource-type';
import { TAGS } from '../shape';

type Columns = Omit<RecordDefinition, 'name' | 'physicalId'> & {
  /** The prefix of the ids. */
  readonly id: string;
};

const RULE = {
  CidrIp: 'string', CidrIpv6: 'string', Description: 'string', FromPort: 'integer', IpProtocol: 'string', ToPort: 'integer',
} as const;
const INGRESS_RULE = {
  ...RULE, SourcePrefixListId: 'string', SourceSecurityGroupId: 'string', SourceSecurityGroupName: 'string', SourceSecurityGroupOwnerId: 'string',
} as const;
const EGRESS_RULE = { ...RULE, DestinationPrefixListId: 'string', DestinationSecurityGroupId: 'string' } as const;

/** What a VPC consists of, as records only: no packet flows here. */
const TABLE: Readonly<Record<string, Columns>> = {
  VPC: {
    id: 'vpc',
    properties: { CidrBlock: 'string', EnableDnsHostnames: 'boolean', EnableDnsSupport: 'boolean', InstanceTenancy: 'string', Tags: TAGS },
    createOnly: ['CidrBlock'],
    attributes: {
      CidrBlock: (_id, { CidrBlock }) => CidrBlock,
      DefaultNetworkAcl: (id) => id.replace('vpc-', 'acl-'),
      DefaultSecurityGroup: (id) => id.replace('vpc-', 'sg-'),
      VpcId: (id) => id,
    },
  },
  Subnet: {
    id: 'subnet',
    properties: { AvailabilityZone: 'string', CidrBlock: 'string', MapPublicIpOnLaunch: 'boolean', Tags: TAGS, VpcId: 'string' },
    required: ['VpcId'],
    createOnly: ['AvailabilityZone', 'CidrBlock', 'VpcId'],
    attributes: {
      AvailabilityZone: (_id, { AvailabilityZone }) => AvailabilityZone,
      CidrBlock: (_id, { CidrBlock }) => CidrBlock,
      NetworkAclAssociationId: (id) => id.replace('subnet-', 'aclassoc-'),
      SubnetId: (id) => id,
      VpcId: (_id, { VpcId }) => VpcId,
    },
  },
  RouteTable: {
    id: 'rtb',
    properties: { Tags: TAGS, VpcId: 'string' },
    required: ['VpcId'],
    createOnly: ['VpcId'],
    attributes: { RouteTableId: (id) => id },
  },
  Route: {
    id: 'route',
    properties: {
      DestinationCidrBlock: 'string',
      DestinationIpv6CidrBlock: 'string',
      DestinationPrefixListId: 'string',
      GatewayId: 'string',
      NatGatewayId: 'string',
      RouteTableId: 'string',
    },
    required: ['RouteTableId'],
    createOnly: ['DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'DestinationPrefixListId', 'RouteTableId'],
    attributes: { CidrBlock: (_id, { DestinationCidrBlock }) => DestinationCidrBlock },
  },
  SubnetRouteTableAssociation: {
    id: 'rtbassoc',
    properties: { RouteTableId: 'string', SubnetId: 'string' },
    required: ['RouteTableId', 'SubnetId'],
    createOnly: ['RouteTableId', 'SubnetId'],
    attributes: { Id: (id) => id },
  },
  InternetGateway: { id: 'igw', properties: { Tags: TAGS }, attributes: { InternetGatewayId: (id) => id } },
  VPCGatewayAttachment: {
    id: 'IGW|vpc',
    properties: { InternetGatewayId: 'string', VpcId: 'string', VpnGatewayId: 'string' },
    required: ['VpcId'],
    createOnly: ['VpcId'],
    attributes: { AttachmentType: () => 'IGW' },
  },
  EIP: {
    id: 'eipalloc',
    properties: { Domain: 'string', InstanceId: 'string', PublicIpv4Pool: 'string', Tags: TAGS },
    createOnly: ['Domain'],
    attributes: { AllocationId: (id) => id, PublicIp: () => '203.0.113.1' },
  },
  NatGateway: {
    id: 'nat',
    properties: {
      AllocationId: 'string', ConnectivityType: 'string', MaxDrainDurationSeconds: 'integer', PrivateIpAddress: 'string', SubnetId: 'string', Tags: TAGS,
    },
    required: ['SubnetId'],
    createOnly: ['AllocationId', 'ConnectivityType', 'PrivateIpAddress', 'SubnetId'],
    attributes: { NatGatewayId: (id) => id },
  },
  SecurityGroup: {
    id: 'sg',
    properties: {
      GroupDescription: 'string', GroupName: 'string', SecurityGroupEgress: [EGRESS_RULE], SecurityGroupIngress: [INGRESS_RULE], Tags: TAGS, VpcId: 'string',
    },
    required: ['GroupDescription'],
    createOnly: ['GroupDescription', 'GroupName', 'VpcId'],
    attributes: { GroupId: (id) => id, Id: (id) => id, VpcId: (_id, { VpcId }) => VpcId },
  },
  SecurityGroupIngress: {
    id: 'sgr',
    properties: { ...INGRESS_RULE, GroupId: 'string', GroupName: 'string' },
    required: ['IpProtocol'],
    createOnly: [...Object.keys(INGRESS_RULE).filter((name) => name !== 'Description'), 'GroupId', 'GroupName'],
    attributes: { Id: (id) => id },
  },
  SecurityGroupEgress: {
    id: 'sgr',
    properties: { ...EGRESS_RULE, GroupId: 'string' },
    required: ['GroupId', 'IpProtocol'],
    createOnly: [...Object.keys(EGRESS_RULE).filter((name) => name !== 'Description'), 'GroupId'],
    attributes: { Id: (id) => id },
  },
  VPCEndpoint: {
    id: 'vpce',
    properties: {
      DnsOptions: 'json',
      IpAddressType: 'string',
      PolicyDocument: 'json',
      PrivateDnsEnabled: 'boolean',
      RouteTableIds: ['string'],
      SecurityGroupIds: ['string'],
      ServiceName: 'string',
      SubnetIds: ['string'],
      Tags: TAGS,
      VpcEndpointType: 'string',
      VpcId: 'string',
    },
    required: ['VpcId'],
    createOnly: ['ServiceName', 'VpcEndpointType', 'VpcId'],
    attributes: { Id: (id) => id },
  },
};

export function ec2Types(): readonly ResourceType[] {
  return Object.entries(TABLE).map(([name, { id, ...columns }]) => recordType({
    ...columns, name: `AWS::EC2::${name}`, physicalId: () => `${id}-0${randomBytes(8).toString('hex')}`,
  }));
}
