import type { Owner } from '../engine/controller';
import { digestOf } from '../engine/token';

/**
 * Stream URLs and stream sessions have no tags: whose they are, and what was wanted of them, stands at the end of a text that they have.
 * Twelve digits for the owner, eight for what was wanted of it.
 */
export function withMark(text: string, owner: Owner, wanted: object): string {
  return `${text} ${ownerPart(owner)}${wantedPart(wanted)}`;
}

/** Whether a text bears the mark of an owner; if it is said, for just what was wanted. */
export function hasMark(text: string | undefined, owner: Owner, wanted?: object): boolean {
  const at = text?.lastIndexOf(` ${ownerPart(owner)}`) ?? -1;
  return at >= 0 && (wanted === undefined || text!.endsWith(wantedPart(wanted)));
}

function ownerPart({ stackId, logicalId }: Owner): string {
  return `@${digestOf([stackId, logicalId]).slice(0, 12)}.`;
}

function wantedPart(wanted: object): string {
  return digestOf(wanted).slice(0, 8);
}
