import { AwsError } from '../../wire/aws-error';

type Json = { readonly [name: string]: unknown };

const COMPARISONS = ['GreaterThanOrEqualToThreshold', 'GreaterThanThreshold', 'LessThanThreshold', 'LessThanOrEqualToThreshold'];
const MISSING_DATA = ['breaching', 'notBreaching', 'ignore', 'missing'];
const DAY = 86_400;

/** What PutMetricAlarm documents of alarms with a fixed threshold; those on anomalies have other comparisons and are not imitated. */
export function checkMetricAlarm(alarm: Json): void {
  const { MetricName, Metrics, Threshold, EvaluationPeriods, DatapointsToAlarm, AlarmActions = [] } = alarm;
  must((MetricName === undefined) !== (Metrics === undefined), 'exactly one of MetricName and Metrics must be given');
  must(COMPARISONS.includes(String(alarm.ComparisonOperator)), `ComparisonOperator must be one of ${COMPARISONS.join(', ')}`);
  must(Threshold !== undefined, 'Threshold is required');
  must(Number(EvaluationPeriods) >= 1, 'EvaluationPeriods must be at least 1');
  must(DatapointsToAlarm === undefined || Number(DatapointsToAlarm) >= 1 && Number(DatapointsToAlarm) <= Number(EvaluationPeriods),
    'DatapointsToAlarm must be from 1 to EvaluationPeriods');
  must(alarm.TreatMissingData === undefined || MISSING_DATA.includes(String(alarm.TreatMissingData)),
    `TreatMissingData must be one of ${MISSING_DATA.join(', ')}`);
  must((AlarmActions as unknown[]).length <= 5, 'AlarmActions must have at most 5 members');
  const periods = Metrics === undefined ? [metric(alarm)] : expressions(Metrics as Json[]);
  for (const period of periods) {
    must([10, 30].includes(period) || period > 0 && period % 60 === 0, 'Period must be 10, 30 or a multiple of 60');
    must(period * Number(EvaluationPeriods) <= (period < 3600 ? DAY : 7 * DAY), 'an alarm must not look back further than a day, or a week with periods of an hour');
  }
}

function metric({ Namespace, Period, Statistic, ExtendedStatistic }: Json): number {
  must(Namespace !== undefined && Period !== undefined, 'Namespace and Period are required with MetricName');
  must((Statistic === undefined) !== (ExtendedStatistic === undefined), 'exactly one of Statistic and ExtendedStatistic must be given');
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
  return metrics.flatMap(({ MetricStat }) => MetricStat === undefined ? [] : [Number((MetricStat as Json).Period)]);
}

function must(holds: boolean, sentence: string): void {
  if (!holds) {
    throw new AwsError('ValidationError', sentence);
  }
}
