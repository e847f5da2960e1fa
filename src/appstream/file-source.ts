import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, IDependable } from 'constructs';
import { checkNoOwnKey, FileStore, permit, pictureStatement, readStatement } from './private/file-store';
import { checkBucketRegion } from '../private/content-bucket';
import { checkLength, checkPattern } from '../private/errors';

/** Where a file is when AppStream first reads it. */
export interface FileSourceConfig {
  /** The name of the bucket, which is in the same Region. */
  readonly bucketName: string;

  /** The key of the object. AppStream keeps what is behind the last "/" as the name of the file. */
  readonly objectKey: string;

  /**
   * What puts the file there, and what lets AppStream read it.
   *
   * @default - the file is there already, and AppStream may read it
   */
  readonly dependencies?: IDependable[];
}

/** What a file is for. */
export interface FileSourceBindOptions {
  /**
   * Whether people see it: the icon of an application, an image of a theme. AppStream reads those without saying on whose behalf.
   *
   * @default false
   * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/example-s3-bucket.html
   */
  readonly isPicture?: boolean;
}

/**
 * A file that AppStream reads from S3: a virtual hard disk, a script, an icon, the logo of a theme.
 *
 * Instances of Elastic fleets read disks and scripts whenever a session begins, over the VPC of the fleet.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/store-s3-bucket.html
 */
export abstract class FileSource {
  /**
   * An object of a bucket in the same Region that is not encrypted with a key of your own.
   *
   * The bucket's policy gets a statement that lets AppStream read the object: on behalf of this account, but for icons and images of themes,
   * for which AppStream supports no such condition. That of an imported bucket cannot be changed, which a warning says. New content needs a
   * new key: nobody sees that an object has changed.
   *
   * @param objectKey 1 to 1024 characters, for example "editor/2/editor.vhdx".
   */
  public static fromBucket(bucket: s3.IBucket, objectKey: string): FileSource {
    return new BucketFileSource(bucket, objectKey);
  }

  /**
   * A file of this machine.
   *
   * It is uploaded with the CDK's assets and copied, under its own name, into a bucket that the files of a stack have in common and that
   * lets AppStream read. Changed content goes to a new folder of the bucket; the old one stays until nothing needs it.
   *
   * @param path at most 4500 MiB; AWS advises at most 1.5 GB for virtual hard disks.
   */
  public static fromAsset(path: string): FileSource {
    return new AssetFileSource(path);
  }

  /** Called by what has the file. */
  public abstract bind(scope: Construct, options?: FileSourceBindOptions): FileSourceConfig;
}

class BucketFileSource extends FileSource {
  public constructor(private readonly bucket: s3.IBucket, private readonly objectKey: string) {
    super();
  }

  public bind(scope: Construct, { isPicture = false }: FileSourceBindOptions = {}): FileSourceConfig {
    const { bucket, objectKey } = this;
    checkBucketRegion(scope, 'a file', 'stack', bucket);
    checkNoOwnKey(scope, 'a file', bucket);
    checkLength(scope, 'objectKey', objectKey, { min: 1, max: 1024 });
    checkPattern(scope, 'objectKey', objectKey, /^(?!\/|s3:\/\/).*[^/]$/, 'be the key of an object, with no "/" or "s3://" in front and no "/" at its end');
    const statement = isPicture ? pictureStatement(bucket, objectKey) : readStatement(scope, bucket, objectKey);
    return { bucketName: bucket.bucketName, objectKey, dependencies: permit(scope, bucket, statement) };
  }
}

class AssetFileSource extends FileSource {
  public constructor(private readonly path: string) {
    super();
  }

  public bind(scope: Construct, { isPicture = false }: FileSourceBindOptions = {}): FileSourceConfig {
    return FileStore.of(scope).addFile(scope, this.path, isPicture);
  }
}
