import type { Engine } from './engine';
import { evaluate } from './intrinsics';
import type { ResourceValues } from './scope';
import type { Output, Stack } from './stack';
import { valuesOf } from './stack-status';
import type { Target } from './target';
import { ValidationError } from './validation-error';

const MASK = '****';

/** Evaluates the outputs of a stack, and refuses exports that would break other stacks. */
export function evaluateOutputs(engine: Engine, stack: Stack, target: Target): readonly Output[] {
  const scope = target.scope.withResources(masked(stack));
  const outputs = Object.entries(target.template.outputs)
    .filter(([, { Condition }]) => scope.isActive(Condition))
    .map(([key, { Value, Description, Export }]): Output => {
      const value = evaluate(Value, scope);
      if (typeof value === 'object' || value === undefined) {
        throw new ValidationError(`Template format error: Output ${key} is malformed. The Value field of every Outputs member must evaluate to a String.`);
      }
      return { key, value: String(value), description: Description, exportName: Export && String(evaluate(Export.Name, scope)) };
    });
  refuseBrokenExports(engine, stack, outputs);
  return outputs;
}

/** Refuses what other stacks would miss. */
export function refuseBrokenExports(engine: Engine, stack: Stack, outputs: readonly Output[]): void {
  for (const { exportName, value } of stack.outputs) {
    const stays = outputs.some((output) => output.exportName === exportName && output.value === value);
    const importers = exportName === undefined || stays ? [] : engine.importersOf(exportName);
    if (importers.length > 0) {
      const gone = outputs.every((output) => output.exportName !== exportName);
      throw new ValidationError(`Export ${exportName} cannot be ${gone ? 'deleted' : 'updated'} as it is in use by ${importers.join(', ')}`);
    }
  }
  for (const { exportName } of outputs) {
    const own = stack.outputs.some((output) => output.exportName === exportName);
    if (exportName !== undefined && !own && engine.exportedValue(exportName) !== undefined) {
      throw new ValidationError(`Export with name ${exportName} is already exported by another stack`);
    }
  }
}

/** Attributes that a provider wants unseen are masked where people read them. */
function masked(stack: Stack): ResourceValues {
  const values = valuesOf(stack);
  return {
    ref: values.ref,
    attribute: (logicalId, name) => {
      const value = values.attribute(logicalId, name);
      return stack.resources.get(logicalId)?.noEcho ? MASK : value;
    },
  };
}
