import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ElasticPlatform } from './elastic-platform';
import { Fleet, FleetAttributes } from './fleet';
import { FleetBase } from './fleet-base';
import { IFleet } from './fleet-interface';
import { FleetLifecycle } from './fleet-lifecycle';
import { FleetSessionProps } from './fleet-session-props';
import { checkFleetSessions, fleetSessionProperties } from './fleet-sessions';
import { FleetState, FleetStateProps } from './fleet-state';
import { guardUpdates } from './private/fleet-update-gate';
import { RunningSchedule } from './private/running-schedule';
import { FleetRunDuringOptions } from './running-hours';
import { SessionScripts } from './session-scripts';
import {
  checkElasticInstanceType, checkLifecycleProps, checkName, checkStreaming, defaultRole, streamingProperties, zonalNetwork,
} from './streaming-instance';
import { StreamingProps } from './streaming-instance-props';
import { acknowledge } from '../private/acknowledgements';
import { checkInteger, fail } from '../private/errors';
import { uniqueName } from '../private/names';
import { checkSameEnvironment, resourceOf, tagWithStack } from '../private/references';

/** Properties of an Elastic fleet. */
export interface ElasticFleetProps extends StreamingProps, FleetSessionProps, FleetStateProps {
  /** The operating system of the instances. */
  readonly platform: ElasticPlatform;

  /** How many users the fleet serves at the same time at most, at least 1. */
  readonly maxConcurrentSessions: number;

  /** The VPC that the instances reach over network interfaces of their own, and from where they read app blocks in S3. */
  readonly vpc: ec2.IVpc;

  /**
   * The subnets of the instances, in at least two Availability Zones.
   *
   * @default - all private subnets of the VPC; all public ones with `enableDefaultInternetAccess`
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The name of the fleet: 1 to 100 letters, digits, "_", "." and "-", starting with a letter or digit.
   *
   * @default - a generated name
   */
  readonly fleetName?: string;

  /**
   * Scripts that run when sessions begin and end.
   *
   * @default - none
   */
  readonly sessionScripts?: SessionScripts;
}

/**
 * An Elastic fleet: instances out of AppStream's own stock, which get the applications of app blocks when a session begins.
 *
 * There is no image to build and no capacity to plan, and instances are billed only while they are in use.
 * Users reach the fleet through the `Stack` that it is added to.
 * Instances have no default internet access and no IMDSv1 unless asked for, and a role of their own without permissions.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/managing-stacks-fleets.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import * as ec2 from 'aws-cdk-lib/aws-ec2';
 * import { appstream } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 * declare const vpc: ec2.Vpc;
 * declare const editor: appstream.Application;
 *
 * const fleet = new appstream.ElasticFleet(scope, 'Fleet', {
 *   platform: appstream.ElasticPlatform.WINDOWS_SERVER_2019,
 *   instanceType: appstream.InstanceType.STANDARD_MEDIUM,
 *   maxConcurrentSessions: 20,
 *   vpc,
 *   desiredState: appstream.FleetState.RUNNING,
 * });
 * fleet.addApplication(editor);
 */
export class ElasticFleet extends FleetBase {
  /** A fleet of this account and region that is made elsewhere. */
  public static fromFleetName(scope: Construct, id: string, fleetName: string): IFleet {
    return Fleet.fromFleetName(scope, id, fleetName);
  }

  /** A fleet that is made elsewhere. */
  public static fromFleetArn(scope: Construct, id: string, fleetArn: string): IFleet {
    return Fleet.fromFleetArn(scope, id, fleetArn);
  }

  /** A fleet that is made elsewhere, with its role and security groups. */
  public static fromFleetAttributes(scope: Construct, id: string, attrs: FleetAttributes): IFleet {
    return Fleet.fromFleetAttributes(scope, id, attrs);
  }

  public readonly fleetName: string;
  public readonly fleetArn: string;
  public readonly grantPrincipal: iam.IPrincipal;

  /** The role of the applications and scripts that run on the instances. */
  public readonly role: iam.IRole;

  /** The operating system of the instances. */
  public readonly platform: ElasticPlatform;

  /** What brings the fleet to its desired state; undefined unless that is `RUNNING` or `STOPPED`. */
  public readonly lifecycle?: FleetLifecycle;

  /** @internal */
  protected readonly _connections?: ec2.Connections;

  private readonly resource: appstream.CfnFleet;
  private readonly desiredState?: FleetState;

