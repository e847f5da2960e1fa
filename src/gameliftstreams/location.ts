import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnStreamGroup } from 'aws-cdk-lib/aws-gameliftstreams';
import { Construct } from 'constructs';
import { checkLocationName } from './private/location-name';
import { StreamClass } from './stream-class';
import { checkCount, checkInteger, checkPattern, fail } from '../private/errors';

/** A way from the sessions of one location to a VPC of yours there, by way of a transit gateway of GameLift Streams. */
export interface VpcTransitConfiguration {
  /**
   * The VPC, of the same account and in the Region of the location.
   *
   * At the primary location it cannot be changed, unless the stream group gets a new `generation`.
   */
  readonly vpc: ec2.IVPCRef;

  /** The IPv4 ranges of the VPC that sessions reach, 1 to 5, for example `[vpc.vpcCidrBlock]`. */
  readonly ipv4CidrBlocks: string[];
}

/** How many sessions a location has room for: whole multiples of the tenancy of the stream class. */
export interface LocationOptions {
  /** How many sessions there can be at the same time; billed while they run, and until their machines are released. 0 closes the location. */
  readonly maximumCapacity: number;

  /**
   * How many further sessions are to be kept ready while others run; billed while they wait.
   *
   * @default 0
   */
  readonly targetIdleCapacity?: number;

  /**
   * How many sessions are ready at all times; billed at all times.
   *
   * @default 0
   */
  readonly alwaysOnCapacity?: number;

  /**
   * A way to a VPC of yours.
   *
   * @default - sessions reach none of your VPCs
   * @see https://docs.aws.amazon.com/gameliftstreams/latest/developerguide/vpc-connectivity-considerations.html
   */
  readonly vpcTransitConfiguration?: VpcTransitConfiguration;
}

/**
 * A place from which a stream group streams, and its capacity there.
 *
 * @see https://docs.aws.amazon.com/gameliftstreams/latest/developerguide/stream-class-locations.html
 */
export class Location {
  /** The primary location: the Region of the CloudFormation stack, which every stream group has. */
  public static primary(options: LocationOptions): Location {
    return new Location(undefined, options);
  }

  /**
   * Any location.
   *
   * @param name a Region, for example "eu-west-2".
   */
  public static of(name: string, options: LocationOptions): Location {
    return new Location(name, options);
  }

  private constructor(private readonly name: string | undefined, private readonly options: LocationOptions) {}

  /** @internal */
  public _bind(scope: Construct, streamClass: StreamClass): CfnStreamGroup.LocationConfigurationProperty {
    const { vpcTransitConfiguration: transit, maximumCapacity, targetIdleCapacity = 0, alwaysOnCapacity = 0 } = this.options;
    // All three, always: for one that is left out the service takes a default of its own, which can be more than nothing.
    const capacities = { maximumCapacity, targetIdleCapacity, alwaysOnCapacity };
    const locationName = this.name ?? cdk.Stack.of(scope).region;
    checkLocationName(scope, this.name);
    checkCapacities(scope, locationName, capacities, streamClass);
    if (transit) checkTransit(scope, locationName, transit);
    return {
      locationName,
      ...capacities,
      vpcTransitConfiguration: transit && { vpcId: transit.vpc.vpcRef.vpcId, ipv4CidrBlocks: transit.ipv4CidrBlocks },
    };
  }
}

type Capacities = Required<Pick<LocationOptions, 'maximumCapacity' | 'targetIdleCapacity' | 'alwaysOnCapacity'>>;

function checkCapacities(scope: Construct, location: string, capacities: Capacities, { name, tenancy }: StreamClass): void {
  const where = cdk.Token.isUnresolved(location) ? 'the primary location' : location;
  for (const [kind, capacity] of Object.entries(capacities)) {
    checkInteger(scope, `locations: ${kind} of ${where}`, capacity, { min: 0 });
    if (cdk.Token.isUnresolved(capacity)) continue;
    if (!cdk.Token.isUnresolved(tenancy) && capacity % tenancy !== 0) {
      fail(scope, `locations: ${kind} of ${where} must be a multiple of ${tenancy}, the tenancy of ${name}, got ${capacity}`);
    }
    if (!cdk.Token.isUnresolved(capacities.maximumCapacity) && capacity > capacities.maximumCapacity) {
      fail(scope, `locations: ${kind} of ${where} must not exceed its maximumCapacity of ${capacities.maximumCapacity}, got ${capacity}`);
    }
  }
}

function checkTransit(scope: Construct, location: string, { vpc, ipv4CidrBlocks }: VpcTransitConfiguration): void {
  checkCount(scope, 'vpcTransitConfiguration: ipv4CidrBlocks', ipv4CidrBlocks, { min: 1, max: 5 });
  for (const block of cdk.Token.isUnresolved(ipv4CidrBlocks) ? [] : ipv4CidrBlocks) {
    checkPattern(scope, 'vpcTransitConfiguration: ipv4CidrBlocks', block,
      /^((\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])\.){3}(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])\/(\d|[12]\d|3[0-2])$/,
      'have IPv4 ranges like "10.0.0.0/16"');
  }
  if (cdk.Token.compareStrings(vpc.env.region, location) === cdk.TokenComparison.DIFFERENT) {
    fail(scope, `vpcTransitConfiguration: vpc must be in the Region of the location ${JSON.stringify(location)}, got ${JSON.stringify(vpc.env.region)}`);
  }
}
