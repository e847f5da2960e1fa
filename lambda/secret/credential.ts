import { DescribeSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CLIENT_SETTINGS } from '../engine/client';
import { digestOf } from '../engine/token';

const secretsManager = new SecretsManagerClient(CLIENT_SETTINGS);

/** What a secret holds, as far as it may be told. */
export interface Credential {
  /** What it is a credential for; whatever tells it from others. */
  readonly subject: object;
  /** When it expires, in milliseconds. */
  readonly expiresAt: number;
}

/**
 * When the credential for a subject expires that a secret holds; undefined if it holds none, or one for something else.
 *
 * The version's id tells it, so nobody has to read the credential.
 */
export async function expiryOf(secretArn: string, subject: object): Promise<number | undefined> {
  const { VersionIdsToStages = {} } = await secretsManager.send(new DescribeSecretCommand({ SecretId: secretArn }));
  const [current = ''] = Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes('AWSCURRENT')) ?? [];
  const [digest, expiresAt] = current.split('-');
  return digest === digestOfSubject(subject) ? parseInt(expiresAt, 36) : undefined;
}

/**
 * Writes a credential to its secret. Within one request the same credential is written once, however often it is tried;
 * a later request writes it anew, since Secrets Manager does not make an older version the current one again.
 */
export async function store(secretArn: string, { subject, expiresAt }: Credential, value: object, startedAt: number): Promise<void> {
  await secretsManager.send(new PutSecretValueCommand({
    SecretId: secretArn,
    ClientRequestToken: [digestOfSubject(subject), expiresAt.toString(36), startedAt.toString(36)].join('-'),
    SecretString: JSON.stringify(value),
  }));
}

function digestOfSubject(subject: object): string {
  return digestOf(subject).slice(0, 32);
}
