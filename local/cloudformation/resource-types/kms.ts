import { unlessGone } from '../not-found';
import { recordType } from '../record-type';
import type { ResourceType } from '../resource-type';
import { TAGS } from '../shape';

/** A key with its policy; its other settings are records only. */
const key: ResourceType = {
  name: 'AWS::KMS::Key',
  properties: {
    BypassPolicyLockoutSafetyCheck: 'boolean',
    Description: 'string',
    Enabled: 'boolean',
    EnableKeyRotation: 'boolean',
    KeyPolicy: 'json',
    KeySpec: 'string',
    KeyUsage: 'string',
    MultiRegion: 'boolean',
    Origin: 'string',
    PendingWindowInDays: 'integer',
    RotationPeriodInDays: 'integer',
    Tags: TAGS,
  },
  createOnly: [],
  attributes: ['Arn', 'KeyId'],

  async create({ cloud, properties: { KeyPolicy } }) {
    const { KeyMetadata: { KeyId, Arn } } = await cloud.call('kms', 'CreateKey', { Policy: KeyPolicy && JSON.stringify(KeyPolicy) });
    return { physicalId: KeyId, attributes: { Arn, KeyId } };
  },

  async update({ cloud, physicalId: KeyId, properties: { KeyPolicy } }) {
    await cloud.call('kms', 'PutKeyPolicy', { KeyId, Policy: KeyPolicy && JSON.stringify(KeyPolicy) });
    return { physicalId: KeyId, attributes: { Arn: `arn:aws:kms:${cloud.region}:${cloud.account}:key/${KeyId}`, KeyId } };
  },

  delete: ({ cloud, physicalId: KeyId }) => unlessGone(cloud.call('kms', 'ScheduleKeyDeletion', { KeyId }), 'NotFoundException'),
};

const alias = recordType({
  name: 'AWS::KMS::Alias',
  properties: { AliasName: 'string', TargetKeyId: 'string' },
  required: ['AliasName', 'TargetKeyId'],
  createOnly: ['AliasName'],
  physicalId: ({ properties }) => properties.AliasName as string,
});

export const kmsTypes = [key, alias];
