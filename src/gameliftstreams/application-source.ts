import { statSync } from 'fs';
import * as cdk from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import * as deployment from 'aws-cdk-lib/aws-s3-deployment';
import { Construct, IDependable } from 'constructs';
import { checkBucketRegion, contentBucket } from '../private/content-bucket';
import { checkLength, checkPattern, fail } from '../private/errors';
import { uniqueName } from '../private/names';

/** Where the content of an application is when the application is created. */
export interface ApplicationSourceConfig {
  /** The folder, of this Region, for example "s3://bucket/game". 1 to 1024 characters. */
  readonly applicationSourceUri: string;

  /**
   * What puts the content there.
   *
   * @default - the content is there already
   */
  readonly deployment?: IDependable;

  /**
   * The folder on this machine that the content is from, in which synthesis looks for the executable.
   *
   * @default - nobody looks for the executable before GameLift Streams does
   */
  readonly localFolder?: string;
}

/** How an asset gets into a bucket. */
export interface AssetApplicationSourceOptions {
  /**
   * The bucket to unpack into, of the application's Region.
   *
   * @default - a new private bucket that is deleted with the application
   */
  readonly bucket?: s3.IBucket;

  /**
   * The size of the temporary disk on which the asset is unpacked, 512 MiB to 10 GiB. It has to hold the archive and the content.
   *
   * @default cdk.Size.mebibytes(512)
   */
  readonly ephemeralStorageSize?: cdk.Size;

  /**
   * The memory of the function that unpacks the asset, in MiB.
   *
   * @default 1024
   */
  readonly memoryLimit?: number;

  /**
   * Glob patterns of files to leave out.
   *
   * @default - all files are content
   */
  readonly exclude?: string[];
}

/**
 * The files of an application: the executable and all that it needs, uncompressed.
 *
 * GameLift Streams copies them when the application is created, and doesn't look at them afterwards.
 *
 * @see https://docs.aws.amazon.com/gameliftstreams/latest/developerguide/applications.html
 */
export abstract class ApplicationSource {
  /**
   * Files that are in a bucket of the application's Region, in the storage class S3 Standard.
   *
   * Whoever deploys the application must be allowed to read them.
   *
   * @param prefix the folder of the content, for example "game/1.2", 1 to 900 characters; all of the bucket if not given. New content needs a new folder.
   */
  public static fromBucket(bucket: s3.IBucketRef, prefix?: string): ApplicationSource {
    return new BucketApplicationSource(bucket, prefix);
  }

  /**
   * Files of this machine: a folder, or a .zip file that is unpacked.
   *
   * They are uploaded with the CDK's assets and unpacked into a bucket, all before the application is created.
   * Changed files go to a new folder, which replaces the application. The function that unpacks them has 15 minutes and
   * at most 10 GiB of disk: upload more than that yourself and use `fromBucket`.
   *
   * @param path the folder or .zip file.
   */
  public static fromAsset(path: string, options: AssetApplicationSourceOptions = {}): ApplicationSource {
    return new AssetApplicationSource(path, options);
  }

  /** Called once by the application that has the content. */
  public abstract bind(scope: Construct): ApplicationSourceConfig;
}

class BucketApplicationSource extends ApplicationSource {
  public constructor(private readonly bucket: s3.IBucketRef, private readonly prefix?: string) {
    super();
  }

  public bind(scope: Construct): ApplicationSourceConfig {
    checkBucketRegion(scope, 'source', 'application', this.bucket);
    checkLength(scope, 'source: prefix', this.prefix, { min: 1, max: 900 });
    checkPattern(scope, 'source: prefix', this.prefix, /^(?!\/|s3:\/\/).*$/, 'have no "/" or "s3://" in front');
    return { applicationSourceUri: uri(this.bucket, this.prefix) };
  }
}

class AssetApplicationSource extends ApplicationSource {
  public constructor(private readonly path: string, private readonly options: AssetApplicationSourceOptions) {
    super();
  }

  public bind(scope: Construct): ApplicationSourceConfig {
    const asset = new assets.Asset(scope, 'Asset', { path: this.path, exclude: this.options.exclude });
    if (!asset.isZipArchive) {
      fail(scope, `source must be a folder or a .zip file, got ${JSON.stringify(this.path)}`);
    }
    const bucket = this.options.bucket ?? contentBucket(scope);
    checkBucketRegion(scope, 'source', 'application', bucket);

    // A folder of its own for this construct and content: the URI changes, and with it the application.
    const prefix = `${uniqueName(scope, 60)}/${asset.assetHash.slice(0, 32)}`;
    return {
      applicationSourceUri: uri(bucket, prefix),
      deployment: new deployment.BucketDeployment(scope, 'Deployment', {
        sources: [deployment.Source.bucket(asset.bucket, asset.s3ObjectKey)],
        destinationBucket: bucket,
        destinationKeyPrefix: prefix,
        // GameLift Streams has its own copy of what an older application was made of.
        retainOnDelete: false,
        outputObjectKeys: false,
        ephemeralStorageSize: this.options.ephemeralStorageSize,
        memoryLimit: this.options.memoryLimit,
      }),
      localFolder: statSync(this.path).isDirectory() ? this.path : undefined,
    };
  }
}

function uri(bucket: s3.IBucketRef, prefix?: string): string {
  return ['s3:/', bucket.bucketRef.bucketName, ...(prefix === undefined ? [] : [prefix])].join('/');
}
