import { MetricHistory } from '../../../../local/services/application-auto-scaling/metric-history';
import type { StepScalingSettings } from '../../../../local/services/application-auto-scaling/policy';
import { StepScaling } from '../../../../local/services/application-auto-scaling/step-scaling';
import { Alarms, type MetricAlarm } from '../../../../local/services/cloudwatch/alarms';

const ARN = 'arn:aws:autoscaling:eu-west-1:111122223333:scalingPolicy:1';
const ALARM: MetricAlarm = {
  AlarmName: 'free',
  AlarmActions: [ARN],
  ComparisonOperator: 'LessThanOrEqualToThreshold',
  Threshold: 2,
  EvaluationPeriods: 1,
  Namespace: 'AWS/AppStream',
  MetricName: 'AvailableCapacity',
  Dimensions: [{ Name: 'Fleet', Value: 'office' }],
  Period: 60,
  Statistic: 'Average',
};
const OUT: StepScalingSettings = {
  AdjustmentType: 'ChangeInCapacity',
  StepAdjustments: [
    { MetricIntervalUpperBound: 0, MetricIntervalLowerBound: -1, ScalingAdjustment: 1 }, { MetricIntervalUpperBound: -1, ScalingAdjustment: 4 },
  ],
};

function policy(settings: StepScalingSettings = OUT, alarm: Partial<MetricAlarm> = {}): StepScaling {
  const alarms = new Alarms();
  alarms.operations.PutMetricAlarm({ ...ALARM, ...alarm }, { caller: { accessKeyId: 'cloudformation' } });
  return new StepScaling(ARN, settings, alarms, 'office');
}

/** A fleet of 10 with so many instances free, minute by minute. */
function sight(available: readonly number[], now = 0) {
  const history = new MetricHistory();
  available.forEach((AvailableCapacity) => history.add({ AvailableCapacity }));
  return { now, capacity: 10, history };
}

test.each([[3, undefined], [2, 11], [1.5, 11], [1, 14], [0, 14]])('with %s free the step below the threshold makes it %s', (available, expected) => {
  expect(policy().propose(sight([available]))).toBe(expected);
});

test.each([[2, undefined], [3, 9], [4, 8], [7, 8]])('with %s free the step above the threshold makes it %s', (available, expected) => {
  const settings: StepScalingSettings = {
    AdjustmentType: 'ChangeInCapacity',
    StepAdjustments: [
      { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 1, ScalingAdjustment: -1 }, { MetricIntervalLowerBound: 1, ScalingAdjustment: -2 },
    ],
  };
  expect(policy(settings, { ComparisonOperator: 'GreaterThanOrEqualToThreshold', Threshold: 3 }).propose(sight([available]))).toBe(expected);
});

test.each<[StepScalingSettings['AdjustmentType'], number, number | undefined, number]>([
  ['ExactCapacity', 7, undefined, 7],
  ['PercentChangeInCapacity', 25, undefined, 12],
  ['PercentChangeInCapacity', 25, 3, 13],
  ['PercentChangeInCapacity', 5, undefined, 11],
  ['PercentChangeInCapacity', -25, undefined, 8],
  ['PercentChangeInCapacity', -5, 2, 8],
  ['PercentChangeInCapacity', 0, 2, 10],
])('%s by %s and at least %s makes 10 instances %s', (AdjustmentType, ScalingAdjustment, MinAdjustmentMagnitude, expected) => {
  const settings = { AdjustmentType, MinAdjustmentMagnitude, StepAdjustments: [{ MetricIntervalUpperBound: 0, ScalingAdjustment }] };
  expect(policy(settings).propose(sight([0]))).toBe(expected);
});

test.each<[string, Partial<MetricAlarm>, number[], boolean]>([
  ['not with too few values', { Period: 120 }, [0], false],
  ['by the average of each period', { Period: 120 }, [4, 0], true],
  ['by the lowest of each period', { Period: 120, Statistic: 'Minimum' }, [9, 2], true],
  ['by the highest of each period', { Period: 120, Statistic: 'Maximum' }, [3, 0], false],
  ['when all periods breach', { EvaluationPeriods: 3 }, [0, 3, 0], false],
  ['when enough periods breach', { EvaluationPeriods: 3, DatapointsToAlarm: 2 }, [0, 3, 0], true],
])('the alarm goes off %s', (_when, alarm, available, goesOff) => {
  expect(policy(OUT, alarm).propose(sight(available)) !== undefined).toBe(goesOff);
});

test.each([[{}, 299_999, false], [{}, 300_000, true], [{ Cooldown: 60 }, 60_000, true]])('after a change it waits for its cooldown: %j', (more, now, proposes) => {
  const own = policy({ ...OUT, ...more });
  own.scaled(sight([]));
  expect(own.propose(sight([0], now)) !== undefined).toBe(proposes);
});

test.each<[string, StepScalingSettings, string]>([
  ['no type', { StepAdjustments: OUT.StepAdjustments }, 'AdjustmentType is required.'],
  ['no step', { AdjustmentType: 'ExactCapacity', StepAdjustments: [] }, 'At least one step adjustment is required.'],
  ['an empty step', { ...OUT, StepAdjustments: [{ MetricIntervalLowerBound: 1, MetricIntervalUpperBound: 1, ScalingAdjustment: 1 }] }, 'The upper bound of a step adjustment must be greater'],
  ['a gap', { ...OUT, StepAdjustments: [{ MetricIntervalUpperBound: 0, ScalingAdjustment: 1 }, { MetricIntervalLowerBound: 1, ScalingAdjustment: 2 }] }, 'must have no gap'],
  ['a negative capacity', { AdjustmentType: 'ExactCapacity', StepAdjustments: [{ MetricIntervalUpperBound: 0, ScalingAdjustment: -1 }] }, 'must not be negative for ExactCapacity'],
])('fails for %s', (_what, settings, reason) => {
  expect(() => policy(settings)).toThrow(reason);
});

test.each<[string, Partial<MetricAlarm>]>([
  ['of another fleet', { Dimensions: [{ Name: 'Fleet', Value: 'other' }] }],
  ['of another service', { Namespace: 'AWS/ECS' }],
  ['with a statistic that is not known', { Statistic: 'Sum' }],
  ['of a metric that is not known', { MetricName: 'FramesPerSecond' }],
])('fails loudly for an alarm %s', (_what, alarm) => {
  expect(() => policy(OUT, alarm).propose(sight([0]))).toThrow('the loopback does not imitate scaling');
});
