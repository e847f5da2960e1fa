import { createHash } from 'crypto';
import type { Cloud } from '../../cloud';
import { AwsError } from '../../wire/aws-error';

/** An object as it is kept. */
export interface StoredObject {
  readonly Body: Buffer;
  readonly ETag: string;
  readonly LastModified: Date;
  readonly ContentType?: string;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** A bucket without versions. */
export interface Bucket {
  readonly objects: Map<string, StoredObject>;
  tags: readonly Tag[];
  /** JSON. */
  policy?: string;
  blocksPublicPolicy: boolean;
  /** The key of KMS that its objects are encrypted with, where it is not one of AWS's. */
  ownKey?: string;
}

/** The bucket that `cdk bootstrap` makes: assets and templates go there. */
export function assetsBucket(cloud: Cloud): string {
  return `cdk-hnb659fds-assets-${cloud.account}-${cloud.region}`;
}

/** The buckets of the account, in memory; the bootstrap bucket is there from the start. */
export class Buckets {
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly cloud: Cloud) {
    this.create(assetsBucket(cloud));
  }

  public find(name: string): Bucket | undefined {
    return this.buckets.get(name);
  }

  public get(name: string): Bucket {
    const bucket = this.find(name);
    if (!bucket) {
      throw new AwsError('NoSuchBucket', `The specified bucket does not exist: ${name}`, 404);
    }
    return bucket;
  }

  public create(name: string): void {
    if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) {
      throw new AwsError('InvalidBucketName', `The specified bucket is not valid: ${name}`);
    }
    if (this.buckets.has(name)) {
      throw new AwsError('BucketAlreadyOwnedByYou', `${name} already exists`, 409);
    }
    // Public policies are blocked in new buckets: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
    this.buckets.set(name, { objects: new Map(), tags: [], blocksPublicPolicy: true });
  }

  public delete(name: string): void {
    if (this.get(name).objects.size > 0) {
      throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
    }
    this.buckets.delete(name);
  }

  public object(name: string, key: string): StoredObject {
    const object = this.get(name).objects.get(key);
    if (!object) {
      throw new AwsError('NoSuchKey', `The specified key does not exist: ${key}`, 404);
    }
    return object;
  }

  public put(name: string, key: string, content: Buffer | string, ContentType?: string): StoredObject {
    const Body = Buffer.from(content);
    const ETag = `"${createHash('md5').update(Body).digest('hex')}"`;
    const object = { Body, ETag, ContentType, LastModified: new Date(this.cloud.clock.now()) };
    this.get(name).objects.set(key, object);
    return object;
  }
}
