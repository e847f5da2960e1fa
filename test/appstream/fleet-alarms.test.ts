import * as cdk from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnFleet } from 'aws-cdk-lib/aws-appstream';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Capacity, Fleet, FleetAlarms, FleetProps, Image, InstanceType } from '../../src/appstream';

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:operators';

let stack: cdk.Stack;
let topic: sns.ITopic;
beforeEach(() => {
  stack = new cdk.Stack(new cdk.App(), 'Test');
  topic = sns.Topic.fromTopicArn(stack, 'Topic', TOPIC);
});

const MINIMAL: FleetProps = {
  image: Image.fromName('image'),
  instanceType: InstanceType.STANDARD_SMALL,
  capacity: Capacity.instances(1),
};

function alarms() {
  return Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm');
}

const metricsOf = (alarm: { Properties: { MetricName?: string; Metrics?: Array<{ MetricStat?: { Metric: { MetricName: string } } }> } }) =>
  alarm.Properties.MetricName ?? alarm.Properties.Metrics?.flatMap(({ MetricStat }) => MetricStat?.Metric.MetricName ?? []);

/** The metrics that the alarms look at, by their logical ids. */
function watched() {
  return Object.fromEntries(Object.entries(alarms()).map(([id, alarm]) => [id, metricsOf(alarm as Parameters<typeof metricsOf>[0])]));
}

test('the recommended alarms of a fleet', () => {
  const fleet = new Fleet(stack, 'Fleet', MINIMAL);
  expect(fleet.addRecommendedAlarms({ topic }).alarms).toHaveLength(4);

  const Fleets = [{ Name: 'Fleet', Value: { Ref: 'Fleet30813DF3' } }];
  const common = { AlarmActions: [TOPIC], ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'notBreaching' };
  const onMetric = { Namespace: 'AWS/AppStream', Dimensions: Fleets, Period: 300 };
  const part = (Id: string, MetricName: string, Stat: string) => ({
    Id, ReturnData: false, MetricStat: { Metric: { Namespace: 'AWS/AppStream', MetricName, Dimensions: Fleets }, Period: 300, Stat },
  });
  expect(Object.fromEntries(Object.entries(alarms()).map(([id, { Properties }]) => [id, Properties]))).toEqual({
    FleetAlarmsInsufficientCapacity95F9CC23: {
      ...common,
      ...onMetric,
      MetricName: 'InsufficientCapacityError',
      Statistic: 'Sum',
      Threshold: 1,
      EvaluationPeriods: 1,
      AlarmDescription: 'Users were turned away since no capacity was left: give the fleet more, or let it scale earlier',
    },
    FleetAlarmsHighUtilizationC61BBD0A: {
      ...common,
      ...onMetric,
      MetricName: 'CapacityUtilization',
      Statistic: 'Average',
      Threshold: 80,
      EvaluationPeriods: 3,
      AlarmDescription: 'At least 80 percent of the capacity have been in use for 15 minutes: new capacity takes 10 to 20 minutes',
    },
    FleetAlarmsNoAvailableCapacity916C0BC1: {
      ...common,
      ...onMetric,
      MetricName: 'CapacityUtilization',
      Statistic: 'Minimum',
      Threshold: 100,
      EvaluationPeriods: 1,
      AlarmDescription: 'All capacity has been in use for 5 minutes: the next user will be turned away',
    },
    FleetAlarmsFailedStart14F1D275: {
      ...common,
      Threshold: 1,
      EvaluationPeriods: 6,
      Metrics: [
        { Id: 'expr_1', Expression: 'IF(pending > 0 AND actual < 1, 1, 0)', Label: 'capacity of instances is pending and there is none', ReturnData: true },
        part('actual', 'ActualCapacity', 'Maximum'),
        part('pending', 'PendingCapacity', 'Minimum'),
      ],
      AlarmDescription: 'Capacity has been pending for 30 minutes and there is none: see the errors of the fleet, its start has probably failed',
    },
  });
});

test('a fleet whose users share instances is watched in sessions', () => {
  new Fleet(stack, 'Fleet', { ...MINIMAL, capacity: Capacity.sessions(10, { sessionsPerInstance: 5 }) }).addRecommendedAlarms({ topic });
  expect(Object.values(watched())).toEqual([
    'InsufficientCapacityError', 'CapacityUtilization', 'CapacityUtilization', ['ActualUserSessionCapacity', 'PendingUserSessionCapacity'],
  ]);
});

test('an imported fleet is watched in instances and in sessions', () => {
  Fleet.fromFleetName(stack, 'Fleet', 'office').addRecommendedAlarms({ topic });
  expect(Object.values(watched())).toEqual([
    'InsufficientCapacityError', 'CapacityUtilization', 'CapacityUtilization',
    ['ActualCapacity', 'PendingCapacity'], ['ActualUserSessionCapacity', 'PendingUserSessionCapacity'],
  ]);
});

test('of an Elastic L1 it is watched whether users are turned away', () => {
  const fleet = new CfnFleet(stack, 'Fleet', { name: 'office', instanceType: 'stream.standard.small', fleetType: 'ELASTIC' });
  new FleetAlarms(stack, 'Alarms', { fleet, topic: new sns.CfnTopic(stack, 'L1Topic') });
  expect(Object.values(watched())).toEqual(['InsufficientCapacityError', 'InsufficientConcurrencyLimitError']);
});

test('fails for a second set of alarms', () => {
  const fleet = new Fleet(stack, 'Fleet', MINIMAL);
  fleet.addRecommendedAlarms({ topic });
  expect(() => fleet.addRecommendedAlarms({ topic })).toThrow("There is already a Construct with name 'Alarms' in Fleet [Fleet]");
});

test('cdk-nag finds nothing in them', () => {
  cdk.Validations.of(stack.node.root).addPlugins(new AwsSolutionsChecks(stack.node.root));
  new Fleet(stack, 'Fleet', MINIMAL).addRecommendedAlarms({ topic });
  expect(() => (stack.node.root as cdk.App).synth()).not.toThrow();
});
