import { createHash } from 'crypto';
import type { Owner } from './controller';

/**
 * A client token: the same whenever the same is wanted for the same resource. So a call that is repeated, after a crash or
 * by a rollback, finds what there is instead of making it twice. 64 characters, which all services accept.
 *
 * @param ended how many things of this kind have ended: a service finds those again by their tokens for a while
 */
export function tokenOf({ stackId, logicalId }: Owner, wanted: object, ended = 0): string {
  return digestOf([stackId, logicalId, wanted, ended]);
}

/** Equal for equal values, whatever the order of their members. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, sortMembers)).digest('hex');
}

function sortMembers(_key: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;
}
