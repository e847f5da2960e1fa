import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { InstanceType } from './instance-type';
import { ILaunchProfile, LaunchProfile } from './launch-profile';
import { checkEndpointUrl } from './private/endpoint';
import { STREAMING_SESSION_ATTRIBUTES, STREAMING_SESSION_TYPE, StreamingSessionProperties } from './private/streaming-session-contract';
import { IStreamingImage } from './streaming-image';
import { fail } from '../private/errors';
import { STACK_TAG } from '../private/lifecycle-contract';
import { LifecycleEngine, Permission } from '../private/lifecycle-engine';
import { checkSameEnvironment } from '../private/references';

/**
 * The state that a deployment leaves a streaming session in.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export enum StreamingSessionState {
  /** The workstation runs and can be streamed. */
  READY = 'READY',

  /** The workstation does not run. Its volumes are billed where they are retained. */
  STOPPED = 'STOPPED',
}

/**
 * What becomes of the volumes of a workstation that is stopped.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export enum VolumeRetentionMode {
  /** They are kept for the next start. */
  RETAIN = 'RETAIN',

  /** They are deleted. */
  DELETE = 'DELETE',
}

/**
 * Properties of a streaming session.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export interface StreamingSessionProps {
  /** What the session is launched from. A change replaces the session. */
  readonly launchProfile: ILaunchProfile;

  /**
   * The id of the user who works in the session. A change replaces the session.
   *
   * @default - whoever deploys, as Nimble Studio sees it
   */
  readonly ownedBy?: string;

  /**
   * The instance type, one of the launch profile's. A change replaces the session.
   *
   * @default - Nimble Studio's choice among those of the launch profile
   */
  readonly instanceType?: InstanceType;

  /**
   * The image, one of the launch profile's. A change replaces the session.
   *
   * The studio must have accepted the image's EULAs.
   *
   * @default - Nimble Studio's choice among those of the launch profile
   */
  readonly streamingImage?: IStreamingImage;

  /**
   * The state that the session is brought to.
   *
   * Only sessions of a launch profile with `sessionPersistence` can be stopped: others fail.
   *
   * @default StreamingSessionState.READY
   */
  readonly desiredState?: StreamingSessionState;

  /**
   * What becomes of the volumes when a deployment stops the session.
   *
   * @default - Nimble Studio's own default
   */
  readonly volumeRetentionMode?: VolumeRetentionMode;

  /**
   * Any text. CloudFormation asks for the session again only when something of this resource changes, and this may be it.
   *
   * @default - a session that has ended or stopped by itself is noticed when another property changes
   */
  readonly revision?: string;

  /**
   * How long a deployment waits for the session, 1 to 53 minutes.
   *
   * @default cdk.Duration.minutes(45)
   */
  readonly timeout?: cdk.Duration;

  /**
   * The https address of an implementation of the API. On the loopback (127.0.0.1, localhost) it may be http.
   *
   * @default - AWS's own endpoint of the Region, which answers no more
   */
  readonly endpointUrl?: string;
}

/**
 * A virtual workstation of a studio's user: a lifecycle resource.
 *
 * CloudFormation has no type for it. Tags of this construct are those of the session; a change replaces it, since nothing that a session is
 * made from can be changed: the new one is there before the old one is deleted, and a failed deployment leaves the old one as it was.
 *
 * Sessions stop or end by themselves after the maximum length that the launch profile gives them. An update of one that has ended, or that
 * has failed in an earlier deployment, makes a new one; the deletion of one that has ended succeeds.
 *
 * @see https://www.npmjs.com/package/@aws-sdk/client-nimble/v/3.523.0
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import { nimblestudio } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 * declare const artists: nimblestudio.LaunchProfile;
 *
 * const session = new nimblestudio.StreamingSession(scope, 'Session', {
 *   launchProfile: artists,
 *   instanceType: nimblestudio.InstanceType.G5_2XLARGE,
 *   desiredState: nimblestudio.StreamingSessionState.STOPPED,
 * });
 * cdk.Tags.of(session).add('film', 'Night');
 */
export class StreamingSession extends Construct implements cdk.ITaggableV2 {
  /** The tags of the session. */
  public readonly cdkTagManager = new cdk.TagManager(cdk.TagType.MAP, STREAMING_SESSION_TYPE);

