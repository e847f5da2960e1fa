import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IImage } from './image-config';
import { InstanceType } from './instance-type';

/** The Microsoft Active Directory domain that streaming instances join. */
export interface DomainJoinInfo {
  /** The fully qualified name of the directory, for example "corp.example.com". */
  readonly directoryName: string;

  /**
   * The distinguished name of the organizational unit for the computer accounts, at most 2000 characters.
   *
   * For example "OU=AppStream,DC=corp,DC=example,DC=com".
   */
  readonly organizationalUnitDistinguishedName: string;
}

/** What all that runs on streaming instances has in common. */
export interface StreamingProps {
  /**
   * The hardware of the instances.
   *
   * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/instance-types.html
   */
  readonly instanceType: InstanceType;

  /**
   * The security groups of the instances, at most 5.
   *
   * @default - a new security group that lets everything out and nothing in, if there is a VPC
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * The role of the applications and scripts that run on the instances, in the profile `appstream_machine_role`.
   *
   * AppStream accepts no service role, that is, none with a path below `/service-role/`.
   *
   * @default - a new role without permissions that only AppStream in this account may assume
   * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/using-iam-roles-to-grant-permissions-to-applications-scripts-streaming-instances.html
   */
  readonly role?: iam.IRole;

  /**
   * The name that people see, at most 100 characters.
   *
   * @default - none
   */
  readonly displayName?: string;

  /**
   * What it is for, at most 256 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Whether the instance metadata service answers version 2 requests only.
   *
   * @default true
   */
  readonly disableImdsv1?: boolean;

  /**
   * Whether AppStream gives each instance a public address and a way to the internet, by way of the VPC's public subnets.
   *
   * The alternative is a NAT gateway and private subnets, which is also what AWS advises for more than 100 instances.
   *
   * @default false
   * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/internet-access.html
   */
  readonly enableDefaultInternetAccess?: boolean;
}

/** What the streaming instances of fleets and image builders have in common. */
export interface StreamingInstanceProps extends StreamingProps {
  /** The image that the instances start from. */
  readonly image: IImage;

  /**
   * The VPC that the instances reach over a network interface of their own.
   *
   * Needed to join a domain, and to reach anything at all while there is no default internet access.
   *
   * @default - no network interface in any of your VPCs
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The Microsoft Active Directory domain to join, which needs a VPC from where the directory can be reached.
   *
   * @default - the instances join no domain
   */
  readonly domainJoinInfo?: DomainJoinInfo;

  /**
   * The size of the root volume, 200 to 500 GiB.
   *
   * What goes beyond 200 GiB is billed, also while the instance is stopped. It cannot be less than the image's own.
   *
   * @default - 200 GiB
   */
  readonly rootVolumeSize?: cdk.Size;
}
