import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as nimblestudio from 'aws-cdk-lib/aws-nimblestudio';
import { Construct } from 'constructs';
import { InstanceType } from './instance-type';
import { SessionPersistence } from './session-persistence';
import { IStreamingImage } from './streaming-image';
import { IStudio } from './studio';
import { IStudioComponent } from './studio-component';
import { checkCount, checkInteger, checkLength, checkMinutes, checkPattern } from '../private/errors';
import { uniqueName } from '../private/names';

/** The only one that there is. */
const PROTOCOL_VERSION = '2021-03-31';

/**
 * What some users of a studio may launch: on which instances, from which images, in which network.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export interface ILaunchProfile extends cdk.IResource {
  /** The studio that the launch profile is part of. */
  readonly studio: IStudio;

  /**
   * The id of the launch profile.
   *
   * @attribute
   */
  readonly launchProfileId: string;

  /**
   * The ARN of the launch profile.
   *
   * @attribute
   */
  readonly launchProfileArn: string;
}

/**
 * Whether users may copy and paste between their own device and the session.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export enum ClipboardMode {
  /** They may, in both directions. */
  ENABLED = 'ENABLED',
  /** They may not. */
  DISABLED = 'DISABLED',
}

/**
 * Where files that users upload to their session get.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export interface UploadStorage {
  /**
   * The folder on Linux, for example "$HOME/uploads"; at most 128 characters.
   *
   * @default - Nimble Studio's own default
   */
  readonly linux?: string;

  /**
   * The folder on Windows, for example "%HOMEPATH%\uploads"; at most 128 characters.
   *
   * @default - Nimble Studio's own default
   */
  readonly windows?: string;
}

/**
 * What is known of a launch profile that is made elsewhere.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export interface LaunchProfileAttributes {
  /** The studio that the launch profile is part of. */
  readonly studio: IStudio;

  /** The id of the launch profile. */
  readonly launchProfileId: string;
}

/**
 * Properties of a launch profile.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export interface LaunchProfileProps {
  /** The studio that the launch profile is part of. A change replaces the launch profile, and so does a change of its tags. */
  readonly studio: IStudio;

  /** The VPC of the workstations. */
  readonly vpc: ec2.IVpc;

  /**
   * The subnets of the workstations, at most 6. A change replaces the launch profile.
   *
   * @default - all private subnets of the VPC
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /** What users may choose from, 1 to 30 instance types. */
  readonly instanceTypes: InstanceType[];

  /** What users may choose from, 1 to 20 images. */
  readonly streamingImages: IStreamingImage[];

  /** What workstations use, 1 to 100 components of the studio. */
  readonly studioComponents: IStudioComponent[];

  /**
   * The name that people see, 1 to 64 characters.
   *
   * @default - a generated name
   */
  readonly launchProfileName?: string;

  /**
   * What it is for, at most 256 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Whether users may copy and paste between their own device and the session.
   *
   * @default ClipboardMode.DISABLED
   */
  readonly clipboardMode?: ClipboardMode;

  /**
   * How long a session can be active, 1 minute to 30 days. It is stopped then, or terminated if it cannot be stopped.
   *
   * @default cdk.Duration.minutes(690)
   */
  readonly maxSessionLength?: cdk.Duration;

  /**
   * What becomes of sessions that are stopped.
   *
   * @default - sessions cannot be stopped: a session that is stopped all the same fails
   */
  readonly sessionPersistence?: SessionPersistence;

  /**
   * How many backups are made and kept of each session, 0 to 10.
   *
   * @default - sessions are not backed up
   */
  readonly maxBackupsToRetain?: number;

  /**
   * Lets users upload files, to these folders.
   *
   * @default - users cannot upload files
   */
  readonly uploadStorage?: UploadStorage;
}

abstract class LaunchProfileBase extends cdk.Resource implements ILaunchProfile {
  public abstract readonly studio: IStudio;
  public abstract readonly launchProfileId: string;

  public get launchProfileArn(): string {
    return this.stack.formatArn({ service: 'nimble', resource: 'launch-profile', resourceName: this.launchProfileId });
  }
}

/**
 * What some users of a studio may launch: on which instances, from which images, in which network.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-nimblestudio-launchprofile.html
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import * as ec2 from 'aws-cdk-lib/aws-ec2';
 * import { nimblestudio } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 * declare const studio: nimblestudio.Studio;
 * declare const vpc: ec2.Vpc;
 * declare const image: nimblestudio.StreamingImage;
 * declare const projects: nimblestudio.StudioComponent;
 *
 * new nimblestudio.LaunchProfile(scope, 'Artists', {
 *   studio,
 *   vpc,
 *   instanceTypes: [nimblestudio.InstanceType.G5_2XLARGE],
 *   streamingImages: [image],
 *   studioComponents: [projects],
 *   sessionPersistence: nimblestudio.SessionPersistence.terminateStoppedAfter(cdk.Duration.days(2)),
 * });
 */
