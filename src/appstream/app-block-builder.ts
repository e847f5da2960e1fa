import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { accessEndpoints } from './access-endpoints';
import { AppBlockBuilderGrants } from './app-block-builder-grants';
import { AppBlockBuilderLifecycle, AppBlockBuilderState } from './app-block-builder-lifecycle';
import { AppBlockBuilderMetrics } from './app-block-builder-metrics';
import { RunningSchedule } from './private/running-schedule';
import { RunDuringOptions } from './running-hours';
import {
  checkElasticInstanceType, checkLifecycleProps, checkName, checkStreaming, defaultRole, StreamingInstance, streamingProperties, zonalNetwork,
} from './streaming-instance';
import { StreamingProps } from './streaming-instance-props';
import { acknowledge } from '../private/acknowledgements';
import { fail } from '../private/errors';
import { nameOfGeneration } from '../private/names';
import { resourceOf, tagWithStack } from '../private/references';

/** A machine on which an administrator makes the package of an app block. */
export interface IAppBlockBuilder extends cdk.IResource, appstream.IAppBlockBuilderRef, iam.IGrantable, ec2.IConnectable {
  /**
   * The name of the app block builder.
   *
   * @attribute
   */
  readonly appBlockBuilderName: string;

  /**
   * The ARN of the app block builder.
   *
   * @attribute
   */
  readonly appBlockBuilderArn: string;

  /** What may be done with the app block builder. */
  readonly grants: AppBlockBuilderGrants;

  /** What CloudWatch knows of the app block builder. */
  readonly metrics: AppBlockBuilderMetrics;
}

/** What is known of an app block builder that is made elsewhere. */
export interface AppBlockBuilderAttributes {
  /** The ARN of the app block builder. */
  readonly appBlockBuilderArn: string;

  /**
   * The role of the app block builder's instance.
   *
   * @default - unknown: grants to the app block builder have no effect, and say so
   */
  readonly role?: iam.IRole;

  /**
   * The security groups of the app block builder's instance.
   *
   * @default - unknown: the app block builder's connections cannot be used
   */
  readonly securityGroups?: ec2.ISecurityGroup[];
}

/**
 * Properties of an app block builder. A change of any of them but the display name, the description and the desired state replaces the app
 * block builder, unless it has a name of your own.
 */
export interface AppBlockBuilderProps extends StreamingProps {
  /** The VPC that the instance reaches over a network interface of its own. */
  readonly vpc: ec2.IVpc;

  /**
   * The subnets of the instance, in at least two Availability Zones.
   *
   * @default - all private subnets of the VPC; all public ones with `enableDefaultInternetAccess`
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The app block that gets a package. It has packaging by AppStream.
   *
   * @default - none: the app block builder cannot be started
   */
  readonly appBlock?: appstream.IAppBlockRef;

  /**
   * The name of the app block builder: 1 to 100 letters, digits, "_", "." and "-", starting with a letter or digit.
   *
   * With a name of your own it is updated in place, which AppStream refuses while it runs.
   *
   * @default - a generated name that changes with the properties that need a stop
   */
  readonly appBlockBuilderName?: string;

  /**
   * 1 to 4 interface endpoints of the service `InterfaceVpcEndpointAwsService.APPSTREAM_STREAMING`: the only way to the app block builder then.
   *
   * @default - the app block builder is reached over the internet
   */
  readonly accessEndpoints?: ec2.IVPCEndpointRef[];

  /**
   * The state that deployments leave the app block builder in.
   *
   * - Not given, `UNMANAGED`: nobody starts or stops it.
   * - `RUNNING`, `STOPPED`: a lifecycle resource brings the app block builder there whenever it or this changes,
   *   and stops it before it is deleted. See `revision` for one that someone else has started or stopped since.
   *
   * With `runDuring` neither `RUNNING` nor `STOPPED` can be given.
   *
   * @default AppBlockBuilderState.UNMANAGED
   */
  readonly desiredState?: AppBlockBuilderState;

  /**
   * How long a deployment waits for the desired state, 1 to 53 minutes. Only with `RUNNING` or `STOPPED`.
   *
   * @default cdk.Duration.minutes(45)
   */
  readonly desiredStateTimeout?: cdk.Duration;

  /**
   * Any text. A new one makes the next deployment bring the app block builder to its desired state even if nothing else has changed.
   *
   * Only with `RUNNING` or `STOPPED`.
   *
   * @default - the app block builder is brought to its desired state when it changes or the desired state does
   */
  readonly revision?: string;
}

