import { CfnFleet } from 'aws-cdk-lib/aws-appstream';
import { Construct } from 'constructs';
import { checkInteger } from '../private/errors';

/** How many users share an instance. */
export interface SessionCapacityOptions {
  /**
   * The number of sessions that run on one instance at most, at least 2.
   *
   * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/multi-session-recs.html
   */
  readonly sessionsPerInstance: number;
}

/** How many users a fleet serves at the same time. */
export class Capacity {
  /**
   * Single-session: each user has an instance of their own.
   *
   * @param desiredInstances the number of instances, and so of users.
   */
  public static instances(desiredInstances: number): Capacity {
    return new Capacity({ desiredInstances });
  }

  /**
   * Multi-session: users share instances. Windows images only.
   *
   * @param desiredSessions the number of users.
   */
  public static sessions(desiredSessions: number, options: SessionCapacityOptions): Capacity {
    return new Capacity({ desiredSessions }, options.sessionsPerInstance);
  }

  private constructor(
    private readonly computeCapacity: CfnFleet.ComputeCapacityProperty,
    private readonly maxSessionsPerInstance?: number,
  ) {}

  /** @internal */
  public _bind(scope: Construct) {
    checkInteger(scope, 'desiredInstances', this.computeCapacity.desiredInstances, { min: 0 });
    checkInteger(scope, 'desiredSessions', this.computeCapacity.desiredSessions, { min: 0 });
    // A single-session fleet takes no number of sessions.
    checkInteger(scope, 'sessionsPerInstance', this.maxSessionsPerInstance, { min: 2 });
    return { computeCapacity: this.computeCapacity, maxSessionsPerInstance: this.maxSessionsPerInstance };
  }
}
