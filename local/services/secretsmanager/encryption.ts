import type { Cloud } from '../../cloud';
import { NotImitated } from '../../wire/aws-error';
import type { Requirement } from '../../wire/service';
import type { Kms } from '../kms';

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

/** What callers need of KMS for what Secrets Manager does with their keys. */
export class Encryption {
  constructor(private readonly cloud: Cloud, private readonly kms: Kms) {}

  /** To read a value. */
  public decrypting(keyArn: string | undefined): readonly Requirement[] {
    return this.needs(keyArn, 'kms:Decrypt');
  }

  /** To write one: Secrets Manager reads it back. */
  public encrypting(keyArn: string | undefined): readonly Requirement[] {
    return this.needs(keyArn, 'kms:GenerateDataKey', 'kms:Decrypt');
  }

  private needs(keyArn: string | undefined, ...actions: readonly string[]): readonly Requirement[] {
    return keyArn === undefined ? [] : actions.map((action) => ({
      action,
      resource: keyArn,
      context: { 'kms:viaservice': `secretsmanager.${this.cloud.region}.amazonaws.com` },
      policy: this.kms.resourcePolicy(keyArn),
      refusal: 'Access to KMS is not allowed',
    }));
  }
}