abstract class AppBlockBuilderBase extends StreamingInstance implements IAppBlockBuilder {
  public abstract readonly appBlockBuilderName: string;
  public abstract readonly appBlockBuilderArn: string;
  public readonly grants = AppBlockBuilderGrants.fromAppBlockBuilder(this);
  public readonly metrics = AppBlockBuilderMetrics.fromAppBlockBuilder(this);

  /** A reference to this app block builder. */
  public get appBlockBuilderRef(): appstream.AppBlockBuilderReference {
    return { appBlockBuilderName: this.appBlockBuilderName, appBlockBuilderArn: this.appBlockBuilderArn };
  }
}

/**
 * A machine on which an administrator makes the package of an app block: installs the applications, which AppStream then puts into a bucket.
 *
 * It is billed while it runs, and forgets everything when it is stopped. So a change that needs a stop replaces it, running or not.
 * The platform is Windows Server 2019, the only one there is.
 * The instance has no default internet access and no IMDSv1 unless asked for, and a role of its own without permissions.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/app-block-builder.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import * as ec2 from 'aws-cdk-lib/aws-ec2';
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 * import { appstream } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 * declare const vpc: ec2.Vpc;
 * declare const packages: s3.Bucket;
 *
 * const appBlock = new appstream.AppBlock(scope, 'Editors', { packaging: appstream.AppBlockPackaging.appStream(packages) });
 * new appstream.AppBlockBuilder(scope, 'Builder', {
 *   appBlock,
 *   instanceType: appstream.InstanceType.STANDARD_LARGE,
 *   vpc,
 *   desiredState: appstream.AppBlockBuilderState.RUNNING,
 * });
 */
export class AppBlockBuilder extends AppBlockBuilderBase {
  /** An app block builder of this account and region that is made elsewhere. */
  public static fromAppBlockBuilderName(scope: Construct, id: string, appBlockBuilderName: string): IAppBlockBuilder {
    return AppBlockBuilder.fromAppBlockBuilderArn(scope, id, cdk.Stack.of(scope).formatArn({
      service: 'appstream', resource: 'app-block-builder', resourceName: appBlockBuilderName,
    }));
  }

  /** An app block builder that is made elsewhere. */
  public static fromAppBlockBuilderArn(scope: Construct, id: string, appBlockBuilderArn: string): IAppBlockBuilder {
    return AppBlockBuilder.fromAppBlockBuilderAttributes(scope, id, { appBlockBuilderArn });
  }

  /** An app block builder that is made elsewhere, with its role and security groups. */
  public static fromAppBlockBuilderAttributes(scope: Construct, id: string, attrs: AppBlockBuilderAttributes): IAppBlockBuilder {
    class Import extends AppBlockBuilderBase {
      public readonly appBlockBuilderArn = attrs.appBlockBuilderArn;
      public readonly appBlockBuilderName = cdk.Stack.of(scope).splitArn(attrs.appBlockBuilderArn, cdk.ArnFormat.SLASH_RESOURCE_NAME).resourceName!;
      public readonly grantPrincipal = attrs.role ?? new iam.UnknownPrincipal({ resource: this });
      protected readonly _connections = attrs.securityGroups && new ec2.Connections({ securityGroups: attrs.securityGroups });
    }
    return new Import(scope, id, { environmentFromArn: attrs.appBlockBuilderArn });
  }

  public readonly appBlockBuilderName: string;
  public readonly appBlockBuilderArn: string;
  public readonly grantPrincipal: iam.IPrincipal;

  /** The role of the applications and scripts that run on the instance. */
  public readonly role: iam.IRole;

  /** What brings the app block builder to its desired state; undefined unless that is `RUNNING` or `STOPPED`. */
  public readonly lifecycle?: AppBlockBuilderLifecycle;

  /** @internal */
  protected readonly _connections?: ec2.Connections;

  private readonly desiredState?: AppBlockBuilderState;
  private readonly hasAppBlock: boolean;

