import { randomInt } from 'crypto';
import { Secret } from './secret';
import type { Cloud } from '../../cloud';
import { AwsError } from '../../wire/aws-error';

const SUFFIX_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** What Secrets Manager puts behind the name in an ARN. */
const SUFFIX = /-[A-Za-z0-9]{6}$/;

/** The secrets of the account, under all that a request may call them. */
export class SecretStore {
  private secrets: readonly Secret[] = [];

  constructor(private readonly cloud: Cloud) {}

  /** All that are not gone, also those that are marked for deletion. */
  public get all(): readonly Secret[] {
    return this.secrets.filter(({ deletion }) => deletion === undefined || deletion.gone > this.cloud.clock.now());
  }

  public create(name: string): Secret {
    const suffix = Array.from({ length: 6 }, () => SUFFIX_ALPHABET[randomInt(SUFFIX_ALPHABET.length)]).join('');
    const secret = new Secret(name, `${this.prefix}${name}-${suffix}`, this.cloud.clock.now());
    this.secrets = [...this.all, secret];
    return secret;
  }

  /**
   * By its name, its ARN, or its ARN without the suffix. A part of an ARN that ends as if it had the suffix is taken
   * for the whole, as documented, and finds nothing.
   */
  public find(secretId: string): Secret | undefined {
    const name = this.nameIn(secretId);
    const isPart = secretId !== name && !SUFFIX.test(secretId);
    return this.all.find((secret) => secret.arn === secretId || ((isPart || secretId === name) && secret.name === name));
  }

  public get(secretId: string): Secret {
    const secret = this.find(secretId);
    if (!secret) {
      throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    }
    return secret;
  }

  /** A secret that is there to be used. */
  public usable(secretId: string): Secret {
    const secret = this.get(secretId);
    if (secret.deletion) {
      throw new AwsError('InvalidRequestException', "You can't perform this operation on the secret because it was marked for deletion.");
    }
    return secret;
  }

  /** The ARN of a secret, whether or not it is there: wildcards stand for a suffix that nobody knows (inferred). */
  public arnOf(secretId: string): string {
    const name = this.nameIn(secretId);
    return this.find(secretId)?.arn ?? (secretId !== name && SUFFIX.test(secretId) ? secretId : `${this.prefix}${name}-??????`);
  }

  private nameIn(secretId: string): string {
    return secretId.startsWith(this.prefix) ? secretId.slice(this.prefix.length) : secretId;
  }

  private get prefix(): string {
    return `arn:aws:secretsmanager:${this.cloud.region}:${this.cloud.account}:secret:`;
  }
}
