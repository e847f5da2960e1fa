import { checkDashboardBody } from '../../services/cloudwatch/dashboard-body';
import { recordType } from '../record-type';
import type { ResourceRequest, ResourceType } from '../resource-type';
import { TAGS } from '../shape';

const DIMENSIONS = [{ Name: 'string', Value: 'string' }] as const;

const alarm: ResourceType = {
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
  attributes: ['Arn'],

  create: (request) => putAlarm(request, String(request.properties.AlarmName ?? request.generatedName(255))),
  update: (request) => putAlarm(request, request.physicalId),
  async delete({ cloud, physicalId }) {
    await cloud.call('cloudwatch', 'DeleteAlarms', { AlarmNames: [physicalId] });
  },
};

async function putAlarm({ cloud, properties }: ResourceRequest, AlarmName: string) {
  await cloud.call('cloudwatch', 'PutMetricAlarm', { ...properties, AlarmName });
  return { physicalId: AlarmName, attributes: { Arn: `arn:aws:cloudwatch:${cloud.region}:${cloud.account}:alarm:${AlarmName}` } };
}

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
