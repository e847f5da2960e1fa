import type { Bucket } from './buckets';
import type { Cloud } from '../../cloud';
import { AwsError } from '../../wire/aws-error';
import { parseResourcePolicy, type ResourceStatement } from '../iam/policy-document';

/**
 * What S3 refuses when a bucket gets a policy. The policy then counts for every call of a role (of the operator and of services within
 * the loopback none does), with one thing to know: the loopback's plain HTTP stands for TLS, so that a Deny of insecure transport denies nothing here.
 */
export async function checkPolicy(cloud: Cloud, name: string, bucket: Bucket, document: string): Promise<void> {
  const statements = parsed(document);
  const arn = `arn:aws:s3:::${name}`;
  const stray = statements.flatMap(({ resources }) => resources.patterns).find((resource) => resource !== arn && !resource.startsWith(`${arn}/`));
  if (stray !== undefined) {
    throw malformed(`Policy has invalid resource: ${stray}`);
  }
  if (bucket.blocksPublicPolicy && statements.some(isPublic)) {
    throw new AwsError('AccessDenied', 'public policies are blocked by the BlockPublicPolicy block public access setting', 403);
  }
  for (const principal of statements.flatMap(({ principals }) => principals)) {
    await checkPrincipal(cloud, principal);
  }
}

function parsed(document: string): ResourceStatement[] {
  try {
    return parseResourcePolicy(document);
  } catch (error) {
    // IAM's name of it is another.
    throw error instanceof AwsError && error.code === 'MalformedPolicyDocument' ? malformed(error.message) : error;
  }
}

/** Conditions may make such a policy not public after all; which, is left out: none of these is taken. */
function isPublic({ effect, principals }: ResourceStatement): boolean {
  return effect === 'Allow' && principals.includes('*');
}

async function checkPrincipal(cloud: Cloud, principal: string): Promise<void> {
  const RoleName = /^arn:aws:iam::\d{12}:role\/(?:.+\/)?([^/]+)$/.exec(principal)?.[1];
  if (RoleName === undefined && principal !== '*' && principal !== cloud.account && principal !== `arn:aws:iam::${cloud.account}:root`) {
    throw malformed(`Invalid principal in policy: ${principal}`);
  }
  if (RoleName !== undefined) {
    await cloud.call('iam', 'GetRole', { RoleName }).catch((error) => {
      throw error instanceof AwsError && error.code === 'NoSuchEntity' ? malformed(`Invalid principal in policy: ${principal}`) : error;
    });
  }
}

function malformed(message: string): AwsError {
  return new AwsError('MalformedPolicy', message);
}
