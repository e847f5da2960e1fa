import * as cdk from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Capacity, Fleet, FleetProps, FleetState, Image, InstanceType } from '../../src/appstream';

let stack: cdk.Stack;

beforeEach(() => {
  stack = new cdk.Stack(new cdk.App(), 'Test');
});

function fleet(props: Partial<FleetProps> = {}): Fleet {
  return new Fleet(stack, 'Fleet', {
    fleetName: 'office', image: Image.fromName('image'), instanceType: InstanceType.STANDARD_SMALL, capacity: Capacity.instances(2), ...props,
  });
}

const scaled = (props?: Partial<FleetProps>) => fleet(props).autoScaleCapacity({ minCapacity: 1, maxCapacity: 10 });
const morning = appscaling.Schedule.cron({ minute: '0', hour: '8' });

function properties(type: string) {
  return Object.values(Template.fromStack(stack).findResources(type)).map(({ Properties }) => Properties);
}

const reading = () => {
  const [{ ServiceToken, ...own }] = properties('Custom::AppStreamFleetCapacity');
  return own;
};

test('a fleet is a scalable target, and has its capacity from a reading', () => {
  scaled({ displayName: 'Office' });
  expect(properties('AWS::ApplicationAutoScaling::ScalableTarget')).toEqual([{
    ServiceNamespace: 'appstream',
    ScalableDimension: 'appstream:fleet:DesiredCapacity',
    ResourceId: { 'Fn::Join': ['', ['fleet/', { Ref: 'Fleet30813DF3' }]] },
    MinCapacity: 1,
    MaxCapacity: 10,
    RoleARN: {
      'Fn::Join': ['', [
        'arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' },
        ':role/aws-service-role/appstream.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_AppStreamFleet',
      ]],
    },
  }]);
  expect(properties('AWS::AppStream::Fleet')).toMatchObject([{ ComputeCapacity: { DesiredInstances: { 'Fn::GetAtt': ['FleetCapacity90F8D4D0', 'Capacity'] } } }]);
  expect(reading()).toEqual({
    FleetName: 'office',
    Unit: 'INSTANCES',
    InitialCapacity: '2',
    MinCapacities: '[1]',
    MaxCapacities: '[10]',
    Settings: {
      'Fn::Join': ['', [
        '{"imageName":"image","instanceType":"stream.standard.small","displayName":"Office","iamRoleArn":"', { 'Fn::GetAtt': ['FleetRole427BC000', 'Arn'] },
        '","disableImdsv1":true,"enableDefaultInternetAccess":false,"name":"office","fleetType":"ALWAYS_ON",'
        + '"disconnectTimeoutInSeconds":300,"idleDisconnectTimeoutInSeconds":600,"maxUserDurationInSeconds":36000,"tags":[{"key":"cdk-app-streaming:stack","value":"', { Ref: 'AWS::StackName' }, '"}]}',
      ]],
    },
    TimeoutSeconds: '2700',
    ServiceTimeout: '3120',
  });
});

test('a fleet whose users share instances is scaled in sessions', () => {
  scaled({ capacity: Capacity.sessions(4, { sessionsPerInstance: 2 }) });
  expect(properties('AWS::AppStream::Fleet')).toMatchObject([{ ComputeCapacity: { DesiredSessions: { 'Fn::GetAtt': ['FleetCapacity90F8D4D0', 'Capacity'] } } }]);
  expect(reading()).toMatchObject({ Unit: 'SESSIONS', InitialCapacity: '4' });
});

test('the minimum is 1 unless told otherwise', () => {
  fleet().autoScaleCapacity({ maxCapacity: 3 });
  expect(properties('AWS::ApplicationAutoScaling::ScalableTarget')).toMatchObject([{ MinCapacity: 1, MaxCapacity: 3 }]);
});

test('the reading sees what else belongs to the fleet, also what is added to it later', () => {
  scaled();
  cdk.Tags.of(stack).add('owner', 'me');
  expect(reading().Settings['Fn::Join'][1].join('')).toContain('{"key":"owner","value":"me"}');
});

