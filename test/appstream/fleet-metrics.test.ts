import * as cdk from 'aws-cdk-lib';
import { CfnAppBlockBuilder, CfnFleet, CfnImageBuilder } from 'aws-cdk-lib/aws-appstream';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AppBlockBuilder, AppBlockBuilderMetrics, Fleet, FleetMetrics, ImageBuilder, ImageBuilderMetrics } from '../../src/appstream';

type Method = Exclude<keyof FleetMetrics, 'metric'>;

/** Every metric that AppStream documents, with the statistic that makes sense of it. */
const METRICS: Readonly<Record<Method, readonly [name: string, statistic: string]>> = {
  actualCapacity: ['ActualCapacity', 'Average'],
  availableCapacity: ['AvailableCapacity', 'Average'],
  capacityUtilization: ['CapacityUtilization', 'Average'],
  desiredCapacity: ['DesiredCapacity', 'Average'],
  inUseCapacity: ['InUseCapacity', 'Average'],
  pendingCapacity: ['PendingCapacity', 'Average'],
  runningCapacity: ['RunningCapacity', 'Average'],
  insufficientCapacityError: ['InsufficientCapacityError', 'Sum'],
  insufficientConcurrencyLimitError: ['InsufficientConcurrencyLimitError', 'Sum'],
  actualUserSessionCapacity: ['ActualUserSessionCapacity', 'Average'],
  availableUserSessionCapacity: ['AvailableUserSessionCapacity', 'Average'],
  activeUserSessionCapacity: ['ActiveUserSessionCapacity', 'Average'],
  desiredUserSessionCapacity: ['DesiredUserSessionCapacity', 'Average'],
  pendingUserSessionCapacity: ['PendingUserSessionCapacity', 'Average'],
  runningUserSessionCapacity: ['RunningUserSessionCapacity', 'Average'],
  drainingCapacity: ['DrainingCapacity', 'Average'],
  drainModeActiveUserSessionCapacity: ['DrainModeActiveUserSessionCapacity', 'Average'],
  drainModeUnusedUserSessionCapacity: ['DrainModeUnusedUserSessionCapacity', 'Average'],
  cpuUtilizationInstance: ['CpuUtilizationInstance', 'Average'],
  memoryUtilizationInstance: ['MemoryUtilizationInstance', 'Average'],
  pagingFileUtilizationInstance: ['PagingFileUtilizationInstance', 'Average'],
  diskUtilizationInstance: ['DiskUtilizationInstance', 'Average'],
  gpuUtilizationInstance: ['GpuUtilizationInstance', 'Average'],
  cpuQueueLength: ['CpuQueueLength', 'Average'],
  diskIoQueueLength: ['DiskIoQueueLength', 'Average'],
  memoryPageHardFaults: ['MemoryPageHardFaults', 'Average'],
  diskReadOperations: ['DiskReadOperations', 'Average'],
  diskWriteOperations: ['DiskWriteOperations', 'Average'],
  cpuUtilizationSession: ['CpuUtilizationSession', 'Average'],
  memoryUtilizationSession: ['MemoryUtilizationSession', 'Average'],
  inSessionLatency: ['InSessionLatency', 'Average'],
  udpPacketLossRate: ['UDPPacketLossRate', 'Average'],
  tcpRetransmissionRate: ['TCPRetransmissionRate', 'Average'],
  bandwidth: ['Bandwidth', 'Average'],
  bandwidthInbound: ['BandwidthInbound', 'Average'],
  congestionWindow: ['CongestionWindow', 'Average'],
  connectionDuration: ['ConnectionDuration', 'Average'],
  framesPerSecond: ['FramesPerSecond', 'Average'],
  metadataNoToken: ['MetadataNoToken', 'Sum'],
  metadataNoTokenRejected: ['MetadataNoTokenRejected', 'Sum'],
};

let stack: cdk.Stack;
beforeEach(() => {
  stack = new cdk.Stack(new cdk.App(), 'Test');
});

