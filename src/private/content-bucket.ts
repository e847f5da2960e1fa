import * as cdk from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledgements';
import { fail } from './errors';

/** A private bucket for copies of assets, which goes with all that it holds. */
export function contentBucket(scope: Construct): s3.Bucket {
  const bucket = new s3.Bucket(scope, 'Bucket', {
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    encryption: s3.BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    // All that it holds is a copy of the asset.
    removalPolicy: cdk.RemovalPolicy.DESTROY,
    autoDeleteObjects: true,
  });
  acknowledge(bucket, 'contentBucket');
  return bucket;
}

/** Fails for a bucket in another Region: the services read content from their own. */
export function checkBucketRegion(scope: Construct, what: string, whose: string, bucket: s3.IBucketRef): void {
  const { region } = cdk.Stack.of(scope);
  if (cdk.Token.compareStrings(bucket.env.region, region) === cdk.TokenComparison.DIFFERENT) {
    fail(scope, `${what} must be in the ${whose}'s Region ${JSON.stringify(region)}, got a bucket in ${JSON.stringify(bucket.env.region)}`);
  }
}
