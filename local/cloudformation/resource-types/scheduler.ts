import { unlessGone } from '../not-found';
import type { ResourceRequest, ResourceType } from '../resource-type';

/** Start and end date, groups and keys are left out: no template of the library has them. */
const schedule: ResourceType = {
  name: 'AWS::Scheduler::Schedule',
  properties: {
    Description: 'string',
    FlexibleTimeWindow: { MaximumWindowInMinutes: 'integer', Mode: 'string' },
    Name: 'string',
    ScheduleExpression: 'string',
    ScheduleExpressionTimezone: 'string',
    State: 'string',
    Target: {
      Arn: 'string',
      Input: 'string',
      RetryPolicy: { MaximumEventAgeInSeconds: 'integer', MaximumRetryAttempts: 'integer' },
      RoleArn: 'string',
    },
  },
  required: ['FlexibleTimeWindow', 'ScheduleExpression', 'Target'],
  createOnly: ['Name'],
  attributes: ['Arn'],

  create: (request) => put(request, 'CreateSchedule', (request.properties.Name as string | undefined) ?? request.generatedName(64)),
  update: (request) => put(request, 'UpdateSchedule', request.physicalId),
  delete: ({ cloud, physicalId: Name }) => unlessGone(cloud.call('scheduler', 'DeleteSchedule', { Name }), 'ResourceNotFoundException'),
};

export const schedulerTypes = [schedule];

async function put({ cloud, properties }: ResourceRequest, operation: string, Name: string) {
  const { ScheduleArn: Arn } = await cloud.call('scheduler', operation, { ...properties, Name });
  return { physicalId: Name, attributes: { Arn } };
}
