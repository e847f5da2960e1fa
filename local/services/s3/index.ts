import { createHash } from 'crypto';
import { s3Protocol, type StoredObject } from './protocol';
import type { Cloud } from '../../cloud';
import { AwsError } from '../../wire/aws-error';
import type { Service } from '../../wire/service';

/** The bucket that `cdk bootstrap` makes: assets and templates go there. */
export function assetsBucket(cloud: Cloud): string {
  return `cdk-hnb659fds-assets-${cloud.account}-${cloud.region}`;
}

/** S3: buckets and objects in memory, with the bootstrap bucket there from the start. */
export function s3(cloud: Cloud): Service {
  const buckets = new Map<string, Map<string, StoredObject>>([[assetsBucket(cloud), new Map()]]);

  const bucketOf = (name: string) => {
    const bucket = buckets.get(name);
    if (!bucket) {
      throw new AwsError('NoSuchBucket', `The specified bucket does not exist: ${name}`, 404);
    }
    return bucket;
  };
  const objectOf = ({ Bucket, Key }: ObjectAddress) => {
    const object = bucketOf(Bucket).get(Key);
    if (!object) {
      throw new AwsError('NoSuchKey', `The specified key does not exist: ${Key}`, 404);
    }
    return object;
  };

  return {
    name: 's3',
    signingNames: ['s3'],
    protocols: [s3Protocol],
    operations: {
      CreateBucket({ Bucket }: BucketAddress) {
        if (buckets.has(Bucket)) {
          throw new AwsError('BucketAlreadyOwnedByYou', `${Bucket} already exists`, 409);
        }
        buckets.set(Bucket, new Map());
      },
      DeleteBucket({ Bucket }: BucketAddress) {
        if (bucketOf(Bucket).size > 0) {
          throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
        }
        buckets.delete(Bucket);
      },
      HeadBucket: ({ Bucket }: BucketAddress) => void bucketOf(Bucket),
      GetBucketLocation({ Bucket }: BucketAddress) {
        bucketOf(Bucket);
        // The oldest region has no name here.
        return cloud.region === 'us-east-1' ? '' : cloud.region;
      },
      GetBucketEncryption({ Bucket }: BucketAddress) {
        bucketOf(Bucket);
        return { Rule: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] };
      },
      ListObjectsV2({ Bucket, Prefix, MaxKeys }: BucketAddress & { Prefix: string; MaxKeys: number }) {
        const keys = [...bucketOf(Bucket).keys()].filter((key) => key.startsWith(Prefix)).sort();
        const Contents = keys.slice(0, MaxKeys).map((Key) => {
          const { Body, ETag, LastModified } = objectOf({ Bucket, Key });
          return { Key, ETag, LastModified, Size: Body.length, StorageClass: 'STANDARD' };
        });
        return { Name: Bucket, Prefix, KeyCount: Contents.length, MaxKeys, IsTruncated: keys.length > MaxKeys, Contents };
      },
      PutObject({ Bucket, Key, Body, ContentType }: ObjectAddress & { Body: Buffer | string; ContentType?: string }) {
        const bytes = Buffer.from(Body);
        const ETag = `"${createHash('md5').update(bytes).digest('hex')}"`;
        bucketOf(Bucket).set(Key, { Body: bytes, ETag, ContentType, LastModified: new Date(cloud.clock.now()) });
      },
      GetObject: objectOf,
      HeadObject: objectOf,
      DeleteObject({ Bucket, Key }: ObjectAddress) {
        bucketOf(Bucket).delete(Key);
      },
    },
    resources: ({ input: { Bucket, Key } }) => [`arn:aws:s3:::${Bucket}${Key === undefined ? '' : `/${Key}`}`],
  };
}

interface BucketAddress { readonly Bucket: string }
interface ObjectAddress extends BucketAddress { readonly Key: string }
