import { World } from './world';
import type { CloudFormationOptions } from '../../../local/cloudformation';
import { S3 } from '../../../local/services/s3';
import { AppStreamSimulator } from '../../../local/streaming/appstream';
import type { Readings } from '../../../local/streaming/appstream/options';

const ARN = 'arn:aws:appstream:eu-west-1:111122223333';
const SCRIPT = { ScriptS3Location: { S3Bucket: 'content', S3Key: 'setup.ps1' }, ExecutablePath: 'powershell.exe', TimeoutInSeconds: 60 };
const POLICY = {
  Version: '2012-10-17',
  Statement: [{
    Effect: 'Allow',
    Principal: { Service: 'appstream.amazonaws.com' },
    Action: ['s3:GetObject', 's3:ListBucket', 's3:PutObject', 's3:GetBucketOwnershipControls'],
    Resource: ['arn:aws:s3:::content', 'arn:aws:s3:::content/*'],
  }],
};

async function elasticWorld(options: Partial<CloudFormationOptions> = {}, readings: Partial<Readings> = {}) {
  const world = new World({ concurrency: 1, ...options });
  const s3 = new S3(world.cloud);
  world.add(s3);
  world.add(new AppStreamSimulator(world.cloud, { readings }, s3));
  await world.cloud.call('s3', 'CreateBucket', { Bucket: 'content' });
  for (const Key of ['app.vhdx', 'new.vhdx', 'setup.ps1', 'icon.png']) {
    await world.cloud.call('s3', 'PutObject', { Bucket: 'content', Key, Body: Key });
  }
  await world.cloud.call('s3', 'PutBucketPolicy', { Bucket: 'content', Policy: JSON.stringify(POLICY) });
  return world;
}

const appBlock = (properties: object = {}) => ({
  Type: 'AWS::AppStream::AppBlock',
  Properties: { Name: 'apps', SourceS3Location: { S3Bucket: 'content', S3Key: 'app.vhdx' }, SetupScriptDetails: SCRIPT, ...properties },
});

const application = (properties: object = {}) => ({
  Type: 'AWS::AppStream::Application',
  Properties: {
    Name: 'editor',
    AppBlockArn: { Ref: 'AppBlock' },
    IconS3Location: { S3Bucket: 'content', S3Key: 'icon.png' },
    LaunchPath: 'D:\\editor.exe',
    Platforms: ['WINDOWS_SERVER_2019'],
    InstanceFamilies: ['GENERAL_PURPOSE'],
    ...properties,
  },
});

const fleet = (properties: object = {}) => ({
  Type: 'AWS::AppStream::Fleet',
  Properties: {
    Name: 'elastic',
    FleetType: 'ELASTIC',
    InstanceType: 'stream.standard.small',
    Platform: 'WINDOWS_SERVER_2019',
    MaxConcurrentSessions: 5,
    VpcConfig: { SubnetIds: ['subnet-1', 'subnet-2'] },
    ...properties,
  },
});

const association = { Type: 'AWS::AppStream::ApplicationFleetAssociation', Properties: { FleetName: { Ref: 'Fleet' }, ApplicationArn: { Ref: 'Application' } } };

const callsOf = (world: World) => world.calls.filter((call) => call.startsWith('appstream:') && !call.includes('Describe')).map((call) => call.slice(10));
const read = async (world: World, operation: string, input: object = {}) => {
  const answer = await world.cloud.call('appstream', operation, input);
  return answer[Object.keys(answer).find((key) => key !== 'NextToken')!];
};

test('an Elastic app is made, with its ARNs as Refs, and taken apart', async () => {
  const world = await elasticWorld();
  const { status, outputs } = await world.cloudformation.deploy('stack', {
    Resources: { AppBlock: appBlock({ Tags: [{ Key: 'a', Value: 'b' }] }), Application: application(), Fleet: fleet(), Association: association },
    Outputs: { AppBlock: { Value: { Ref: 'AppBlock' } }, Application: { Value: { 'Fn::GetAtt': ['Application', 'Arn'] } }, Association: { Value: { Ref: 'Association' } } },
  });
  expect(status).toBe('CREATE_COMPLETE');
  expect(outputs).toEqual({ AppBlock: `${ARN}:app-block/apps`, Application: `${ARN}:application/editor`, Association: `elastic|${ARN}:application/editor` });
  expect(await read(world, 'ListTagsForResource', { ResourceArn: `${ARN}:app-block/apps` })).toEqual({ a: 'b' });
  expect((await world.cloudformation.destroy('stack')).status).toBe('DELETE_COMPLETE');
  expect(await read(world, 'DescribeAppBlocks')).toEqual([]);
});

test.each([
  ['Description', { Description: 'other' }], ['DisplayName', { DisplayName: 'other' }],
  ['SourceS3Location', { SourceS3Location: { S3Bucket: 'content', S3Key: 'new.vhdx' } }],
  ['SetupScriptDetails', { SetupScriptDetails: { ...SCRIPT, TimeoutInSeconds: 61 } }],
])('another %s makes another app block, which its applications go to before the old one is deleted', async (_name, properties) => {
  const world = await elasticWorld();
  await world.cloudformation.deploy('stack', { Resources: { AppBlock: appBlock(), Application: application() } });
  const { status } = await world.cloudformation.deploy('stack', { Resources: { AppBlock: appBlock({ ...properties, Name: 'second' }), Application: application() } });
  expect(status).toBe('UPDATE_COMPLETE');
  expect(callsOf(world)).toEqual(['CreateAppBlock', 'CreateApplication', 'CreateAppBlock', 'UpdateApplication', 'DeleteAppBlock']);
  expect((await read(world, 'DescribeApplications'))[0].AppBlockArn).toBe(`${ARN}:app-block/second`);
});

