import { randomUUID } from 'crypto';
import type { Fleets } from './fleets';
import { MetricHistory } from './metric-history';
import type { Policy } from './policy';
import type { ScheduledAction } from './scheduled-action';
import { AwsError } from '../../wire/aws-error';

export interface Limits {
  readonly min: number;
  readonly max: number;
}

/** A change of capacity, or the failure of one, as DescribeScalingActivities has it. */
export interface Activity {
  readonly ActivityId: string;
  readonly Description: string;
  readonly Cause: string;
  readonly StartTime: Date;
  readonly StatusCode: 'Successful' | 'Failed';
  readonly StatusMessage?: string;
}

/** A fleet that is scaled. */
export class ScalableTarget {
  public readonly policies = new Map<string, Policy>();
  public readonly actions = new Map<string, ScheduledAction>();
  public readonly id = randomUUID();
  /** Aborted when it is deregistered. */
  public readonly ended = new AbortController();
  /** Newest last. */
  public readonly activities: Activity[] = [];
  private readonly history = new MetricHistory();

  constructor(readonly fleetName: string, public limits: Limits, private readonly fleets: Fleets, readonly created: Date) {}

  /** New limits, which the capacity of a running fleet is brought within; that of another one if asked for. */
  public limit(limits: Limits, { now, cause, stopped }: { readonly now: number; readonly cause: string; readonly stopped: boolean }): void {
    const fleet = this.fleets.find(this.fleetName);
    if (limits.min > limits.max) {
      // Inferred: nobody is there to be told of it.
      this.note(now, cause, `Setting min capacity to ${limits.min} and max capacity to ${limits.max}`, 'the minimum is above the maximum');
      return;
    }
    this.limits = limits;
    if (fleet && (fleet.running || stopped)) {
      this.bring(fleet.capacity, fleet.capacity, now, cause);
    }
  }

  /** Looks at the fleet, as each minute; only a running one tells of its use. */
  public look(now: number): void {
    const fleet = this.fleets.find(this.fleetName);
    if (!fleet?.running) {
      this.history.clear();
      return;
    }
    this.history.add(fleet.metrics);
    const sight = { now, capacity: fleet.capacity, history: this.history };
    const proposals = [...this.policies].flatMap(([name, policy]) => {
      const capacity = policy.propose(sight);
      return capacity === undefined ? [] : [{ name, policy, capacity }];
    });
    // The policy that gives most takes precedence, for out and in: https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html.
    const [most] = proposals.sort((a, b) => b.capacity - a.capacity);
    if (most && this.bring(fleet.capacity, most.capacity, now, `policy ${most.name}`)) {
      most.policy.scaled(sight);
    }
  }

  /** Brings the capacity to another one within the limits. Whether it has changed. */
  private bring(from: number, to: number, now: number, cause: string): boolean {
    const capacity = Math.min(Math.max(to, this.limits.min), this.limits.max);
    if (capacity === from) {
      return false;
    }
    const description = `Setting desired capacity to ${capacity}.`;
    try {
      this.fleets.scale(this.fleetName, capacity);
      this.note(now, cause, description);
      return true;
    } catch (error) {
      if (!(error instanceof AwsError)) {
        throw error;
      }
      this.note(now, cause, description, error.message);
      return false;
    }
  }

  private note(now: number, Cause: string, Description: string, StatusMessage?: string): void {
    this.activities.push({
      ActivityId: randomUUID(), Description, Cause, StartTime: new Date(now), StatusCode: StatusMessage === undefined ? 'Successful' : 'Failed', StatusMessage,
    });
  }
}
