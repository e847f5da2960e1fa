import { DescribeSecretCommand, PutSecretValueCommand, SecretsManagerClient, UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
import { CLIENT_SETTINGS } from '../engine/client';
import { digestOf } from '../engine/token';

const secretsManager = new SecretsManagerClient(CLIENT_SETTINGS);

const CURRENT = 'AWSCURRENT';

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
  const current = (await versionsOf(secretArn)).find(({ isCurrent }) => isCurrent);
  return current && current.digest === digestOfSubject(subject) ? current.expiresAt : undefined;
}

/**
 * Makes the credential for a subject the current one again that a secret had before, if it still holds then; answers with its expiry.
 * So a rollback needs nobody to make another one.
 */
export async function restore(secretArn: string, subject: object, now: number): Promise<number | undefined> {
  const versions = await versionsOf(secretArn);
  const version = versions.find(({ digest, expiresAt }) => digest === digestOfSubject(subject) && expiresAt > now);
  if (version && !version.isCurrent) {
    await secretsManager.send(new UpdateSecretVersionStageCommand({
      SecretId: secretArn, VersionStage: CURRENT, MoveToVersionId: version.id, RemoveFromVersionId: versions.find(({ isCurrent }) => isCurrent)?.id,
    }));
  }
  return version?.expiresAt;
}

interface Version {
  readonly id: string;
  readonly digest: string;
  readonly expiresAt: number;
  readonly isCurrent: boolean;
}

/** The current version and the one before. */
async function versionsOf(secretArn: string): Promise<Version[]> {
  const { VersionIdsToStages = {} } = await secretsManager.send(new DescribeSecretCommand({ SecretId: secretArn }));
  return Object.entries(VersionIdsToStages).map(([id, stages]) => {
    const [digest, expiresAt] = id.split('-');
    return { id, digest, expiresAt: parseInt(expiresAt, 36), isCurrent: stages.includes(CURRENT) };
  });
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
