import { checkPolicy } from './bucket-policy';
import type { Buckets, Tag } from './buckets';
import type { Cloud } from '../../cloud';
import { AwsError } from '../../wire/aws-error';

interface BucketAddress { readonly Bucket: string }

interface EncryptionInput extends BucketAddress {
  readonly ServerSideEncryptionConfiguration: {
    readonly Rules: readonly { readonly ApplyServerSideEncryptionByDefault?: { readonly SSEAlgorithm: string; readonly KMSMasterKeyID?: string } }[];
  };
}

export function bucketOperations(cloud: Cloud, buckets: Buckets) {
  return {
    CreateBucket: ({ Bucket }: BucketAddress) => buckets.create(Bucket),
    DeleteBucket: ({ Bucket }: BucketAddress) => buckets.delete(Bucket),
    HeadBucket: ({ Bucket }: BucketAddress) => void buckets.get(Bucket),

    GetBucketLocation({ Bucket }: BucketAddress) {
      buckets.get(Bucket);
      // The oldest region has no name here.
      return cloud.region === 'us-east-1' ? '' : cloud.region;
    },

    GetBucketEncryption({ Bucket }: BucketAddress) {
      buckets.get(Bucket);
      return { Rule: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] };
    },

    PutBucketEncryption({ Bucket, ServerSideEncryptionConfiguration: { Rules } }: EncryptionInput) {
      buckets.get(Bucket).ownKey = Rules[0]?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID;
    },

    PutPublicAccessBlock(input: BucketAddress & { PublicAccessBlockConfiguration: { readonly BlockPublicPolicy?: boolean } }) {
      buckets.get(input.Bucket).blocksPublicPolicy = input.PublicAccessBlockConfiguration.BlockPublicPolicy ?? false;
    },

    GetBucketTagging({ Bucket }: BucketAddress) {
      const { tags } = buckets.get(Bucket);
      if (tags.length === 0) {
        throw new AwsError('NoSuchTagSet', 'The TagSet does not exist', 404);
      }
      return { TagSet: { Tag: tags } };
    },

    /** Replaces all tags. */
    PutBucketTagging({ Bucket, Tagging: { TagSet } }: BucketAddress & { Tagging: { readonly TagSet: readonly Tag[] } }) {
      const bucket = buckets.get(Bucket);
      const wrong = TagSet.find(({ Key, Value }) => Key.length < 1 || Key.length > 128 || Value.length > 256 || Key.startsWith('aws:'));
      if (wrong || TagSet.length > 50 || new Set(TagSet.map(({ Key }) => Key)).size < TagSet.length) {
        throw new AwsError('InvalidTag', `The tags of ${Bucket} are not valid: ${JSON.stringify(wrong ?? TagSet)}`);
      }
      bucket.tags = TagSet;
    },

    GetBucketPolicy({ Bucket }: BucketAddress) {
      const { policy } = buckets.get(Bucket);
      if (policy === undefined) {
        throw new AwsError('NoSuchBucketPolicy', 'The bucket policy does not exist', 404);
      }
      return { Policy: policy };
    },

    async PutBucketPolicy({ Bucket, Policy }: BucketAddress & { readonly Policy: string }) {
      const bucket = buckets.get(Bucket);
      await checkPolicy(cloud, Bucket, bucket, Policy);
      bucket.policy = Policy;
    },

    DeleteBucketPolicy({ Bucket }: BucketAddress) {
      buckets.get(Bucket).policy = undefined;
    },
  };
}
