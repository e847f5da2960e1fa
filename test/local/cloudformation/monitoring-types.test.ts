import { World } from './world';
import { Alarms } from '../../../local/services/cloudwatch/alarms';

function monitored(): World {
  const world = new World({ concurrency: 1 });
  world.add(new Alarms());
  return world;
}

const alarm = (properties: object = {}) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    MetricName: 'CapacityUtilization',
    Namespace: 'AWS/AppStream',
    Period: 300,
    Statistic: 'Average',
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: '0.5',
    EvaluationPeriods: 1,
    ...properties,
  },
});
const dashboard = (body: string | object) => ({
  Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardName: 'office', DashboardBody: typeof body === 'string' ? body : JSON.stringify(body) },
});
const outputs = {
  Alarm: { Value: { 'Fn::GetAtt': ['Alarm', 'Arn'] } }, Topic: { Value: { Ref: 'Topic' } }, Name: { Value: { 'Fn::GetAtt': ['Topic', 'TopicName'] } },
};

test('an alarm, its topic and a dashboard are made, changed and deleted', async () => {
  const world = monitored();
  const Topic = { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'operators' } };
  const Policy = { Type: 'AWS::SNS::TopicPolicy', Properties: { PolicyDocument: {}, Topics: [{ Ref: 'Topic' }] } };
  const Alarm = alarm({ AlarmName: 'busy', AlarmActions: [{ Ref: 'Topic' }] });
  const resources = { Topic, Policy, Alarm, Dashboard: dashboard({ widgets: [] }) };

  expect((await world.cloudformation.deploy('stack', { Resources: resources, Outputs: outputs })).outputs).toEqual({
    Alarm: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:busy', Topic: 'arn:aws:sns:eu-west-1:111122223333:operators', Name: 'operators',
  });
  const update = { Resources: { ...resources, Alarm: alarm({ AlarmName: 'busy', Threshold: 7 }) } };
  expect((await world.cloudformation.deploy('stack', update)).status).toBe('UPDATE_COMPLETE');
  expect((await world.cloudformation.destroy('stack')).status).toBe('DELETE_COMPLETE');
});

test.each([
  ['an alarm', { Alarm: alarm({ Period: 90 }) }, 'Period must be 10, 30 or a multiple of 60'],
  ['a dashboard', { Dashboard: dashboard('{') }, 'The field DashboardBody must be a valid JSON object'],
])('fails for %s that CloudWatch would refuse', async (_what, Resources, reason) => {
  const world = monitored();
  const { status, failures } = await world.cloudformation.deploy('stack', { Resources });
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(failures.join()).toContain(reason);
});

test('fails for a threshold that is no number', async () => {
  const world = monitored();
  await expect(world.cloudformation.deploy('stack', { Resources: { Alarm: alarm({ Threshold: 'high' }) } }))
    .rejects.toThrow('AWS::CloudWatch::Alarm/Threshold: expected type: Number');
});

test('fails for an update that CloudWatch would refuse, and keeps what was there', async () => {
  const world = monitored();
  await world.cloudformation.deploy('stack', { Resources: { Alarm: alarm() } });
  expect(await world.cloudformation.deploy('stack', { Resources: { Alarm: alarm({ EvaluationPeriods: 300 }) } })).toMatchObject({
    status: 'UPDATE_ROLLBACK_COMPLETE', failures: [expect.stringContaining('an alarm must not look back further than a day'), expect.stringContaining('failed to update')],
  });
});
