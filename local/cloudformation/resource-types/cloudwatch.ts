import { checkDashboardBody } from '../../services/cloudwatch/dashboard-body';
import { checkMetricAlarm } from '../../services/cloudwatch/metric-alarm';
import { recordType } from '../record-type';
import { TAGS } from '../shape';

const DIMENSIONS = [{ Name: 'string', Value: 'string' }] as const;

/** An alarm as a record that CloudWatch would take: nothing is measured here. */
const alarm = recordType({
  name: 'AWS::CloudWatch::Alarm',
  properties: {
    ActionsEnabled: 'boolean',
    AlarmActions: ['string'],
    AlarmDescription: 'string',
    AlarmName: 'string',
    ComparisonOperator: 'string',
    DatapointsToAlarm: 'integer',
    Dimensions: DIMENSIONS,
    EvaluationPeriods: 'integer',
    ExtendedStatistic: 'string',
    InsufficientDataActions: ['string'],
    MetricName: 'string',
    Metrics: [{
      AccountId: 'string',
      Expression: 'string',
      Id: 'string',
      Label: 'string',
      MetricStat: { Metric: { Dimensions: DIMENSIONS, MetricName: 'string', Namespace: 'string' }, Period: 'integer', Stat: 'string', Unit: 'string' },
      Period: 'integer',
      ReturnData: 'boolean',
    }],
    Namespace: 'string',
    OKActions: ['string'],
    Period: 'integer',
    Statistic: 'string',
    Tags: TAGS,
    Threshold: 'number',
    TreatMissingData: 'string',
    Unit: 'string',
  },
  required: ['ComparisonOperator', 'EvaluationPeriods'],
  createOnly: ['AlarmName'],
  check: checkMetricAlarm,
  physicalId: ({ properties: { AlarmName }, generatedName }) => String(AlarmName ?? generatedName(255)),
  attributes: { Arn: (name, _properties, { cloud }) => `arn:aws:cloudwatch:${cloud.region}:${cloud.account}:alarm:${name}` },
});

/** A dashboard as a record with a body that CloudWatch would show. */
const dashboard = recordType({
  name: 'AWS::CloudWatch::Dashboard',
  properties: { DashboardBody: 'string', DashboardName: 'string', Tags: TAGS },
  required: ['DashboardBody'],
  createOnly: ['DashboardName'],
  check: ({ DashboardBody }) => checkDashboardBody(String(DashboardBody)),
  physicalId: ({ properties: { DashboardName }, generatedName }) => String(DashboardName ?? generatedName(255)),
});

export const cloudWatchTypes = [alarm, dashboard];
