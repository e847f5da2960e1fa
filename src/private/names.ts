import { createHash } from 'crypto';
import * as cdk from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** The services accept no longer name; AppStream's own pattern would let 101 characters pass. */
const MAX_LENGTH = 100;
const HASH_LENGTH = 8;

/** By what they are hashes of: in an app with many fleets most have the same. */
const hashes = new Map<string, string>();

/** A name that is the same at every synthesis and differs from that of every other construct in the account. */
export function uniqueName(scope: IConstruct, maxLength = MAX_LENGTH): string {
  return cdk.Names.uniqueResourceName(scope, { maxLength, separator: '-' });
}

/**
 * A unique name that also changes whenever one of the given properties does.
 *
 * CloudFormation creates the replacement of a resource before it deletes the old one, so the two need different names.
 * Tokens count in their resolved form: a changed reference changes the name, a changed value behind a parameter does not.
 */
export function nameOfGeneration(scope: IConstruct, immutable: object): string {
  const resolved = JSON.stringify(sortKeys(isPlainText(immutable) ? immutable : cdk.Stack.of(scope).resolve(immutable)));
  const hash = hashes.get(resolved) ?? createHash('sha256').update(resolved).digest('hex').slice(0, HASH_LENGTH);
  hashes.set(resolved, hash);
  return `${uniqueName(scope, MAX_LENGTH - HASH_LENGTH - 1)}-${hash}`;
}

/**
 * Matches, in an IAM policy, what `nameOfGeneration` answers before and after a change.
 *
 * While a resource is being replaced both exist, and after a rollback the old one is back.
 */
export function everyGeneration(name: string): string {
  return `${name.slice(0, -HASH_LENGTH)}${'?'.repeat(HASH_LENGTH)}`;
}

/** Whether there is nothing to resolve, which costs time where there are many fleets. */
function isPlainText(properties: object): boolean {
  return Object.values(properties).every((value) => typeof value === 'string' && !cdk.Token.isUnresolved(value));
}

/** The order in which the properties are written down must not change a name. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sortKeys(inner)]));
}
