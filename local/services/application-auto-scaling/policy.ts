import type { MetricHistory } from './metric-history';

/** What a policy looks at. */
export interface Sight {
  readonly now: number;
  readonly capacity: number;
  readonly history: MetricHistory;
}

/** A policy of a scalable target. */
export interface Policy {
  readonly arn: string;
  readonly type: 'StepScaling' | 'TargetTrackingScaling';
  /** The capacity that it wants now; undefined when it wants none in particular. */
  propose(sight: Sight): number | undefined;
  /** The capacity has changed by this policy. */
  scaled(sight: Sight): void;
}

/** What PutScalingPolicy takes. */
export interface PolicySettings {
  readonly PolicyName: string;
  readonly PolicyType?: 'StepScaling' | 'TargetTrackingScaling' | 'PredictiveScaling';
  readonly StepScalingPolicyConfiguration?: StepScalingSettings;
  readonly TargetTrackingScalingPolicyConfiguration?: TargetTrackingSettings;
}

export interface StepScalingSettings {
  readonly AdjustmentType?: 'ChangeInCapacity' | 'PercentChangeInCapacity' | 'ExactCapacity';
  readonly StepAdjustments?: readonly StepAdjustment[];
  readonly MinAdjustmentMagnitude?: number;
  readonly Cooldown?: number;
  readonly MetricAggregationType?: 'Average' | 'Minimum' | 'Maximum';
}

export interface StepAdjustment {
  readonly MetricIntervalLowerBound?: number;
  readonly MetricIntervalUpperBound?: number;
  readonly ScalingAdjustment: number;
}

export interface TargetTrackingSettings {
  readonly TargetValue: number;
  readonly PredefinedMetricSpecification?: { readonly PredefinedMetricType: string; readonly ResourceLabel?: string };
  readonly ScaleInCooldown?: number;
  readonly ScaleOutCooldown?: number;
  readonly DisableScaleIn?: boolean;
}

/** For AppStream fleets: https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html. */
export const DEFAULT_COOLDOWN_SECONDS = 300;
