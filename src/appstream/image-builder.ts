import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { accessEndpoints } from './access-endpoints';
import { ImageBuilderGrants } from './image-builder-grants';
import { ImageBuilderLifecycle, ImageBuilderState } from './image-builder-lifecycle';
import { ImageBuilderMetrics } from './image-builder-metrics';
import { RunningSchedule } from './private/running-schedule';
import { RunDuringOptions } from './running-hours';
import { Software } from './software';
import {
  checkLifecycleProps, checkName, checkStreamingInstance, defaultRole,
  StreamingInstance, streamingInstanceProperties, StreamingNetwork, streamingNetwork,
} from './streaming-instance';
import { StreamingInstanceProps } from './streaming-instance-props';
import { checkLength, fail } from '../private/errors';
import { nameOfGeneration } from '../private/names';
import { tagWithStack } from '../private/references';

/** The id of the warning of an image builder that nobody stops. */
const KEEPS_RUNNING = 'cdk-app-streaming/appstream:imageBuilderKeepsRunning';

/** A machine on which an administrator installs applications and makes an image of them. */
export interface IImageBuilder extends cdk.IResource, appstream.IImageBuilderRef, iam.IGrantable, ec2.IConnectable {
  /**
   * The name of the image builder.
   *
   * @attribute
   */
  readonly imageBuilderName: string;

  /**
   * The ARN of the image builder.
   *
   * @attribute
   */
  readonly imageBuilderArn: string;

  /** What may be done with the image builder. */
  readonly grants: ImageBuilderGrants;

  /** What CloudWatch knows of the image builder. */
  readonly metrics: ImageBuilderMetrics;
}

/** The AppStream software on an image builder. */
export class AgentVersion {
  /** The newest at the time when the image builder is created. */
  public static readonly LATEST = new AgentVersion('LATEST');

  /**
   * A certain version.
   *
   * @param version 1 to 100 characters, for example "09-05-2025".
   * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/agent-software-versions.html
   */
  public static of(version: string): AgentVersion {
    return new AgentVersion(version);
  }

  private constructor(
    /** The version as AppStream takes it. */
    public readonly version: string,
  ) {}
}

/** What is known of an image builder that is made elsewhere. */
export interface ImageBuilderAttributes {
  /** The ARN of the image builder. */
  readonly imageBuilderArn: string;

  /**
   * The role of the image builder's instance.
   *
   * @default - unknown: grants to the image builder have no effect, and say so
   */
  readonly role?: iam.IRole;

  /**
   * The security groups of the image builder's instance.
   *
   * @default - unknown: the image builder's connections cannot be used
   */
  readonly securityGroups?: ec2.ISecurityGroup[];
}

/** Properties of an image builder. A change of any of them but the desired state replaces the image builder. */
export interface ImageBuilderProps extends StreamingInstanceProps {
  /**
   * The name of the image builder: 1 to 100 letters, digits, "_", "." and "-", starting with a letter or digit.
   *
   * With a name of your own no other property can be changed, unless the name is changed too.
   *
   * @default - a generated name that changes with the other properties
   */
  readonly imageBuilderName?: string;

  /**
   * The one subnet of the image builder.
   *
   * @default - the first private subnet of the VPC; the first public one with `enableDefaultInternetAccess`
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The version of the AppStream software to use.
   *
   * @default - the version on the image
   */
  readonly appstreamAgentVersion?: AgentVersion;

  /**
   * Licence-included software to install when the image builder is created.
   *
   * @default - none
   */
  readonly softwaresToInstall?: Software[];

  /**
   * Licence-included software of the image to remove when the image builder is created.
   *
   * @default - none
   */
  readonly softwaresToUninstall?: Software[];

  /**
   * 1 to 4 interface endpoints of the service `InterfaceVpcEndpointAwsService.APPSTREAM_STREAMING`: the only way to the image builder then.
   *
   * @default - the image builder is reached over the internet
   */
  readonly accessEndpoints?: ec2.IVPCEndpointRef[];

  /**
   * The state that deployments leave the image builder in.
   *
   * - Not given: it runs from its creation on, and is billed until someone stops it. A warning says so.
   * - `RUNNING`, `STOPPED`: a lifecycle resource brings the image builder there whenever it or this changes,
   *   and stops it before it is deleted. See `revision` for one that someone else has started or stopped since.
   * - `UNMANAGED`: as if not given, without the warning.
   *
   * With `runDuring` neither `RUNNING` nor `STOPPED` can be given.
   *
   * @default - the image builder runs, and is billed, from its creation on
   */
  readonly desiredState?: ImageBuilderState;

