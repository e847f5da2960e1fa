import { randomUUID } from 'crypto';
import type { Cloud } from '../../cloud';
import { AwsError } from '../../wire/aws-error';
import type { Handler, Service } from '../../wire/service';

interface KeyInput {
  readonly KeyId: string;
  /** JSON. @default - one that leaves it to the account's own policies */
  readonly Policy?: string;
}

/**
 * KMS: keys and who may use them. Nothing is encrypted here, and nobody calls it over HTTP:
 * other services ask it for the policy of a key that they use for their caller.
 */
export class Kms implements Service {
  public readonly name = 'kms';
  public readonly signingNames = ['kms'];
  public readonly protocols = [];
  public readonly operations: Readonly<Record<string, Handler>> = {
    CreateKey: ({ Policy }: KeyInput) => this.create(Policy),
    PutKeyPolicy: ({ KeyId, Policy }: KeyInput) => void this.policies.set(this.existing(KeyId), Policy),
    ScheduleKeyDeletion: ({ KeyId }: KeyInput) => void this.policies.delete(this.existing(KeyId)),
  };

  /** By the ARN of the key. */
  private readonly policies = new Map<string, string | undefined>();

  constructor(private readonly cloud: Cloud) {}

  public resourcePolicy(arn: string): string | undefined {
    return this.policies.get(arn);
  }

  private create(policy: string | undefined) {
    const KeyId = randomUUID();
    this.policies.set(this.arnOf(KeyId), policy);
    return { KeyMetadata: { KeyId, Arn: this.arnOf(KeyId) } };
  }

  private arnOf(keyId: string): string {
    return `arn:aws:kms:${this.cloud.region}:${this.cloud.account}:key/${keyId}`;
  }

  private existing(keyId: string): string {
    const arn = this.arnOf(keyId);
    if (!this.policies.has(arn)) {
      throw new AwsError('NotFoundException', `Key '${arn}' does not exist`);
    }
    return arn;
  }
}
