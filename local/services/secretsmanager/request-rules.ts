import type { Tag } from '@aws-sdk/client-secrets-manager';
import type { SecretValue } from './secret';
import { AwsError, NotImitated } from '../../wire/aws-error';

/** A request that may hold a value: bytes travel in base64. */
export type Valued<T> = Omit<T, 'SecretBinary'> & SecretValue;

const VALUE_LIMIT = 65_536;
const TAG_LIMIT = 50;

/** The value that a request brings, if it brings any. */
export function valueOf({ SecretString, SecretBinary }: SecretValue): SecretValue | undefined {
  if (SecretString !== undefined && SecretBinary !== undefined) {
    throw new AwsError('InvalidParameterException', "You can't specify both a binary secret value and a string secret value.");
  }
  // The limit is one of bytes; the model's counts characters.
  if (Buffer.byteLength(SecretString ?? '') > VALUE_LIMIT) {
    throw new AwsError('ValidationException', "1 validation error detected: Value at 'secretString' failed to satisfy constraint: "
      + `Member must have length less than or equal to ${VALUE_LIMIT}`);
  }
  return SecretString === undefined && SecretBinary === undefined ? undefined : { SecretString, SecretBinary };
}

/** SDKs make a token of their own where the caller gives none. */
export function tokenOf(token: string | undefined): string {
  if (token === undefined) {
    throw new AwsError('InvalidRequestException', 'You must provide a ClientRequestToken value. We recommend a UUID-type value.');
  }
  return token;
}

/** Tags as a map, with no more than a secret may have beside those that it has. */
export function tagMap(tags: readonly Tag[], others: readonly string[] = []): Readonly<Record<string, string>> {
  if (new Set([...tags.map(({ Key }) => Key), ...others]).size > TAG_LIMIT) {
    throw new AwsError('InvalidParameterException', `A secret has at most ${TAG_LIMIT} tags.`);
  }
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key!, Value ?? '']));
}

/** Refuses loudly what a request has beside what is imitated. */
export function refuseOthers(operation: string, others: object): void {
  const [strange] = Object.keys(others);
  if (strange !== undefined) {
    throw new NotImitated(`${strange} of ${operation}`);
  }
}