test.each(Object.entries(METRICS))('%s is of the fleet, by its name', (method, [metricName, statistic]) => {
  const { metrics } = Fleet.fromFleetName(stack, 'Fleet', 'office');
  expect(metrics[method as Method]().toMetricConfig()).toMatchObject({
    metricStat: { namespace: 'AWS/AppStream', metricName, statistic, dimensions: [{ name: 'Fleet', value: 'office' }], period: cdk.Duration.minutes(5) },
  });
});

test.each(Object.keys(METRICS))('%s takes another period and statistic', (method) => {
  const { metrics } = Fleet.fromFleetName(stack, 'Fleet', 'office');
  expect(metrics[method as Method]({ period: cdk.Duration.minutes(1), statistic: 'Maximum' }).toMetricConfig()).toMatchObject({
    metricStat: { statistic: 'Maximum', period: cdk.Duration.minutes(1) },
  });
});

test('there is no metric beyond those', () => {
  const methods = Object.getOwnPropertyNames(FleetMetrics.prototype).filter((name) => !['constructor', 'metric'].includes(name));
  expect(methods.sort()).toEqual(Object.keys(METRICS).sort());
});

test('any metric is had by its name, for one session too', () => {
  const { metrics } = Fleet.fromFleetName(stack, 'Fleet', 'office');
  const dimensionsMap = { FleetName: 'office', InstanceId: 'i-1', SessionId: 's-1' };
  expect(metrics.metric('NewOne', { dimensionsMap }).toMetricConfig()).toMatchObject({
    metricStat: {
      metricName: 'NewOne',
      dimensions: [{ name: 'FleetName', value: 'office' }, { name: 'InstanceId', value: 'i-1' }, { name: 'SessionId', value: 's-1' }],
    },
  });
});

test('the metrics of an L1', () => {
  const fleet = new CfnFleet(stack, 'Fleet', { name: 'office', instanceType: 'stream.standard.small' });
  const { metricStat } = FleetMetrics.fromFleet(fleet).capacityUtilization().toMetricConfig();
  expect(stack.resolve(metricStat?.dimensions)).toEqual([{ name: 'Fleet', value: { Ref: 'Fleet' } }]);
});

test('the metrics of a fleet in another account and Region are looked for there', () => {
  const fleet = Fleet.fromFleetArn(stack, 'Fleet', 'arn:aws:appstream:us-east-1:222222222222:fleet/far');
  expect(fleet.metrics.capacityUtilization()).toMatchObject<Partial<cloudwatch.Metric>>({ account: '222222222222', region: 'us-east-1' });
});

describe.each<[string, () => ImageBuilderMetrics | AppBlockBuilderMetrics, () => ImageBuilderMetrics | AppBlockBuilderMetrics]>([
  ['ImageBuilder', () => ImageBuilder.fromImageBuilderName(stack, 'Builder', 'builder').metrics,
    () => ImageBuilderMetrics.fromImageBuilder(new CfnImageBuilder(stack, 'L1', { name: 'l1', instanceType: 'stream.standard.small' }))],
  ['AppBlockBuilder', () => AppBlockBuilder.fromAppBlockBuilderName(stack, 'Builder', 'builder').metrics,
    () => AppBlockBuilderMetrics.fromAppBlockBuilder(new CfnAppBlockBuilder(stack, 'L1', {
      name: 'l1', instanceType: 'stream.standard.small', platform: 'WINDOWS_SERVER_2019', vpcConfig: { subnetIds: ['subnet-1'] },
    }))],
])('the metrics of an %s', (dimension, imported, ofL1) => {
  test.each([['metadataNoToken', 'MetadataNoToken'], ['metadataNoTokenRejected', 'MetadataNoTokenRejected']] as const)('%s', (method, metricName) => {
    expect(imported()[method]().toMetricConfig()).toMatchObject({
      metricStat: { namespace: 'AWS/AppStream', metricName, statistic: 'Sum', dimensions: [{ name: dimension, value: 'builder' }], period: cdk.Duration.minutes(5) },
    });
  });

  test('are those of an L1, too, and any by its name', () => {
    const { metricStat } = ofL1().metric('NewOne', { statistic: 'Maximum' }).toMetricConfig();
    expect(stack.resolve(metricStat)).toMatchObject({ metricName: 'NewOne', statistic: 'Maximum', dimensions: [{ name: dimension, value: { Ref: 'L1' } }] });
  });
});
