import { randomUUID } from 'crypto';
import { unlessGone, untilGone } from '../not-found';
import type { ResourceRequest, ResourceType } from '../resource-type';
import { TAGS } from '../shape';
import { tagChanges } from '../tags';
import type { Json } from '../template';

const GONE = 'ResourceNotFoundException';

const secret: ResourceType = {
  name: 'AWS::SecretsManager::Secret',
  properties: {
    Description: 'string',
    GenerateSecretString: {
      ExcludeCharacters: 'string',
      ExcludeLowercase: 'boolean',
      ExcludeNumbers: 'boolean',
      ExcludePunctuation: 'boolean',
      ExcludeUppercase: 'boolean',
      GenerateStringKey: 'string',
      IncludeSpace: 'boolean',
      PasswordLength: 'integer',
      RequireEachIncludedType: 'boolean',
      SecretStringTemplate: 'string',
    },
    KmsKeyId: 'string',
    Name: 'string',
    SecretString: 'string',
    Tags: TAGS,
  },
  createOnly: ['Name'],
  attributes: ['Id'],

  async create(request) {
    const { cloud, properties: { Description, KmsKeyId, Name, Tags } } = request;
    const { ARN } = await cloud.call('secretsmanager', 'CreateSecret', {
      Description, KmsKeyId, Tags, Name: Name ?? generatedName(request), ...await value(request),
    });
    return { physicalId: ARN, attributes: { Id: ARN } };
  },

  async update(request) {
    const { cloud, physicalId: SecretId, properties, previous, changed } = request;
    const { Description = '', KmsKeyId = '' } = properties;
    const settings = {
      ...changed.has('Description') && { Description },
      ...changed.has('KmsKeyId') && { KmsKeyId },
      // Only another way to the value makes another value: what others have put into the secret stays.
      ...(changed.has('SecretString') || changed.has('GenerateSecretString')) && await value(request),
    };
    if (Object.keys(settings).length > 0) {
      await cloud.call('secretsmanager', 'UpdateSecret', { SecretId, ...settings });
    }
    const { set, removed: TagKeys } = tagChanges(previous, properties);
    if (Object.keys(set).length > 0) {
      await cloud.call('secretsmanager', 'TagResource', { SecretId, Tags: Object.entries(set).map(([Key, Value]) => ({ Key, Value })) });
    }
    if (TagKeys.length > 0) {
      await cloud.call('secretsmanager', 'UntagResource', { SecretId, TagKeys });
    }
    return { physicalId: SecretId, attributes: { Id: SecretId } };
  },

  async delete(request) {
    const { cloud, physicalId: SecretId } = request;
    await unlessGone(cloud.call('secretsmanager', 'DeleteSecret', { SecretId, ForceDeleteWithoutRecovery: true }), GONE);
    await untilGone(request, () => cloud.call('secretsmanager', 'DescribeSecret', { SecretId }), GONE);
  },
};

export const secretsManagerTypes = [secret];

/** Without the stack's name, unlike those of other types. */
function generatedName(request: ResourceRequest): string {
  return `${request.logicalId}${request.generatedName(512).slice(-'-RANDOM12CHAR'.length)}`;
}

/** The members of a request that make a version; none for a secret that stays empty. */
async function value({ cloud, properties: { SecretString, GenerateSecretString } }: ResourceRequest): Promise<Json> {
  if (SecretString !== undefined && GenerateSecretString !== undefined) {
    throw new Error("You can't specify both SecretString and GenerateSecretString.");
  }
  if (GenerateSecretString === undefined) {
    return SecretString === undefined ? {} : { SecretString, ClientRequestToken: randomUUID() };
  }
  const { SecretStringTemplate, GenerateStringKey, ...rules } = GenerateSecretString as Json;
  if ((SecretStringTemplate === undefined) !== (GenerateStringKey === undefined)) {
    throw new Error('SecretStringTemplate and GenerateStringKey must be specified together.');
  }
  const { RandomPassword } = await cloud.call('secretsmanager', 'GetRandomPassword', rules);
  return {
    SecretString: SecretStringTemplate === undefined
      ? RandomPassword
      : JSON.stringify({ ...JSON.parse(SecretStringTemplate as string), [GenerateStringKey as string]: RandomPassword }),
    ClientRequestToken: randomUUID(),
  };
}
