import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { noteEntitlementBypass } from './private/entitlement-bypass';
import { literalFleetArn, literalStackArn } from './private/literal-names';
import { STREAMING_URL_EXPIRES, STREAMING_URL_TYPE, StreamingUrlProperties } from './private/streaming-url-contract';
import { WayOfSessions } from './private/way-of-sessions';
import { credentialSecret, writePermission } from '../private/credential-secret';
import { checkPattern, checkSeconds, fail } from '../private/errors';
import { LifecycleEngine, Permission } from '../private/lifecycle-engine';
import { checkSameEnvironment, resourceOf } from '../private/references';

/** What a streaming URL is for. */
export interface StreamingUrlProps {
  /** The stack: one of this library, an imported one or an L1. */
  readonly stack: appstream.IStackRef;

  /** The fleet of the stack. It must run, and must not be joined to a domain. */
  readonly fleet: appstream.IFleetRef;

  /** Who streams: 2 to 32 letters, digits, "_", "+", "=", ",", ".", "@" and "-". */
  readonly userId: string;

  /**
   * The application to start the session with, by its name in the image; "Desktop" for the desktop of a fleet that streams one.
   *
   * @default - the user chooses from the catalog
   */
  readonly applicationId?: string;

  /**
   * What applications and scripts of the session are told, at least one character. It stands in the template: no place for a password.
   *
   * @default - nothing
   * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/managing-stacks-fleets.html#managing-stacks-fleets-parameters
   */
  readonly sessionContext?: string;

  /**
   * For how long the URL can be opened, 1 second to 7 days. A session that it has begun goes on after that.
   *
   * @default cdk.Duration.hours(1)
   */
  readonly validity?: cdk.Duration;

  /**
   * Any text. A new one makes the next deployment mint a new URL, even if nothing else has changed.
   *
   * @default - a URL is minted at the first deployment and whenever one of the other properties changes
   */
  readonly revision?: string;

  /**
   * How long a deployment waits for the fleet to run, 1 to 53 minutes. A fleet that nobody starts fails earlier.
   *
   * @default cdk.Duration.minutes(45)
   */
  readonly timeout?: cdk.Duration;
}

/**
 * A URL with which a user streams without signing in, minted by a deployment: a lifecycle resource.
 *
 * Whoever has the URL streams as the user, so it goes to a secret and nowhere else. The secret's value is
 * `{"StreamingURL": "https://…", "Expires": "2026-11-20T12:00:00.000Z"}`. The deployment waits until the fleet runs and is associated
 * with the stack. After a rollback the secret holds the URL of before again, or a new one if that has expired.
 *
 * AppStream cannot revoke a URL. When this is deleted the secret goes, and a URL that somebody has copied works until it expires.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/APIReference/API_CreateStreamingURL.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import * as iam from 'aws-cdk-lib/aws-iam';
 * import { appstream } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 * declare const stack: appstream.Stack;
 * declare const fleet: appstream.Fleet;
 * declare const portal: iam.IRole;
 *
 * const url = new appstream.StreamingUrl(scope, 'Url', { stack, fleet, userId: 'kiosk', validity: cdk.Duration.days(1) });
 * url.secret.grantRead(portal);
 */
export class StreamingUrl extends Construct {
  /** The secret that holds the URL and when it expires. */
  public readonly secret: secretsmanager.ISecret;

  /** When the URL expires, for example "2026-11-20T12:00:00.000Z". */
  public readonly expires: string;

  /**
   * Throws for a fleet that is joined to a domain, for a stack or fleet of another account or Region, for what AppStream would reject,
   * and in the scope of an L1.
   */
  constructor(scope: Construct, id: string, props: StreamingUrlProps) {
    super(scope, id);

    this.validate(props);

    const secret = credentialSecret(this, `A streaming URL of AppStream for ${props.userId}`);
    const properties: StreamingUrlProperties = {
      SecretArn: secret.secretArn,
      StackName: props.stack.stackRef.stackName,
      FleetName: props.fleet.fleetRef.fleetName,
      UserId: props.userId,
      ApplicationId: props.applicationId,
      SessionContext: props.sessionContext,
      Validity: cdk.Tokenization.stringifyNumber((props.validity ?? cdk.Duration.hours(1)).toSeconds()),
      Revision: props.revision,
    };
    const resource = LifecycleEngine.of(this, 'AppStream').addResource(this, 'Resource', {
      resourceType: STREAMING_URL_TYPE,
      properties: { ...properties },
      permissions: [...this.mintPermissions(props), writePermission(secret, 'secretsmanager:UpdateSecretVersionStage')],
      dependsOn: [new WayOfSessions(this, props.stack, props.fleet)],
      timeout: props.timeout,
    });

    noteEntitlementBypass(props.stack, 'by streaming URLs');

    this.secret = secret;
    this.expires = resource.getAttString(STREAMING_URL_EXPIRES);
  }

  private validate({ stack, fleet, ...props }: StreamingUrlProps): void {
    checkSameEnvironment(this, stack);
    checkSameEnvironment(this, fleet);
    checkPattern(this, 'userId', props.userId, /^[\w+=,.@-]{2,32}$/, 'have 2 to 32 letters, digits, "_", "+", "=", ",", ".", "@" and "-"');
    checkPattern(this, 'applicationId', props.applicationId, /^[^]+$/, 'not be empty');
    checkPattern(this, 'sessionContext', props.sessionContext, /^[^]+$/, 'not be empty');
    checkSeconds(this, 'validity', props.validity, { min: 1, max: 604_800 });
    const resource = resourceOf(fleet);
    if (appstream.CfnFleet.isCfnFleet(resource) && resource.domainJoinInfo) {
      fail(this, `fleet must not be joined to a domain, whose users sign in instead of having streaming URLs, got ${JSON.stringify(fleet.node.path)}`);
    }
  }

  private mintPermissions({ stack, fleet }: StreamingUrlProps): Permission[] {
    const stackArn = literalStackArn(this, stack);
    return [
      // AppStream's Describe actions take no resource.
      { statement: new iam.PolicyStatement({ actions: ['appstream:DescribeFleets'], resources: ['*'] }), finding: 'describeActions' },
      { statement: new iam.PolicyStatement({ actions: ['appstream:ListAssociatedFleets'], resources: [stackArn] }) },
      { statement: new iam.PolicyStatement({ actions: ['appstream:CreateStreamingURL'], resources: [stackArn, literalFleetArn(this, fleet)] }) },
    ];
  }
}
