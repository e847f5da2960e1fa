import * as cdk from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { FleetUpdateGateProperties } from './private/fleet-update-gate-contract';
import { checkSeconds, fail } from '../private/errors';

/** What is left of the longest time of a lifecycle resource, 53 minutes, is for the stop. */
const LONGEST_WAIT = cdk.Duration.minutes(40);

/** How a fleet that is to wait for its users is stopped. */
export interface StopAndRestartOptions {
  /**
   * How long users have to leave before the fleet is stopped, 1 second to 40 minutes. The fleet is stopped as soon as nobody is left.
   *
   * Nobody is kept from coming in meanwhile; who is there when the time is over loses the session.
   *
   * @default - the fleet is stopped at once, and sessions end
   */
  readonly waitForSessions?: cdk.Duration;
}

/** How a fleet that is replaced is taken from its users. */
export interface ReplaceOptions {
  /**
   * How long users have to leave the old fleet, 1 second to 40 minutes. It goes as soon as nobody is left.
   *
   * Who is still there when the time is over loses the session.
   *
   * @default - sessions end at once
   */
  readonly waitForSessions?: cdk.Duration;
}

/**
 * What a deployment does with a running fleet whose change needs a stop.
 *
 * Of a running fleet AppStream accepts a new display name, capacity, image, disconnect timeout and idle disconnect timeout; these stop
 * nothing, whatever the strategy; of an Elastic fleet a new display name, both timeouts, the number of sessions, session scripts and USB
 * filters. For anything else the fleet has to be stopped.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/APIReference/API_UpdateFleet.html
 */
export class UpdateStrategy {
  /**
   * The deployment fails before the fleet is touched, and says what to do.
   *
   * A deployment that goes from `stopAndRestart()` to this one still goes by `stopAndRestart()`, since to CloudFormation's
   * functions it looks like the rollback of the opposite change.
   */
  public static failIfRunning(): UpdateStrategy {
    return new UpdateStrategy('FAIL_IF_RUNNING');
  }

  /**
   * The fleet is stopped, updated and started again. It runs again however the deployment ends; a fleet that did not run is not started.
   */
  public static stopAndRestart(options: StopAndRestartOptions = {}): UpdateStrategy {
    return new UpdateStrategy('STOP_AND_RESTART', options.waitForSessions);
  }

  /**
   * A new fleet takes the place of the old one: it is made, started and given to the stack, and then the old one is drained and removed.
   *
   * If the deployment fails, the stack has the old fleet again, which has run all the while. Users are without a fleet for a moment.
   *
   * - The generated name changes with all that needs a stop, so `fleetName` cannot be given. A changed value behind a parameter makes no
   *   new fleet: where the fleet runs, the deployment fails before it is touched, and says what to do.
   * - `Stack.addFleet` makes a lifecycle resource, which can follow: in the same CloudFormation stack only, since an exported name cannot
   *   change, and not by an L1 association. A deployment that changes to this strategy replaces the fleet once, in the same way.
   * - `desiredState` is `RUNNING`, `STOPPED` or not given: a new fleet does not know where somebody else has left the old one.
   * - To go back to another strategy, deploy once without `addFleet`.
   */
  public static replace(options: ReplaceOptions = {}): UpdateStrategy {
    return new UpdateStrategy('REPLACE', options.waitForSessions);
  }

  private constructor(private readonly strategy: FleetUpdateGateProperties['Strategy'], private readonly wait?: cdk.Duration) {}

  /** @internal */
  public _bind(scope: Construct) {
    const { strategy, wait } = this;
    if (wait?.isUnresolved()) {
      fail(scope, 'waitForSessions must be known at synthesis, got a token: it has to leave time for the stop');
    }
    checkSeconds(scope, 'waitForSessions', wait, { min: 1, max: LONGEST_WAIT.toSeconds() });
    return { strategy, waitSeconds: wait && String(wait.toSeconds()) };
  }
}
