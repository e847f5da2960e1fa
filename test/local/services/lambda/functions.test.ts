import { LambdaFixture } from './lambda-fixture';
import { zip } from './zip-archive';
import { LeapingClock } from '../../../../local/clock';
import { S3 } from '../../../../local/services/s3';

let fixture: LambdaFixture<LeapingClock>;

beforeEach(async () => {
  fixture = new LambdaFixture(new LeapingClock());
  await fixture.createRole();
});
afterEach(() => fixture.lambda.stop());

const SOURCE = 'exports.handler = async () => 1;';

describe('code', () => {
  const upload = async (Body: Buffer) => {
    fixture.cloud.add(new S3(fixture.cloud));
    await fixture.cloud.call('s3', 'CreateBucket', { Bucket: 'assets' });
    await fixture.cloud.call('s3', 'PutObject', { Bucket: 'assets', Key: 'code.zip', Body });
  };
  const fromS3 = { Code: { S3Bucket: 'assets', S3Key: 'code.zip' } };

  test.each([false, true])('comes from an archive in S3 (stored: %s)', async (stored) => {
    const files = { 'index.js': 'exports.handler = async () => require("./lib/text.js").repeat(3);', 'lib/text.js': 'module.exports = "abc";' };
    await upload(zip(files, { stored }));
    await fixture.createFunction('packed', '', fromS3);
    expect((await fixture.invoke('packed')).payload).toBe('abcabcabc');
  });

  test('may be an ES module', async () => {
    await upload(zip({ 'index.mjs': 'import { sep } from "path"; export const handler = async () => sep;' }));
    await fixture.createFunction('module', '', fromS3);
    expect((await fixture.invoke('module')).payload).toBe('/');
  });

  test.each([
    ['no archive', Buffer.from('text')],
    ['a file outside of the folder', zip({ '../index.js': SOURCE })],
  ])('is refused when it is %s', async (_what, body) => {
    await upload(body);
    await expect(fixture.createFunction('broken', '', fromS3)).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
  });

  test('that is missing is refused in the words of Lambda', async () => {
    fixture.cloud.add(new S3(fixture.cloud));
    await expect(fixture.createFunction('missing', '', fromS3)).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
      message: expect.stringMatching(/^Error occurred while GetObject. S3 Error Code: NoSuchBucket/),
    });
  });
});

test.each([
  [{ Runtime: 'python3.13' }, 'LoopbackNotImitated'],
  [{ Code: { ImageUri: 'x' } }, 'LoopbackNotImitated'],
  [{ LoggingConfig: { LogFormat: 'JSON' } }, 'LoopbackNotImitated'],
  [{ DeadLetterConfig: { TargetArn: 'arn:aws:sqs:eu-central-1:123456789012:x' } }, 'LoopbackNotImitated'],
  [{ Environment: { Variables: { AWS_ENDPOINT_URL_S3: 'http://x' } } }, 'LoopbackNotImitated'],
  [{ Environment: { Variables: { AWS_REGION: 'x' } } }, 'InvalidParameterValueException'],
  [{ Environment: { Variables: { BIG: 'x'.repeat(5000) } } }, 'InvalidParameterValueException'],
  [{ Layers: ['arn:aws:lambda:eu-central-1:123456789012:layer:x:1'] }, 'InvalidParameterValueException'],
  [{ Role: 'arn:aws:iam::123456789012:role/None' }, 'InvalidParameterValueException'],
  [{ TracingConfig: { Mode: 'Active' } }, 'InvalidParameterValueException'],
  [{ VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] } }, 'InvalidParameterValueException'],
  [{ Timeout: 901 }, 'ValidationException'],
  [{ MemorySize: 64 }, 'ValidationException'],
  [{ Description: 'x'.repeat(257) }, 'ValidationException'],
])('the settings %j are refused', async (settings, code) => {
  await expect(fixture.createFunction('refused', SOURCE, settings)).rejects.toMatchObject({ code });
});

