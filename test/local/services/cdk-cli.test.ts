import { XMLParser } from 'fast-xml-parser';
import { leapingCloud, policy } from './test-cloud';
import { cloudtrail } from '../../../local/services/cloudtrail';
import { ec2 } from '../../../local/services/ec2';
import { OPERATOR_CREDENTIALS } from '../../../local/services/iam/credentials';
import { Iam } from '../../../local/services/iam/iam';
import { S3 } from '../../../local/services/s3';
import { assetsBucket } from '../../../local/services/s3/buckets';
import { ssm } from '../../../local/services/ssm';
import { sts } from '../../../local/services/sts';
import { Endpoint } from '../../../local/wire/endpoint';

/** What the CDK CLI asks of S3, SSM, STS, EC2 and CloudTrail, as it stands on the wire. */
const cloud = leapingCloud();
const endpoint = new Endpoint({
  clock: cloud.clock,
  hooks: { identify: (accessKeyId) => ({ accessKeyId }), authorize: async () => undefined, kill: () => undefined },
});
const iam = new Iam(cloud);
[ec2(cloud), new S3(cloud), ssm(cloud), sts(cloud, iam), cloudtrail()].forEach((service) => endpoint.register(service));

beforeAll(() => endpoint.start());
afterAll(() => endpoint.stop());
beforeEach(() => endpoint.notImitated.splice(0));

