import { LeapingClock } from '../../../../local/clock';
import { Loopback, type LoopbackOptions } from '../../../../local/loopback';

const MINUTE = 60_000;
const FLEET = { ServiceNamespace: 'appstream', ResourceId: 'fleet/office', ScalableDimension: 'appstream:fleet:DesiredCapacity' };

let clock: LeapingClock;
let loopback: Loopback;

afterEach(async () => {
  await loopback.stop();
  expect(loopback.faults()).toEqual([]);
});

/** A loopback on Monday, 5 January 2026, 08:00 UTC, with a fleet that a stack streams. */
async function start(fleet: object = { ComputeCapacity: { DesiredInstances: 2 } }, options: LoopbackOptions = {}): Promise<void> {
  clock = new LeapingClock();
  loopback = await Loopback.start({ clock, ...options });
  await appstream('CreateFleet', { Name: 'office', ImageName: 'AppStream-WinServer2022-06-17-2024', InstanceType: 'stream.standard.large', ...fleet });
  await appstream('CreateStack', { Name: 'office' });
  await appstream('AssociateFleet', { StackName: 'office', FleetName: 'office' });
}

async function run(): Promise<void> {
  await appstream('StartFleet', { Name: 'office' });
  await minutes(10);
}

const appstream = (operation: string, input: object) => loopback.call('appstream', operation, input);
const call = (operation: string, input: object = {}) => loopback.call('application-autoscaling', operation, { ...FLEET, ...input });
const register = (MinCapacity = 1, MaxCapacity = 10) => call('RegisterScalableTarget', { MinCapacity, MaxCapacity });
const track = (more: object = {}) => call('PutScalingPolicy', {
  PolicyName: 'Use',
  PolicyType: 'TargetTrackingScaling',
  TargetTrackingScalingPolicyConfiguration: {
    TargetValue: 75, PredefinedMetricSpecification: { PredefinedMetricType: 'AppStreamAverageCapacityUtilization' }, ...more,
  },
});
const act = (more: object = {}, action: object = { MinCapacity: 5 }) => call('PutScheduledAction', {
  ScheduledActionName: 'Morning', Schedule: 'cron(0 9 * * ? *)', ScalableTargetAction: action, ...more,
});
const minutes = (count: number) => clock.sleep(count * MINUTE);
const come = (...users: string[]) => users.map((user) => loopback.appstream.signIn('office', user, 'SAML').Id!);
const leave = (sessions: string[]) => Promise.all(sessions.map((SessionId) => appstream('ExpireSession', { SessionId })));
const status = async () => (await appstream('DescribeFleets', { Names: ['office'] })).Fleets[0].ComputeCapacityStatus;
const capacity = async () => (await status()).Desired;
const limits = async () => (await loopback.call('application-autoscaling', 'DescribeScalableTargets', { ServiceNamespace: 'appstream' })).ScalableTargets
  .map(({ MinCapacity, MaxCapacity }: { MinCapacity: number; MaxCapacity: number }) => [MinCapacity, MaxCapacity]);
const activities = async () => (await loopback.call('application-autoscaling', 'DescribeScalingActivities', { ServiceNamespace: 'appstream' })).ScalingActivities;

