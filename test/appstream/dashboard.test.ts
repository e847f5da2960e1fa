import * as cdk from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnFleet } from 'aws-cdk-lib/aws-appstream';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { checkDashboardBody } from '../../local/services/cloudwatch/dashboard-body';
import { Capacity, Dashboard, Fleet, FleetProps, Image, InstanceType, Stack } from '../../src/appstream';

let stack: cdk.Stack;
beforeEach(() => {
  stack = new cdk.Stack(new cdk.App(), 'Test', { env: { account: '123456789012', region: 'eu-west-1' } });
});

const MINIMAL: FleetProps = {
  fleetName: 'desktops',
  image: Image.fromName('image'),
  instanceType: InstanceType.STANDARD_SMALL,
  capacity: Capacity.instances(1),
};

interface Widget {
  readonly type: string;
  readonly properties: { readonly title?: string; readonly markdown?: string; readonly metrics?: ReadonlyArray<readonly unknown[]> };
}

/** The body as CloudWatch gets it, with what CloudFormation puts in; CloudWatch takes it. */
function body(): { readonly widgets: readonly Widget[] } {
  const [{ Properties: { DashboardBody } }] = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard'));
  const values: Record<string, string> = { 'Fleet30813DF3': 'desktops', 'Stack8A423254': 'office', 'AWS::Region': 'eu-west-1', 'AWS::Partition': 'aws' };
  const text = (part: string | { Ref: string }) => typeof part === 'string' ? part : values[part.Ref] ?? part.Ref;
  const source: string = typeof DashboardBody === 'string' ? DashboardBody : DashboardBody['Fn::Join'][1].map(text).join('');
  checkDashboardBody(source);
  return JSON.parse(source);
}

/** The names of the metrics that a graph shows. */
const shown = (title: string) => body().widgets.filter(({ properties }) => properties.title === title)
  .map(({ properties }) => properties.metrics?.map(([, name]) => name));

test('a fleet on the dashboard', () => {
  new Dashboard(stack, 'Dashboard').addFleet(new Fleet(stack, 'Fleet', MINIMAL));

  const of = (...names: string[]) => names.map((name) => ['AWS/AppStream', name, 'Fleet', 'desktops']);
  const region = 'eu-west-1';
  const rendered = (metrics: unknown[][], stat?: string) => metrics.map((metric) => [...metric, { accountId: '123456789012', region, ...stat && { stat } }]);
  const graph = (title: string, x: number, y: number, metrics: unknown[][], left: object = { min: 0 }) => ({
    type: 'metric', width: 8, height: 6, x, y, properties: { view: 'timeSeries', title, region, metrics, yAxis: { left } },
  });
  const percent = { label: 'percent', showUnits: false, min: 0, max: 100 };
  expect(body()).toEqual({
    widgets: [
      { type: 'text', width: 24, height: 1, x: 0, y: 0, properties: { markdown: '# Fleet desktops' } },
      graph('Capacity', 0, 1, rendered(of('ActualCapacity', 'InUseCapacity', 'PendingCapacity'))),
      graph('Utilization', 8, 1, rendered(of('CapacityUtilization')), percent),
      graph('Users turned away', 16, 1, rendered(of('InsufficientCapacityError', 'InsufficientConcurrencyLimitError'), 'Sum')),
      graph('Instances', 0, 7, rendered(of('CpuUtilizationInstance', 'MemoryUtilizationInstance', 'DiskUtilizationInstance', 'GpuUtilizationInstance')), percent),
      graph('Latency', 8, 7, rendered(of('InSessionLatency')), { label: 'milliseconds', showUnits: false, min: 0 }),
      graph('Frames per second', 16, 7, rendered(of('FramesPerSecond'))),
    ],
  });
});

test('a stack on the dashboard is its name, and its fleet', () => {
  new Dashboard(stack, 'Dashboard').addStack(new Stack(stack, 'Stack'), new Fleet(stack, 'Fleet', MINIMAL));
  const { widgets } = body();
  expect(widgets[0].properties.markdown).toBe('# Stack office: fleet desktops');
  expect(widgets).toHaveLength(7);
});

test('fleets stand below each other, each in its own unit', () => {
  const dashboard = new Dashboard(stack, 'Dashboard');
  dashboard.addFleet(new Fleet(stack, 'Fleet', { ...MINIMAL, capacity: Capacity.sessions(10, { sessionsPerInstance: 5 }) }));
  dashboard.addFleet(Fleet.fromFleetName(stack, 'Imported', 'imported'));
  dashboard.addFleet(new CfnFleet(Fleet.fromFleetName(stack, 'Scope', 'x'), 'Resource', { name: 'elastic', instanceType: 'x', fleetType: 'ELASTIC' }));
  const sessions = ['ActualUserSessionCapacity', 'ActiveUserSessionCapacity', 'PendingUserSessionCapacity'];
  expect(shown('Capacity')).toEqual([sessions, ['ActualCapacity', 'InUseCapacity', 'PendingCapacity', ...sessions], ['InUseCapacity']]);
});

test('more widgets go below, and the dashboard has a name where it is given one', () => {
  const fleet = new Fleet(stack, 'Fleet', MINIMAL);
  const dashboard = new Dashboard(stack, 'Dashboard', { dashboardName: 'office' });
  dashboard.addFleet(fleet);
  dashboard.addWidgets(new cloudwatch.TextWidget({ markdown: 'ask the help desk' }));
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardName: 'office' });
  expect(body().widgets.map(({ type }) => type)).toEqual(['text', ...Array.from({ length: 6 }, () => 'metric'), 'text']);
});