  constructor(scope: Construct, id: string, props: ElasticFleetProps) {
    super(scope, id, { physicalName: props.fleetName });

    this.validate(props);
    const name = props.fleetName ?? uniqueName(this);
    const network = zonalNetwork(this, 'an Elastic fleet', props, props.vpcSubnets);
    this.role = props.role ?? defaultRole(this, this.stack.formatArn({ service: 'appstream', resource: 'fleet', resourceName: name }));
    const scripts = props.sessionScripts?.bind(this);

    const properties: appstream.CfnFleetProps = {
      ...streamingProperties(this, props, this.role, network),
      ...fleetSessionProperties(props),
      name,
      fleetType: 'ELASTIC',
      platform: props.platform.name,
      maxConcurrentSessions: props.maxConcurrentSessions,
      sessionScriptS3Location: scripts && { s3Bucket: scripts.bucketName, s3Key: scripts.objectKey },
      attributesToDelete: this.renderAttributesToDelete(props),
    };
    const resource = new appstream.CfnFleet(this, 'Resource', properties);
    acknowledge(resource, 'attributesToDelete');
    resource.node.addDependency(...scripts?.dependencies ?? []);
    // Always, so that a fleet which loses its desired state can still be found while it is let go of.
    tagWithStack(resource);
    resource.cfnOptions.creationPolicy = props.desiredState === undefined ? { startFleet: true } : undefined;

    this.fleetName = this.getResourceNameAttribute(resource.ref);
    // By the name: the attribute is not in every description of CloudFormation's type.
    this.fleetArn = this.stack.formatArn({ service: 'appstream', resource: 'fleet', resourceName: this.fleetName });
    this.resource = resource;
    this.desiredState = props.desiredState;
    this.platform = props.platform;
    this.grantPrincipal = this.role;
    this._connections = network?.connections;
    this.lifecycle = FleetLifecycle._of(this, props, properties);
    guardUpdates(this, { resource, properties, lifecycle: this.lifecycle }, props.updateStrategy);
  }

  /**
   * Lets users of the fleet launch an application. Each application at most once.
   *
   * The two are associated after both are there, and separated before either is deleted.
   */
  public addApplication(application: appstream.IApplicationRef): void {
    checkSameEnvironment(this, application, 'a fleet');
    const id = `Application${cdk.Names.nodeUniqueId(application.node)}`;
    if (this.node.tryFindChild(id)) {
      fail(this, `the fleet has each application once, got ${JSON.stringify(application.node.path)} again`);
    }
    const resource = resourceOf(application);
    const platforms = appstream.CfnApplication.isCfnApplication(resource) ? resource.platforms : undefined;
    if (platforms && !cdk.Token.isUnresolved(platforms) && !platforms.includes(this.platform.name)) {
      fail(this, `applications must be made for the platform of the fleet, ${JSON.stringify(this.platform.name)}, got ${JSON.stringify(application.node.path)} for ${JSON.stringify(platforms)}`);
    }
    new appstream.CfnApplicationFleetAssociation(this, id, { fleetName: this.fleetName, applicationArn: application.applicationRef.applicationArn });
  }

  /**
   * Lets the fleet run in these hours alone, as those of `Fleet.runDuring` do: users can begin sessions then, and a stop ends
   * theirs, unless `waitForSessions` lets them stay on.
   *
   * Throws for hours that are empty, overlap, have different time zones or take the whole week, for times, dates and zones that there are
   * not, for a `desiredState` other than `UNMANAGED`, and when it is called twice.
   */
  public runDuring(options: FleetRunDuringOptions): void {
    new RunningSchedule(this, {
      ...options,
      desiredState: this.desiredState,
      kind: 'Fleet',
      name: this.fleetName,
      arn: this.fleetArn,
      stopOnDelete: () => FleetLifecycle._stopOnDelete(this),
    });
    this.resource.cfnOptions.creationPolicy = undefined;
  }

  private validate(props: ElasticFleetProps): void {
    checkName(this, 'fleetName', props.fleetName);
    checkStreaming(this, props);
    checkElasticInstanceType(this, 'an Elastic fleet', props.instanceType);
    checkLifecycleProps(this, props);
    checkFleetSessions(this, props);
    checkInteger(this, 'maxConcurrentSessions', props.maxConcurrentSessions, { min: 1 });
    if (props.updateStrategy?._bind(this).strategy === 'REPLACE') {
      fail(this, 'UpdateStrategy.replace() is for Always-On and On-Demand fleets: an Elastic fleet takes failIfRunning() or stopAndRestart()');
    }
  }

  /** What is no longer given: CloudFormation leaves it as it was unless it is named here. */
  private renderAttributesToDelete({ sessionScripts, usbDeviceFilterStrings }: ElasticFleetProps): string[] | undefined {
    const attributes = [
      ...sessionScripts === undefined ? ['SESSION_SCRIPT_S3_LOCATION'] : [], ...usbDeviceFilterStrings === undefined ? ['USB_DEVICE_FILTER_STRINGS'] : [],
    ];
    return attributes.length > 0 ? attributes : undefined;
  }
}
