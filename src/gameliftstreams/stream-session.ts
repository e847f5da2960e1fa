import * as cdk from 'aws-cdk-lib';
import * as gameliftstreams from 'aws-cdk-lib/aws-gameliftstreams';
import { Construct } from 'constructs';
import { LaunchOptions } from './launch-options';
import { neededToLaunch, passRolePermissions, renderLaunch } from './private/launch';
import { permissionsOn, unlessTagged } from './private/permissions';
import { STREAM_SESSION_ATTRIBUTES, STREAM_SESSION_TYPE, StreamSessionProperties } from './private/stream-session-contract';
import { checkLength, checkSeconds } from '../private/errors';
import { LifecycleEngine } from '../private/lifecycle-engine';
import { tagWithStack } from '../private/references';

/** How a session is started. A change of any of these, except `timeout`, starts another session; then the old one is ended. */
export interface StreamSessionProps extends LaunchOptions {
  /** The stream group to run in: one of this library, an imported one or an L1; of the account and Region of the CloudFormation stack. */
  readonly streamGroup: gameliftstreams.IStreamGroupRef;

  /** The application to run: the default one of the stream group, or one that was added to it. */
  readonly application: gameliftstreams.IApplicationRef;

  /**
   * How long the session waits for a client, before the first comes and after one has gone; 1 second to 1 hour.
   *
   * From when it is ready: after that time without a client the session ends. The service itself would take two minutes, which
   * is less than many a deployment goes on after the session is ready. Whether it holds for a session that was started without a client
   * is not documented; count on it.
   *
   * @default cdk.Duration.hours(1)
   */
  readonly connectionTimeout?: cdk.Duration;

  /**
   * Whether the client gets the performance statistics of the session.
   *
   * @default false
   */
  readonly performanceStats?: boolean;

  /**
   * Who the session is for: an opaque text of your own, 1 to 1024 characters.
   *
   * @default - nobody in particular
   */
  readonly userId?: string;

  /**
   * Any text. A new one starts a new session, for example when the old one has come to its end.
   *
   * @default - the session is started anew when another property changes
   */
  readonly revision?: string;

  /**
   * How long a deployment waits for the session, and a deletion for its end, 1 to 53 minutes.
   *
   * The service takes up to 75 seconds to find a machine that is always on, 90 for another one, and 10 minutes for one on Windows.
   *
   * @default cdk.Duration.minutes(45)
   */
  readonly timeout?: cdk.Duration;
}

/**
 * A session that is started when it is deployed and waits for its client: a lifecycle resource.
 *
 * The client comes by `CreateStreamSessionConnection`, for which `group.grants.connect` gives the permission. When the resource is
 * deleted, the session is ended. A session also ends by itself: when no client comes within `connectionTimeout`, when its client does
 * nothing for an hour, when its application exits, and after `sessionLength`. CloudFormation is not told of that; a new `revision`
 * starts another one, and neither update nor deletion minds that the session is gone.
 *
 * Sessions have no tags: whose it is stands at the end of its description, as "@" and 21 letters and digits.
 *
 * The group gets a tag with the name of the CloudFormation stack, so that the permission to end sessions covers a group
 * that was replaced. An imported group needs that tag, `cdk-app-streaming:stack`, from whoever made it, if another one may take its place.
 *
 * @see https://docs.aws.amazon.com/gameliftstreams/latest/apireference/API_StartStreamSession.html
 */
export class StreamSession extends Construct {
  /** The ARN of the session, in the form of "arn:aws:gameliftstreams:us-west-2:111122223333:streamsession/sg-1AB2C3De4/ABC123def4567". */
  public readonly streamSessionArn: string;

  /** The status of the session when it was deployed: "ACTIVE", or "CONNECTED" if its client was quick. */
  public readonly status: string;

  /** The location that the session runs in, for example "eu-west-2". */
  public readonly location: string;

  /**
   * When the session ends at the latest, in the form of "2026-01-05T20:00:00.000Z". Computed from when it was created and how long it may last;
   * most sessions end earlier.
   */
  public readonly expires: string;

  /**
   * Throws for what GameLift Streams would reject, for a group or application of another account or Region,
   * and for a timeout that CloudFormation would not wait for.
   */
  constructor(scope: Construct, id: string, props: StreamSessionProps) {
    super(scope, id);

    checkSeconds(this, 'connectionTimeout', props.connectionTimeout, { min: 1, max: 3600 });
    checkLength(this, 'userId', props.userId, { min: 1, max: 1024 });

    const { streamGroupRef: { streamGroupArn } } = props.streamGroup;
    const { applicationRef: { applicationArn } } = props.application;
    const properties: StreamSessionProperties = {
      StreamGroupArn: streamGroupArn,
      ApplicationArn: applicationArn,
      Launch: renderLaunch(this, props),
      ConnectionTimeoutSeconds: cdk.Tokenization.stringifyNumber((props.connectionTimeout ?? cdk.Duration.hours(1)).toSeconds()),
      PerformanceStats: props.performanceStats ? 'true' : 'false',
      UserId: props.userId,
      Revision: props.revision,
    };
    tagWithStack(props.streamGroup);
    const resource = LifecycleEngine.of(this, 'GameLiftStreams').addResource(this, 'Resource', {
      resourceType: STREAM_SESSION_TYPE,
      properties: { ...properties },
      permissions: [
        ...permissionsOn(this, 'streamgroup', streamGroupArn, {
          all: [
            'GetStreamGroup', 'StartStreamSession', 'GetStreamSession', 'ListStreamSessions',
            ...unlessTagged(this, props.streamGroup, 'TerminateStreamSession'),
          ],
          undoing: ['GetStreamSession', 'ListStreamSessions', 'TerminateStreamSession'],
        }),
        ...permissionsOn(this, 'application', applicationArn, { all: ['GetApplication'], undoing: [] }),
        ...passRolePermissions(props),
      ],
      dependsOn: [neededToLaunch(this, props)],
      timeout: props.timeout,
    });

    this.streamSessionArn = resource.getAttString(STREAM_SESSION_ATTRIBUTES.arn);
    this.status = resource.getAttString(STREAM_SESSION_ATTRIBUTES.status);
    this.location = resource.getAttString(STREAM_SESSION_ATTRIBUTES.location);
    this.expires = resource.getAttString(STREAM_SESSION_ATTRIBUTES.expires);
  }
}
