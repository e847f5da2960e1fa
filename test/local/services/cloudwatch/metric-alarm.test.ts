import { checkMetricAlarm } from '../../../../local/services/cloudwatch/metric-alarm';

const ALARM = {
  MetricName: 'CapacityUtilization',
  Namespace: 'AWS/AppStream',
  Period: 300,
  Statistic: 'Average',
  ComparisonOperator: 'GreaterThanThreshold',
  Threshold: 0,
  EvaluationPeriods: 288,
};
const stat = (Id: string) => ({ Id, ReturnData: false, MetricStat: { Period: 60 } });
const math = (...Metrics: object[]) => ({ ComparisonOperator: 'GreaterThanThreshold', Threshold: 1, EvaluationPeriods: 1, Metrics });

test.each([
  ['a metric over a whole day', ALARM],
  ['hours over a whole week', { ...ALARM, Period: 3600, EvaluationPeriods: 168 }],
  ['an expression', math(stat('a'), { Id: 'e', Expression: 'IF(FILL(a, 0) > 1.5e3, 100 * a, 0)' })],
  ['a percentile', { ...ALARM, Statistic: undefined, ExtendedStatistic: 'p99.9' }],
  ['a part of the periods', { ...ALARM, EvaluationPeriods: 3, DatapointsToAlarm: 3, TreatMissingData: 'notBreaching' }],
])('CloudWatch takes %s', (_what, alarm) => {
  expect(() => checkMetricAlarm(alarm)).not.toThrow();
});

test.each([
  ['no metric', { ...ALARM, MetricName: undefined }, 'exactly one of MetricName and Metrics must be given'],
  ['a metric and expressions', { ...ALARM, Metrics: [] }, 'exactly one of MetricName and Metrics must be given'],
  ['another comparison', { ...ALARM, ComparisonOperator: '>' },
    'ComparisonOperator must be one of GreaterThanOrEqualToThreshold, GreaterThanThreshold, LessThanThreshold, LessThanOrEqualToThreshold'],
  ['no threshold', { ...ALARM, Threshold: undefined }, 'Threshold is required'],
  ['no periods', { ...ALARM, EvaluationPeriods: 0 }, 'EvaluationPeriods must be at least 1'],
  ['more of the periods than there are', { ...ALARM, DatapointsToAlarm: 289 }, 'DatapointsToAlarm must be from 1 to EvaluationPeriods'],
  ['another treatment', { ...ALARM, TreatMissingData: 'fine' }, 'TreatMissingData must be one of breaching, notBreaching, ignore, missing'],
  ['six actions', { ...ALARM, AlarmActions: Array(6).fill('arn') }, 'AlarmActions must have at most 5 members'],
  ['no period', { ...ALARM, Period: undefined }, 'Namespace and Period are required with MetricName'],
  ['no statistic', { ...ALARM, Statistic: undefined }, 'exactly one of Statistic and ExtendedStatistic must be given'],
  ['another statistic', { ...ALARM, Statistic: 'Mean' }, 'Statistic must be one of SampleCount, Average, Sum, Minimum, Maximum'],
  ['another extended statistic', { ...ALARM, Statistic: undefined, ExtendedStatistic: 'Average' }, 'ExtendedStatistic must be a percentile or its like'],
  ['31 dimensions', { ...ALARM, Dimensions: Array(31).fill({}) }, 'Dimensions must have at most 30 members'],
  ['six actions when all is well', { ...ALARM, OKActions: Array(6).fill('arn') }, 'OKActions must have at most 5 members'],
  ['an expression about what there is not', math(stat('a'), { Id: 'e', Expression: 'IF(a > 0, b)' }),
    'an Expression names b, which is the Id of none of the Metrics'],
  ['half a minute', { ...ALARM, Period: 90 }, 'Period must be 10, 30 or a multiple of 60'],
  ['more than a day', { ...ALARM, EvaluationPeriods: 289 }, 'an alarm must not look back further than a day, or a week with periods of an hour'],
  ['nothing that returns data', math(stat('a')), 'exactly one of the Metrics must return data'],
  ['two that return data', math({ Id: 'a', Expression: '1' }, { Id: 'b', Expression: '2' }), 'exactly one of the Metrics must return data'],
  ['an Id in capitals', math({ Id: 'A', Expression: '1' }), 'the Id of each of the Metrics must start with a lower-case letter'],
  ['an Id twice', math(stat('a'), { Id: 'a', Expression: '1' }), 'the Ids of the Metrics must be different'],
  ['neither metric nor expression', math({ Id: 'a' }), 'each of the Metrics must have exactly one of Expression and MetricStat'],
])('fails for %s', (_what, alarm, sentence) => {
  expect(() => checkMetricAlarm(alarm)).toThrow(new Error(sentence));
});
