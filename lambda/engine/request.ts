import { createHash } from 'crypto';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

/** A request of CloudFormation, as it arrives. */
export type Event = CloudFormationCustomResourceEvent;

/**
 * The id that we answered earlier. CloudFormation makes one up (stack name, logical id and a suffix) when a Create
 * was never answered; that one names nothing.
 */
export function answeredId(event: Event): string | undefined {
  if (event.RequestType === 'Create') {
    return undefined;
  }
  const invented = `${stackNameOf(event)}-${event.LogicalResourceId}-`;
  return event.PhysicalResourceId.startsWith(invented) ? undefined : event.PhysicalResourceId;
}

/** The id of an answer where the controller has none: the one of an earlier answer, or the one of last resort. */
export function lastId(event: Event): string {
  return answeredId(event) ?? fallbackId(event);
}

/** The id of an answer where neither the controller nor an earlier answer has one. The same for each try. */
export function fallbackId(event: Event): string {
  return event.RequestType === 'Create' ? `${event.LogicalResourceId}-${digest(event.StackId, 8)}` : event.PhysicalResourceId;
}

const UNDATED = 'undated';

/** The name of an execution: equal for two deliveries of one request, and telling which resource and which request is meant. */
export interface ExecutionName {
  readonly name: string;
  /** What all executions for this resource begin with. */
  readonly resource: string;
  /** When CloudFormation made the request, in a form that sorts; empty where the request does not tell. */
  readonly issued: string;
}

/**
 * CloudFormation reuses a request id when a deployment is tried again, and then signs a new ResponseURL:
 * the URL tells a second delivery from a second request. Its date orders the requests for one resource.
 */
export function executionName(event: Event): ExecutionName {
  const resource = `${event.LogicalResourceId.slice(0, 28)}-${digest(event.LogicalResourceId, 8)}`;
  const issued = new URL(event.ResponseURL).searchParams.get('X-Amz-Date') ?? '';
  const request = digest(`${event.RequestType} ${event.RequestId} ${event.ResponseURL}`, 16);
  return { name: [resource, issued || UNDATED, request].join('-'), resource, issued };
}

/** When CloudFormation made the request, in milliseconds; undefined where it does not tell. */
export function issuedAt(event: Event): number | undefined {
  const [, date, time] = /^(\d{8})T(\d{6})Z$/.exec(executionName(event).issued) ?? [];
  return date === undefined ? undefined : Date.parse(`${date.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`);
}

/** When the request of an execution for this resource was made; undefined for executions of other resources, empty if it did not tell. */
export function issuedOf(execution: string, resource: string): string | undefined {
  if (!execution.startsWith(`${resource}-`)) {
    return undefined;
  }
  return execution.slice(resource.length + 1).split('-')[0].replace(UNDATED, '');
}

/** Whether one request was made before another. Requests that do not tell are neither before nor after. */
export function isBefore(one: { readonly issued: string }, other: { readonly issued: string }): boolean {
  return one.issued !== '' && other.issued !== '' && one.issued < other.issued;
}

function stackNameOf(event: Event): string {
  return event.StackId.split('/')[1];
}

function digest(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}
