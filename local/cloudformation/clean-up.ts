import { among, type Dependencies, reversed } from './dependencies';
import type { Engine } from './engine';
import type { Provisioner } from './provisioner';
import { inOrder } from './schedule';
import type { Leftover } from './stack';

/**
 * Removes what is left over, what depends on others first. What cannot be removed stays, and the rest goes on.
 *
 * @param gone is called for what the stack has no more, removed or retained
 */
export async function removeAll(
  engine: Engine, provisioner: Provisioner, leftovers: readonly Leftover[], dependencies: Dependencies,
  gone: (leftover: Leftover) => void,
): Promise<void> {
  const ids = new Set(leftovers.map(({ logicalId }) => logicalId));
  const order = among(reversed(dependencies), ids);
  await inOrder(order, async (id) => {
    for (const leftover of leftovers.filter(({ logicalId }) => logicalId === id)) {
      if (leftover.policy === 'Delete') {
        await provisioner.remove(leftover);
      } else {
        provisioner.report(leftover, 'DELETE_SKIPPED');
      }
      gone(leftover);
    }
  }, { ...engine, clock: engine.cloud.clock, onFailure: 'go-on' });
}
