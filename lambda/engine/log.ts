import type { Event } from './request';

/**
 * One line in the log. Only what is listed here is ever written: the event itself holds `ResponseURL`,
 * with which anybody could answer in our place.
 */
export interface LogLine {
  readonly at: 'entry' | 'step' | 'answer';
  readonly what: string;
  readonly id?: string;
  readonly why?: string;
}

export function log(event: Event, { at, what, id, why }: LogLine): void {
  const { RequestType, ResourceType, LogicalResourceId, StackId } = event;
  console.log(JSON.stringify({ at, what, request: RequestType, type: ResourceType, resource: LogicalResourceId, id, why, stack: StackId }));
}
