import { statSync } from 'fs';
import { basename, dirname } from 'path';
import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import * as deployment from 'aws-cdk-lib/aws-s3-deployment';
import { Construct, IDependable } from 'constructs';
import { contentBucket } from '../../private/content-bucket';
import { fail } from '../../private/errors';

/** A file where AppStream reads it. */
export interface StoredFile {
  readonly bucketName: string;
  readonly objectKey: string;
  readonly dependencies: IDependable[];
}

const MEBIBYTE = 1024 * 1024;

/** The folder of what people see, which AppStream reads without saying on whose behalf. */
const PICTURES = 'pictures';

/** The disk on which a file of some size is unpacked beside its archive: few sizes, since each is a function of its own. */
const DISKS = [{ upTo: 200, size: 512 }, { upTo: 900, size: 2048 }, { upTo: 4500, size: 10_240 }] as const;

/**
 * The files of a stack that AppStream reads: one bucket, which lets AppStream in.
 *
 * The CDK's own bucket of assets belongs to another stack and does not. Every content has a deployment and a folder of its own, so that
 * what is replaced stays there until what reads it has gone, and is there again after a rollback.
 */
export class FileStore extends Construct {
  /** That of the stack, made when it is first needed. */
  public static of(scope: Construct): FileStore {
    const stack = cdk.Stack.of(scope);
    return stack.node.tryFindChild(FileStore.ID) as FileStore | undefined ?? new FileStore(stack);
  }

  private static readonly ID = 'AppStreamFiles';

  private readonly bucket: s3.Bucket;
  private readonly permission: IDependable;
  private picturePermission?: IDependable;
  /** The same without the tags by which deployments mark what is theirs: a bucket has room for fifty of them. */
  private readonly destination: s3.IBucket;

  private constructor(stack: cdk.Stack) {
    super(stack, FileStore.ID);
    this.bucket = contentBucket(this);
    this.permission = this.bucket.addToResourcePolicy(readStatement(this, this.bucket, '*')).policyDependable!;
    this.destination = s3.Bucket.fromBucketName(this, 'Destination', this.bucket.bucketName);
  }

  /** Adds a file under its own name, which counts for what looks for it. */
  public addFile(scope: Construct, path: string, isPicture: boolean): StoredFile {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats?.isFile()) {
      fail(scope, `an asset must be a file, got ${JSON.stringify(path)}`);
    }
    const disk = DISKS.find(({ upTo }) => stats.size <= upTo * MEBIBYTE)
      ?? fail(scope, `an asset must have at most 4500 MiB to be copied by a function, got ${Math.ceil(stats.size / MEBIBYTE)}: upload ${JSON.stringify(path)} yourself and use fromBucket`);
    const name = basename(path);
    // What is special in a pattern is itself here.
    const asset = this.asset(dirname(path), ['**', `!${name.replace(/[[\]{}()*?!+@#\\]/g, '\\$&')}`]);
    return this.stored(asset, name, { extract: true, ephemeralStorageSize: cdk.Size.mebibytes(disk.size) }, isPicture);
  }

  /** Adds a folder as one archive, or an archive. */
  public addArchive(path: string): StoredFile {
    const asset = this.asset(path);
    return this.stored(asset, basename(asset.s3ObjectKey), { extract: false });
  }

  private asset(path: string, exclude?: string[]): assets.Asset {
    return new assets.Asset(this, `Asset${this.node.children.length}`, { path, exclude });
  }

  private stored(
    asset: assets.Asset, name: string, options: Pick<deployment.BucketDeploymentProps, 'extract' | 'ephemeralStorageSize'>, isPicture = false,
  ): StoredFile {
    const hash = asset.assetHash.slice(0, 32);
    const [id, folder] = isPicture ? [`Picture${hash}`, `${PICTURES}/${hash}`] : [`File${hash}`, hash];
    const permission = isPicture ? this.picturePermission ??= this.permitPictures() : this.permission;
    const copy = this.node.tryFindChild(id) ?? new deployment.BucketDeployment(this, id, {
      sources: [deployment.Source.bucket(asset.bucket, asset.s3ObjectKey)],
      destinationBucket: this.destination,
      destinationKeyPrefix: folder,
      retainOnDelete: false,
      outputObjectKeys: false,
      memoryLimit: 1024,
      ...options,
    });
    return { bucketName: this.bucket.bucketName, objectKey: `${folder}/${name}`, dependencies: [copy, permission] };
  }

  private permitPictures(): IDependable {
    return this.bucket.addToResourcePolicy(pictureStatement(this.bucket, `${PICTURES}/*`)).policyDependable!;
  }
}

/** Fails for a bucket with a key that AppStream cannot use. @see https://docs.aws.amazon.com/appstream2/latest/developerguide/store-s3-bucket.html */
export function checkNoOwnKey(scope: Construct, what: string, { encryptionKey }: s3.IBucket): void {
  if (encryptionKey) {
    fail(scope, `${what} must not be encrypted with a key that you manage, got a bucket with the key ${JSON.stringify(encryptionKey.node.path)}`);
  }
}

/** What AppStream needs to read objects. @see https://docs.aws.amazon.com/appstream2/latest/developerguide/store-s3-bucket.html */
export function readStatement(scope: Construct, bucket: s3.IBucket, objectKey: string): iam.PolicyStatement {
  return appStreamStatement(scope, ['s3:GetObject'], [bucket.arnForObjects(objectKey)]);
}

/**
 * What AppStream needs to read the icon of an application or an image of a theme. Without a condition on the account: with one, people are shown no icons.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/example-s3-bucket.html
 */
export function pictureStatement(bucket: s3.IBucket, objectKey: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal('appstream.amazonaws.com')],
    actions: ['s3:GetObject'],
    resources: [bucket.arnForObjects(objectKey)],
  });
}

/** Lets AppStream in, on behalf of this account. */
export function appStreamStatement(scope: Construct, actions: string[], resources: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal('appstream.amazonaws.com')],
    actions,
    resources,
    conditions: { StringEquals: { 'aws:SourceAccount': cdk.Stack.of(scope).account } },
  });
}

/** Adds to the policy of a user's bucket; warns where that is not possible. Answers with what must be there first. */
export function permit(scope: Construct, bucket: s3.IBucket, ...statements: iam.PolicyStatement[]): IDependable[] {
  const results = statements.map((statement) => bucket.addToResourcePolicy(statement));
  if (results.some(({ statementAdded }) => !statementAdded)) {
    const actions = statements.flatMap((statement) => statement.actions).join(', ');
    cdk.Annotations.of(scope).addWarningV2('cdk-app-streaming/appstream:bucketPolicy',
      `the policy of an imported bucket cannot be changed here: see that it lets appstream.amazonaws.com do ${actions}`);
  }
  return results.flatMap(({ policyDependable }) => policyDependable ?? []);
}