  /** The id of the session. */
  public readonly streamingSessionId: string;

  /** The ARN of the session. */
  public readonly streamingSessionArn: string;

  /** The id of the user who works in the session. */
  public readonly ownedBy: string;

  /** The instance type, for example "g5.2xlarge". */
  public readonly instanceTypeName: string;

  /** When the session stops by itself, as of its last deployment, for example "2024-01-31T12:00:00.000Z"; empty where Nimble Studio says none. */
  public readonly stopAt: string;

  /** When the session ends by itself, likewise. */
  public readonly terminateAt: string;

  /**
   * Throws for a state that the launch profile does not allow, for a launch profile of another account or Region, for an address that is not
   * one, and for a timeout that CloudFormation would not wait for.
   */
  constructor(scope: Construct, id: string, props: StreamingSessionProps) {
    super(scope, id);

    this.validate(props);
    const { launchProfile } = props;
    const properties: StreamingSessionProperties = {
      StudioId: launchProfile.studio.studioId,
      LaunchProfileId: launchProfile.launchProfileId,
      OwnedBy: props.ownedBy,
      InstanceType: props.instanceType?.name,
      StreamingImageId: props.streamingImage?.streamingImageId,
      Tags: this.renderTags(),
      DesiredState: props.desiredState ?? StreamingSessionState.READY,
      VolumeRetentionMode: props.volumeRetentionMode,
      EndpointUrl: props.endpointUrl,
      Revision: props.revision,
    };

    const resource = LifecycleEngine.of(this, 'NimbleStudio').addResource(this, 'Resource', {
      resourceType: STREAMING_SESSION_TYPE,
      properties: { ...properties },
      permissions: this.permissions(launchProfile),
      timeout: props.timeout,
    });

    this.streamingSessionId = resource.getAttString(STREAMING_SESSION_ATTRIBUTES.id);
    this.streamingSessionArn = resource.getAttString(STREAMING_SESSION_ATTRIBUTES.arn);
    this.ownedBy = resource.getAttString(STREAMING_SESSION_ATTRIBUTES.ownedBy);
    this.instanceTypeName = resource.getAttString(STREAMING_SESSION_ATTRIBUTES.instanceType);
    this.stopAt = resource.getAttString(STREAMING_SESSION_ATTRIBUTES.stopAt);
    this.terminateAt = resource.getAttString(STREAMING_SESSION_ATTRIBUTES.terminateAt);
  }

  private validate({ launchProfile, desiredState, endpointUrl }: StreamingSessionProps): void {
    checkSameEnvironment(this, launchProfile);
    checkEndpointUrl(this, endpointUrl);
    if (desiredState === StreamingSessionState.STOPPED && launchProfile instanceof LaunchProfile && !launchProfile._sessionsCanStop) {
      fail(this, `desiredState "STOPPED" needs a launch profile with sessionPersistence, or the session fails; ${launchProfile.node.path} has none`);
    }
  }

  /** As text: CloudFormation would stringify the values within. */
  private renderTags(): string {
    return cdk.Lazy.string({
      produce: () => this.cdkTagManager.hasTags() ? cdk.Stack.of(this).toJsonString(this.cdkTagManager.renderTags()) : undefined,
    });
  }

  private permissions({ studio, launchProfileArn }: ILaunchProfile): Permission[] {
    const sessions = cdk.Stack.of(this).formatArn({ service: 'nimble', resource: 'streaming-session', resourceName: '*' });
    return [
      { statement: new iam.PolicyStatement({ actions: ['nimble:CreateStreamingSession'], resources: [launchProfileArn] }) },
      { statement: new iam.PolicyStatement({ actions: ['nimble:ListStreamingSessions'], resources: [studio.studioArn] }) },
      // Not by the tag: what has gone has none, and would be denied instead of not found.
      { statement: new iam.PolicyStatement({ actions: ['nimble:GetStreamingSession'], resources: [sessions] }), finding: 'streamingSessions' },
      {
        statement: new iam.PolicyStatement({
          actions: ['nimble:DeleteStreamingSession', 'nimble:StartStreamingSession', 'nimble:StopStreamingSession'],
          resources: [sessions],
          conditions: { StringEquals: { [`aws:ResourceTag/${STACK_TAG}`]: cdk.Aws.STACK_NAME } },
        }),
      },
    ];
  }
}