test.each([
  [{ TracingConfig: { Mode: 'Active' } }, 'AWSXRayDaemonWriteAccess'],
  [{ VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] } }, 'service-role/AWSLambdaVPCAccessExecutionRole'],
])('the settings %j need the permissions of %s', async (settings, name) => {
  await fixture.cloud.call('iam', 'AttachRolePolicy', { RoleName: 'Worker', PolicyArn: `arn:aws:iam::aws:policy/${name}` });
  await fixture.createFunction('allowed', SOURCE, settings);
  expect((await fixture.cloud.call('lambda', 'GetFunction', { FunctionName: 'allowed' })).Configuration).toMatchObject(settings);
});

test('variables under a key of the customer need the permission to decrypt them', async () => {
  const KMSKeyArn = 'arn:aws:kms:eu-central-1:123456789012:key/0';
  await fixture.createFunction('sealed', 'exports.handler = async () => process.env.MOOD;', { KMSKeyArn, Environment: { Variables: { MOOD: 'good' } } });
  await expect(fixture.invoke('sealed')).rejects.toMatchObject({ code: 'KMSAccessDeniedException' });
  await fixture.cloud.call('iam', 'PutRolePolicy', {
    RoleName: 'Worker',
    PolicyName: 'Key',
    PolicyDocument: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'kms:Decrypt', Resource: KMSKeyArn } },
  });
  expect((await fixture.invoke('sealed')).payload).toBe('good');
});

describe('a layer', () => {
  const publish = () => fixture.cloud.call('lambda', 'PublishLayerVersion', { LayerName: 'tools', Content: { S3Bucket: 'assets', S3Key: 'layer.zip' } });
  const layer = async (Body: Buffer) => {
    fixture.cloud.add(new S3(fixture.cloud));
    await fixture.cloud.call('s3', 'CreateBucket', { Bucket: 'assets' });
    await fixture.cloud.call('s3', 'PutObject', { Bucket: 'assets', Key: 'layer.zip', Body });
    return publish();
  };

  test('has versions, each with an ARN', async () => {
    const arn = 'arn:aws:lambda:eu-central-1:123456789012:layer:tools';
    expect(await layer(zip({ 'bin/tool': '' }))).toEqual({ LayerArn: arn, LayerVersionArn: `${arn}:1`, Version: 1 });
    expect(await publish()).toMatchObject({ LayerVersionArn: `${arn}:2` });
  });

  test('is refused when it is no archive', async () => {
    await expect(layer(Buffer.from('text'))).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
  });

  test('is not mounted, and so refused for a function that could look for it', async () => {
    const { LayerVersionArn } = await layer(zip({ 'bin/tool': '' }));
    await expect(fixture.createFunction('layered', SOURCE, { Layers: [LayerVersionArn] })).rejects.toMatchObject({ code: 'LoopbackNotImitated' });
  });

  test('that is deleted can be given to no function', async () => {
    const { LayerVersionArn } = await layer(zip({ 'bin/tool': '' }));
    await fixture.cloud.call('lambda', 'DeleteLayerVersion', { LayerName: 'tools', VersionNumber: 1 });
    await expect(fixture.createFunction('layered', SOURCE, { Layers: [LayerVersionArn] })).rejects.toMatchObject({
      code: 'InvalidParameterValueException', message: `Layer version ${LayerVersionArn} does not exist.`,
    });
  });
});

test('a second function of the same name is refused', async () => {
  await fixture.createFunction('once', SOURCE);
  await expect(fixture.createFunction('once', SOURCE)).rejects.toMatchObject({ code: 'ResourceConflictException', status: 409 });
});

test('statements of the resource policy are unique', async () => {
  await fixture.createFunction('open', SOURCE);
  const permission = { FunctionName: 'open', StatementId: 'S', Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com' };
  await fixture.cloud.call('lambda', 'AddPermission', permission);
  await expect(fixture.cloud.call('lambda', 'AddPermission', permission)).rejects.toMatchObject({ code: 'ResourceConflictException' });
  await fixture.cloud.call('lambda', 'RemovePermission', permission);
  await expect(fixture.cloud.call('lambda', 'RemovePermission', permission)).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
});
