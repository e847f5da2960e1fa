import { NotImitated } from '../../wire/aws-error';
import { unlessGone } from '../not-found';
import type { Provisioned, ResourceRequest, ResourceType } from '../resource-type';
import { TAGS } from '../shape';
import type { Json } from '../template';

/** A bucket that holds objects. Tags, keys and the block of public policies count; the other settings are records only. */
const bucket: ResourceType = {
  name: 'AWS::S3::Bucket',
  properties: {
    AccessControl: 'string',
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{
        BucketKeyEnabled: 'boolean',
        ServerSideEncryptionByDefault: { KMSMasterKeyID: 'string', SSEAlgorithm: 'string' },
      }],
    },
    BucketName: 'string',
    CorsConfiguration: 'json',
    LifecycleConfiguration: 'json',
    LoggingConfiguration: 'json',
    OwnershipControls: { Rules: [{ ObjectOwnership: 'string' }] },
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: 'boolean',
      BlockPublicPolicy: 'boolean',
      IgnorePublicAcls: 'boolean',
      RestrictPublicBuckets: 'boolean',
    },
    Tags: TAGS,
    VersioningConfiguration: { Status: 'string' },
  },
  createOnly: ['BucketName'],
  attributes: ['Arn', 'DomainName', 'RegionalDomainName', 'DualStackDomainName'],

  async create(request) {
    const Bucket = (request.properties.BucketName as string | undefined) ?? request.generatedName(63).toLowerCase();
    await request.cloud.call('s3', 'CreateBucket', { Bucket });
    request.identify(Bucket);
    return configured(request, Bucket);
  },

  update: (request) => configured(request, request.physicalId),
  delete: ({ cloud, physicalId: Bucket }) => unlessGone(cloud.call('s3', 'DeleteBucket', { Bucket }), 'NoSuchBucket'),
};

const bucketPolicy: ResourceType = {
  name: 'AWS::S3::BucketPolicy',
  properties: { Bucket: 'string', PolicyDocument: 'json' },
  required: ['Bucket', 'PolicyDocument'],
  createOnly: ['Bucket'],
  attributes: [],

  create: (request) => putPolicy(request),
  update: (request) => putPolicy(request),
  delete: ({ cloud, physicalId: Bucket }) => unlessGone(cloud.call('s3', 'DeleteBucketPolicy', { Bucket }), 'NoSuchBucket'),
};

export const s3Types = [bucket, bucketPolicy];

interface Encryption {
  readonly ServerSideEncryptionConfiguration?: readonly Json[];
}

async function configured({ cloud, properties }: ResourceRequest, Bucket: string): Promise<Provisioned> {
  const { BucketEncryption, PublicAccessBlockConfiguration, Tags, VersioningConfiguration } = properties;
  if (VersioningConfiguration !== undefined) {
    throw new NotImitated('versions of S3 objects');
  }
  await cloud.call('s3', 'PutBucketTagging', { Bucket, Tagging: { TagSet: Tags ?? [] } });
  const { ServerSideEncryptionConfiguration: rules = [] } = (BucketEncryption ?? {}) as Encryption;
  await cloud.call('s3', 'PutBucketEncryption', {
    Bucket,
    ServerSideEncryptionConfiguration: { Rules: rules.map((rule) => ({ ApplyServerSideEncryptionByDefault: rule.ServerSideEncryptionByDefault })) },
  });
  if (PublicAccessBlockConfiguration !== undefined) {
    await cloud.call('s3', 'PutPublicAccessBlock', { Bucket, PublicAccessBlockConfiguration });
  }
  return {
    physicalId: Bucket,
    attributes: {
      Arn: `arn:aws:s3:::${Bucket}`,
      DomainName: `${Bucket}.s3.amazonaws.com`,
      RegionalDomainName: `${Bucket}.s3.${cloud.region}.amazonaws.com`,
      DualStackDomainName: `${Bucket}.s3.dualstack.${cloud.region}.amazonaws.com`,
    },
  };
}

async function putPolicy({ cloud, properties: { Bucket, PolicyDocument } }: ResourceRequest): Promise<Provisioned> {
  await cloud.call('s3', 'PutBucketPolicy', { Bucket, Policy: JSON.stringify(PolicyDocument) });
  return { physicalId: Bucket as string, attributes: {} };
}
