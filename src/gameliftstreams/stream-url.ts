import * as cdk from 'aws-cdk-lib';
import * as gameliftstreams from 'aws-cdk-lib/aws-gameliftstreams';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { LaunchOptions } from './launch-options';
import { neededToLaunch, passRolePermissions, renderLaunch } from './private/launch';
import { permissionsOn } from './private/permissions';
import { STREAM_URL_ATTRIBUTES, STREAM_URL_TYPE, StreamUrlProperties } from './private/stream-url-contract';
import { credentialSecret, writePermission } from '../private/credential-secret';
import { checkInteger, checkMinutes } from '../private/errors';
import { LifecycleEngine, Permission } from '../private/lifecycle-engine';
import { tagWithStack } from '../private/references';

/** What becomes of the sessions of a stream URL when it is revoked. */
export enum RevocationMode {
  /** Nobody begins a session any more; those that run go on until they end. */
  REVOKE_URL = 'REVOKE_URL',

  /** The sessions that run are ended as well. */
  REVOKE_AND_TERMINATE_SESSIONS = 'REVOKE_AND_TERMINATE_SESSIONS',
}

/** What a stream URL is for. Every change, except of `revocationMode` and `timeout`, makes a new URL and revokes the old one. */
export interface StreamUrlProps extends LaunchOptions {
  /** The stream group: one of this library, an imported one or an L1; of the account and Region of the CloudFormation stack. */
  readonly streamGroup: gameliftstreams.IStreamGroupRef;

  /** The application: one that the stream group has, of this library, an imported one or an L1. */
  readonly application: gameliftstreams.IApplicationRef;

  /**
   * How long after it was made the URL can be opened, in whole minutes, at least 1. A session that it has begun goes on after that.
   *
   * Service Quotas say what the longest is.
   */
  readonly expiration: cdk.Duration;

  /**
   * How many sessions can be begun with it, at least 1. Service Quotas say what the most are.
   *
   * @default 1
   */
  readonly usageLimit?: number;

  /**
   * What becomes of its sessions when the URL is revoked: when this is deleted, or a new URL takes its place.
   *
   * @default RevocationMode.REVOKE_URL
   */
  readonly revocationMode?: RevocationMode;

  /**
   * Any text. A new one makes the next deployment make a new URL, even if nothing else has changed.
   *
   * @default - a URL is made at the first deployment and whenever one of the other properties changes
   */
  readonly revision?: string;

  /**
   * How long a deployment waits for the stream group and the copies of the application, 1 to 53 minutes.
   *
   * @default cdk.Duration.minutes(45)
   */
  readonly timeout?: cdk.Duration;
}

/**
 * A URL with which anybody streams an application in a browser, without an AWS account: a lifecycle resource.
 *
 * Whoever has the URL can begin sessions, so it goes to a secret and nowhere else. The secret's value is
 * `{"StreamUrl": "https://…", "ExpiresAt": "2026-11-20T12:00:00.000Z"}`. The deployment waits until the stream group is active and the
 * application replicated to the locations.
 *
 * GameLift Streams cannot change a URL. A new one is made first; when the rest of the deployment has succeeded, the old one is revoked.
 * After a rollback the secret holds the old one again, which was never revoked, and the new one is revoked. What has expired by itself or
 * is used up stays so until something changes: `revision`, for one.
 *
 * @see https://docs.aws.amazon.com/gameliftstreams/latest/developerguide/stream-urls.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import * as iam from 'aws-cdk-lib/aws-iam';
 * import { gameliftstreams } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 * declare const group: gameliftstreams.StreamGroup;
 * declare const game: gameliftstreams.Application;
 * declare const mailer: iam.IRole;
 *
 * const url = new gameliftstreams.StreamUrl(scope, 'Url', {
 *   streamGroup: group,
 *   application: game,
 *   locations: ['eu-west-2'],
 *   expiration: cdk.Duration.days(1),
 *   usageLimit: 20,
 * });
 * url.secret.grantRead(mailer);
 */
export class StreamUrl extends Construct {
  /** The secret that holds the URL and when it expires. */
  public readonly secret: secretsmanager.ISecret;

  /** The ARN of the stream URL, which is no secret. */
  public readonly streamUrlArn: string;

  /** The id of the stream URL, for example "su-1AB2C3De4", which is no secret. */
  public readonly streamUrlId: string;

  /** When the URL expires, for example "2026-11-20T12:00:00.000Z". */
  public readonly expires: string;

  /**
   * Throws for a stream group or an application of another account or Region, for a role whose name does not start with "GameLiftStreams-",
   * and for what GameLift Streams would reject.
   */
  constructor(scope: Construct, id: string, props: StreamUrlProps) {
    super(scope, id);

    checkMinutes(this, 'expiration', props.expiration, { min: 1, max: Number.MAX_SAFE_INTEGER });
    checkInteger(this, 'usageLimit', props.usageLimit, { min: 1 });

    const secret = credentialSecret(this, 'A stream URL of GameLift Streams');
    const properties: StreamUrlProperties = {
      StreamGroupArn: props.streamGroup.streamGroupRef.streamGroupArn,
      ApplicationArn: props.application.applicationRef.applicationArn,
      SecretArn: secret.secretArn,
      UrlExpiresAfter: cdk.Tokenization.stringifyNumber(props.expiration.toMinutes()),
      UsageLimit: props.usageLimit === undefined ? undefined : cdk.Tokenization.stringifyNumber(props.usageLimit),
      Launch: renderLaunch(this, props),
      RevocationMode: props.revocationMode ?? RevocationMode.REVOKE_URL,
      Revision: props.revision,
    };
    tagWithStack(props.streamGroup);
    const resource = LifecycleEngine.of(this, 'GameLiftStreams').addResource(this, 'Resource', {
      resourceType: STREAM_URL_TYPE,
      properties: { ...properties },
      permissions: [...this.urlPermissions(properties), ...passRolePermissions(props), writePermission(secret)],
      // One may change to the other mode: what the end of its old URL needs must not go before.
      kind: properties.RevocationMode === RevocationMode.REVOKE_URL ? 'GameLiftStreamsStreamUrl' : 'GameLiftStreamsStreamUrlAndSessions',
      dependsOn: [neededToLaunch(this, props)],
      timeout: props.timeout,
    });

    this.secret = secret;
    this.streamUrlArn = resource.ref;
    this.streamUrlId = resource.getAttString(STREAM_URL_ATTRIBUTES.id);
    this.expires = resource.getAttString(STREAM_URL_ATTRIBUTES.expires);
  }

  private urlPermissions({ StreamGroupArn, ApplicationArn, RevocationMode: mode }: StreamUrlProperties): Permission[] {
    // The service ends the sessions of a URL that it revokes, but not those of one that has expired or is used up.
    const undoing = ['GetStreamUrl', 'RevokeStreamUrl', ...mode === RevocationMode.REVOKE_AND_TERMINATE_SESSIONS ? ['TerminateStreamSession'] : []];
    return [
      ...permissionsOn(this, 'streamgroup', StreamGroupArn, { all: ['GetStreamGroup', 'CreateStreamUrl', ...undoing], undoing }),
      {
        statement: new iam.PolicyStatement({ actions: ['gameliftstreams:GetApplication', 'gameliftstreams:CreateStreamUrl'], resources: [ApplicationArn] }),
      },
      { statement: new iam.PolicyStatement({ actions: ['gameliftstreams:ListStreamUrls'], resources: ['*'] }), finding: 'listStreamUrls' },
    ];
  }
}
