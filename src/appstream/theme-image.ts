import { statSync } from 'fs';
import { extname } from 'path';
import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import * as deployment from 'aws-cdk-lib/aws-s3-deployment';
import { Construct, IDependable } from 'constructs';
import { acknowledge } from '../private/acknowledgements';
import { checkLength, fail } from '../private/errors';
import { uniqueName } from '../private/names';

/** Where AppStream finds an image of a theme. */
export interface ThemeImageConfig {
  /** The name of the bucket. */
  readonly bucketName: string;

  /** The key of the object. */
  readonly objectKey: string;

  /** What puts the image there and lets AppStream read it: the theme has to wait for it. */
  readonly dependencies: IDependable[];
}

/** An image of a theme: the logo or the favicon. AppStream copies it, and doesn't look at it afterwards. */
export abstract class ThemeImage {
  /**
   * An object of a bucket in the Region of the stack. AppStream is allowed to read it by the bucket's policy; an imported bucket has to let it:
   * `s3:GetObject` for `appstream.amazonaws.com`.
   *
   * @param objectKey 1 to 1024 characters. A new image needs a new key: AppStream is not told that an object has changed.
   */
  public static fromBucket(bucket: s3.IBucket, objectKey: string): ThemeImage {
    return new BucketThemeImage(bucket, objectKey);
  }

  /**
   * A file of this machine. It is uploaded with the CDK's assets and copied into a bucket of its own, since AppStream may not read theirs.
   *
   * @param path the file, for example a .png
   */
  public static fromAsset(path: string): ThemeImage {
    return new AssetThemeImage(path);
  }

  /** Called once by the theme that shows the image. */
  public abstract bind(scope: Construct, id: string): ThemeImageConfig;
}

class BucketThemeImage extends ThemeImage {
  public constructor(private readonly bucket: s3.IBucket, private readonly objectKey: string) {
    super();
  }

  public bind(scope: Construct, id: string): ThemeImageConfig {
    const name = id.toLowerCase();
    checkLength(scope, `${name}: objectKey`, this.objectKey, { min: 1, max: 1024 });
    const { region } = cdk.Stack.of(scope);
    if (cdk.Token.compareStrings(this.bucket.env.region, region) === cdk.TokenComparison.DIFFERENT) {
      fail(scope, `${name} must be in the stack's Region ${JSON.stringify(region)}, got a bucket in ${JSON.stringify(this.bucket.env.region)}`);
    }
    return { bucketName: this.bucket.bucketName, objectKey: this.objectKey, dependencies: letAppStreamRead(scope, this.bucket, this.objectKey) };
  }
}

class AssetThemeImage extends ThemeImage {
  public constructor(private readonly path: string) {
    super();
  }

  public bind(scope: Construct, id: string): ThemeImageConfig {
    if (!statSync(this.path).isFile()) {
      fail(scope, `${id.toLowerCase()} must be a file, got the folder ${JSON.stringify(this.path)}`);
    }
    const asset = new assets.Asset(scope, `${id}Asset`, { path: this.path });
    const bucket = imageBucket(scope);
    // A new image has a new key: AppStream is told, and takes it.
    const prefix = `${uniqueName(scope, 60)}/${id.toLowerCase()}`;
    const objectKey = `${prefix}/${asset.assetHash}${extname(this.path)}`;
    const copy = new deployment.BucketDeployment(scope, `${id}Copy`, {
      sources: [deployment.Source.bucket(asset.bucket, asset.s3ObjectKey)],
      destinationBucket: bucket,
      destinationKeyPrefix: prefix,
      extract: false,
      retainOnDelete: false,
      outputObjectKeys: false,
    });
    return { bucketName: bucket.bucketName, objectKey, dependencies: [copy, ...letAppStreamRead(scope, bucket, `${prefix}/*`)] };
  }
}

/** One for both images of a theme. */
function imageBucket(scope: Construct): s3.IBucket {
  const existing = scope.node.tryFindChild('Images');
  if (existing instanceof s3.Bucket) return existing;
  const bucket = new s3.Bucket(scope, 'Images', {
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    encryption: s3.BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    // All that it holds is a copy of assets.
    removalPolicy: cdk.RemovalPolicy.DESTROY,
    autoDeleteObjects: true,
  });
  acknowledge(bucket, 'themeBucket');
  return bucket;
}

/** AppStream reads S3 as itself: https://docs.aws.amazon.com/appstream2/latest/developerguide/store-s3-bucket.html */
function letAppStreamRead(scope: Construct, bucket: s3.IBucket, pattern: string): IDependable[] {
  const { statementAdded, policyDependable } = bucket.addToResourcePolicy(new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal('appstream.amazonaws.com')], actions: ['s3:GetObject'], resources: [bucket.arnForObjects(pattern)],
  }));
  if (!statementAdded) {
    cdk.Annotations.of(scope).addWarningV2('cdk-app-streaming/appstream:bucketOfThemeIsImported',
      `the bucket ${bucket.node.path} is imported: its policy must allow s3:GetObject to appstream.amazonaws.com`);
  }
  return policyDependable ? [policyDependable] : [];
}
