import { removeAll } from './clean-up';
import type { Engine } from './engine';
import { leftoverOf, Provisioner } from './provisioner';
import type { Stack } from './stack';
import { failedTo, reportStack, undeleted } from './stack-status';

/** Deletes a stack and what it has; what cannot be deleted stays, and with it the stack. */
export async function deleteStack(engine: Engine, stack: Stack, retained: readonly string[]): Promise<void> {
  const provisioner = new Provisioner(engine, stack);
  reportStack(engine, stack, 'DELETE_IN_PROGRESS', 'User Initiated');
  const leftovers = [];
  for (const resource of stack.resources.values()) {
    if (resource.physicalId === undefined) {
      stack.resources.delete(resource.logicalId);
    } else {
      leftovers.push({ ...leftoverOf(resource), ...retained.includes(resource.logicalId) && { policy: 'Retain' as const } });
    }
  }
  await removeAll(engine, provisioner, leftovers, stack.deployed?.dependencies ?? new Map(), ({ logicalId }) => stack.resources.delete(logicalId));
  if (stack.resources.size > 0) {
    return reportStack(engine, stack, 'DELETE_FAILED', failedTo('delete', undeleted(stack)));
  }
  stack.outputs = [];
  stack.deletedAt = Date.now();
  reportStack(engine, stack, 'DELETE_COMPLETE');
}
