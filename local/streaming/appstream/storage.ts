import type { S3Location } from '@aws-sdk/client-appstream';
import { evaluate } from '../../services/iam/evaluation';
import { parseResourcePolicy, type ResourceStatement } from '../../services/iam/policy-document';

/** What AppStream sees of S3. */
export interface Storage {
  /** The keys of a bucket's objects; undefined without the bucket. */
  keys(bucket: string): readonly string[] | undefined;
  /** The key of one's own that the objects of a bucket are encrypted with. */
  ownKey(bucket: string): string | undefined;
  /** The policy of the bucket that an ARN is in, as JSON. */
  resourcePolicy(arn: string): string | undefined;
}

/** The account on whose behalf AppStream reads. */
interface Account {
  readonly accountId: string;
  readonly storage: Storage;
}

/** An account that has no buckets. */
export const NO_STORAGE: Storage = { keys: () => undefined, ownKey: () => undefined, resourcePolicy: () => undefined };

/** Who reads on behalf of what. */
interface Reader {
  /** The ARN of the app block or fleet that the object is for. Without it, a condition on whom it is for is not met. */
  readonly arn?: string;
}

/**
 * Who reads what people see: conditions that keep others out are not supported for the icons of applications,
 * https://docs.aws.amazon.com/appstream2/latest/developerguide/example-s3-bucket.html. Of the images of themes the same is inferred.
 */
export const PICTURE_READER: Reader = {};

/**
 * What is wrong with an object that AppStream is to read; undefined if nothing is. The bucket has to let AppStream in by its policy, on
 * behalf of the resource and the account: https://docs.aws.amazon.com/appstream2/latest/developerguide/store-s3-bucket.html and
 * https://docs.aws.amazon.com/appstream2/latest/developerguide/example-elastic-fleets.html. The sentences are inferred.
 */
export function objectionTo(account: Account, { S3Bucket, S3Key }: S3Location, reader: Reader): string | undefined {
  const keys = account.storage.keys(S3Bucket!);
  if (keys === undefined) {
    return `The bucket ${S3Bucket} does not exist.`;
  }
  if (account.storage.ownKey(S3Bucket!) !== undefined) {
    return encrypted(S3Bucket!);
  }
  const object = `arn:aws:s3:::${S3Bucket}/${S3Key}`;
  if (!allows(account, 's3:GetObject', object, reader)) {
    return `WorkSpaces Applications is not allowed to perform s3:GetObject on ${object}.`;
  }
  return keys.includes(S3Key!) ? undefined : `The object ${S3Key} does not exist in the bucket ${S3Bucket}.`;
}

/** Where AppStream puts the packages that app block builders make: the page on the bucket's permissions. */
export const PACKAGE_FOLDER = 'AppStream2';

/** What is wrong with a bucket that AppStream is to put a package into: the same page. */
export function objectionToPackages(account: Account, S3Bucket: string, reader: Required<Reader>): string | undefined {
  if (account.storage.keys(S3Bucket) === undefined) {
    return `The bucket ${S3Bucket} does not exist.`;
  }
  if (account.storage.ownKey(S3Bucket) !== undefined) {
    return encrypted(S3Bucket);
  }
  const bucket = `arn:aws:s3:::${S3Bucket}`;
  const packages = `${bucket}/${PACKAGE_FOLDER}/${reader.arn.split('/')[1]}.vhdx`;
  const needed = [['s3:ListBucket', bucket], ['s3:GetBucketOwnershipControls', bucket], ['s3:PutObject', packages], ['s3:GetObject', packages]];
  const missing = needed.find(([action, resource]) => !allows(account, action, resource, reader));
  return missing && `WorkSpaces Applications is not allowed to perform ${missing[0]} on ${missing[1]}.`;
}

/** The page on storing files in buckets. */
function encrypted(bucket: string): string {
  return `The bucket ${bucket} is encrypted with a key that you manage.`;
}

function allows(account: Account, action: string, resource: string, { arn }: Reader): boolean {
  const policy = account.storage.resourcePolicy(resource);
  const statements = policy === undefined ? [] : parseResourcePolicy(policy).filter(isAboutAppStream);
  const values: Readonly<Record<string, string>> = {
    ...arn !== undefined && { 'aws:sourceaccount': account.accountId, 'aws:sourcearn': arn },
    // The loopback's plain HTTP stands for what goes over TLS on AWS.
    'aws:securetransport': 'true',
  };
  const request = { facts: { action, arns: [], seesTags: false }, resource, context: (key: string) => values[key.toLowerCase()] };
  return evaluate(statements, request).effect === 'allow';
}

function isAboutAppStream({ services, principals }: ResourceStatement): boolean {
  return services.includes('appstream.amazonaws.com') || principals.includes('*');
}