test('the limits and the capacity may be parameters', () => {
  const number = new cdk.CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
  fleet({ capacity: Capacity.instances(number) }).autoScaleCapacity({ minCapacity: number, maxCapacity: number });
  const list = { 'Fn::Join': ['', ['[', { Ref: 'Number' }, ']']] };
  expect(reading()).toMatchObject({ InitialCapacity: { Ref: 'Number' }, MinCapacities: list, MaxCapacities: list });
});

test('the gate comes first, then the reading', () => {
  scaled({ desiredState: FleetState.RUNNING });
  const [{ DependsOn }] = Object.values(Template.fromStack(stack).findResources('Custom::AppStreamFleetCapacity'));
  expect(DependsOn).toContain('FleetUpdateGate76435504');
});

test('neither the gate nor what holds the state of the fleet sees the capacity that scaling has come to', () => {
  scaled({ desiredState: FleetState.RUNNING });
  const [[gate], [lifecycle]] = [properties('Custom::AppStreamFleetUpdateGate'), properties('Custom::AppStreamFleetLifecycle')];
  expect(JSON.stringify(gate)).not.toContain('computeCapacity');
  expect(JSON.stringify(lifecycle.Revision)).toContain('\\"computeCapacity\\":{\\"desiredInstances\\":2}');
});

test('utilization is tracked with all properties', () => {
  scaled().scaleOnUtilization({
    targetUtilizationPercent: 75, policyName: 'use', disableScaleIn: true, scaleInCooldown: cdk.Duration.minutes(10), scaleOutCooldown: cdk.Duration.minutes(1),
  });
  expect(properties('AWS::ApplicationAutoScaling::ScalingPolicy')).toEqual([{
    PolicyName: 'use',
    PolicyType: 'TargetTrackingScaling',
    ScalingTargetId: { Ref: 'FleetAutoScalingTargetD7B0D136' },
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue: 75,
      PredefinedMetricSpecification: { PredefinedMetricType: 'AppStreamAverageCapacityUtilization' },
      DisableScaleIn: true,
      ScaleInCooldown: 600,
      ScaleOutCooldown: 60,
    },
  }]);
});

test('a metric changes the capacity in steps', () => {
  const own = fleet();
  own.autoScaleCapacity({ maxCapacity: 10 }).scaleOnMetric('Free', {
    metric: own.metrics.availableCapacity(), scalingSteps: [{ upper: 1, change: 2 }, { lower: 5, change: -1 }],
  });
  expect(properties('AWS::ApplicationAutoScaling::ScalingPolicy').map(({ StepScalingPolicyConfiguration: { StepAdjustments } }) => StepAdjustments)).toEqual([
    [{ MetricIntervalUpperBound: 0, ScalingAdjustment: 2 }], [{ MetricIntervalLowerBound: 0, ScalingAdjustment: -1 }],
  ]);
});

test('schedules have limits of their own, within which the reading leaves the capacity', () => {
  const capacity = scaled();
  capacity.scaleOnSchedule('Morning', { schedule: morning, minCapacity: 0, timeZone: cdk.TimeZone.EUROPE_BERLIN });
  capacity.scaleOnSchedule('Fair', { schedule: appscaling.Schedule.at(new Date('2026-05-04T07:00:00Z')), minCapacity: 5, maxCapacity: 20 });
  expect(properties('AWS::ApplicationAutoScaling::ScalableTarget')[0].ScheduledActions).toEqual([
    { ScheduledActionName: 'Morning', Schedule: 'cron(0 8 * * ? *)', Timezone: 'Europe/Berlin', ScalableTargetAction: { MinCapacity: 0 } },
    { ScheduledActionName: 'Fair', Schedule: 'at(2026-05-04T07:00:00)', ScalableTargetAction: { MinCapacity: 5, MaxCapacity: 20 } },
  ]);
  expect(reading()).toMatchObject({ MinCapacities: '[1,0,5]', MaxCapacities: '[10,20]' });
});

test('passes cdk-nag', () => {
  const app = new cdk.App();
  cdk.Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  stack = new cdk.Stack(app, 'Test');
  scaled({ desiredState: FleetState.RUNNING }).scaleOnUtilization({ targetUtilizationPercent: 75 });
  expect(() => app.synth()).not.toThrow();
});

