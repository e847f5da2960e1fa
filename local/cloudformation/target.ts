import { isCustom, stringified } from './custom-resource';
import { type Dependencies, dependenciesOf } from './dependencies';
import { resolveParameterReferences } from './dynamic-references';
import { type Engine, typeOf } from './engine';
import { evaluate, evaluateCondition, UNKNOWN } from './intrinsics';
import { type ParameterInput, resolveParameters } from './parameters';
import { type ResourceValues, type StackIdentity, TemplateScope } from './scope';
import { shaped, TAGS } from './shape';
import type { Deployed, Stack, Tag } from './stack';
import { type Json, readTemplate, type ResourceDefinition } from './template';
import { ValidationError } from './validation-error';

/** What a stack is to be brought to. */
export interface Target extends Deployed {
  readonly scope: TemplateScope;
}

const NOTHING_KNOWN: ResourceValues = { ref: () => UNKNOWN, attribute: () => UNKNOWN };

export async function prepareTarget(
  engine: Engine, stack: Stack, text: string, inputs: readonly ParameterInput[], tags: readonly Tag[],
): Promise<Target> {
  const template = readTemplate(text);
  const parameters = await resolveParameters(template, inputs, stack.deployed?.parameters ?? {}, engine.cloud);
  const imports = new Set<string>();
  const identity: StackIdentity = { name: stack.name, id: stack.id, region: engine.cloud.region, account: engine.cloud.account };
  const exported = (name: string) => {
    imports.add(name);
    return engine.exportedValue(name);
  };
  const scope = new TemplateScope(identity, template, parameters, exported, NOTHING_KNOWN);
  Object.entries(template.rules).forEach(([, rule]) => {
    const holds = rule.RuleCondition === undefined || evaluateCondition(rule.RuleCondition, scope);
    const broken = holds ? rule.Assertions.find(({ Assert }) => !evaluateCondition(Assert, scope)) : undefined;
    if (broken) {
      throw new ValidationError(`Template constraint error: ${broken.AssertDescription ?? JSON.stringify(broken.Assert)}`);
    }
  });
  const dependencies = dependenciesOf(template, scope);
  if (dependencies.size === 0) {
    throw new ValidationError('Template format error: At least one resource must be active.');
  }
  return { template, parameters, tags, imports, dependencies, scope };
}

/** The evaluated properties of a resource, as its handler gets them. */
export async function propertiesOf(
  engine: Engine, target: Target, logicalId: string, values: ResourceValues,
): Promise<Json> {
  const definition = definitionOf(target, logicalId);
  const type = typeOf(engine, definition.type);
  const evaluated = await resolveParameterReferences(evaluate(definition.properties, target.scope.withResources(values)), engine.cloud) as Json;
  if (isCustom(definition.type)) {
    requireAll(logicalId, evaluated, ['ServiceToken']);
    return stringified(evaluated) as Json;
  }
  const properties = shaped(evaluated, type.properties, `${definition.type}`) as Json;
  requireAll(logicalId, properties, type.required ?? []);
  return type.properties.Tags === TAGS ? withStackTags(properties, target.tags) : properties;
}

export function definitionOf(target: Deployed, logicalId: string): ResourceDefinition {
  return target.template.resources[logicalId];
}

/** The dependencies in one of the orders that they allow. */
export function sorted(dependencies: Dependencies): string[] {
  const result = new Set<string>();
  const visit = (id: string) => {
    if (!result.has(id)) {
      dependencies.get(id)?.forEach(visit);
      result.add(id);
    }
  };
  [...dependencies.keys()].forEach(visit);
  return [...result];
}

function requireAll(logicalId: string, properties: Json, required: readonly string[]): void {
  const missing = required.find((name) => properties[name] === undefined);
  if (missing) {
    throw new ValidationError(`Properties validation failed for resource ${logicalId} with message: #: required key [${missing}] not found`);
  }
}

/** The tags of a stack go to every resource that takes tags; the resource's own win. */
function withStackTags(properties: Json, stackTags: readonly Tag[]): Json {
  const own = (properties.Tags ?? []) as readonly Tag[];
  const inherited = stackTags.filter(({ Key }) => !own.some((tag) => tag.Key === Key));
  return inherited.length === 0 ? properties : { ...properties, Tags: [...own, ...inherited] };
}
