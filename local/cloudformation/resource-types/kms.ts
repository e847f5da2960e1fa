import { randomUUID } from 'crypto';
import { recordType } from '../record-type';
import type { ResourceRequest, ResourceType } from '../resource-type';
import { TAGS } from '../shape';

/** Keys are records only: nothing is encrypted here. */
export function kmsTypes(): readonly ResourceType[] {
  return [
    recordType({
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
      physicalId: () => randomUUID(),
      attributes: { Arn: (id, _properties, { cloud }: ResourceRequest) => `arn:aws:kms:${cloud.region}:${cloud.account}:key/${id}`, KeyId: (id) => id },
    }),
    recordType({
      name: 'AWS::KMS::Alias',
      properties: { AliasName: 'string', TargetKeyId: 'string' },
      required: ['AliasName', 'TargetKeyId'],
      createOnly: ['AliasName'],
      physicalId: ({ properties }) => properties.AliasName as string,
    }),
  ];
}
