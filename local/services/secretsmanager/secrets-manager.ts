import { join } from 'path';
import type * as sdk from '@aws-sdk/client-secrets-manager';
import { customerKey, Encryption } from './encryption';
import { randomPassword } from './random-password';
import { refuseOthers, tagMap, tokenOf, type Valued, valueOf } from './request-rules';
import { isSameValue, type Secret, type SecretValue, type SecretVersion } from './secret';
import { SecretStore } from './secret-store';
import type { Cloud } from '../../cloud';
import { AwsError, NotImitated } from '../../wire/aws-error';
import { awsJson } from '../../wire/aws-json';
import { ServiceModel } from '../../wire/model';
import type { CallContext, Operation, Requirement, Service } from '../../wire/service';
import type { Kms } from '../kms';

export interface SecretsManagerOptions {
  /** Virtual milliseconds until a secret is gone that was deleted without recovery: documented as a short delay, without its length. @default 5000 */
  readonly deletionDelay?: number;
}

const DAY = 24 * 60 * 60 * 1000;

/** Secrets Manager: secrets with their versions, without rotation and replicas. */
export class SecretsManager implements Service {
  public readonly name = 'secretsmanager';
  public readonly signingNames = ['secretsmanager'];
  public readonly protocols = [awsJson('secretsmanager', '1.1')];
  private readonly model = ServiceModel.load(join(__dirname, 'model.json'));
  public readonly operations = this.model.guard({
    CreateSecret: (input) => this.create(input),
    DeleteSecret: (input) => this.delete(input),
    DescribeSecret: ({ SecretId }) => describe(this.store.get(SecretId)),
    GetRandomPassword: (input) => ({ RandomPassword: randomPassword(input) }),
    GetSecretValue: (input) => this.value(input),
    PutSecretValue: (input) => this.put(input),
    TagResource: (input) => this.tag(input),
    UntagResource: (input) => this.untag(input),
    UpdateSecret: (input, context) => this.update(input, context),
    UpdateSecretVersionStage: (input) => this.moveStage(input),
  });

  private readonly store: SecretStore;
  private readonly encryption: Encryption;
  private readonly deletionDelay: number;

  constructor(private readonly cloud: Cloud, kms: Kms, options: SecretsManagerOptions = {}) {
    this.store = new SecretStore(cloud);
    this.encryption = new Encryption(cloud, kms);
    this.deletionDelay = options.deletionDelay ?? 5000;
  }

  /** The ARNs of all secrets that nobody has deleted. */
  public arns(): string[] {
    return this.store.all.filter(({ deletion }) => !deletion).map(({ arn }) => arn);
  }

  /** The text that a secret holds now; undefined when it has none. */
  public text(secretId: string): string | undefined {
    return this.store.get(secretId).staged()?.value.SecretString;
  }

  public resources({ input: { SecretId, Name } }: Operation): readonly string[] {
    return [SecretId, Name].filter((id) => typeof id === 'string').map((id) => this.store.arnOf(id));
  }

  public resourceTags(arn: string): Readonly<Record<string, string>> {
    return this.store.find(arn)?.tags ?? {};
  }

  public requires({ name, input }: Operation): readonly Requirement[] {
    const secret = this.store.find(String(input.SecretId));
    const withValue = input.SecretString !== undefined || input.SecretBinary !== undefined;
    switch (name) {
      case 'CreateSecret': {
        const key = customerKey(this.cloud, input.KmsKeyId);
        const tagging = { action: 'secretsmanager:TagResource', resource: this.store.arnOf(input.Name) };
        return [...input.Tags?.length ? [tagging] : [], ...withValue ? this.encryption.encrypting(key) : []];
      }
      case 'GetSecretValue':
        return this.encryption.decrypting(secret && asked(secret, input)?.keyArn);
      case 'PutSecretValue':
      case 'UpdateSecret':
        return withValue ? this.encryption.encrypting(secret?.keyArn) : [];
      default:
        return [];
    }
  }

  public loggable({ name, input }: Operation): unknown {
    return this.model.loggable(name, input);
  }