test('its logical ids stay what they are', () => {
  scaled().scaleOnUtilization({ targetUtilizationPercent: 75 });
  expect(Object.keys(Template.fromStack(stack).toJSON().Resources).filter((id) => id.startsWith('Fleet'))).toEqual([
    'FleetRole427BC000', 'Fleet30813DF3', 'FleetAutoScalingTargetD7B0D136', 'FleetAutoScalingTargetUtilization6AAE02BC', 'FleetCapacity90F8D4D0',
  ]);
});

describe('fails', () => {
  test.each<[string, number | undefined, number, string]>([
    ['for a minimum above the maximum', 5, 4, 'minCapacity must be at most maxCapacity, got 5 and 4 [at Test/Fleet]'],
    ['for a negative minimum', -1, 4, 'minCapacity must be a whole number of at least 0, got -1 [at Test/Fleet]'],
    ['for a negative maximum', 0, -1, 'maxCapacity must be a whole number of at least 0, got -1 [at Test/Fleet]'],
    ['for half a maximum', 1, 2.5, 'maxCapacity must be a whole number of at least 0, got 2.5 [at Test/Fleet]'],
    ['for a capacity below the minimum', 3, 4,
      'the capacity that a fleet begins with must be within the limits of its scaling, 3 to 4, got 2 [at Test/Fleet]'],
    ['for a capacity above the maximum', undefined, 1,
      'the capacity that a fleet begins with must be within the limits of its scaling, 1 to 1, got 2 [at Test/Fleet]'],
  ])('%s', (_what, minCapacity, maxCapacity, message) => {
    const own = fleet();
    expect(() => own.autoScaleCapacity({ minCapacity, maxCapacity })).toThrow(new Error(message));
  });

  test('for a second call', () => {
    const own = fleet();
    own.autoScaleCapacity({ maxCapacity: 10 });
    expect(() => own.autoScaleCapacity({ maxCapacity: 10 }))
      .toThrow(new Error('autoScaleCapacity makes the capacity scalable once, got a second call [at Test/Fleet]'));
  });

  test.each([0, -1, 100.5, NaN])('for a utilization of %s percent', (targetUtilizationPercent) => {
    const capacity = scaled();
    expect(() => capacity.scaleOnUtilization({ targetUtilizationPercent })).toThrow(new Error(
      `targetUtilizationPercent must be more than 0 and at most 100, got ${JSON.stringify(targetUtilizationPercent)} [at Test/Fleet/AutoScaling]`));
  });

  test.each([0.5, 100])('but not for one of %s percent', (targetUtilizationPercent) => {
    const capacity = scaled();
    expect(() => capacity.scaleOnUtilization({ targetUtilizationPercent })).not.toThrow();
  });

  test('for a second utilization', () => {
    const capacity = scaled();
    capacity.scaleOnUtilization({ targetUtilizationPercent: 75 });
    expect(() => capacity.scaleOnUtilization({ targetUtilizationPercent: 50 }))
      .toThrow(new Error('scaleOnUtilization takes one target, got a second call [at Test/Fleet/AutoScaling]'));
  });

  test.each<[string, string, Partial<appscaling.ScalingSchedule>, string]>([
    ['without limits', 'Morning', { minCapacity: undefined }, 'a schedule must have a minCapacity or a maxCapacity, got none for "Morning"'],
    ['with limits the wrong way round', 'Morning', { minCapacity: 3, maxCapacity: 2 }, 'minCapacity must be at most maxCapacity, got 3 and 2'],
    ['with a negative limit', 'Morning', { minCapacity: -1 }, 'minCapacity must be a whole number of at least 0, got -1'],
    ['of a name that is taken', 'Night', {}, 'schedules must have different ids, got "Night" twice'],
    ['of a name with a slash', 'a/b', {}, 'id must have 1 to 256 characters other than ":", "/" and "|", without blanks around them, got "a/b"'],
    ['in a zone that there is not', 'Morning', { timeZone: cdk.TimeZone.of('Mars/Base') },
      'timeZone must be a name of the IANA time zone database, such as "Europe/Berlin", got "Mars/Base"'],
  ])('for a schedule %s', (_what, id, props, sentence) => {
    const capacity = scaled();
    capacity.scaleOnSchedule('Night', { schedule: morning, minCapacity: 1 });
    expect(() => capacity.scaleOnSchedule(id, { schedule: morning, minCapacity: 1, ...props })).toThrow(new Error(`${sentence} [at Test/Fleet/AutoScaling]`));
  });
});
