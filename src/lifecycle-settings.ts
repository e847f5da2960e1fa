import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import { fail } from './private/errors';

const SETTINGS = Symbol.for('cdk-app-streaming.LifecycleSettings');
const READ = Symbol.for('cdk-app-streaming.LifecycleSettings.read');

/** How the lifecycle engines of a scope are run. */
export interface LifecycleSettingsProps {
  /**
   * The VPC in which the functions run.
   *
   * From there they must reach the endpoints of the streaming service, of Step Functions, and of S3, where
   * CloudFormation waits for their answers.
   *
   * @default - no VPC
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets of the VPC.
   *
   * @default - the VPC's private subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The security groups of the functions.
   *
   * @default - a new one that allows all outgoing traffic
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Encrypts the logs, the functions' environment, the state of the requests under way, and the secrets that credentials are written to.
   *
   * A key that was made in the same app is opened for CloudWatch Logs; the policy of an imported one is up to you.
   *
   * @default - keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * How long the logs are kept.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Whether the functions and the state machines are traced with AWS X-Ray.
   *
   * @default false
   */
  readonly tracing?: boolean;
}

/**
 * What an organisation insists on for the functions behind lifecycle resources, said once for a stack, a stage or an app.
 *
 * The nearest settings above a stack count. A permissions boundary needs none: `iam.PermissionsBoundary.of(scope)` reaches
 * the roles of the engines like all others.
 */
export class LifecycleSettings {
  /**
   * Sets how the lifecycle engines of a scope are run.
   *
   * Throws when a lifecycle resource is there already, because its engine has been made by then.
   *
   * @param scope a stack, a stage or the app
   * @param props the settings; they replace those of an outer scope as a whole
   */
  public static apply(scope: IConstruct, props: LifecycleSettingsProps): void {
    if (Reflect.has(scope, READ)) {
      fail(scope, 'lifecycle settings must be applied before the first lifecycle resource is made');
    }
    Object.defineProperty(scope, SETTINGS, { value: props, configurable: true });
  }

  /**
   * The settings that count for a scope. Whoever has read them can rely on them: from now on they cannot change.
   *
   * @internal
   */
  public static _read(scope: IConstruct): LifecycleSettingsProps {
    const scopes = [...scope.node.scopes].reverse();
    scopes.forEach((each) => Object.defineProperty(each, READ, { value: true, configurable: true }));
    const nearest = scopes.find((each) => Reflect.has(each, SETTINGS));
    return nearest ? Reflect.get(nearest, SETTINGS) : {};
  }

  private constructor() {}
}
