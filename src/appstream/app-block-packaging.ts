import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, IDependable } from 'constructs';
import { AppBlockScript } from './app-block-script';
import { FileSource } from './file-source';
import { appStreamStatement, checkNoOwnKey, permit } from './private/file-store';
import { checkBucketRegion } from '../private/content-bucket';

/** An app block that you have packaged yourself. */
export interface CustomPackagingOptions {
  /** What holds the applications: a virtual hard disk, or any other file that the setup script knows how to use, like an archive or an installer. */
  readonly source: FileSource;

  /** Makes the applications usable on an instance. */
  readonly setupScript: AppBlockScript;
}

/** An app block that AppStream packages. */
export interface AppStreamPackagingOptions {
  /**
   * Runs when AppStream has set the package up.
   *
   * @default - nothing else is run
   */
  readonly postSetupScript?: AppBlockScript;
}

/** How applications got into an app block, and so how they get onto instances. */
interface AppBlockPackagingConfig {
  /** For each name of the app block. */
  readonly properties: (appBlockName: string) => Omit<appstream.CfnAppBlockProps, 'name'>;
  readonly dependencies: IDependable[];
}

/** The folder of a bucket into which AppStream puts packages. */
const PACKAGE_FOLDER = 'AppStream2';

/**
 * How the applications of an app block are packaged.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/app-blocks.html
 */
export class AppBlockPackaging {
  /** Custom packaging: a file of your own, and the script that sets it up. */
  public static custom({ source, setupScript }: CustomPackagingOptions): AppBlockPackaging {
    return new AppBlockPackaging((scope) => {
      const file = source.bind(scope);
      const script = setupScript._bind(scope);
      return {
        properties: (name) => ({
          packagingType: 'CUSTOM', sourceS3Location: { s3Bucket: file.bucketName, s3Key: file.objectKey }, setupScriptDetails: script.details(name),
        }),
        dependencies: [...file.dependencies ?? [], ...script.dependencies],
      };
    });
  }

  /**
   * Packaging by AppStream that is yet to be done: an administrator installs applications on an `AppBlockBuilder`.
   *
   * The app block is inactive until then, and may take no applications: AppStream puts the package into the bucket, below "AppStream2/",
   * for which the bucket's policy gets two statements. A replaced app block begins without a package.
   *
   * @param bucket a bucket of the same Region with ACLs disabled, as new ones have them. It keeps the packages.
   */
  public static appStream(bucket: s3.IBucket, options: AppStreamPackagingOptions = {}): AppBlockPackaging {
    return new AppBlockPackaging((scope) => {
      checkBucketRegion(scope, 'a package', 'stack', bucket);
      checkNoOwnKey(scope, 'a package', bucket);
      const permissions = permit(scope, bucket,
        appStreamStatement(scope, ['s3:ListBucket', 's3:GetBucketOwnershipControls'], [bucket.bucketArn]),
        appStreamStatement(scope, ['s3:GetObject', 's3:PutObject'], [bucket.arnForObjects(`${PACKAGE_FOLDER}/*`)]));
      return packagedByAppStream(scope, { s3Bucket: bucket.bucketName }, permissions, options);
    });
  }

  /** Packaging by AppStream that has been done: a package that an app block builder has made. */
  public static appStreamPackage(source: FileSource, options: AppStreamPackagingOptions = {}): AppBlockPackaging {
    return new AppBlockPackaging((scope) => {
      const { bucketName, objectKey, dependencies = [] } = source.bind(scope);
      return packagedByAppStream(scope, { s3Bucket: bucketName, s3Key: objectKey }, dependencies, options);
    });
  }

  private constructor(private readonly render: (scope: Construct) => AppBlockPackagingConfig) {}

  /** @internal */
  public _bind(scope: Construct): AppBlockPackagingConfig {
    return this.render(scope);
  }
}

function packagedByAppStream(
  scope: Construct, sourceS3Location: appstream.CfnAppBlock.S3LocationProperty, dependencies: IDependable[], options: AppStreamPackagingOptions,
): AppBlockPackagingConfig {
  const script = options.postSetupScript?._bind(scope);
  return {
    properties: (name) => ({ packagingType: 'APPSTREAM2', sourceS3Location, postSetupScriptDetails: script?.details(name) }),
    dependencies: [...dependencies, ...script?.dependencies ?? []],
  };
}