  /**
   * How long a deployment waits for the desired state, 1 to 53 minutes. Only with `RUNNING` or `STOPPED`.
   *
   * @default cdk.Duration.minutes(45)
   */
  readonly desiredStateTimeout?: cdk.Duration;

  /**
   * Any text. A new one makes the next deployment bring the image builder to its desired state even if nothing else has changed.
   *
   * Only with `RUNNING` or `STOPPED`.
   *
   * @default - the image builder is brought to its desired state when it is replaced or the desired state changes
   */
  readonly revision?: string;
}

abstract class ImageBuilderBase extends StreamingInstance implements IImageBuilder {
  public abstract readonly imageBuilderName: string;
  public abstract readonly imageBuilderArn: string;
  public readonly grants = ImageBuilderGrants.fromImageBuilder(this);
  public readonly metrics = ImageBuilderMetrics.fromImageBuilder(this);

  /** A reference to this image builder. */
  public get imageBuilderRef(): appstream.ImageBuilderReference {
    return { imageBuilderName: this.imageBuilderName };
  }
}

/**
 * A machine on which an administrator installs applications and makes an image of them.
 *
 * It is billed while it runs. A changed property other than the desired state makes a new image builder and deletes the old one,
 * with all that was installed on it since: make an image before. What a parameter's value or a property override changes goes unseen.
 * The instance has no default internet access and no IMDSv1 unless asked for, and a role of its own without permissions.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/managing-image-builders.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import * as ec2 from 'aws-cdk-lib/aws-ec2';
 * import { appstream } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 * declare const vpc: ec2.Vpc;
 *
 * new appstream.ImageBuilder(scope, 'Builder', {
 *   image: appstream.Image.fromName('AppStream-WinServer2022-06-17-2024'),
 *   instanceType: appstream.InstanceType.STANDARD_LARGE,
 *   vpc,
 *   softwaresToInstall: [appstream.Software.OFFICE_2024_LTSC_STANDARD_64_BIT],
 *   desiredState: appstream.ImageBuilderState.STOPPED,
 * });
 */
export class ImageBuilder extends ImageBuilderBase {
  /** An image builder of this account and region that is made elsewhere. */
  public static fromImageBuilderName(scope: Construct, id: string, imageBuilderName: string): IImageBuilder {
    return ImageBuilder.fromImageBuilderArn(scope, id, formatImageBuilderArn(scope, imageBuilderName));
  }

  /** An image builder that is made elsewhere. */
  public static fromImageBuilderArn(scope: Construct, id: string, imageBuilderArn: string): IImageBuilder {
    return ImageBuilder.fromImageBuilderAttributes(scope, id, { imageBuilderArn });
  }

  /** An image builder that is made elsewhere, with its role and security groups. */
  public static fromImageBuilderAttributes(scope: Construct, id: string, attrs: ImageBuilderAttributes): IImageBuilder {
    class Import extends ImageBuilderBase {
      public readonly imageBuilderArn = attrs.imageBuilderArn;
      public readonly imageBuilderName = cdk.Stack.of(scope).splitArn(attrs.imageBuilderArn, cdk.ArnFormat.SLASH_RESOURCE_NAME).resourceName!;
      public readonly grantPrincipal = attrs.role ?? new iam.UnknownPrincipal({ resource: this });
      protected readonly _connections = attrs.securityGroups && new ec2.Connections({ securityGroups: attrs.securityGroups });
    }
    return new Import(scope, id, { environmentFromArn: attrs.imageBuilderArn });
  }

  public readonly imageBuilderName: string;
  public readonly imageBuilderArn: string;
  public readonly grantPrincipal: iam.IPrincipal;

  /** The role of the applications and scripts that run on the instance. */
  public readonly role: iam.IRole;

  /** What brings the image builder to its desired state; undefined unless that is `RUNNING` or `STOPPED`. */
  public readonly lifecycle?: ImageBuilderLifecycle;

  /** @internal */
  protected readonly _connections?: ec2.Connections;

  private readonly desiredState?: ImageBuilderState;