  private create(input: Valued<sdk.CreateSecretRequest>) {
    const { Name, ClientRequestToken, Description, KmsKeyId, SecretString, SecretBinary, Tags = [], ...others } = input;
    refuseOthers('CreateSecret', others);
    if (!/^[\w/+=.@-]+$/.test(Name!)) {
      throw new AwsError('ValidationException', 'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!');
    }
    const value = valueOf({ SecretString, SecretBinary });
    const id = value && tokenOf(ClientRequestToken);
    const existing = this.store.all.find(({ name }) => name === Name);
    if (existing) {
      return this.createAgain(existing, id, value);
    }
    const settings = { description: Description, keyId: KmsKeyId, keyArn: customerKey(this.cloud, KmsKeyId), tags: tagMap(Tags) };
    const secret = Object.assign(this.store.create(Name!), settings);
    const version = value && this.addVersion(secret, id!, value);
    return { ARN: secret.arn, Name, VersionId: version?.id };
  }

  /** The same request once more, as a client sends it whose answer was lost, finds what it made. */
  private createAgain(secret: Secret, id: string | undefined, value: SecretValue | undefined) {
    if (secret.deletion) {
      throw new AwsError('InvalidRequestException', "You can't create this secret because a secret with this name is already scheduled for deletion.");
    }
    if (id === undefined || !isRepeated(secret, id, value!)) {
      throw new AwsError('ResourceExistsException', `The operation failed because the secret ${secret.name} already exists.`);
    }
    return { ARN: secret.arn, Name: secret.name, VersionId: id };
  }