  constructor(scope: Construct, id: string, props: AppBlockBuilderProps) {
    super(scope, id, { physicalName: props.appBlockBuilderName });

    this.validate(props);
    this.desiredState = props.desiredState;
    this.hasAppBlock = props.appBlock !== undefined;
    const network = zonalNetwork(this, 'an app block builder', props, props.vpcSubnets);
    // No aws:SourceArn: AWS documents that AppStream sends one for fleets only.
    this.role = props.role ?? defaultRole(this);

    const { displayName, description, ...instance } = streamingProperties(this, props, this.role, network);
    const needingStop = {
      ...instance,
      vpcConfig: instance.vpcConfig ?? {},
      platform: 'WINDOWS_SERVER_2019',
      appBlockArns: props.appBlock && [props.appBlock.appBlockRef.appBlockArn],
      accessEndpoints: accessEndpoints(this, props.accessEndpoints),
    };
    const properties: appstream.CfnAppBlockBuilderProps = {
      ...needingStop,
      displayName,
      description,
      name: props.appBlockBuilderName ?? nameOfGeneration(this, { ...needingStop, appBlock: appBlockNameOf(props.appBlock) }),
    };
    const resource = new appstream.CfnAppBlockBuilder(this, 'Resource', properties);
    acknowledge(resource, 'imdsOfAppBlockBuilders');
    // Always, so that a builder which loses its desired state can still be found while it is let go of.
    tagWithStack(resource);

    this.appBlockBuilderName = this.getResourceNameAttribute(resource.ref);
    this.appBlockBuilderArn = this.getResourceArnAttribute(resource.attrArn, {
      service: 'appstream', resource: 'app-block-builder', resourceName: this.physicalName,
    });
    this.grantPrincipal = this.role;
    this._connections = network?.connections;
    this.lifecycle = this.createLifecycle(props, properties);
  }

  /**
   * Lets the app block builder run in these hours alone: EventBridge Scheduler starts and stops it, and deployments leave it as they find it.
   *
   * A start needs an app block. One that AppStream refuses, and a stop likewise, is tried again for half an hour at most; the app block
   * builder is stopped before it is deleted.
   * Adds a lifecycle resource, one role and, for each of the hours, two schedules.
   *
   * Throws for hours that are empty, overlap, have different time zones or take the whole week, for times, dates and zones that there are
   * not, for a `desiredState` other than `UNMANAGED`, without an app block, and when it is called twice.
   */
  public runDuring(options: RunDuringOptions): void {
    if (!this.hasAppBlock) {
      fail(this, 'an app block builder runs only with an appBlock, got none for its running hours');
    }
    new RunningSchedule(this, {
      ...options,
      desiredState: this.desiredState,
      kind: 'AppBlockBuilder',
      name: this.appBlockBuilderName,
      arn: this.appBlockBuilderArn,
      stopOnDelete: () => new AppBlockBuilderLifecycle(this, 'Lifecycle', {
        appBlockBuilder: this, desiredState: AppBlockBuilderState.UNMANAGED, stopOnDelete: true,
      }),
    });
  }

  private validate(props: AppBlockBuilderProps): void {
    checkName(this, 'appBlockBuilderName', props.appBlockBuilderName);
    checkStreaming(this, props);
    checkElasticInstanceType(this, 'an app block builder', props.instanceType);
    checkLifecycleProps(this, props);
    if (props.desiredState === AppBlockBuilderState.RUNNING && !props.appBlock) {
      fail(this, 'an app block builder runs only with an appBlock, got none for the desiredState "RUNNING"');
    }
    const appBlock = props.appBlock && resourceOf(props.appBlock);
    if (appstream.CfnAppBlock.isCfnAppBlock(appBlock) && appBlock.packagingType === 'CUSTOM') {
      fail(this, `an app block builder makes packages of AppStream's own kind, got the appBlock ${JSON.stringify(props.appBlock?.node.path)} with custom packaging`);
    }
  }

  private createLifecycle(props: AppBlockBuilderProps, properties: appstream.CfnAppBlockBuilderProps): AppBlockBuilderLifecycle | undefined {
    if (props.desiredState === undefined || props.desiredState === AppBlockBuilderState.UNMANAGED) return undefined;
    return new AppBlockBuilderLifecycle(this, 'Lifecycle', {
      appBlockBuilder: this,
      desiredState: props.desiredState,
      timeout: props.desiredStateTimeout,
      stopOnDelete: true,
      revision: this.stack.toJsonString({ revision: props.revision, appBlockBuilder: properties }),
    });
  }
}

/** The name of an app block of the template, which tells one generation from another where the reference does not. */
function appBlockNameOf(appBlock: appstream.IAppBlockRef | undefined): string | undefined {
  const resource = appBlock && resourceOf(appBlock);
  return appstream.CfnAppBlock.isCfnAppBlock(resource) ? resource.name : undefined;
}
