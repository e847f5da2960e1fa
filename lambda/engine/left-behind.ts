import type { Request } from './controller';

/**
 * What an update was about that was given up or has failed, when it is undone: CloudFormation, which goes back by another update, knows nothing of
 * what that has come to. It still has the id of what is wanted now, and so no deletion follows. Undefined in any other request.
 */
export function leftBehind<Properties>(
  { wanted, before, heldId }: Request<Properties>, idOf: (properties: Properties) => string,
): Properties | undefined {
  const isUndone = wanted !== undefined && before !== undefined && heldId === idOf(wanted) && heldId !== idOf(before);
  return isUndone ? before : undefined;
}
