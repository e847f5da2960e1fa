import * as cdk from 'aws-cdk-lib';
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Capacity } from './capacity';
import { FleetBase } from './fleet-base';
import { IFleet } from './fleet-interface';
import { FleetLifecycle } from './fleet-lifecycle';
import { FleetSessionProps } from './fleet-session-props';
import { checkFleetSessions, fleetSessionProperties } from './fleet-sessions';
import { FleetState, FleetStateProps } from './fleet-state';
import { Replacement } from './private/fleet-association';
import { replaceable } from './private/fleet-replacement';
import { guardUpdates } from './private/fleet-update-gate';
import { RunningSchedule } from './private/running-schedule';
import { FleetRunDuringOptions } from './running-hours';
import { ScalableFleetCapacity } from './scalable-fleet-capacity';
import {
  checkLifecycleProps, checkName, checkStreamingInstance, defaultRole,
  streamingInstanceProperties, streamingNetwork,
} from './streaming-instance';
import { StreamingInstanceProps } from './streaming-instance-props';
import { fail } from '../private/errors';
import { everyGeneration, nameOfGeneration } from '../private/names';
import { tagWithStack } from '../private/references';

/**
 * When the instances of a fleet run, and so what is billed.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/fleet-type.html
 */
export enum FleetType {
  /** Instances run all the time and users get their applications at once. All running instances are billed. */
  ALWAYS_ON = 'ALWAYS_ON',
  /** Instances run while users are connected, who wait one to two minutes. Waiting instances cost a small fee. */
  ON_DEMAND = 'ON_DEMAND',
}

/** What is known of a fleet that is made elsewhere. */
export interface FleetAttributes {
  /** The ARN of the fleet. */
  readonly fleetArn: string;

  /**
   * The role of the fleet's instances.
   *
   * @default - unknown: grants to the fleet have no effect, and say so
   */
  readonly role?: iam.IRole;

  /**
   * The security groups of the fleet's instances.
   *
   * @default - unknown: the fleet's connections cannot be used
   */
  readonly securityGroups?: ec2.ISecurityGroup[];
}

/** Properties of an Always-On or On-Demand fleet. */
export interface FleetProps extends StreamingInstanceProps, FleetSessionProps, FleetStateProps {
  /**
   * The name of the fleet: 1 to 100 letters, digits, "_", "." and "-", starting with a letter or digit.
   *
   * With a name of your own the `fleetType` cannot be changed, since CloudFormation would make a second fleet of that name.
   *
   * @default - a generated name that changes with the fleet type; with `UpdateStrategy.replace()` also with all that needs a stop
   */
  readonly fleetName?: string;

  /** How many users the fleet serves at the same time. With `autoScaleCapacity` it is what a new fleet begins with. */
  readonly capacity: Capacity;

  /**
   * When the instances run, and so what is billed. A change replaces the fleet.
   *
   * @default FleetType.ALWAYS_ON
   */
  readonly fleetType?: FleetType;

  /**
   * The subnets of the instances. AWS advises two, in different availability zones.
   *
   * @default - all private subnets of the VPC; all public ones with `enableDefaultInternetAccess`
   */
  readonly vpcSubnets?: ec2.SubnetSelection;
}

/**
 * An Always-On or On-Demand fleet: instances that stream the applications of one image.
 *
 * Users reach it through the `Stack` that it is added to.
 * Instances have no default internet access and no IMDSv1 unless asked for, and a role of their own without permissions. A user who does
 * nothing is disconnected after 10 minutes, and the session ends 5 minutes later, with what was not saved: see `SecurityBaseline`.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/managing-stacks-fleets.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import * as ec2 from 'aws-cdk-lib/aws-ec2';
 * import { appstream } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 * declare const vpc: ec2.Vpc;
 *
 * new appstream.Fleet(scope, 'Fleet', {
 *   image: appstream.Image.fromName('AppStream-WinServer2022-06-17-2024'),
 *   instanceType: appstream.InstanceType.STANDARD_LARGE,
 *   capacity: appstream.Capacity.instances(2),
 *   vpc,
 *   idleDisconnectTimeout: cdk.Duration.minutes(15),
 *   desiredState: appstream.FleetState.RUNNING,
 * });
 */
export class Fleet extends FleetBase {
  /** A fleet of this account and region that is made elsewhere. */
  public static fromFleetName(scope: Construct, id: string, fleetName: string): IFleet {
    return Fleet.fromFleetArn(scope, id, cdk.Stack.of(scope).formatArn({ service: 'appstream', resource: 'fleet', resourceName: fleetName }));
  }

  /** A fleet that is made elsewhere. */
  public static fromFleetArn(scope: Construct, id: string, fleetArn: string): IFleet {
    return Fleet.fromFleetAttributes(scope, id, { fleetArn });
  }

  /** A fleet that is made elsewhere, with its role and security groups. */
  public static fromFleetAttributes(scope: Construct, id: string, attrs: FleetAttributes): IFleet {
    class Import extends FleetBase {
      public readonly fleetArn = attrs.fleetArn;
      public readonly fleetName = cdk.Stack.of(scope).splitArn(attrs.fleetArn, cdk.ArnFormat.SLASH_RESOURCE_NAME).resourceName!;
      public readonly grantPrincipal = attrs.role ?? new iam.UnknownPrincipal({ resource: this });
      protected readonly _connections = attrs.securityGroups && new ec2.Connections({ securityGroups: attrs.securityGroups });
    }
    return new Import(scope, id, { environmentFromArn: attrs.fleetArn });
  }