test('an app block cannot be replaced under its own name', async () => {
  const world = await elasticWorld();
  await world.cloudformation.deploy('stack', { Resources: { AppBlock: appBlock() } });
  const { status, failures } = await world.cloudformation.deploy('stack', { Resources: { AppBlock: appBlock({ Description: 'other' }) } });
  expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(failures[0]).toContain('ResourceAlreadyExistsException');
});

test('tags of app blocks and applications are changed in place', async () => {
  const world = await elasticWorld();
  const resources = (Value: string) => ({ AppBlock: appBlock({ Tags: [{ Key: 'a', Value }] }), Application: application({ Tags: [{ Key: 'a', Value }] }) });
  await world.cloudformation.deploy('stack', { Resources: resources('1') });
  await world.cloudformation.deploy('stack', { Resources: resources('2') });
  expect(callsOf(world).slice(2)).toEqual(['TagResource', 'TagResource']);
});

test('an application is updated in place, and loses only what AttributesToDelete names', async () => {
  const world = await elasticWorld();
  const deploy = (properties: object) => world.cloudformation.deploy('stack', { Resources: { AppBlock: appBlock(), Application: application(properties) } });
  await deploy({ LaunchParameters: '--quiet', WorkingDirectory: 'D:\\', AttributesToDelete: [] });
  await deploy({ LaunchPath: 'D:\\new.exe' });
  expect((await read(world, 'DescribeApplications'))[0]).toMatchObject({ LaunchPath: 'D:\\new.exe', LaunchParameters: '--quiet', WorkingDirectory: 'D:\\' });
  await deploy({ LaunchPath: 'D:\\new.exe', AttributesToDelete: ['LAUNCH_PARAMETERS'] });
  expect((await read(world, 'DescribeApplications'))[0].LaunchParameters).toBeUndefined();
});

test.each([['Platforms', { Platforms: ['AMAZON_LINUX2'] }], ['InstanceFamilies', { InstanceFamilies: ['GRAPHICS_G4'] }], ['Name', {}]])(
  'an application is replaced for another %s', async (_name, properties) => {
    const world = await elasticWorld();
    await world.cloudformation.deploy('stack', { Resources: { AppBlock: appBlock(), Application: application() } });
    await world.cloudformation.deploy('stack', { Resources: { AppBlock: appBlock(), Application: application({ ...properties, Name: 'second' }) } });
    expect(callsOf(world).slice(2)).toEqual(['CreateApplication', 'DeleteApplication']);
  });

describe('an app block builder', () => {
  const empty = appBlock({ PackagingType: 'APPSTREAM2', SetupScriptDetails: undefined, SourceS3Location: { S3Bucket: 'content' } });
  const builder = (properties: object = {}) => ({
    Type: 'AWS::AppStream::AppBlockBuilder',
    Properties: {
      Name: 'packer',
      Platform: 'WINDOWS_SERVER_2019',
      InstanceType: 'stream.standard.small',
      VpcConfig: { SubnetIds: ['subnet-1', 'subnet-2'] },
      AppBlockArns: [{ Ref: 'AppBlock' }],
      ...properties,
    },
  });
  const resources = (properties: object = {}) => ({ Resources: { AppBlock: empty, Builder: builder(properties) } });
  const stateOf = async (world: World) => (await read(world, 'DescribeAppBlockBuilders'))[0].State;

  test.each([['strict', 'STOPPED'], ['starts', 'RUNNING']] as const)('is associated with its app block, and %s leaves it %s', async (appBlockBuilderHandler, state) => {
    const world = await elasticWorld({ appBlockBuilderHandler });
    expect((await world.cloudformation.deploy('stack', resources())).status).toBe('CREATE_COMPLETE');
    expect(await stateOf(world)).toBe(state);
    expect((await world.cloudformation.destroy('stack')).status).toBe('DELETE_COMPLETE');
    expect(await read(world, 'DescribeAppBlockBuilders')).toEqual([]);
  });

  test.each([
    ['strict', { DisplayName: 'Packer' }, 'UPDATE_COMPLETE'],
    ['strict', { InstanceType: 'stream.standard.large' }, 'UPDATE_ROLLBACK_FAILED'],
    ['strict', { AppBlockArns: [] }, 'UPDATE_ROLLBACK_FAILED'],
    ['starts', { InstanceType: 'stream.standard.large' }, 'UPDATE_COMPLETE'],
  ] as const)('that runs is updated (%s) with %j: %s', async (appBlockBuilderHandler, properties, end) => {
    const world = await elasticWorld({ appBlockBuilderHandler });
    await world.cloudformation.deploy('stack', resources());
    if (appBlockBuilderHandler === 'strict') {
      await world.cloud.call('appstream', 'StartAppBlockBuilder', { Name: 'packer' });
      await world.clock.sleep(10 * 60_000);
    }
    expect((await world.cloudformation.deploy('stack', resources(properties))).status).toBe(end);
    expect(await stateOf(world)).toBe('RUNNING');
  });

  test('that is stopped gets another app block', async () => {
    const world = await elasticWorld();
    await world.cloudformation.deploy('stack', resources());
    await world.cloudformation.deploy('stack', { Resources: { AppBlock: { ...empty, Properties: { ...empty.Properties, Name: 'second' } }, Builder: builder() } });
    expect(callsOf(world).slice(3)).toEqual(['CreateAppBlock', 'DisassociateAppBlockBuilderAppBlock', 'AssociateAppBlockBuilderAppBlock', 'DeleteAppBlock']);
  });
});
