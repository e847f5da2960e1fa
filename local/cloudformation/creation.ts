import { removeAll } from './clean-up';
import type { Engine } from './engine';
import { evaluateOutputs } from './outputs';
import { leftoverOf, Provisioner } from './provisioner';
import { inOrder } from './schedule';
import type { Stack } from './stack';
import { failedTo, reportStack, undeleted, valuesOf } from './stack-status';
import { definitionOf, propertiesOf, type Target } from './target';

/** Creates a stack; when that fails, removes all that had begun. */
export async function createStack(engine: Engine, stack: Stack, target: Target): Promise<void> {
  const provisioner = new Provisioner(engine, stack);
  stack.deployed = target;
  reportStack(engine, stack, 'CREATE_IN_PROGRESS', 'User Initiated');
  const failures = await inOrder(target.dependencies, (id, signal) => provisioner.create(
    id, definitionOf(target, id), () => propertiesOf(engine, target, id, valuesOf(stack)), signal,
  ), { ...engine, clock: engine.cloud.clock, onFailure: 'stop' });
  if (failures.size > 0) {
    return rollBack(engine, stack, provisioner, target, `${failedTo('create', failures)} Rollback requested by user.`);
  }
  try {
    stack.outputs = evaluateOutputs(engine, stack, target);
  } catch (error) {
    return rollBack(engine, stack, provisioner, target, (error as Error).message);
  }
  reportStack(engine, stack, 'CREATE_COMPLETE');
}

async function rollBack(engine: Engine, stack: Stack, provisioner: Provisioner, target: Target, reason: string): Promise<void> {
  stack.operationId = engine.random.uuid();
  reportStack(engine, stack, 'ROLLBACK_IN_PROGRESS', reason);
  for (const resource of stack.resources.values()) {
    if (resource.physicalId === undefined) {
      // It had begun, but nothing came of it: there is nothing to ask of anybody.
      provisioner.report(resource, 'DELETE_COMPLETE');
      stack.resources.delete(resource.logicalId);
    }
  }
  const leftovers = [...stack.resources.values()].map((resource) => {
    const leftover = leftoverOf(resource);
    // What this operation has just made goes, unless it is to stay in any case.
    return leftover.policy === 'RetainExceptOnCreate' ? { ...leftover, policy: 'Delete' as const } : leftover;
  });
  await removeAll(engine, provisioner, leftovers, target.dependencies, ({ logicalId }) => stack.resources.delete(logicalId));
  if (stack.resources.size > 0) {
    return reportStack(engine, stack, 'ROLLBACK_FAILED', failedTo('delete', undeleted(stack)));
  }
  reportStack(engine, stack, 'ROLLBACK_COMPLETE');
}