describe('a scalable target', () => {
  test('brings a running fleet within its limits, and is described', async () => {
    await start();
    await run();
    const { ScalableTargetARN } = await register(3);
    expect(ScalableTargetARN).toMatch(/^arn:aws:application-autoscaling:us-east-1:111111111111:scalable-target\//);
    expect(await capacity()).toBe(3);
    expect(await limits()).toEqual([[3, 10]]);
    expect(await activities()).toMatchObject([{ ResourceId: 'fleet/office', Description: 'Setting desired capacity to 3.', Cause: 'new limits', StatusCode: 'Successful' }]);
    await call('RegisterScalableTarget', { MinCapacity: 1, MaxCapacity: 2 });
    expect(await capacity()).toBe(2);
  });

  test('leaves a fleet alone that does not run', async () => {
    await start();
    await register(3);
    expect(await capacity()).toBe(2);
  });

  test('changes what it is given and keeps the rest', async () => {
    await start();
    await register();
    await call('RegisterScalableTarget', { MaxCapacity: 7 });
    expect(await limits()).toEqual([[1, 7]]);
  });

  test('takes its policies and schedules with it', async () => {
    await start();
    await run();
    await register();
    await track();
    await act();
    await call('DeregisterScalableTarget');
    come('ann', 'ben');
    await minutes(24 * 60);
    expect(await capacity()).toBe(2);
    await expect(call('DeleteScheduledAction', { ScheduledActionName: 'Morning' })).rejects.toThrow('No scalable target found for service namespace: appstream');
    await register();
    await expect(call('DeleteScalingPolicy', { PolicyName: 'Use' })).rejects.toThrow('No scaling policy found for service namespace: appstream');
    await expect(call('DeleteScheduledAction', { ScheduledActionName: 'Morning' })).rejects.toThrow('No scheduled action found for service namespace: appstream');
  });

  test.each<[string, object, string]>([
    ['a fleet that there is not', { ResourceId: 'fleet/none' }, 'AppStream fleet does not exist: fleet/none.'],
    ['another resource', { ResourceId: 'stack/office' }, 'Unsupported resource ID stack/office'],
    ['another dimension', { ScalableDimension: 'ecs:service:DesiredCount' }, 'Unsupported service namespace, resource type or scalable dimension'],
    ['another service', { ServiceNamespace: 'ecs' }, 'the loopback does not imitate the scaling of ecs'],
    ['another role', { RoleARN: 'arn:aws:iam::111111111111:role/own' }, 'the loopback does not imitate scaling with the role'],
    ['no maximum', { MaxCapacity: null }, 'MinCapacity and MaxCapacity are required'],
    ['a negative minimum', { MinCapacity: -1 }, 'Minimum and maximum capacity must not be negative.'],
    ['a minimum above the maximum', { MinCapacity: 11 }, 'Maximum capacity cannot be less than minimum capacity.'],
  ])('fails for %s', async (_what, input, reason) => {
    await start();
    await expect(call('RegisterScalableTarget', { MinCapacity: 1, MaxCapacity: 10, ...input })).rejects.toThrow(reason);
  });

  test('fails for an Elastic fleet', async () => {
    await start({ InstanceType: 'stream.standard.medium', ImageName: null, FleetType: 'ELASTIC', MaxConcurrentSessions: 2, Platform: 'AMAZON_LINUX2', VpcConfig: { SubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'] } });
    await expect(register()).rejects.toThrow('AppStream fleet is an Elastic fleet');
  });

  test('is there before anything else', async () => {
    await start();
    await expect(track()).rejects.toThrow('No scalable target found');
    await expect(act()).rejects.toThrow('No scalable target found');
    await expect(call('DeregisterScalableTarget')).rejects.toThrow('No scalable target found');
  });
});

describe('target tracking', () => {
  test('scales out after three minutes and in after fifteen, once within its cooldown', async () => {
    await start();
    await run();
    await register();
    await track();
    const sessions = come('ann', 'ben');
    await minutes(2.5);
    expect(await capacity()).toBe(2);
    await minutes(1);
    // 2 of 3 are 67 percent.
    expect(await capacity()).toBe(3);
    sessions.push(...come('cid'));
    await minutes(4);
    expect(await capacity()).toBe(3);
    await minutes(2);
    expect(await capacity()).toBe(4);
    await leave(sessions);
    await minutes(14.5);
    expect(await capacity()).toBe(4);
    await minutes(1);
    expect(await capacity()).toBe(1);
  });

  test('keeps to the limits, and never scales in if it is not to', async () => {
    await start();
    await run();
    await register(1, 3);
    await track({ TargetValue: 10, DisableScaleIn: true });
    const sessions = come('ann');
    await minutes(5);
    expect(await capacity()).toBe(3);
    await leave(sessions);
    await minutes(60);
    expect(await capacity()).toBe(3);
  });

  test('counts in sessions where users share instances', async () => {
    await start({ MaxSessionsPerInstance: 2, ComputeCapacity: { DesiredSessions: 4 } });
    await run();
    await register(2, 20);
    await track();
    come('ann', 'ben', 'cid', 'dan');
    await minutes(4);
    // 4 of 6 sessions.
    expect(await status()).toMatchObject({ Desired: 3, DesiredUserSessions: 6 });
  });

  test('does nothing while the fleet is stopped, and forgets what was before', async () => {
    await start();
    await run();
    await register();
    await track();
    await minutes(14);
    await appstream('StopFleet', { Name: 'office' });
    await minutes(60);
    await run();
    await minutes(10);
    expect(await capacity()).toBe(2);
    await minutes(6);
    expect(await capacity()).toBe(1);
  });

  test('notes a change that AppStream refuses', async () => {
    await start();
    await run();
    await register(0);
    await track();
    await minutes(16);
    expect(await activities()).toMatchObject([{ StatusCode: 'Failed', StatusMessage: expect.stringContaining('The value 0 of DesiredInstances is not valid'), Cause: 'policy Use' }]);
  });

  test.each<[string, object, string]>([
    ['a target above 100', { TargetValue: 101 }, 'TargetValue must be greater than 0 and at most 100'],
    ['no target', { TargetValue: 0 }, 'TargetValue must be greater than 0 and at most 100'],
    ['the metric of another service', { PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' } }, 'ECSServiceAverageCPUUtilization is not supported'],
    ['a label', { PredefinedMetricSpecification: { PredefinedMetricType: 'AppStreamAverageCapacityUtilization', ResourceLabel: 'x' } }, 'ResourceLabel must not be set'],
  ])('fails for %s', async (_what, more, reason) => {
    await start();
    await register();
    await expect(track(more)).rejects.toThrow(reason);
  });

  test('fails for a second policy, and for one without what its type needs', async () => {
    await start();
    await register();
    const { PolicyARN } = await track();
    expect((await track({ TargetValue: 50 })).PolicyARN).toBe(PolicyARN);
    const TargetTrackingScalingPolicyConfiguration = { TargetValue: 50, PredefinedMetricSpecification: { PredefinedMetricType: 'AppStreamAverageCapacityUtilization' } };
    await expect(call('PutScalingPolicy', { PolicyName: 'Other', PolicyType: 'TargetTrackingScaling', TargetTrackingScalingPolicyConfiguration }))
      .rejects.toThrow('Only one TargetTrackingScaling policy for a given metric specification is allowed.');
    await expect(call('PutScalingPolicy', { PolicyName: 'Other', PolicyType: 'StepScaling', TargetTrackingScalingPolicyConfiguration }))
      .rejects.toThrow('PolicyType must be TargetTrackingScaling or StepScaling');
  });
});

describe('a scheduled action', () => {
  test('sets limits at its time in its zone, and the capacity of a running fleet', async () => {
    await start();
    await run();
    await register();
    await act({ Schedule: 'at(2026-01-05T12:00:00)', Timezone: 'Europe/Berlin' });
    await minutes(169);
    expect(await capacity()).toBe(2);
    await minutes(2);
    expect([await capacity(), await limits()]).toEqual([5, [[5, 10]]]);
  });

  test.each([['left', 2], ['changed', 5]] as const)('has the capacity of a stopped fleet %s', async (scheduleOfStopped, expected) => {
    await start(undefined, { autoscaling: { readings: { scheduleOfStopped } } });
    await register();
    await act();
    await minutes(61);
    expect([await capacity(), await limits()]).toEqual([expected, [[5, 10]]]);
  });

  test('that is changed keeps what it was not given, but for its start and end', async () => {
    await start();
    await run();
    await register();
    await act({ StartTime: new Date('2026-01-06T00:00:00Z'), EndTime: new Date('2026-01-07T00:00:00Z') });
    await minutes(12 * 60);
    expect(await limits()).toEqual([[1, 10]]);
    await call('PutScheduledAction', { ScheduledActionName: 'Morning', Schedule: 'cron(30 20 * * ? *)' });
    await minutes(60);
    expect(await limits()).toEqual([[5, 10]]);
    await call('DeleteScheduledAction', { ScheduledActionName: 'Morning' });
    await register();
    await minutes(24 * 60);
    expect(await limits()).toEqual([[1, 10]]);
  });

  test('ends with its time', async () => {
    await start();
    await register();
    await act({ EndTime: new Date('2026-01-05T08:30:00Z') });
    await minutes(120);
    expect(await limits()).toEqual([[1, 10]]);
  });

  test('that would set the minimum above the maximum fails, and sets nothing', async () => {
    await start();
    await register();
    await act({}, { MinCapacity: 11 });
    await minutes(61);
    expect(await limits()).toEqual([[1, 10]]);
    expect(await activities()).toMatchObject([{ Cause: 'scheduled action Morning', StatusCode: 'Failed', StatusMessage: 'the minimum is above the maximum' }]);
  });

  test.each<[string, object, object | undefined, string]>([
    ['no time', { Schedule: 'every morning' }, undefined, 'Invalid schedule expression every morning.'],
    ['a zone that there is not', { Timezone: 'Mars/Base' }, undefined, 'Invalid time zone Mars/Base.'],
    ['nothing to do', {}, {}, 'ScalableTargetAction must have a MinCapacity or a MaxCapacity.'],
    ['limits the wrong way round', {}, { MinCapacity: 3, MaxCapacity: 2 }, 'Maximum capacity cannot be less than minimum capacity.'],
    ['a name with a slash', { ScheduledActionName: 'a/b' }, undefined, 'scheduledActionName'],
  ])('fails for %s', async (_what, more, action, reason) => {
    await start();
    await register();
    await expect(act(more, action)).rejects.toThrow(reason);
  });
});

test('requests come as JSON, by the name of the service that they are signed for', async () => {
  await start();
  await register();
  const response = await fetch(loopback.url, {
    method: 'POST',
    headers: {
      'authorization': 'AWS4-HMAC-SHA256 Credential=loopback/20260105/us-east-1/application-autoscaling/aws4_request, SignedHeaders=host, Signature=0',
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AnyScaleFrontendService.DescribeScalableTargets',
    },
    body: JSON.stringify({ ServiceNamespace: 'appstream' }),
  });
  expect(await response.json()).toMatchObject({ ScalableTargets: [{ ResourceId: 'fleet/office', CreationTime: expect.any(Number) }] });
});

test('the policy that gives most takes precedence, and nothing beyond the limits', async () => {
  await start();
  await run();
  await register(1, 6);
  await track();
  const { PolicyARN } = await call('PutScalingPolicy', {
    PolicyName: 'Step',
    PolicyType: 'StepScaling',
    StepScalingPolicyConfiguration: { AdjustmentType: 'ChangeInCapacity', StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 9 }] },
  });
  await loopback.call('cloudwatch', 'PutMetricAlarm', {
    AlarmName: 'full',
    AlarmActions: [PolicyARN],
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Threshold: 100,
    EvaluationPeriods: 1,
    Namespace: 'AWS/AppStream',
    MetricName: 'CapacityUtilization',
    Dimensions: [{ Name: 'Fleet', Value: 'office' }],
    Period: 180,
    Statistic: 'Average',
  });
  come('ann', 'ben');
  await minutes(4);
  expect(await capacity()).toBe(6);
  expect(await activities()).toMatchObject([{ Cause: 'policy Step' }]);
});
