import type { Event } from '../../../lambda/engine/request';

const STACK_ID = 'arn:aws:cloudformation:us-east-1:111111111111:stack/office/4f9c0ee0-ea2f-11f0-8a5c-0a58a9feac02';

/** What a test says of a request; the rest is as CloudFormation would have it. */
export interface EventParts {
  readonly RequestType?: 'Create' | 'Update' | 'Delete';
  readonly RequestId?: string;
  readonly StackId?: string;
  readonly LogicalResourceId?: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceType?: string;
  readonly ResponseURL?: string;
  readonly ResourceProperties?: Record<string, string>;
  readonly OldResourceProperties?: Record<string, string>;
}

/** A request of CloudFormation. */
export function eventOf(parts: EventParts = {}): Event {
  const event = {
    RequestType: 'Create',
    ServiceToken: 'arn:aws:lambda:us-east-1:111111111111:function:engine',
    RequestId: '5f1e0b0c-0d0a-4a53-9d8f-0c8a4f6f5a01',
    StackId: STACK_ID,
    LogicalResourceId: 'FleetLifecycle1A2B3C4D',
    PhysicalResourceId: 'fleet',
    ResourceType: 'Custom::AppStreamFleetLifecycle',
    ResponseURL: 'http://127.0.0.1:1/answer?X-Amz-Date=20260105T080000Z&X-Amz-Signature=secret',
    ...parts,
    ResourceProperties: { ServiceToken: 'arn:aws:lambda:us-east-1:111111111111:function:engine', ...parts.ResourceProperties },
    OldResourceProperties: { ...parts.OldResourceProperties },
  };
  // The types of the three requests differ in their optional members only.
  return event as Event;
}
