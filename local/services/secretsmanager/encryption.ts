import type { Cloud } from '../../cloud';
import { NotImitated } from '../../wire/aws-error';
import type { Requirement } from '../../wire/service';

const OWN_KEY = 'alias/aws/secretsmanager';

/** The ARN of a customer's key; undefined for the account's own, which everybody in the account may use. */
export function customerKey({ region, account }: Cloud, keyId: string | undefined): string | undefined {
  if (!keyId || keyId.endsWith(OWN_KEY)) {
    return undefined;
  }
  if (keyId.includes('alias/')) {
    throw new NotImitated(`the alias of a key (${keyId})`);
  }
  return keyId.startsWith('arn:') ? keyId : `arn:aws:kms:${region}:${account}:key/${keyId}`;
}

/** What it takes to read a value that a key encrypts. */
export function toDecrypt(cloud: Cloud, keyArn: string | undefined): readonly Requirement[] {
  return needs(cloud, keyArn, 'kms:Decrypt');
}

/** What it takes to write one: Secrets Manager reads it back. */
export function toEncrypt(cloud: Cloud, keyArn: string | undefined): readonly Requirement[] {
  return needs(cloud, keyArn, 'kms:GenerateDataKey', 'kms:Decrypt');
}

function needs({ region }: Cloud, keyArn: string | undefined, ...actions: readonly string[]): readonly Requirement[] {
  return keyArn === undefined ? [] : actions.map((action) => ({
    action, resource: keyArn, context: { 'kms:viaservice': `secretsmanager.${region}.amazonaws.com` }, refusal: 'Access to KMS is not allowed',
  }));
}
