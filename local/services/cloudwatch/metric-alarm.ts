import { AwsError } from '../../wire/aws-error';

type Json = { readonly [name: string]: unknown };

const COMPARISONS = ['GreaterThanOrEqualToThreshold', 'GreaterThanThreshold', 'LessThanThreshold', 'LessThanOrEqualToThreshold'];
const MISSING_DATA = ['breaching', 'notBreaching', 'ignore', 'missing'];
const STATISTICS = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'];
/** Percentiles, trimmed means and their like: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html. */
const EXTENDED_STATISTIC = /^((p|tm|tc|ts|wm)\d{1,2}(\.\d{1,10})?|p100|IQM|(PR|TC|TM|TS|WM)\(.+\))$/i;
const DAY = 86_400;

/** What PutMetricAlarm documents of alarms with a fixed threshold; those on anomalies have other comparisons and are not imitated. */
export function checkMetricAlarm(alarm: Json): void {
  const { MetricName, Metrics, Threshold, EvaluationPeriods, DatapointsToAlarm } = alarm;
  const { AlarmActions = [], OKActions = [], InsufficientDataActions = [] } = alarm;
  must((MetricName === undefined) !== (Metrics === undefined), 'exactly one of MetricName and Metrics must be given');
  must(COMPARISONS.includes(String(alarm.ComparisonOperator)), `ComparisonOperator must be one of ${COMPARISONS.join(', ')}`);
  must(Threshold !== undefined, 'Threshold is required');
  must(Number(EvaluationPeriods) >= 1, 'EvaluationPeriods must be at least 1');
  must(DatapointsToAlarm === undefined || Number(DatapointsToAlarm) >= 1 && Number(DatapointsToAlarm) <= Number(EvaluationPeriods),
    'DatapointsToAlarm must be from 1 to EvaluationPeriods');
  must(alarm.TreatMissingData === undefined || MISSING_DATA.includes(String(alarm.TreatMissingData)),
    `TreatMissingData must be one of ${MISSING_DATA.join(', ')}`);
  for (const [name, actions] of Object.entries({ AlarmActions, OKActions, InsufficientDataActions })) {
    must((actions as unknown[]).length <= 5, `${name} must have at most 5 members`);
  }
  const periods = Metrics === undefined ? [metric(alarm)] : expressions(Metrics as Json[]);
  for (const period of periods) {
    must([10, 30].includes(period) || period > 0 && period % 60 === 0, 'Period must be 10, 30 or a multiple of 60');
    must(period * Number(EvaluationPeriods) <= (period < 3600 ? DAY : 7 * DAY), 'an alarm must not look back further than a day, or a week with periods of an hour');
  }
}

function metric({ Namespace, Period, Statistic, ExtendedStatistic, Dimensions = [] }: Json): number {
  must(Namespace !== undefined && Period !== undefined, 'Namespace and Period are required with MetricName');
  must((Statistic === undefined) !== (ExtendedStatistic === undefined), 'exactly one of Statistic and ExtendedStatistic must be given');
  must(Statistic === undefined || STATISTICS.includes(String(Statistic)), `Statistic must be one of ${STATISTICS.join(', ')}`);
  must(ExtendedStatistic === undefined || EXTENDED_STATISTIC.test(String(ExtendedStatistic)), 'ExtendedStatistic must be a percentile or its like');
  must((Dimensions as unknown[]).length <= 30, 'Dimensions must have at most 30 members');
  return Number(Period);
}

/** The periods of the metrics that are calculated with. */
function expressions(metrics: readonly Json[]): number[] {
  must(metrics.filter(({ ReturnData = true }) => ReturnData).length === 1, 'exactly one of the Metrics must return data');
  const ids = metrics.map(({ Id }) => String(Id));
  must(ids.every((id) => /^[a-z]\w*$/.test(id)), 'the Id of each of the Metrics must start with a lower-case letter');
  must(new Set(ids).size === ids.length, 'the Ids of the Metrics must be different');
  must(metrics.every(({ Expression, MetricStat }) => (Expression === undefined) !== (MetricStat === undefined)),
    'each of the Metrics must have exactly one of Expression and MetricStat');
  const unknown = metrics.flatMap(({ Expression }) => variables(Expression)).find((name) => !ids.includes(name));
  must(unknown === undefined, `an Expression names ${unknown}, which is the Id of none of the Metrics`);
  return metrics.flatMap(({ MetricStat }) => MetricStat === undefined ? [] : [Number((MetricStat as Json).Period)]);
}

/** Names of functions are in capitals, texts in quotes: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html. */
function variables(expression: unknown): readonly string[] {
  return expression === undefined ? [] : String(expression).replace(/"[^"]*"|'[^']*'/g, '').match(/\b[a-z]\w*/g) ?? [];
}

function must(holds: boolean, sentence: string): void {
  if (!holds) {
    throw new AwsError('ValidationError', sentence);
  }
}
