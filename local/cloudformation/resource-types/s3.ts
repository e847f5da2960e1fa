import { unlessGone } from '../not-found';
import { recordType } from '../record-type';
import type { ResourceRequest, ResourceType } from '../resource-type';
import { TAGS } from '../shape';

/** A bucket that holds objects; its settings are records only. */
const bucket: ResourceType = {
  name: 'AWS::S3::Bucket',
  properties: {
    AccessControl: 'string',
    BucketEncryption: 'json',
    BucketName: 'string',
    CorsConfiguration: 'json',
    LifecycleConfiguration: 'json',
    LoggingConfiguration: 'json',
    ObjectLockConfiguration: 'json',
    ObjectLockEnabled: 'boolean',
    OwnershipControls: 'json',
    PublicAccessBlockConfiguration: 'json',
    Tags: TAGS,
    VersioningConfiguration: 'json',
  },
  createOnly: ['BucketName', 'ObjectLockEnabled'],
  attributes: ['Arn', 'DomainName', 'RegionalDomainName', 'DualStackDomainName'],

  async create(request) {
    const Bucket = (request.properties.BucketName as string | undefined) ?? request.generatedName(63).toLowerCase();
    await request.cloud.call('s3', 'CreateBucket', { Bucket });
    return { physicalId: Bucket, attributes: attributesOf(request, Bucket) };
  },
  update: async (request) => ({ physicalId: request.physicalId, attributes: attributesOf(request, request.physicalId) }),
  delete: ({ cloud, physicalId: Bucket }) => unlessGone(cloud.call('s3', 'DeleteBucket', { Bucket }), 'NoSuchBucket'),
};

const bucketPolicy = recordType({
  name: 'AWS::S3::BucketPolicy',
  properties: { Bucket: 'string', PolicyDocument: 'json' },
  required: ['Bucket', 'PolicyDocument'],
  createOnly: ['Bucket'],
  physicalId: ({ properties }) => properties.Bucket as string,
});

export function s3Types(): readonly ResourceType[] {
  return [bucket, bucketPolicy];
}

function attributesOf({ cloud }: ResourceRequest, name: string) {
  return {
    Arn: `arn:aws:s3:::${name}`,
    DomainName: `${name}.s3.amazonaws.com`,
    RegionalDomainName: `${name}.s3.${cloud.region}.amazonaws.com`,
    DualStackDomainName: `${name}.s3.dualstack.${cloud.region}.amazonaws.com`,
  };
}