const send = async (service: string, path: string, init: RequestInit = {}) => {
  const response = await fetch(`${endpoint.url}${path}`, {
    ...init,
    headers: { ...init.headers, authorization: `AWS4-HMAC-SHA256 Credential=KEY/20260105/eu-central-1/${service}/aws4_request, SignedHeaders=host, Signature=0` },
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, bytes, text: bytes.toString('utf8') };
};
const form = async (service: string, fields: Record<string, string>) => {
  const { status, text } = await send(service, '/', { method: 'POST', body: new URLSearchParams(fields), headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  return { status, xml: new XMLParser().parse(text) };
};
const json = async (service: string, target: string, input: object) => {
  const { status, text } = await send(service, '/', { method: 'POST', body: JSON.stringify(input), headers: { 'x-amz-target': target } });
  return { status, output: JSON.parse(text) };
};
const BUCKET = assetsBucket(cloud);

describe('S3', () => {
  test('has the bucket of the bootstrap', async () => {
    expect(BUCKET).toBe('cdk-hnb659fds-assets-123456789012-eu-central-1');
    expect((await send('s3', `/${BUCKET}?location`)).text).toContain('<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">eu-central-1<');
    expect((await send('s3', `/${BUCKET}?encryption`)).text).toContain('<SSEAlgorithm>AES256</SSEAlgorithm>');
    expect((await send('s3', `/${BUCKET}`, { method: 'HEAD' })).status).toBe(200);
  });

  test('keeps objects', async () => {
    const content = Buffer.from([0, 1, 2, 255]);
    expect((await send('s3', `/${BUCKET}/a%20b/c.zip?x-id=PutObject`, { method: 'PUT', body: content, headers: { 'content-type': 'application/zip' } })).status).toBe(200);
    expect((await send('s3', `/${BUCKET}/a%20b/c.zip`)).bytes).toEqual(content);
    const head = await send('s3', `/${BUCKET}/a%20b/c.zip`, { method: 'HEAD' });
    expect(head.headers.get('content-type')).toBe('application/zip');
    expect(head.headers.get('etag')).toMatch(/^"[0-9a-f]{32}"$/);
    expect((await send('s3', `/${BUCKET}?list-type=2&max-keys=1&prefix=a%20b%2F`)).text).toContain('<KeyCount>1</KeyCount>');
    expect((await send('s3', `/${BUCKET}?list-type=2&max-keys=1&prefix=z`)).text).toContain('<KeyCount>0</KeyCount>');
  });

  test('reads uploads in chunks', async () => {
    const body = '5\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n';
    await send('s3', `/${BUCKET}/chunked`, { method: 'PUT', body, headers: { 'content-encoding': 'aws-chunked' } });
    expect((await send('s3', `/${BUCKET}/chunked`)).text).toBe('hello world');
  });

  test('tells what is missing', async () => {
    expect(await send('s3', `/${BUCKET}/none`)).toMatchObject({ status: 404, text: expect.stringContaining('<Code>NoSuchKey</Code>') });
    expect(await send('s3', '/none/key')).toMatchObject({ status: 404, text: expect.stringContaining('<Code>NoSuchBucket</Code>') });
    expect(await send('s3', `/${BUCKET}/none`, { method: 'HEAD' })).toMatchObject({ status: 404, text: '' });
  });

  test.each([['/', 'GET'], [`/${BUCKET}?acl`, 'GET'], [`/${BUCKET}/big?partNumber=1`, 'GET']])('does not know %s', async (path, method) => {
    expect((await send('s3', path, { method })).text).toContain('<Code>LoopbackNotImitated</Code>');
    expect(endpoint.notImitated).toHaveLength(1);
  });
});

describe('SSM', () => {
  test('knows the version of the bootstrap', async () => {
    const { output } = await json('ssm', 'AmazonSSM.GetParameter', { Name: '/cdk-bootstrap/hnb659fds/version' });
    expect(output.Parameter).toMatchObject({
      Name: '/cdk-bootstrap/hnb659fds/version', Type: 'String', ARN: 'arn:aws:ssm:eu-central-1:123456789012:parameter/cdk-bootstrap/hnb659fds/version',
    });
    expect(Number(output.Parameter.Value)).toBeGreaterThanOrEqual(6);
  });

  test('tells what is missing', async () => {
    expect(await json('ssm', 'AmazonSSM.GetParameter', { Name: '/none' })).toMatchObject({ status: 400, output: { __type: 'ParameterNotFound' } });
  });
});

describe('STS', () => {
  const VERSION = { Version: '2011-06-15' };

  test('gives the roles of the bootstrap the credentials of the operator', async () => {
    const { xml } = await form('sts', {
      Action: 'AssumeRole', ...VERSION, RoleArn: 'arn:aws:iam::123456789012:role/cdk-hnb659fds-deploy-role-123456789012-eu-central-1', RoleSessionName: 'me',
    });
    const { Credentials, AssumedRoleUser } = xml.AssumeRoleResponse.AssumeRoleResult;
    const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken } = OPERATOR_CREDENTIALS;
    expect(Credentials).toMatchObject({ AccessKeyId, SecretAccessKey, SessionToken });
    expect(Date.parse(Credentials.Expiration)).toBeGreaterThan(Date.now());
    expect(AssumedRoleUser.Arn).toBe('arn:aws:sts::123456789012:assumed-role/cdk-hnb659fds-deploy-role-123456789012-eu-central-1/me');
  });

  test.each([{ AWS: 'arn:aws:iam::123456789012:root' }, { AWS: '123456789012' }, '*'])('gives a role that trusts %j credentials of its own', async (Principal) => {
    await iam.operations.CreateRole({
      RoleName: 'Opener', AssumeRolePolicyDocument: policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal }),
    }, { caller: { accessKeyId: 'operator' } });
    const RoleArn = 'arn:aws:iam::123456789012:role/Opener';
    const { xml } = await form('sts', { Action: 'AssumeRole', ...VERSION, RoleArn, RoleSessionName: 'me' });
    const { Credentials: { AccessKeyId, SessionToken } } = xml.AssumeRoleResponse.AssumeRoleResult;
    expect(iam.principalOf(iam.identify(AccessKeyId, SessionToken)).arn).toBe('arn:aws:sts::123456789012:assumed-role/Opener/me');
    await iam.operations.DeleteRole({ RoleName: 'Opener' }, { caller: { accessKeyId: 'operator' } });
  });

  test('gives no other role away', async () => {
    const { status, xml } = await form('sts', { Action: 'AssumeRole', ...VERSION, RoleArn: 'arn:aws:iam::123456789012:role/other', RoleSessionName: 'me' });
    expect([status, xml.ErrorResponse.Error.Code]).toEqual([403, 'AccessDenied']);
  });

  test('tells who is asking', async () => {
    const { xml } = await form('sts', { Action: 'GetCallerIdentity', ...VERSION });
    expect(xml.GetCallerIdentityResponse.GetCallerIdentityResult).toMatchObject({ Account: 123456789012, Arn: 'arn:aws:iam::123456789012:user/operator' });
  });
});

describe('EC2', () => {
  const VERSION = { Version: '2016-11-15' };

  test('has the availability zones that templates get as well', async () => {
    const { xml } = await form('ec2', { Action: 'DescribeAvailabilityZones', ...VERSION });
    expect(xml.DescribeAvailabilityZonesResponse.availabilityZoneInfo.item).toEqual(['a', 'b', 'c'].map((letter) =>
      ({ zoneName: `eu-central-1${letter}`, zoneState: 'available', regionName: 'eu-central-1' })));
  });

  test.each<Record<string, string>>([{ Action: 'DescribeVpcs' }, { 'Action': 'DescribeAvailabilityZones', 'ZoneName.1': 'eu-central-1a' }])('does not know %j', async (fields) => {
    const { status, xml } = await form('ec2', { ...fields, ...VERSION });
    expect([status, xml.Response.Errors.Error.Code]).toEqual([400, 'LoopbackNotImitated']);
  });
});

test('CloudTrail is closed at once, so that nobody waits for it', async () => {
  expect(await json('cloudtrail', 'CloudTrail_20131101.LookupEvents', {})).toMatchObject({ status: 400, output: { __type: 'AccessDeniedException' } });
});