  private value(input: sdk.GetSecretValueRequest) {
    const secret = this.store.usable(input.SecretId!);
    const version = asked(secret, input);
    const { VersionId, VersionStage = 'AWSCURRENT' } = input;
    if (!version) {
      throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret value for "
        + `${VersionId === undefined ? `staging label: ${VersionStage}` : `VersionId: ${VersionId}`}`);
    }
    if (VersionId !== undefined && input.VersionStage !== undefined && !version.stages.has(VersionStage)) {
      throw new AwsError('InvalidRequestException', 'You provided a VersionStage that is not associated to the provided VersionId.');
    }
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: version.id,
      ...version.value,
      VersionStages: stagesOf(version),
      CreatedDate: new Date(version.created),
    };
  }

  private put({ SecretId, ClientRequestToken, SecretString, SecretBinary, VersionStages, ...others }: Valued<sdk.PutSecretValueRequest>) {
    refuseOthers('PutSecretValue', others);
    const value = valueOf({ SecretString, SecretBinary });
    if (!value) {
      throw new AwsError('InvalidRequestException', 'You must provide either SecretString or SecretBinary.');
    }
    const id = tokenOf(ClientRequestToken);
    const secret = this.store.usable(SecretId!);
    // The same content under the same id changes nothing, also where another version has become current since.
    const version = isRepeated(secret, id, value) ? secret.version(id)! : this.addVersion(secret, id, value, VersionStages);
    return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: stagesOf(version) };
  }

  private update(input: Valued<sdk.UpdateSecretRequest>, { caller }: CallContext) {
    const { SecretId, ClientRequestToken, Description, KmsKeyId, SecretString, SecretBinary, ...others } = input;
    refuseOthers('UpdateSecret', others);
    const value = valueOf({ SecretString, SecretBinary });
    const id = value && tokenOf(ClientRequestToken);
    const secret = this.store.usable(SecretId!);
    if (id !== undefined && secret.version(id)) {
      throw inUse(secret, id);
    }
    if (KmsKeyId !== undefined) {
      if (caller.roleArn !== undefined) {
        throw new NotImitated('UpdateSecret to another key by a role, which may or may not encrypt anew what is there');
      }
      const keyArn = customerKey(this.cloud, KmsKeyId);
      Object.assign(secret, { keyId: KmsKeyId, keyArn });
      secret.live.forEach((version) => Object.assign(version, { keyArn }));
    }
    secret.description = Description ?? secret.description;
    secret.changed = this.cloud.clock.now();
    const version = value && this.addVersion(secret, id!, value);
    return { ARN: secret.arn, Name: secret.name, VersionId: version?.id };
  }

  private moveStage({ SecretId, VersionStage, RemoveFromVersionId, MoveToVersionId }: sdk.UpdateSecretVersionStageRequest) {
    const secret = this.store.usable(SecretId!);
    const holder = secret.staged(VersionStage!);
    const target = MoveToVersionId === undefined ? undefined : secret.version(MoveToVersionId);
    if (MoveToVersionId !== undefined && !target) {
      throw new AwsError('ResourceNotFoundException', `Secrets Manager can't find the specified secret value for VersionId: ${MoveToVersionId}`);
    }
    // Documented: a label that another version has is moved only if that version is named, and this one cannot be taken away altogether.
    if (RemoveFromVersionId !== holder?.id) {
      throw new AwsError('InvalidParameterException', `The parameter RemoveFromVersionId can't be empty or another than ${holder?.id ?? 'none'}: `
        + `the version that the staging label ${VersionStage} is attached to.`);
    }
    if (!target && VersionStage === 'AWSCURRENT') {
      throw new AwsError('InvalidParameterException', 'You can only move the staging label AWSCURRENT to a different secret version. It can\'t be removed.');
    }
    secret.moveStage(VersionStage!, target);
    secret.changed = this.cloud.clock.now();
    return { ARN: secret.arn, Name: secret.name };
  }

  private delete({ SecretId, RecoveryWindowInDays: days, ForceDeleteWithoutRecovery: forced = false }: sdk.DeleteSecretRequest) {
    if (forced && days !== undefined) {
      throw new AwsError('InvalidParameterException', "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    }
    if (days !== undefined && (days < 7 || days > 30)) {
      throw new AwsError('InvalidParameterException', 'RecoveryWindowInDays value must be between 7 and 30 days (inclusive).');
    }
    const now = this.cloud.clock.now();
    const secret = forced ? this.store.find(SecretId!) : this.store.usable(SecretId!);
    if (!secret) {
      // Documented: to force what is gone already is no error.
      return { ARN: this.store.arnOf(SecretId!), Name: SecretId!, DeletionDate: new Date(now) };
    }
    const date = forced ? now : now + (days ?? 30) * DAY;
    secret.deletion = { date, gone: forced ? now + this.deletionDelay : date };
    return { ARN: secret.arn, Name: secret.name, DeletionDate: new Date(date) };
  }

  private tag({ SecretId, Tags }: sdk.TagResourceRequest) {
    const secret = this.store.usable(SecretId!);
    secret.tags = { ...secret.tags, ...tagMap(Tags!, Object.keys(secret.tags)) };
    return {};
  }

  private untag({ SecretId, TagKeys }: sdk.UntagResourceRequest) {
    const secret = this.store.usable(SecretId!);
    secret.tags = Object.fromEntries(Object.entries(secret.tags).filter(([key]) => !TagKeys!.includes(key)));
    return {};
  }

  private addVersion(secret: Secret, id: string, value: SecretValue, stages?: readonly string[]): SecretVersion {
    return secret.add({ id, value, created: this.cloud.clock.now(), keyArn: secret.keyArn }, stages);
  }
}

function describe(secret: Secret) {
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    KmsKeyId: secret.keyId,
    CreatedDate: new Date(secret.created),
    LastChangedDate: new Date(secret.changed),
    DeletedDate: secret.deletion && new Date(secret.deletion.date),
    Tags: Object.entries(secret.tags).map(([Key, Value]) => ({ Key, Value })),
    VersionIdsToStages: Object.fromEntries(secret.live.map((version) => [version.id, stagesOf(version)])),
  };
}

/** The version that a request is about. */
function asked(secret: Secret, { VersionId, VersionStage }: sdk.GetSecretValueRequest): SecretVersion | undefined {
  return VersionId === undefined ? secret.staged(VersionStage) : secret.version(VersionId);
}

function stagesOf({ stages }: SecretVersion): string[] | undefined {
  return stages.size > 0 ? [...stages] : undefined;
}

/** Whether the version is there already with this value; throws if it has another. */
function isRepeated(secret: Secret, id: string, value: SecretValue): boolean {
  const version = secret.version(id);
  if (version && !isSameValue(version.value, value)) {
    throw inUse(secret, id);
  }
  return version !== undefined;
}

function inUse({ arn }: Secret, id: string): AwsError {
  return new AwsError('ResourceExistsException',
    `You can't use ClientRequestToken ${id} because that value is already in use for a version of secret ${arn}.`);
}
