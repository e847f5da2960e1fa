import type { Buckets } from './buckets';
import { AwsError } from '../../wire/aws-error';

interface ObjectAddress {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string;
}

interface DeletionInput {
  readonly Bucket: string;
  readonly Objects: readonly Omit<ObjectAddress, 'Bucket'>[];
  readonly Quiet: boolean;
}

interface ListInput {
  readonly Bucket: string;
  readonly Prefix: string;
  readonly MaxKeys: number;
  /** The last key of the page before; S3's own tokens say no more to their holder. */
  readonly ContinuationToken?: string;
}

export function objectOperations(buckets: Buckets) {
  const list = ({ Bucket, Prefix, MaxKeys, ContinuationToken = '' }: ListInput) => {
    const keys = [...buckets.get(Bucket).objects.keys()].filter((key) => key.startsWith(Prefix) && key > ContinuationToken).sort();
    const entries = keys.slice(0, MaxKeys).map((Key) => {
      const { Body, ETag, LastModified } = buckets.object(Bucket, Key);
      return { Key, ETag, LastModified, Size: Body.length, StorageClass: 'STANDARD' };
    });
    return { entries, IsTruncated: keys.length > MaxKeys };
  };
  const remove = ({ Bucket, Key, VersionId = 'null' }: ObjectAddress) => {
    if (VersionId !== 'null') {
      throw new AwsError('InvalidArgument', `Invalid version id specified: ${VersionId}`);
    }
    buckets.get(Bucket).objects.delete(Key);
  };

  return {
    ListObjectsV2(input: ListInput) {
      const { entries, IsTruncated } = list(input);
      return {
        Name: input.Bucket,
        Prefix: input.Prefix,
        KeyCount: entries.length,
        MaxKeys: input.MaxKeys,
        IsTruncated,
        NextContinuationToken: IsTruncated ? entries.at(-1)?.Key : undefined,
        Contents: entries,
      };
    },

    /** In a bucket without versions each object is its only version, which is called null. */
    ListObjectVersions(input: ListInput) {
      const { entries, IsTruncated } = list(input);
      return {
        Name: input.Bucket,
        Prefix: input.Prefix,
        MaxKeys: input.MaxKeys,
        IsTruncated,
        Version: entries.map((entry) => ({ ...entry, VersionId: 'null', IsLatest: true })),
      };
    },

    GetObject: ({ Bucket, Key }: ObjectAddress) => buckets.object(Bucket, Key),
    HeadObject: ({ Bucket, Key }: ObjectAddress) => buckets.object(Bucket, Key),

    PutObject({ Bucket, Key, Body, ContentType }: ObjectAddress & { readonly Body: Buffer | string; readonly ContentType?: string }) {
      return { ETag: buckets.put(Bucket, Key, Body, ContentType).ETag };
    },

    DeleteObject: remove,

    DeleteObjects({ Bucket, Objects, Quiet }: DeletionInput) {
      if (Objects.length < 1 || Objects.length > 1000) {
        throw new AwsError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
      }
      Objects.forEach((object) => remove({ Bucket, ...object }));
      return { Deleted: Quiet ? [] : Objects };
    },
  };
}
