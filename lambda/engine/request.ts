import { createHash } from 'crypto';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

/** A request of CloudFormation, as it arrives. */
export type Event = CloudFormationCustomResourceEvent;

/**
 * The id that a controller answered earlier. CloudFormation makes one up (stack name, logical id and a suffix) when a Create
 * was never answered, and we do when it failed before there was one; those name nothing.
 */
export function answeredId(event: Event): string | undefined {
  if (event.RequestType === 'Create') {
    return undefined;
  }
  const { PhysicalResourceId: id } = event;
  const invented = `${stackNameOf(event)}-${event.LogicalResourceId}-`;
  return id.startsWith(invented) || id === idOfLastResort(event) ? undefined : id;
}

/** The id of an answer where the controller has none: the one that CloudFormation has, or for a Create the one of last resort. */
export function lastId(event: Event): string {
  return event.RequestType === 'Create' ? idOfLastResort(event) : event.PhysicalResourceId;
}


const UNDATED = 'undated';
const ADDRESS_LIFETIME_SECONDS = 7200;

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
  const issued = dateOf(new URL(event.ResponseURL).searchParams);
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

/** The same for each try of a Create. */
function idOfLastResort(event: Event): string {
  return `${event.LogicalResourceId}-${digest(event.StackId, 8)}`;
}

/** When an address was signed: by version 4 of AWS's signatures, or by version 2, which tells only when the two hours are over. */
function dateOf(query: URLSearchParams): string {
  const expires = Number(query.get('Expires') ?? NaN);
  const signed = Number.isFinite(expires) ? new Date((expires - ADDRESS_LIFETIME_SECONDS) * 1000).toISOString().replace(/[-:]|\.\d+/g, '') : '';
  return query.get('X-Amz-Date') ?? signed;
}

function stackNameOf(event: Event): string {
  return event.StackId.split('/')[1];
}

function digest(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}
