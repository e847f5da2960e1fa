import { DEFAULT_COOLDOWN_SECONDS, type Policy, type Sight, type TargetTrackingSettings } from './policy';
import { AwsError } from '../../wire/aws-error';

/** The only one for fleets: https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html. */
const METRIC = 'AppStreamAverageCapacityUtilization';

/** Inferred from the alarms that target tracking makes for ECS services: fast out, slow in, and in only when well below the target. */
const MINUTES_ABOVE = 3;
const MINUTES_BELOW = 15;
const WELL_BELOW = 0.9;

/** Keeps the utilization of a fleet near a target. */
export class TargetTracking implements Policy {
  public readonly type = 'TargetTrackingScaling';
  private readonly scaleOutAfter: number;
  private readonly scaleInAfter: number;
  private scaledAt = -Infinity;

  constructor(readonly arn: string, private readonly settings: TargetTrackingSettings) {
    const { TargetValue, PredefinedMetricSpecification: metric, ScaleInCooldown, ScaleOutCooldown } = settings;
    if (metric?.PredefinedMetricType !== METRIC) {
      throw new AwsError('ValidationException', `The metric type ${metric?.PredefinedMetricType} is not supported for the scalable dimension appstream:fleet:DesiredCapacity.`);
    }
    if (metric.ResourceLabel !== undefined) {
      throw new AwsError('ValidationException', `ResourceLabel must not be set for the metric type ${METRIC}.`);
    }
    // Inferred: a percentage.
    if (!(TargetValue > 0 && TargetValue <= 100)) {
      throw new AwsError('ValidationException', `TargetValue must be greater than 0 and at most 100 for the metric type ${METRIC}, got ${TargetValue}.`);
    }
    this.scaleOutAfter = 1000 * (ScaleOutCooldown ?? DEFAULT_COOLDOWN_SECONDS);
    this.scaleInAfter = 1000 * (ScaleInCooldown ?? DEFAULT_COOLDOWN_SECONDS);
  }

  public propose({ now, capacity, history }: Sight): number | undefined {
    const { TargetValue, DisableScaleIn = false } = this.settings;
    const values = (count: number) => history.periods('CapacityUtilization', { minutes: 1, count });
    // Inferred: so much that the same use comes to the target or just below it.
    const wanted = (utilization: number) => Math.ceil(capacity * utilization / TargetValue);
    const [newest] = values(1);
    if (isLasting(values(MINUTES_ABOVE), MINUTES_ABOVE, (value) => value > TargetValue)) {
      return now - this.scaledAt >= this.scaleOutAfter ? wanted(newest) : undefined;
    }
    if (!DisableScaleIn && isLasting(values(MINUTES_BELOW), MINUTES_BELOW, (value) => value < TargetValue * WELL_BELOW)) {
      // Inferred: the cooldown counts from a scale-out as well.
      return now - this.scaledAt >= this.scaleInAfter ? wanted(newest) : undefined;
    }
    return undefined;
  }

  public scaled({ now }: Sight): void {
    this.scaledAt = now;
  }
}

function isLasting(values: readonly number[], count: number, holds: (value: number) => boolean): boolean {
  return values.length === count && values.every(holds);
}
