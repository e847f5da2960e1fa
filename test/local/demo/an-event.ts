import type { StackEvent } from '../../../local/cloudformation';

/** An event of a resource; `at` in virtual minutes. */
export function anEvent(status: string, type = 'AWS::AppStream::Fleet', event: Partial<StackEvent> = {}): StackEvent {
  return {
    StackId: 'arn:stack',
    StackName: 'Office',
    EventId: '1',
    OperationId: '1',
    LogicalResourceId: type.split('::').at(-1)!,
    ResourceType: type,
    ResourceStatus: status,
    Timestamp: new Date(0),
    ...event,
    at: (event.at ?? 0) * 60_000,
  };
}
