import { unlessGone } from '../not-found';
import type { ResourceRequest, ResourceType } from '../resource-type';
import type { Json } from '../template';

interface Action {
  readonly ScheduledActionName: string;
  readonly StartTime?: string;
  readonly EndTime?: string;
}

const GONE = 'ObjectNotFoundException';

/** Suspension and tags are left out: no template of the library has them. */
const scalableTarget: ResourceType = {
  name: 'AWS::ApplicationAutoScaling::ScalableTarget',
  properties: {
    MaxCapacity: 'integer',
    MinCapacity: 'integer',
    ResourceId: 'string',
    RoleARN: 'string',
    ScalableDimension: 'string',
    ScheduledActions: [{
      EndTime: 'string',
      ScalableTargetAction: { MaxCapacity: 'integer', MinCapacity: 'integer' },
      Schedule: 'string',
      ScheduledActionName: 'string',
      StartTime: 'string',
      Timezone: 'string',
    }],
    ServiceNamespace: 'string',
  },
  required: ['MaxCapacity', 'MinCapacity', 'ResourceId', 'ScalableDimension', 'ServiceNamespace'],
  createOnly: ['ResourceId', 'ScalableDimension', 'ServiceNamespace'],
  attributes: ['Id'],

  async create(request) {
    request.identify(idOf(request.properties));
    return register(request, []);
  },
  update: (request) => register(request, actionsOf(request.previous)),
  delete: ({ cloud, properties }) => unlessGone(cloud.call('application-autoscaling', 'DeregisterScalableTarget', dimensionOf(properties)), GONE),
};

const scalingPolicy: ResourceType = {
  name: 'AWS::ApplicationAutoScaling::ScalingPolicy',
  properties: {
    PolicyName: 'string',
    PolicyType: 'string',
    ResourceId: 'string',
    ScalableDimension: 'string',
    ScalingTargetId: 'string',
    ServiceNamespace: 'string',
    StepScalingPolicyConfiguration: {
      AdjustmentType: 'string',
      Cooldown: 'integer',
      MetricAggregationType: 'string',
      MinAdjustmentMagnitude: 'integer',
      StepAdjustments: [{ MetricIntervalLowerBound: 'number', MetricIntervalUpperBound: 'number', ScalingAdjustment: 'integer' }],
    },
    TargetTrackingScalingPolicyConfiguration: {
      DisableScaleIn: 'boolean',
      PredefinedMetricSpecification: { PredefinedMetricType: 'string', ResourceLabel: 'string' },
      ScaleInCooldown: 'integer',
      ScaleOutCooldown: 'integer',
      TargetValue: 'number',
    },
  },
  required: ['PolicyName', 'PolicyType'],
  createOnly: ['PolicyName', 'ResourceId', 'ScalableDimension', 'ScalingTargetId', 'ServiceNamespace'],
  attributes: ['Arn'],

  create: putPolicy,
  update: putPolicy,
  delete: ({ cloud, properties }) => {
    const { PolicyName } = properties;
    return unlessGone(cloud.call('application-autoscaling', 'DeleteScalingPolicy', { ...dimensionOfPolicy(properties), PolicyName }), GONE);
  },
};

export const applicationAutoScalingTypes = [scalableTarget, scalingPolicy];

/** Inferred: an update sends all that the template says, so that limits which a scheduled action has set are set back. */
async function register({ cloud, properties }: ResourceRequest, previous: readonly Action[]) {
  const { ScheduledActions, ...registration } = properties;
  const dimension = dimensionOf(properties);
  await cloud.call('application-autoscaling', 'RegisterScalableTarget', registration);
  const actions = actionsOf(properties);
  const removed = previous.map(({ ScheduledActionName }) => ScheduledActionName)
    .filter((name) => !actions.some(({ ScheduledActionName }) => ScheduledActionName === name));
  for (const ScheduledActionName of removed) {
    await unlessGone(cloud.call('application-autoscaling', 'DeleteScheduledAction', { ...dimension, ScheduledActionName }), GONE);
  }
  for (const { StartTime, EndTime, ...action } of actions) {
    await cloud.call('application-autoscaling', 'PutScheduledAction', {
      ...dimension, ...action, StartTime: StartTime && new Date(StartTime), EndTime: EndTime && new Date(EndTime),
    });
  }
  const id = idOf(properties);
  return { physicalId: id, attributes: { Id: id } };
}

async function putPolicy({ cloud, properties }: ResourceRequest) {
  const { ScalingTargetId, ...settings } = properties;
  const { PolicyARN: Arn } = await cloud.call('application-autoscaling', 'PutScalingPolicy', { ...settings, ...dimensionOfPolicy(properties) });
  return { physicalId: Arn, attributes: { Arn } };
}

function actionsOf(properties: Json): readonly Action[] {
  return (properties.ScheduledActions ?? []) as Action[];
}

function dimensionOf({ ServiceNamespace, ResourceId, ScalableDimension }: Json) {
  return { ServiceNamespace, ResourceId, ScalableDimension };
}

/** By the id of the target, or by all that it is made of. */
function dimensionOfPolicy(properties: Json) {
  if (properties.ScalingTargetId === undefined) {
    return dimensionOf(properties);
  }
  const [ResourceId, ScalableDimension, ServiceNamespace] = String(properties.ScalingTargetId).split('|');
  return { ServiceNamespace, ResourceId, ScalableDimension };
}

/** What `Ref` gives: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-applicationautoscaling-scalabletarget.html. */
function idOf({ ResourceId, ScalableDimension, ServiceNamespace }: Json): string {
  return `${ResourceId}|${ScalableDimension}|${ServiceNamespace}`;
}