  constructor(scope: Construct, id: string, props: ImageBuilderProps) {
    super(scope, id, { physicalName: props.imageBuilderName });

    this.validate(props);
    this.desiredState = props.desiredState;
    const network = this.oneSubnet(props);
    // No aws:SourceArn: AWS documents that AppStream sends one for fleets only.
    this.role = props.role ?? defaultRole(this);

    const immutable = {
      ...streamingInstanceProperties(this, props, this.role, network),
      appstreamAgentVersion: props.appstreamAgentVersion?.version,
      softwaresToInstall: props.softwaresToInstall?.map((software) => software.name),
      softwaresToUninstall: props.softwaresToUninstall?.map((software) => software.name),
      accessEndpoints: accessEndpoints(this, props.accessEndpoints),
    };
    const properties: appstream.CfnImageBuilderProps = {
      ...immutable,
      name: props.imageBuilderName ?? nameOfGeneration(this, immutable),
    };
    const resource = new appstream.CfnImageBuilder(this, 'Resource', properties);
    // Always: the tags of a builder cannot be changed when it gets or loses a desired state.
    tagWithStack(resource);

    this.imageBuilderName = this.getResourceNameAttribute(resource.ref);
    this.imageBuilderArn = formatImageBuilderArn(this, this.imageBuilderName);
    this.grantPrincipal = this.role;
    this._connections = network?.connections;
    this.lifecycle = this.createLifecycle(props, properties);
  }

  /**
   * Lets the image builder run in these hours alone: EventBridge Scheduler starts and stops it, and deployments leave it as they find it.
   *
   * CloudFormation leaves a new one running, until hours end for the first time. A start or stop that AppStream refuses is tried again
   * for half an hour at most; the image builder is stopped before it is deleted.
   * Adds a lifecycle resource, one role and, for each of the hours, two schedules; with holidays also a function and a state machine, which
   * the schedules start instead of calling AppStream themselves. They run as `LifecycleSettings` say.
   *
   * Throws for hours that are empty, overlap, have different time zones or take the whole week, for times, dates and zones that there are
   * not, for a `desiredState` other than `UNMANAGED`, and when it is called twice.
   */
  public runDuring(options: RunDuringOptions): void {
    new RunningSchedule(this, {
      hours: options.hours,
      holidays: options.holidays,
      desiredState: this.desiredState,
      kind: 'ImageBuilder',
      name: this.imageBuilderName,
      arn: this.imageBuilderArn,
      stopOnDelete: () => new ImageBuilderLifecycle(this, 'Lifecycle', {
        imageBuilder: this, desiredState: ImageBuilderState.UNMANAGED, stopOnDelete: true,
      }),
    });
    cdk.Annotations.of(this).acknowledgeWarning(KEEPS_RUNNING, 'it is stopped when its hours end');
  }

  private validate(props: ImageBuilderProps): void {
    checkName(this, 'imageBuilderName', props.imageBuilderName);
    checkStreamingInstance(this, props);
    checkLifecycleProps(this, props);
    checkLength(this, 'appstreamAgentVersion', props.appstreamAgentVersion?.version, { min: 1, max: 100 });
    const both = props.softwaresToInstall?.find(({ name }) => props.softwaresToUninstall?.some((other) => other.name === name));
    if (both) {
      fail(this, `software is either to install or to uninstall, got both for ${JSON.stringify(both.name)}`);
    }
    if (props.desiredState === undefined) {
      cdk.Annotations.of(this).addWarningV2(KEEPS_RUNNING,
        'the image builder runs from its creation on and is billed until someone stops it: give it a desiredState');
    }
  }

  private oneSubnet(props: ImageBuilderProps): StreamingNetwork | undefined {
    const network = streamingNetwork(this, props, props.vpcSubnets);
    if (network === undefined || network.isPendingLookup || network.subnets.length === 1) return network;
    if (props.vpcSubnets === undefined) return { ...network, subnets: network.subnets.slice(0, 1) };
    return fail(this, `vpcSubnets must select the one subnet that an image builder can be in, got ${network.subnets.length}: ${JSON.stringify(network.subnets.map((subnet) => subnet.node.path))}`);
  }

  private createLifecycle(props: ImageBuilderProps, properties: appstream.CfnImageBuilderProps): ImageBuilderLifecycle | undefined {
    if (props.desiredState === undefined || props.desiredState === ImageBuilderState.UNMANAGED) return undefined;
    return new ImageBuilderLifecycle(this, 'Lifecycle', {
      imageBuilder: this,
      desiredState: props.desiredState,
      timeout: props.desiredStateTimeout,
      stopOnDelete: true,
      revision: this.stack.toJsonString({ revision: props.revision, imageBuilder: properties }),
    });
  }
}

function formatImageBuilderArn(scope: Construct, imageBuilderName: string): string {
  return cdk.Stack.of(scope).formatArn({ service: 'appstream', resource: 'image-builder', resourceName: imageBuilderName });
}
