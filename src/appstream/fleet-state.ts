import * as cdk from 'aws-cdk-lib';
import { UpdateStrategy } from './update-strategy';

/** The state that a deployment leaves a fleet in. */
export enum FleetState {
  /** The fleet streams, and is billed for its instances (Always-On) or for each that is in use (On-Demand). */
  RUNNING = 'RUNNING',

  /** The fleet has no instances: nobody can stream, and only images and storage are billed. */
  STOPPED = 'STOPPED',

  /** Whatever it is: deployments neither start nor stop the fleet. */
  UNMANAGED = 'UNMANAGED',
}

/** What deployments do with the state of a fleet of whatever kind. */
export interface FleetStateProps {
  /**
   * The state that deployments leave the fleet in.
   *
   * - Not given: CloudFormation starts the fleet once, when it is created, and nothing is added to the stack.
   * - `RUNNING`, `STOPPED`: a lifecycle resource brings the fleet there whenever the fleet or this changes,
   *   and stops it before it is deleted. See `revision` for a fleet that someone else has started or stopped since.
   * - `UNMANAGED`: nobody starts or stops the fleet. It is created stopped.
   *
   * With `runDuring` not given is as `UNMANAGED`.
   *
   * @default - CloudFormation starts the fleet once, at creation
   */
  readonly desiredState?: FleetState;

  /**
   * How long a deployment waits for the desired state, 1 to 53 minutes. Only with `RUNNING` or `STOPPED`.
   *
   * @default cdk.Duration.minutes(45)
   */
  readonly desiredStateTimeout?: cdk.Duration;

  /**
   * Any text. A new one makes the next deployment bring the fleet to its desired state even if nothing else has changed.
   *
   * Only with `RUNNING` or `STOPPED`. What a property override changes goes unseen; give a new text then.
   *
   * @default - the fleet is brought to its desired state when its properties or the desired state change
   */
  readonly revision?: string;

  /**
   * What a deployment does with a running fleet whose change needs a stop: see `UpdateStrategy`.
   *
   * `UpdateStrategy.replace()` is not for Elastic fleets. What a property override changes goes unseen.
   *
   * @default - `UpdateStrategy.failIfRunning()` with the desired state `RUNNING` or `STOPPED`; otherwise nothing is added to the stack, and
   *   CloudFormation does what it does
   */
  readonly updateStrategy?: UpdateStrategy;
}
