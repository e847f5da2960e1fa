import { AwsError } from '../wire/aws-error';

/** One page of a list, and the token of the next one if there is one. A token that is not valid is refused with `refusal`. */
export function page<T>(
  items: readonly T[], size: number, token: string | undefined, refusal = 'InvalidParameterValueException',
): { items: T[]; NextToken?: string } {
  const start = token === undefined ? 0 : offsetOf(token, refusal);
  const end = start + size;
  return {
    items: items.slice(start, end),
    ...end < items.length && { NextToken: Buffer.from(`after:${end}`).toString('base64') },
  };
}

function offsetOf(token: string, refusal: string): number {
  const offset = /^after:(\d+)$/.exec(Buffer.from(token, 'base64').toString('utf8'))?.[1];
  if (offset === undefined) {
    // Inferred: no service documents its answer to a token that it did not give.
    throw new AwsError(refusal, 'The NextToken is not valid.');
  }
  return Number(offset);
}
