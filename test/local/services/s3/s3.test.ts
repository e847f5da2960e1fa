import { S3 } from '@aws-sdk/client-s3';
import { Loopback } from '../../../../local/loopback';
import { policy, trust } from '../test-cloud';

const BUCKET = 'arn:aws:s3:::content';
const ROLE = 'arn:aws:iam::111111111111:role/Worker';

let loopback: Loopback;

beforeEach(async () => {
  loopback = await Loopback.start();
  await loopback.call('s3', 'CreateBucket', { Bucket: 'content' });
  await loopback.call('iam', 'CreateRole', { RoleName: 'Worker', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') });
});

afterEach(() => loopback.stop());

const OPERATOR = { accessKeyId: 'operator', secretAccessKey: 'secret' };

const client = (credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string } = OPERATOR) =>
  new S3({ endpoint: loopback.url, region: 'us-east-1', credentials, maxAttempts: 1 });

/** A client of a role that may do this. */
async function worker(Action: string[], Resource: string): Promise<S3> {
  await loopback.call('iam', 'PutRolePolicy', { RoleName: 'Worker', PolicyName: 'Own', PolicyDocument: policy({ Effect: 'Allow', Action, Resource }) });
  return client(loopback.iam.issueCredentials(ROLE, { service: 'lambda.amazonaws.com', session: 'work' }));
}

const putPolicy = (...statements: object[]) => client().putBucketPolicy({ Bucket: 'content', Policy: JSON.stringify(policy(...statements)) });

const fill = async (count: number) => {
  for (let index = 0; index < count; index += 1) {
    await loopback.call('s3', 'PutObject', { Bucket: 'content', Key: `file-${String(index).padStart(4, '0')}`, Body: 'x' });
  }
};

describe('objects', () => {
  test('are put, read, listed and deleted', async () => {
    const s3 = client();
    const { ETag } = await s3.putObject({ Bucket: 'content', Key: 'a/b & c.txt', Body: 'text', ContentType: 'text/plain' });
    const object = await s3.getObject({ Bucket: 'content', Key: 'a/b & c.txt' });
    expect([await object.Body!.transformToString(), object.ContentType, object.ETag]).toEqual(['text', 'text/plain', ETag]);
    expect(await s3.headObject({ Bucket: 'content', Key: 'a/b & c.txt' })).toMatchObject({ ContentLength: 4, ETag });
    expect((await s3.listObjectsV2({ Bucket: 'content', Prefix: 'a/' })).Contents).toMatchObject([{ Key: 'a/b & c.txt', Size: 4 }]);
    await s3.deleteObject({ Bucket: 'content', Key: 'a/b & c.txt' });
    await expect(s3.getObject({ Bucket: 'content', Key: 'a/b & c.txt' })).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  test('are listed in pages, each from where the one before ended', async () => {
    await fill(1001);
    const first = await client().listObjectsV2({ Bucket: 'content' });
    const second = await client().listObjectsV2({ Bucket: 'content', ContinuationToken: first.NextContinuationToken });
    expect([first.KeyCount, first.IsTruncated, second.Contents!.map(({ Key }) => Key), second.IsTruncated]).toEqual([1000, true, ['file-1000'], false]);
  });

  test('are their only versions, and deleted many at a time', async () => {
    await loopback.call('s3', 'PutObject', { Bucket: 'content', Key: '<a>&"b"', Body: 'x' });
    await fill(1);
    const { Versions } = await client().listObjectVersions({ Bucket: 'content' });
    expect(Versions).toMatchObject([{ Key: '<a>&"b"', VersionId: 'null', IsLatest: true }, { Key: 'file-0000', VersionId: 'null', IsLatest: true }]);
    const { Deleted } = await client().deleteObjects({ Bucket: 'content', Delete: { Objects: Versions!.map(({ Key, VersionId }) => ({ Key, VersionId })) } });
    expect(Deleted).toHaveLength(2);
    expect((await client().listObjectVersions({ Bucket: 'content' })).Versions).toBeUndefined();
  });
});

describe('an object in parts', () => {
  const address = { Bucket: 'content', Key: 'large' };

  async function upload(...sizes: number[]) {
    const s3 = client();
    const { UploadId } = await s3.createMultipartUpload({ ...address, ContentType: 'text/plain' });
    const Parts = await Promise.all(sizes.map(async (size, index) => {
      const PartNumber = index + 1;
      const { ETag } = await s3.uploadPart({ ...address, UploadId, PartNumber, Body: Buffer.alloc(size, String(PartNumber)) });
      return { PartNumber, ETag };
    }));
    return { s3, UploadId, Parts };
  }

  test('is there once all are', async () => {
    const { s3, UploadId, Parts } = await upload(5 * 1024 * 1024, 3);
    await expect(s3.headObject(address)).rejects.toMatchObject({ name: 'NotFound' });
    await s3.completeMultipartUpload({ ...address, UploadId, MultipartUpload: { Parts } });
    const object = await s3.getObject(address);
    expect([object.ContentType, (await object.Body!.transformToString()).slice(-4)]).toEqual(['text/plain', '1222']);
    await expect(s3.abortMultipartUpload({ ...address, UploadId })).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });

  test('fails with a part that is too small, is not there, or comes too early', async () => {
    const { s3, UploadId, Parts } = await upload(5 * 1024 * 1024 - 1, 3);
    const complete = (...parts: typeof Parts) => s3.completeMultipartUpload({ ...address, UploadId, MultipartUpload: { Parts: parts } });
    await expect(complete(...Parts)).rejects.toMatchObject({ name: 'EntityTooSmall' });
    await expect(complete({ ...Parts[0], PartNumber: 3 })).rejects.toMatchObject({ name: 'InvalidPart' });
    await expect(complete(Parts[1], Parts[0])).rejects.toMatchObject({ name: 'InvalidPartOrder' });
    await s3.abortMultipartUpload({ ...address, UploadId });
    await expect(complete(...Parts)).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });
});

describe('a bucket', () => {
  test('fails to be deleted before it is empty', async () => {
    await fill(1);
    await expect(client().deleteBucket({ Bucket: 'content' })).rejects.toMatchObject({ name: 'BucketNotEmpty', message: 'The bucket you tried to delete is not empty' });
    await client().deleteObject({ Bucket: 'content', Key: 'file-0000' });
    await client().deleteBucket({ Bucket: 'content' });
    await expect(client().headBucket({ Bucket: 'content' })).rejects.toMatchObject({ name: 'NotFound' });
  });

  test.each(['Content', 'ab', '-ab', 'a_b'])('fails to be called %s', async (Bucket) => {
    await expect(loopback.call('s3', 'CreateBucket', { Bucket })).rejects.toMatchObject({ code: 'InvalidBucketName' });
  });

  test('has the tags that it was last given', async () => {
    const s3 = client();
    await expect(s3.getBucketTagging({ Bucket: 'content' })).rejects.toMatchObject({ name: 'NoSuchTagSet' });
    const TagSet = [{ Key: 'aws-cdk:auto-delete-objects', Value: 'true' }];
    await loopback.call('s3', 'PutBucketTagging', { Bucket: 'content', Tagging: { TagSet } });
    expect((await s3.getBucketTagging({ Bucket: 'content' })).TagSet).toEqual(TagSet);
  });

  test.each([
    ['a key of 129 characters', [{ Key: 'k'.repeat(129), Value: '' }]],
    ['a key of AWS\'s own', [{ Key: 'aws:own', Value: '' }]],
    ['a key twice', [{ Key: 'a', Value: '1' }, { Key: 'a', Value: '2' }]],
  ])('fails to be tagged with %s', async (_what, TagSet) => {
    await expect(loopback.call('s3', 'PutBucketTagging', { Bucket: 'content', Tagging: { TagSet } })).rejects.toMatchObject({ code: 'InvalidTag' });
  });
});

describe('permissions', () => {
  const objects = [{ Key: 'file-0000' }];
  const versions = [{ Key: 'file-0000', VersionId: 'null' }];

  test.each<[string, string, string, (s3: S3) => Promise<unknown>]>([
    ['HeadObject', 's3:GetObject', `${BUCKET}/*`, (s3) => s3.headObject({ Bucket: 'content', Key: 'file-0000' })],
    ['ListObjectsV2', 's3:ListBucket', BUCKET, (s3) => s3.listObjectsV2({ Bucket: 'content' })],
    ['ListObjectVersions', 's3:ListBucketVersions', BUCKET, (s3) => s3.listObjectVersions({ Bucket: 'content' })],
    ['DeleteObjects', 's3:DeleteObject', `${BUCKET}/*`, (s3) => s3.deleteObjects({ Bucket: 'content', Delete: { Objects: objects } })],
    ['DeleteObjects of versions', 's3:DeleteObjectVersion', `${BUCKET}/*`, (s3) =>
      s3.deleteObjects({ Bucket: 'content', Delete: { Objects: versions } })],
    ['GetBucketTagging', 's3:GetBucketTagging', BUCKET, (s3) => s3.getBucketTagging({ Bucket: 'content' })],
  ])('%s needs %s', async (_operation, action, resource, call) => {
    await fill(1);
    await loopback.call('s3', 'PutBucketTagging', { Bucket: 'content', Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] } });
    await expect(call(await worker(['s3:PutObject'], `${BUCKET}/*`))).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    expect(loopback.iam.denials.map((denial) => denial.action)).toEqual([action]);
    await call(await worker([action], resource));
  });

  test('are the bucket policy\'s, too', async () => {
    await fill(1);
    const s3 = await worker(['s3:PutObject'], `${BUCKET}/*`);
    await expect(s3.listObjectsV2({ Bucket: 'content' })).rejects.toMatchObject({ name: 'AccessDenied' });
    await putPolicy({ Effect: 'Allow', Principal: { AWS: ROLE }, Action: 's3:List*', Resource: [BUCKET, `${BUCKET}/*`] });
    expect((await s3.listObjectsV2({ Bucket: 'content' })).KeyCount).toBe(1);
    await client().deleteBucketPolicy({ Bucket: 'content' });
    await expect(s3.listObjectsV2({ Bucket: 'content' })).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('end where the bucket policy denies', async () => {
    const s3 = await worker(['s3:PutObject'], `${BUCKET}/*`);
    await s3.putObject({ Bucket: 'content', Key: 'a', Body: 'x' });
    await putPolicy({ Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: `${BUCKET}/*` });
    await expect(s3.putObject({ Bucket: 'content', Key: 'b', Body: 'x' })).rejects.toMatchObject({
      name: 'AccessDenied', message: expect.stringContaining('with an explicit deny in a resource-based policy'),
    });
  });

  test('of an account in a bucket policy are left to the role\'s own policies', async () => {
    const s3 = await worker(['s3:PutObject'], `${BUCKET}/*`);
    await putPolicy({ Effect: 'Allow', Principal: { AWS: '111111111111' }, Action: 's3:ListBucket', Resource: BUCKET });
    await expect(s3.listObjectsV2({ Bucket: 'content' })).rejects.toMatchObject({ name: 'AccessDenied' });
    await putPolicy({ Effect: 'Deny', Principal: { AWS: '111111111111' }, Action: 's3:PutObject', Resource: `${BUCKET}/*` });
    await expect(s3.putObject({ Bucket: 'content', Key: 'b', Body: 'x' })).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('are not taken away by a deny of insecure transport: the loopback stands for TLS', async () => {
    const Condition = { Bool: { 'aws:SecureTransport': 'false' } };
    await putPolicy({ Effect: 'Deny', Principal: { AWS: '*' }, Action: 's3:*', Resource: [BUCKET, `${BUCKET}/*`], Condition });
    await (await worker(['s3:PutObject'], `${BUCKET}/*`)).putObject({ Bucket: 'content', Key: 'a', Body: 'x' });
  });
});

describe('a bucket policy', () => {
  test('is read as it was put', async () => {
    await expect(client().getBucketPolicy({ Bucket: 'content' })).rejects.toMatchObject({ name: 'NoSuchBucketPolicy' });
    const statement = { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: `${BUCKET}/*` };
    await putPolicy(statement);
    expect(JSON.parse((await client().getBucketPolicy({ Bucket: 'content' })).Policy!)).toEqual(policy(statement));
  });

  test.each([
    ['for another bucket', { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: 'arn:aws:s3:::content2/*' },
      'MalformedPolicy', 'Policy has invalid resource: arn:aws:s3:::content2/*'],
    ['without a principal', { Effect: 'Deny', Action: 's3:PutObject', Resource: `${BUCKET}/*` }, 'MalformedPolicy', 'Invalid principal in policy: undefined'],
    ['for a role that does not exist', { Effect: 'Allow', Principal: { AWS: `${ROLE}2` }, Action: 's3:GetObject', Resource: `${BUCKET}/*` },
      'MalformedPolicy', `Invalid principal in policy: ${ROLE}2`],
    ['for everybody', { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${BUCKET}/*` },
      'AccessDenied', 'public policies are blocked by the BlockPublicPolicy block public access setting'],
  ])('fails %s', async (_what, statement, name, message) => {
    await expect(putPolicy(statement)).rejects.toMatchObject({ name, message });
  });
});
