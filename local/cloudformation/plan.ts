import { isDeepStrictEqual } from 'util';
import { isCustom } from './custom-resource';
import { type Engine, typeOf } from './engine';
import { UNKNOWN } from './intrinsics';
import { changedProperties } from './provisioner';
import { replaces, type ResourceType } from './resource-type';
import type { ResourceValues } from './scope';
import type { Stack, StackResource } from './stack';
import { definitionOf, propertiesOf, sorted, type Target } from './target';
import type { Json, ResourceDefinition } from './template';
import { ValidationError } from './validation-error';
import { NotImitated } from '../wire/aws-error';

export interface PropertyChange {
  readonly name: string;
  /** Whether it depends on what becomes of another resource. */
  readonly dynamic: boolean;
  readonly recreation: 'Never' | 'Conditionally' | 'Always';
}

/** What would be done to one resource. */
export interface PlannedChange {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId?: string;
  readonly properties: readonly PropertyChange[];
  /** The attributes that change beside the properties. */
  readonly attributes: readonly string[];
}

export interface Plan {
  readonly changes: readonly PlannedChange[];
  readonly isEmpty: boolean;
}

type Fate = 'stays' | 'changes' | 'is made';

/**
 * What an update would do, as far as it can be told before: and every resource of the template is looked at,
 * so that what is not imitated shows before anything begins.
 */
export async function plan(engine: Engine, stack: Stack, target: Target): Promise<Plan> {
  refuseOtherTypes(stack, target);
  const fates = new Map<string, Fate>();
  const values = plannedValues(engine, stack, target, fates);
  const changes: PlannedChange[] = [];
  for (const id of sorted(target.dependencies)) {
    const definition = definitionOf(target, id);
    const type = typeOf(engine, definition.type);
    const resource = stack.resources.get(id);
    const properties = await propertiesOf(engine, target, id, values);
    if (!resource) {
      fates.set(id, 'is made');
      changes.push({ action: 'Add', logicalId: id, type: definition.type, properties: [], attributes: [] });
      continue;
    }
    const changed = [...changedProperties(resource.properties, properties)].map((name) =>
      propertyChange(type, name, resource.properties, properties));
    const attributes = changedAttributes(resource.definition, definition);
    fates.set(id, changed.length === 0 ? 'stays' : changed.some(({ recreation }) => recreation !== 'Never') ? 'is made' : 'changes');
    if (changed.length + attributes.length > 0) {
      changes.push({ action: 'Modify', logicalId: id, type: definition.type, physicalId: resource.physicalId, properties: changed, attributes });
    }
  }
  for (const { logicalId, type, physicalId } of stack.resources.values()) {
    if (!target.dependencies.has(logicalId)) {
      changes.push({ action: 'Remove', logicalId, type, physicalId, properties: [], attributes: [] });
    }
  }
  return { changes, isEmpty: changes.length === 0 && !changesItself(stack, target) };
}

/** Whether a change replaces the resource, as change sets put it. */
export function replacement({ properties }: PlannedChange): 'True' | 'False' | 'Conditional' {
  if (properties.some(({ recreation, dynamic }) => recreation === 'Always' && !dynamic)) {
    return 'True';
  }
  return properties.some(({ recreation }) => recreation !== 'Never') ? 'Conditional' : 'False';
}

function propertyChange(type: ResourceType, name: string, previous: Json, next: Json): PropertyChange {
  const dynamic = hasUnknown(next[name]);
  if (replaces(type, name, previous, next)) {
    return { name, dynamic, recreation: dynamic ? 'Conditionally' : 'Always' };
  }
  return { name, dynamic, recreation: 'Never' };
}

function plannedValues(engine: Engine, stack: Stack, target: Target, fates: ReadonlyMap<string, Fate>): ResourceValues {
  return {
    ref(id) {
      const resource = stack.resources.get(id);
      const fate = fates.get(id);
      // A provider may give another id with every change.
      return fate === 'is made' || (fate === 'changes' && isCustom(resource!.type)) ? UNKNOWN : resource!.physicalId;
    },
    attribute(id, name) {
      const { attributes } = typeOf(engine, definitionOf(target, id).type);
      if (attributes !== 'any' && !attributes.includes(name)) {
        throw new NotImitated(`the attribute ${name} of ${definitionOf(target, id).type}`);
      }
      const resource = stack.resources.get(id);
      return fates.get(id) === 'stays' ? resource!.attributes[name] : UNKNOWN;
    },
  };
}

function refuseOtherTypes(stack: Stack, target: Target): void {
  const others = [...stack.resources.values()].filter(({ logicalId, type }: StackResource) =>
    target.dependencies.has(logicalId) && definitionOf(target, logicalId).type !== type);
  if (others.length > 0) {
    throw new ValidationError(`Update of resource type is not permitted. The new template modifies resource type of the following resources: [${others.map(({ logicalId }) => logicalId).join(', ')}]`);
  }
}

/** Of these, a change alone is a change; a change of DependsOn or of a condition's name is none. */
function changedAttributes(before: ResourceDefinition, after: ResourceDefinition): string[] {
  const attributes = {
    Metadata: 'metadata', CreationPolicy: 'creationPolicy', DeletionPolicy: 'deletionPolicy', UpdateReplacePolicy: 'updateReplacePolicy',
  } as const;
  return Object.entries(attributes).filter(([, key]) => !isDeepStrictEqual(before[key], after[key])).map(([name]) => name);
}

/** Outputs and tags are the stack's own. */
function changesItself(stack: Stack, target: Target): boolean {
  return !stack.deployed
    || !isDeepStrictEqual(stack.deployed.template.outputs, target.template.outputs)
    || !isDeepStrictEqual(new Set(stack.deployed.tags), new Set(target.tags));
}

function hasUnknown(value: unknown): boolean {
  return value === UNKNOWN || (typeof value === 'object' && value !== null && Object.values(value).some(hasUnknown));
}
