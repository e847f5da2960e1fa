import * as cdk from 'aws-cdk-lib';

/**
 * How long sessions last and wait at most by the CIS AWS End User Compute Services Benchmark (v1.2.0).
 *
 * Fleets have these unless told otherwise; `AppStreamChecks` finds those that exceed them, L1s as well.
 *
 * @see https://www.cisecurity.org/benchmark/amazon_web_services
 */
export class SecurityBaseline {
  /** The longest that a session lasts: 10 hours (recommendation 5.3). */
  public static readonly MAX_USER_DURATION = cdk.Duration.hours(10);

  /** The longest that a session waits for a user who was disconnected: 5 minutes (recommendation 5.4). */
  public static readonly DISCONNECT_TIMEOUT = cdk.Duration.minutes(5);

  /** The longest that users may do nothing before they are disconnected: 10 minutes (recommendation 5.5). */
  public static readonly IDLE_DISCONNECT_TIMEOUT = cdk.Duration.minutes(10);

  private constructor() {}
}
