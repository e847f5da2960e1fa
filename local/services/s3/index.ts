import { bucketOperations } from './bucket-operations';
import { Buckets } from './buckets';
import { multipartOperations } from './multipart-uploads';
import { objectOperations } from './object-operations';
import { s3Protocol } from './protocol';
import type { Cloud } from '../../cloud';
import { NotImitated } from '../../wire/aws-error';
import type { Handler, Operation, Service } from '../../wire/service';

/** Where IAM's name is another than the operation's. */
const ACTIONS: Readonly<Record<string, string>> = {
  CompleteMultipartUpload: 'PutObject',
  CreateMultipartUpload: 'PutObject',
  DeleteObjects: 'DeleteObject',
  GetBucketEncryption: 'GetEncryptionConfiguration',
  HeadBucket: 'ListBucket',
  HeadObject: 'GetObject',
  ListObjectVersions: 'ListBucketVersions',
  ListObjectsV2: 'ListBucket',
  PutBucketEncryption: 'PutEncryptionConfiguration',
  PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
  UploadPart: 'PutObject',
};

/** S3: buckets and objects in memory, without versions. */
export class S3 implements Service {
  public readonly name = 's3';
  public readonly signingNames = ['s3'];
  public readonly protocols = [s3Protocol];
  public readonly operations: Readonly<Record<string, Handler>>;
  private readonly buckets: Buckets;

  constructor(cloud: Cloud) {
    this.buckets = new Buckets(cloud);
    this.operations = { ...bucketOperations(cloud, this.buckets), ...objectOperations(this.buckets), ...multipartOperations(this.buckets) };
  }

  /** The keys of all objects of a bucket; undefined without the bucket. */
  public keys(bucket: string): readonly string[] | undefined {
    const found = this.buckets.find(bucket);
    return found && [...found.objects.keys()];
  }

  /** The key of one's own that the objects of a bucket are encrypted with. */
  public ownKey(bucket: string): string | undefined {
    return this.buckets.find(bucket)?.ownKey;
  }

  public action({ name, input }: Operation): string {
    const action = ACTIONS[name] ?? name;
    const versions: unknown[] = (input.Objects ?? [input]).map(({ VersionId }: { VersionId?: string }) => VersionId);
    if (action !== 'DeleteObject' || versions.every((version) => version === undefined)) {
      return action;
    }
    if (versions.includes(undefined)) {
      throw new NotImitated('a DeleteObjects of objects and of versions');
    }
    return 'DeleteObjectVersion';
  }

  /** S3 refuses each object of a DeleteObjects for itself; here one that is refused refuses all. */
  public resources({ input: { Bucket, Key, Objects } }: Operation): readonly string[] {
    const keys: readonly (string | undefined)[] = Objects?.map((object: { Key: string }) => object.Key) ?? [Key];
    return keys.map((key) => `arn:aws:s3:::${Bucket}${key === undefined ? '' : `/${key}`}`);
  }

  public resourcePolicy(arn: string): string | undefined {
    const bucket = arn.slice('arn:aws:s3:::'.length).split('/')[0];
    return this.buckets.find(bucket)?.policy;
  }
}
