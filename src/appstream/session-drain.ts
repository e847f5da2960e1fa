import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { SESSION_DRAIN_TYPE, SessionDrainProperties } from './private/session-drain-contract';
import { WayOfSessions } from './private/way-of-sessions';
import { SessionDrainMethod } from './session-drain-method';
import { checkLength } from '../private/errors';
import { DEFAULT_TIMEOUT, LifecycleEngine, Permission } from '../private/lifecycle-engine';
import { checkSameEnvironment } from '../private/references';

/** Properties of a session drain. */
export interface SessionDrainProps {
  /** The stack that users sign in to: one of this library, an imported one or an L1. A change drains the one before. */
  readonly stack: appstream.IStackRef;

  /** The fleet that they stream from: one of this library, an imported one or an L1. A change drains the one before. */
  readonly fleet: appstream.IFleetRef;

  /**
   * Whose sessions are ended, 2 to 128 characters. A change drains those of the user before.
   *
   * @default - everybody's
   */
  readonly userId?: string;

  /**
   * How sessions are ended.
   *
   * @default SessionDrainMethod.expire()
   */
  readonly method?: SessionDrainMethod;

  /**
   * Any text. A new one makes the next deployment end the sessions that are there when it comes to the drain; no other change does.
   *
   * A rollback brings the old text back, and so ends sessions too.
   *
   * @default - sessions are ended when the drain is deleted
   */
  readonly trigger?: string;

  /**
   * How long a deployment may take to end the sessions, 1 to 53 minutes.
   *
   * @default cdk.Duration.minutes(45)
   */
  readonly timeout?: cdk.Duration;
}

/**
 * Ends the sessions of a stack and a fleet when it is deleted, and whenever its trigger changes: a lifecycle resource.
 *
 * With it `cdk destroy` ends all sessions before the fleet is dissociated from the stack, and before it is stopped. What takes the drain
 * out of a deployment ends the sessions as well: the rollback of the deployment that added it, for instance. Where users may not
 * be disturbed by that, give it the removal policy `RETAIN`.
 *
 * A session that cannot be ended fails the deployment, which names it and what AppStream said, after all others have been ended.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/APIReference/API_ExpireSession.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import { appstream } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 * declare const stack: appstream.Stack;
 * declare const fleet: appstream.Fleet;
 *
 * new appstream.SessionDrain(scope, 'Drain', {
 *   stack,
 *   fleet,
 *   method: appstream.SessionDrainMethod.waitThenExpire(cdk.Duration.minutes(15)),
 *   trigger: 'image of September',
 * });
 */
export class SessionDrain extends Construct {
  /**
   * Throws for a stack or fleet of another account or Region, for a user ID that AppStream does not take, for a wait that leaves too little
   * of the timeout, for a timeout that CloudFormation would not wait for, when the instances of a single-session fleet are to be drained,
   * and in the scope of an L1.
   */
  constructor(scope: Construct, id: string, props: SessionDrainProps) {
    super(scope, id);
    const { stack, fleet } = props;
    checkSameEnvironment(this, stack);
    checkSameEnvironment(this, fleet);
    checkLength(this, 'userId', props.userId, { min: 2, max: 128 });
    const method = (props.method ?? SessionDrainMethod.expire())._bind(this, fleet, props.timeout ?? DEFAULT_TIMEOUT);
    const properties: SessionDrainProperties = {
      StackName: stack.stackRef.stackName,
      FleetName: fleet.fleetRef.fleetName,
      UserId: props.userId,
      Trigger: props.trigger,
      ...method.properties,
    };

    // What ends sessions takes no resource in IAM: no other lifecycle resource has such a role.
    LifecycleEngine.of(this, 'AppStreamSessions').addResource(this, 'Resource', {
      resourceType: SESSION_DRAIN_TYPE,
      properties: { ...properties },
      permissions: this.permissions(method.action),
      // One may go while another stays, or change to the other method: what the one still needs must not go before.
      kind: `AppStreamSessionDrainBy${method.action}`,
      dependsOn: [new WayOfSessions(this, stack, fleet)],
      timeout: props.timeout,
    });
  }

  /** Permission to list and to end. What was replaced is drained too, under a name that no template knows by then. */
  private permissions(action: string): Permission[] {
    const every = (resource: string) => cdk.Stack.of(this).formatArn({ service: 'appstream', resource, resourceName: '*' });
    const list = (resource: string) => new iam.PolicyStatement({ actions: ['appstream:DescribeSessions'], resources: [every(resource)] });
    return [
      { statement: list('fleet'), finding: 'sessionsOfFleets' },
      { statement: list('stack'), finding: 'sessionsOfStacks' },
      { statement: new iam.PolicyStatement({ actions: [`appstream:${action}`], resources: ['*'] }), finding: 'endOfSessions' },
    ];
  }
}
