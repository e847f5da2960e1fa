import { isDeepStrictEqual } from 'util';
import { resolveSecretReferences } from './dynamic-references';
import { type Engine, typeOf } from './engine';
import { Cancelled, replaces, type ResourceRequest } from './resource-type';
import type { Leftover, Stack, StackResource } from './stack';
import type { Json, ResourceDefinition } from './template';
import { NotImitated } from '../wire/aws-error';

/** A change of one resource, as far as it came. */
export interface ResourceChange {
  readonly before: StackResource;
  /** Everything that the resource was on the way and that may be left over. */
  readonly physicals: Leftover[];
}

/** Makes, changes and removes single resources of one stack, and tells about it in events. */
export class Provisioner {
  constructor(private readonly engine: Engine, private readonly stack: Stack) {}

  public async create(
    logicalId: string, definition: ResourceDefinition, evaluateProperties: () => Promise<Json>, signal: AbortSignal,
  ): Promise<void> {
    const resource: StackResource = {
      logicalId, definition, type: definition.type, status: '', updatedAt: 0, properties: {}, attributes: {}, noEcho: false,
    };
    this.stack.resources.set(logicalId, resource);
    this.report(resource, 'CREATE_IN_PROGRESS');
    await this.attempt(resource, 'CREATE_FAILED', 'Resource creation cancelled', async () => {
      resource.properties = await evaluateProperties();
      await this.makePhysical(resource, signal, 'CREATE_IN_PROGRESS', 'Resource creation Initiated');
    });
    this.report(resource, 'CREATE_COMPLETE');
  }

  /**
   * Brings a resource to other properties, in place or by replacing it.
   *
   * @param change gets what may be left over
   */
  public async update(
    resource: StackResource, definition: ResourceDefinition, properties: Json, change: ResourceChange, signal: AbortSignal,
  ): Promise<void> {
    const type = typeOf(this.engine, resource.type);
    const { properties: previous, physicalId } = resource;
    const changed = changedProperties(previous, properties);
    const isReplaced = [...changed].some((name) => replaces(type, name, previous, properties));
    this.report(resource, 'UPDATE_IN_PROGRESS', isReplaced
      ? 'Requested update requires the creation of a new physical resource; hence creating one.'
      : undefined);
    await this.attempt(resource, 'UPDATE_FAILED', 'Resource update cancelled', async () => {
      resource.definition = definition;
      if (isReplaced) {
        resource.physicalId = undefined;
        resource.properties = properties;
        try {
          await this.makePhysical(resource, signal, 'UPDATE_IN_PROGRESS', 'Resource creation Initiated');
        } finally {
          if (resource.physicalId !== undefined) {
            change.physicals.push(leftoverOf(resource));
          }
        }
        return;
      }
      const refusal = type.refusesUpdate?.(changed);
      if (refusal) {
        throw new Error(refusal);
      }
      const request = this.request(resource, await resolveSecretReferences(properties, this.engine.cloud), signal);
      // From here on it has begun: a rollback brings it back, even if nothing came of it.
      resource.properties = properties;
      const result = await type.update({ ...request, physicalId: physicalId!, previous, changed });
      Object.assign(resource, { noEcho: false, ...result });
      if (result.physicalId !== physicalId) {
        change.physicals.push(leftoverOf(resource));
      }
    });
    this.report(resource, 'UPDATE_COMPLETE');
  }

  /** Removes something that exists. Throws when it stays. */
  public async remove(leftover: Leftover): Promise<void> {
    this.report(leftover, 'DELETE_IN_PROGRESS');
    const type = typeOf(this.engine, leftover.type);
    await this.attempt(leftover, 'DELETE_FAILED', 'Resource deletion cancelled', async () => {
      await type.delete({ ...this.request(leftover, leftover.properties, new AbortController().signal), physicalId: leftover.physicalId });
    });
    this.report(leftover, 'DELETE_COMPLETE');
  }

  /** Puts a resource into a state and tells so. */
  public report({ logicalId, physicalId, type }: StackResource | Leftover, status: string, reason?: string): void {
    const resource = this.stack.resources.get(logicalId);
    // What is left over of an earlier shape of the resource is not the resource.
    if (resource && resource.physicalId === physicalId) {
      Object.assign(resource, { status, reason, updatedAt: Date.now() });
    }
    this.engine.events.add(this.stack, { logicalId, physicalId, type, status, reason });
  }

  private async makePhysical(resource: StackResource, signal: AbortSignal, status: string, reason: string): Promise<void> {
    const identify = (physicalId: string) => {
      if (resource.physicalId === undefined) {
        resource.physicalId = physicalId;
        this.report(resource, status, reason);
      }
    };
    const properties = await resolveSecretReferences(resource.properties, this.engine.cloud);
    const result = await typeOf(this.engine, resource.type).create({ ...this.request(resource, properties, signal), identify });
    identify(result.physicalId);
    Object.assign(resource, { noEcho: false, ...result });
  }

  private request(resource: StackResource | Leftover, properties: Json, signal: AbortSignal): ResourceRequest {
    const { cloud, random } = this.engine;
    const { logicalId, type } = resource;
    const { name: stackName, id: stackId } = this.stack;
    return {
      cloud,
      stackName,
      stackId,
      logicalId,
      type,
      properties,
      signal,
      creationPolicy: 'definition' in resource ? resource.definition.creationPolicy : undefined,
      generatedName: (maxLength) => {
        const suffix = `-${random.text(12)}`;
        const [stackPart, logicalPart] = shortened(stackName, logicalId, maxLength - suffix.length - 1);
        return `${stackPart}-${logicalPart}${suffix}`;
      },
    };
  }

  private async attempt(resource: StackResource | Leftover, status: string, cancelled: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof NotImitated) {
        this.engine.notImitated(error.message);
      }
      this.report(resource, status, error instanceof Cancelled ? cancelled : reasonOf(resource, error));
      throw error;
    }
  }
}

/** The top-level properties that differ. */
export function changedProperties(previous: Json, next: Json): ReadonlySet<string> {
  const names = [...new Set([...Object.keys(previous), ...Object.keys(next)])];
  return new Set(names.filter((name) => !isDeepStrictEqual(previous[name], next[name])));
}

/** What is left of a resource, should it have to go. */
export function leftoverOf(resource: StackResource): Leftover {
  const { logicalId, type, physicalId, properties, definition } = resource;
  return { logicalId, type, physicalId: physicalId!, properties, policy: definition.deletionPolicy };
}

/** CloudFormation keeps most of both names. */
function shortened(stackName: string, logicalId: string, length: number): [string, string] {
  if (stackName.length + logicalId.length <= length) {
    return [stackName, logicalId];
  }
  const half = Math.floor(length / 2);
  const stackLength = Math.max(half, length - logicalId.length);
  return [stackName.slice(0, stackLength), logicalId.slice(0, length - Math.min(stackLength, stackName.length))];
}

function reasonOf({ type }: StackResource | Leftover, error: unknown): string {
  const { name, message } = error as Error;
  // Errors of a service are quoted as the registry's handlers do; the engine's own stand alone.
  return error instanceof Error && 'code' in error && type.startsWith('AWS::')
    ? `Resource handler returned message: "${message} (Service: ${type.split('::')[1]}, Error Code: ${name})"`
    : message;
}
