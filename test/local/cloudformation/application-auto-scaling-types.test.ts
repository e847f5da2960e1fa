import { World } from './world';
import type { Service } from '../../../local/wire/service';

const OPERATIONS = ['RegisterScalableTarget', 'DeregisterScalableTarget', 'PutScalingPolicy', 'DeleteScalingPolicy', 'PutScheduledAction', 'DeleteScheduledAction'];
const FLEET = { ServiceNamespace: 'appstream', ResourceId: 'fleet/office', ScalableDimension: 'appstream:fleet:DesiredCapacity' };
const ARN = 'arn:aws:autoscaling:eu-west-1:111122223333:scalingPolicy:1';
const TRACKING = { TargetValue: '75', PredefinedMetricSpecification: { PredefinedMetricType: 'AppStreamAverageCapacityUtilization' } };

const target = (properties: object = {}) => ({
  Type: 'AWS::ApplicationAutoScaling::ScalableTarget', Properties: { ...FLEET, MinCapacity: '1', MaxCapacity: 10, ...properties },
});
const policy = (properties: object = {}) => ({
  Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
  Properties: {
    PolicyName: 'Use', PolicyType: 'TargetTrackingScaling', ScalingTargetId: { Ref: 'Target' }, TargetTrackingScalingPolicyConfiguration: TRACKING, ...properties,
  },
});
const action = (name: string, more: object = {}) => ({ ScheduledActionName: name, Schedule: 'cron(0 7 ? * MON *)', ScalableTargetAction: { MinCapacity: 3 }, ...more });
const Outputs = { Target: { Value: { Ref: 'Target' } }, Policy: { Value: { Ref: 'Policy' } }, Arn: { Value: { 'Fn::GetAtt': ['Policy', 'Arn'] } } };

let world: World;
let asked: [operation: string, input: object][];

beforeEach(() => {
  world = new World({ concurrency: 1 });
  asked = [];
  const note = (operation: string) => (input: object) => {
    asked.push([operation, input]);
    return { PolicyARN: ARN };
  };
  const operations: Service['operations'] = Object.fromEntries(OPERATIONS.map((name) => [name, note(name)]));
  world.add({ name: 'application-autoscaling', operations });
});

const deploy = (Target: object, Policy: object = policy()) => world.cloudformation.deploy('stack', { Resources: { Target, Policy }, Outputs });

test('a target and its policy are registered, and go again', async () => {
  expect((await deploy(target())).outputs).toEqual({ Target: 'fleet/office|appstream:fleet:DesiredCapacity|appstream', Policy: ARN, Arn: ARN });
  await world.cloudformation.destroy('stack');
  expect(asked).toEqual([
    ['RegisterScalableTarget', { ...FLEET, MinCapacity: 1, MaxCapacity: 10 }],
    ['PutScalingPolicy', { ...FLEET, PolicyName: 'Use', PolicyType: 'TargetTrackingScaling', TargetTrackingScalingPolicyConfiguration: { ...TRACKING, TargetValue: 75 } }],
    ['DeleteScalingPolicy', { ...FLEET, PolicyName: 'Use' }],
    ['DeregisterScalableTarget', FLEET],
  ]);
});

test('an update sends the limits and schedules of the template, and removes others', async () => {
  await deploy(target({ ScheduledActions: [action('Early'), action('Late')] }));
  asked.length = 0;
  await deploy(target({ ScheduledActions: [action('Late', { StartTime: '2026-01-05T00:00:00Z' })] }));
  expect(asked).toEqual([
    ['RegisterScalableTarget', { ...FLEET, MinCapacity: 1, MaxCapacity: 10 }],
    ['DeleteScheduledAction', { ...FLEET, ScheduledActionName: 'Early' }],
    ['PutScheduledAction', { ...FLEET, ...action('Late'), StartTime: new Date('2026-01-05T00:00:00Z'), EndTime: undefined }],
  ]);
});

test('a policy is changed in place, and replaced with its target', async () => {
  await deploy(target());
  await deploy(target(), policy({ TargetTrackingScalingPolicyConfiguration: { ...TRACKING, TargetValue: 50 } }));
  await deploy(target({ ResourceId: 'fleet/other' }));
  expect(asked.map(([operation, input]) => `${operation} ${Reflect.get(input, 'ResourceId')}`)).toEqual([
    'RegisterScalableTarget fleet/office', 'PutScalingPolicy fleet/office', 'PutScalingPolicy fleet/office',
    'RegisterScalableTarget fleet/other', 'PutScalingPolicy fleet/other', 'DeregisterScalableTarget fleet/office',
  ]);
});

test('a policy may name its target by all that it is made of', async () => {
  await world.cloudformation.deploy('stack', { Resources: { Policy: policy({ ScalingTargetId: { Ref: 'AWS::NoValue' }, ...FLEET }) } });
  expect(asked).toMatchObject([['PutScalingPolicy', FLEET]]);
});

test('fails loudly for a property that is not imitated', async () => {
  await expect(deploy(target({ SuspendedState: {} }))).rejects.toThrow('SuspendedState');
});
