import { STATISTICS } from './metric-history';
import { DEFAULT_COOLDOWN_SECONDS, type Policy, type Sight, type StepAdjustment, type StepScalingSettings } from './policy';
import { AwsError, NotImitated } from '../../wire/aws-error';
import type { Alarms, MetricAlarm } from '../cloudwatch/alarms';

const COMPARISONS: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
};

/** Changes the capacity by steps, when an alarm that names the policy goes off. */
export class StepScaling implements Policy {
  public readonly type = 'StepScaling';
  private scaledAt = -Infinity;

  constructor(
    readonly arn: string, private readonly settings: StepScalingSettings, private readonly alarms: Alarms, private readonly fleetName: string,
  ) {
    checkSteps(settings);
  }

  /** As long as the alarm stays on, again after each cooldown. Within it nothing, which is inferred for a breach that has grown. */
  public propose({ now, capacity, history }: Sight): number | undefined {
    const { Cooldown = DEFAULT_COOLDOWN_SECONDS, StepAdjustments = [] } = this.settings;
    for (const alarm of this.alarms.actingOn(this.arn)) {
      const values = this.values(alarm, history);
      const breaching = values.filter((value) => COMPARISONS[alarm.ComparisonOperator](value, alarm.Threshold));
      if (breaching.length < (alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods) || now - this.scaledAt < 1000 * Cooldown) {
        continue;
      }
      const step = StepAdjustments.find((each) => contains(each, values[0] - alarm.Threshold));
      if (step) {
        return this.adjusted(capacity, step.ScalingAdjustment);
      }
    }
    return undefined;
  }

  public scaled({ now }: Sight): void {
    this.scaledAt = now;
  }

  private values(alarm: MetricAlarm, history: Sight['history']): number[] {
    const { Namespace, MetricName, Dimensions = [], Period = 0, Statistic = '', EvaluationPeriods: count } = alarm;
    const own = Dimensions.length === 1 && Dimensions[0].Name === 'Fleet' && Dimensions[0].Value === this.fleetName;
    if (Namespace !== 'AWS/AppStream' || MetricName === undefined || !own || Period % 60 !== 0 || !(Statistic in STATISTICS)) {
      throw new NotImitated(`scaling by the alarm ${alarm.AlarmName}: it is not about a metric of fleet ${this.fleetName} with a statistic of whole minutes`);
    }
    return history.periods(MetricName, { minutes: Period / 60, count, statistic: STATISTICS[Statistic] });
  }

  /** https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html#scaling-adjustment-types */
  private adjusted(capacity: number, adjustment: number): number {
    switch (this.settings.AdjustmentType) {
      case 'ExactCapacity':
        return adjustment;
      case 'PercentChangeInCapacity': {
        const exact = capacity * adjustment / 100;
        // More than one is rounded towards zero, less than one away from it.
        const whole = Math.abs(exact) < 1 ? Math.sign(exact) : Math.trunc(exact);
        return capacity + Math.sign(whole) * Math.max(Math.abs(whole), whole === 0 ? 0 : this.settings.MinAdjustmentMagnitude ?? 0);
      }
      default:
        return capacity + adjustment;
    }
  }
}

/**
 * Above the threshold the lower bound belongs to a step, below it the upper one.
 *
 * @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepAdjustment.html
 */
function contains(step: StepAdjustment, distance: number): boolean {
  const { MetricIntervalLowerBound: lower = -Infinity, MetricIntervalUpperBound: upper = Infinity } = step;
  return lower >= 0 ? distance >= lower && distance < upper : distance > lower && distance <= upper;
}

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepScalingPolicyConfiguration.html; the sentences are inferred. */
function checkSteps({ AdjustmentType, StepAdjustments = [] }: StepScalingSettings): void {
  must(AdjustmentType !== undefined, 'AdjustmentType is required.');
  must(StepAdjustments.length > 0, 'At least one step adjustment is required.');
  const steps = StepAdjustments.map(({ MetricIntervalLowerBound: from = -Infinity, MetricIntervalUpperBound: to = Infinity, ScalingAdjustment }) => {
    must(from < to, 'The upper bound of a step adjustment must be greater than the lower bound.');
    must(AdjustmentType !== 'ExactCapacity' || ScalingAdjustment >= 0, 'ScalingAdjustment must not be negative for ExactCapacity.');
    return { from, to };
  }).sort((a, b) => a.from - b.from);
  must(steps.slice(1).every(({ from }, index) => from === steps[index].to), 'Step adjustments must not overlap and must have no gap between them.');
}

function must(holds: boolean, sentence: string): void {
  if (!holds) {
    throw new AwsError('ValidationException', sentence);
  }
}