export class LaunchProfile extends LaunchProfileBase {
  /** A launch profile of this account and region that is made elsewhere. */
  public static fromLaunchProfileAttributes(scope: Construct, id: string, attrs: LaunchProfileAttributes): ILaunchProfile {
    class Import extends LaunchProfileBase {
      public readonly studio = attrs.studio;
      public readonly launchProfileId = attrs.launchProfileId;
    }
    return new Import(scope, id);
  }

  public readonly studio: IStudio;
  public readonly launchProfileId: string;

  /**
   * Whether sessions can be stopped without failing.
   *
   * @internal
   */
  public readonly _sessionsCanStop: boolean;

  constructor(scope: Construct, id: string, props: LaunchProfileProps) {
    super(scope, id);

    const { subnetIds } = props.vpc.selectSubnets(props.vpcSubnets);
    this.validate(props, subnetIds);

    const resource = new nimblestudio.CfnLaunchProfile(this, 'Resource', {
      studioId: props.studio.studioId,
      name: props.launchProfileName ?? uniqueName(this, 64),
      description: props.description,
      ec2SubnetIds: subnetIds,
      launchProfileProtocolVersions: [PROTOCOL_VERSION],
      studioComponentIds: props.studioComponents.map((component) => component.studioComponentId),
      streamConfiguration: this.renderStreamConfiguration(props),
    });

    this.studio = props.studio;
    this._sessionsCanStop = props.sessionPersistence !== undefined;
    this.launchProfileId = resource.attrLaunchProfileId;
  }

  private validate(props: LaunchProfileProps, subnetIds: string[]): void {
    checkLength(this, 'launchProfileName', props.launchProfileName, { min: 1, max: 64 });
    checkLength(this, 'description', props.description, { min: 0, max: 256 });
    checkCount(this, 'vpcSubnets', subnetIds, { min: 1, max: 6 });
    checkCount(this, 'instanceTypes', props.instanceTypes, { min: 1, max: 30 });
    checkCount(this, 'streamingImages', props.streamingImages, { min: 1, max: 20 });
    checkCount(this, 'studioComponents', props.studioComponents, { min: 1, max: 100 });
    checkMinutes(this, 'maxSessionLength', props.maxSessionLength, { min: 1, max: 43_200 });
    checkInteger(this, 'maxBackupsToRetain', props.maxBackupsToRetain, { min: 0, max: 10 });
    this.validateUploadStorage(props.uploadStorage);
  }

  private validateUploadStorage({ linux, windows }: UploadStorage = {}): void {
    checkLength(this, 'uploadStorage: linux', linux, { min: 1, max: 128 });
    checkPattern(this, 'uploadStorage: linux', linux, /^(\$HOME|\/)\/?([A-Za-z0-9-_]+\/)*([A-Za-z0-9_-]+)$/,
      'start with "$HOME" or "/" and have folders of letters, digits, "_" and "-"');
    checkLength(this, 'uploadStorage: windows', windows, { min: 1, max: 128 });
    checkPattern(this, 'uploadStorage: windows', windows, /^((%HOMEPATH%)|[a-zA-Z]:)[\\/](?:[a-zA-Z0-9_-]+[\\/])*[a-zA-Z0-9_-]+$/,
      'start with "%HOMEPATH%" or a drive and have folders of letters, digits, "_" and "-"');
  }

  private renderStreamConfiguration(props: LaunchProfileProps): nimblestudio.CfnLaunchProfile.StreamConfigurationProperty {
    return {
      ...props.sessionPersistence?._bind(this),
      clipboardMode: props.clipboardMode ?? ClipboardMode.DISABLED,
      ec2InstanceTypes: props.instanceTypes.map(({ name }) => name),
      streamingImageIds: props.streamingImages.map(({ streamingImageId }) => streamingImageId),
      maxSessionLengthInMinutes: props.maxSessionLength?.toMinutes(),
      sessionBackup: props.maxBackupsToRetain === undefined ? undefined : { mode: 'AUTOMATIC', maxBackupsToRetain: props.maxBackupsToRetain },
      sessionStorage: props.uploadStorage && { mode: ['UPLOAD'], root: { linux: props.uploadStorage.linux, windows: props.uploadStorage.windows } },
    };
  }
}
