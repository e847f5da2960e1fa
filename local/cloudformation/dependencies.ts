import { getAttOf, intrinsicOf, SUB_VARIABLE } from './intrinsics';
import type { TemplateScope } from './scope';
import type { Json, Template } from './template';
import { ValidationError } from './validation-error';

/** For each resource the resources that must be there before it. */
export type Dependencies = ReadonlyMap<string, ReadonlySet<string>>;

/** The dependencies among the resources of a template whose conditions hold. */
export function dependenciesOf(template: Template, scope: TemplateScope): Dependencies {
  const active = Object.entries(template.resources).filter(([, { condition }]) => scope.isActive(condition));
  const ids = new Set(active.map(([id]) => id));
  const dependencies = new Map(active.map(([id, definition]) => {
    const found = new Set<string>();
    collect(definition.properties, scope, found);
    definition.dependsOn.forEach((other) => {
      if (!template.resources[other]) {
        throw new ValidationError(`Template format error: Unresolved resource dependencies [${other}] in the Resources block of the template`);
      }
      found.add(other);
    });
    if (found.has(id)) {
      throw new ValidationError(`Template error: resource ${id} depends on itself`);
    }
    // Parameters are named like resources, and DependsOn may name one whose condition does not hold.
    return [id, new Set([...found].filter((other) => ids.has(other)))] as const;
  }));
  refuseCycles(dependencies);
  return dependencies;
}

/** The same dependencies, seen from the other end: what must be gone before a resource can go. */
export function reversed(dependencies: Dependencies): Dependencies {
  const result = new Map([...dependencies.keys()].map((id) => [id, new Set<string>()]));
  for (const [id, others] of dependencies) {
    others.forEach((other) => result.get(other)?.add(id));
  }
  return result;
}

/** The dependencies among some of the resources, including those that lead over others. */
export function among(dependencies: Dependencies, ids: ReadonlySet<string>): Dependencies {
  const reach = (from: string, found: Set<string>, seen: Set<string>): Set<string> => {
    for (const other of dependencies.get(from) ?? []) {
      if (!seen.has(other)) {
        seen.add(other);
        if (ids.has(other)) {
          found.add(other);
        }
        reach(other, found, seen);
      }
    }
    return found;
  };
  return new Map([...ids].map((id) => [id, reach(id, new Set(), new Set())]));
}

/** The names that a piece of a template refers to; of an `Fn::If` only in the branch that is taken. */
function collect(value: unknown, scope: TemplateScope, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  const intrinsic = Array.isArray(value) ? undefined : intrinsicOf(value as Json);
  switch (intrinsic?.name) {
    case 'Ref':
      found.add(intrinsic.argument as string);
      return;
    case 'Fn::GetAtt':
      found.add(getAttOf(intrinsic.argument)[0]);
      return;
    case 'Fn::If': {
      const [condition, then, otherwise] = intrinsic.argument as [string, unknown, unknown];
      collect(scope.condition(condition) ? then : otherwise, scope, found);
      return;
    }
    case 'Fn::Sub': {
      const [text, variables = {}] = [intrinsic.argument].flat() as [string, Json?];
      for (const [, literal, name] of text.matchAll(SUB_VARIABLE)) {
        if (literal !== '!' && !(name in variables)) {
          found.add(name.split('.')[0]);
        }
      }
      collect(variables, scope, found);
      return;
    }
    default:
      Object.values(value).forEach((member) => collect(member, scope, found));
  }
}

function refuseCycles(dependencies: Dependencies): void {
  const left = new Map(dependencies);
  for (let before = -1; before !== left.size;) {
    before = left.size;
    for (const [id, others] of left) {
      if ([...others].every((other) => !left.has(other))) {
        left.delete(id);
      }
    }
  }
  if (left.size > 0) {
    throw new ValidationError(`Circular dependency between resources: [${[...left.keys()].join(', ')}]`);
  }
}