  public readonly grantPrincipal: iam.IPrincipal;

  /** The role of the applications and scripts that run on the instances. */
  public readonly role: iam.IRole;

  /** What brings the fleet to its desired state; undefined unless that is `RUNNING` or `STOPPED`. */
  public readonly lifecycle?: FleetLifecycle;

  /** @internal */
  protected readonly _connections?: ec2.Connections;

  /** @internal */
  public readonly _replacement?: Replacement;

  private readonly resource: appstream.CfnFleet;
  private readonly properties: appstream.CfnFleetProps;
  private readonly capacity: Capacity;
  private readonly desiredState?: FleetState;
  // Made when somebody asks: most fleets are not asked for it, and a reference costs time at synthesis.
  private nameReference?: string;

  constructor(scope: Construct, id: string, props: FleetProps) {
    super(scope, id, { physicalName: props.fleetName });

    this.validate(props);
    const fleetType = props.fleetType ?? FleetType.ALWAYS_ON;
    const generatedName = nameOfGeneration(this, { fleetType });
    const network = streamingNetwork(this, props, props.vpcSubnets);
    this.role = props.role ?? defaultRole(this, this.stack.formatArn({
      service: 'appstream', resource: 'fleet', resourceName: props.fleetName ?? everyGeneration(generatedName),
    }));

    const { strategy, waitSeconds } = props.updateStrategy?._bind(this) ?? {};
    const plain: appstream.CfnFleetProps = Object.assign(
      streamingInstanceProperties(this, props, this.role, network),
      props.capacity._bind(this),
      { name: props.fleetName ?? generatedName, fleetType },
      fleetSessionProperties(props),
    );
    const properties = strategy === 'REPLACE' ? replaceable(this, props, plain) : plain;
    const resource = new appstream.CfnFleet(this, 'Resource', properties);
    // Always, so that a fleet which loses its desired state can still be found while it is let go of.
    tagWithStack(resource);
    resource.cfnOptions.creationPolicy = props.desiredState === undefined ? { startFleet: true } : undefined;

    this.resource = resource;
    this.properties = properties;
    this.capacity = props.capacity;
    this.desiredState = props.desiredState;
    this.grantPrincipal = this.role;
    this._connections = network?.connections;
    this.lifecycle = FleetLifecycle._of(this, props, properties);
    guardUpdates(this, { resource, properties, lifecycle: this.lifecycle }, props.updateStrategy);
    if (strategy === 'REPLACE') {
      this._replacement = { lifecycle: this.lifecycle ?? FleetLifecycle._stopOnDelete(this), waitSeconds };
    }
  }

  public get fleetName(): string {
    return this.nameReference ??= this.getResourceNameAttribute(this.resource.ref);
  }

  public get fleetArn(): string {
    // By the name: the attribute is not in every description of CloudFormation's type.
    return this.stack.formatArn({ service: 'appstream', resource: 'fleet', resourceName: this.fleetName });
  }

  /**
   * Lets the fleet run in these hours alone: EventBridge Scheduler starts and stops it, and deployments leave it as they find it.
   *
   * A new fleet is stopped until hours begin. It is ready for users only when it has started, and a stop ends their sessions, unless
   * `waitForSessions` lets them stay on. A start or stop that AppStream refuses is tried again for half an hour at most. The fleet is
   * stopped before it is deleted.
   * Adds a lifecycle resource, one role and, for each of the hours, two schedules; with holidays or `waitForSessions` also a function and a
   * state machine, which the schedules start instead of calling AppStream themselves. They run as `LifecycleSettings` say.
   *
   * Throws for hours that are empty, overlap, have different time zones or take the whole week, for times, dates and zones that there are
   * not, for a `desiredState` other than `UNMANAGED`, for `UpdateStrategy.replace()`, and when it is called twice.
   */
  public runDuring(options: FleetRunDuringOptions): void {
    if (this._replacement) {
      fail(this, 'runDuring leaves the fleet as it finds it, and a new fleet of UpdateStrategy.replace() cannot know how that was: choose another updateStrategy');
    }
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

  /**
   * Lets Application Auto Scaling change the capacity, in instances or, where users share instances, in sessions.
   *
   * The `capacity` of the fleet is then what it begins with. A deployment leaves the capacity as scaling had it, whatever else of the fleet
   * it changes; what a property override changes goes unseen and brings back the capacity of the deployment before.
   * Adds a lifecycle resource and a scalable target. Only a fleet that runs is scaled.
   *
   * Throws for limits that are negative, no whole numbers or the wrong way round, for a `capacity` outside of them, and when it is called twice.
   *
   * @param limits what scaling keeps to, inclusive.
   * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/autoscaling.html
   */
  public autoScaleCapacity(limits: appscaling.EnableScalingProps): ScalableFleetCapacity {
    const { resource, properties, capacity } = this;
    return ScalableFleetCapacity._of(this, { resource, properties, computeCapacity: capacity._bind(this).computeCapacity }, limits);
  }

  private validate(props: FleetProps): void {
    checkName(this, 'fleetName', props.fleetName);
    checkStreamingInstance(this, props);
    checkLifecycleProps(this, props);
    checkFleetSessions(this, props);
  }
}
