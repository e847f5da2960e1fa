import type { Shape } from './shape';
import type { Json } from './template';
import type { Cloud } from '../cloud';

/** What a handler is told. */
export interface ResourceRequest {
  readonly cloud: Cloud;
  readonly stackName: string;
  readonly stackId: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Json;
  readonly creationPolicy?: Json;
  /** Aborted when another resource has failed and this one is to stop. */
  readonly signal: AbortSignal;
  /** A name as CloudFormation makes it: `stack-logical-RANDOM`, no longer than the service takes. */
  generatedName(maxLength: number): string;
}

export interface CreateRequest extends ResourceRequest {
  /** To be called as soon as there is something to delete, should the rest of the creation fail. */
  identify(physicalId: string): void;
}

export interface UpdateRequest extends ResourceRequest {
  readonly physicalId: string;
  readonly previous: Json;
  /** The top-level properties that differ. */
  readonly changed: ReadonlySet<string>;
}

export interface DeleteRequest extends ResourceRequest {
  readonly physicalId: string;
}

/** A resource as its handler left it. */
export interface Provisioned {
  readonly physicalId: string;
  readonly attributes: Json;
  /** Whether attributes are masked where people read them. */
  readonly noEcho?: boolean;
}

/** A resource type: what its properties are and what is done to make, change and delete one. */
export interface ResourceType {
  readonly name: string;
  /** Every property there is, with its shape. */
  readonly properties: { readonly [name: string]: Shape };
  readonly required?: readonly string[];
  /** A change of one of these replaces the resource. */
  readonly createOnly: readonly string[];
  /** What `Fn::GetAtt` can ask for; anything, for a custom resource. */
  readonly attributes: readonly string[] | 'any';
  /** Whether a change within any other property replaces the resource. */
  replacedBy?(name: string, previous: unknown, next: unknown): boolean;
  /** Why an update without replacement is refused before anything is asked of the service, if it is. */
  refusesUpdate?(changed: ReadonlySet<string>): string | undefined;
  create(request: CreateRequest): Promise<Provisioned>;
  update(request: UpdateRequest): Promise<Provisioned>;
  /** Succeeds when the resource is gone already. */
  delete(request: DeleteRequest): Promise<void>;
}

/** Whether a change of a property replaces the resource. */
export function replaces(type: ResourceType, name: string, previous: Json, next: Json): boolean {
  return type.createOnly.includes(name) || (type.replacedBy?.(name, previous[name], next[name]) ?? false);
}

/** The handler stopped because another resource failed. */
export class Cancelled extends Error {}

/** How long a handler may wait for a resource to get ready. */
const STABILIZATION_MS = 2 * 60 * 60 * 1000;
const POLL_MS = 5000;

/** Asks again and again until there is an answer. */
export async function stabilized<T>({ cloud, signal, type }: ResourceRequest, poll: () => Promise<T | undefined>): Promise<T> {
  for (const deadline = cloud.clock.now() + STABILIZATION_MS; cloud.clock.now() < deadline;) {
    const result = await poll();
    if (result !== undefined) {
      return result;
    }
    await cloud.clock.sleep(POLL_MS, signal);
    if (signal.aborted) {
      throw new Cancelled();
    }
  }
  throw new Error(`Resource of type '${type}' did not stabilize.`);
}
