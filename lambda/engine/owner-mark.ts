import type { Owner } from './controller';
import { digestOf } from './token';

/**
 * What has no tags, or none from its first moment, says whose it is at the end of a text that it has, and what was wanted of it:
 * stream URLs and stream sessions, copies of images. Twelve digits for the owner, eight for what was wanted.
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
