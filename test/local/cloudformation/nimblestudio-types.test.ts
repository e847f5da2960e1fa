import { World } from './world';
import type { CloudFormationOptions } from '../../../local/cloudformation';
import { NimbleStudioSimulator } from '../../../local/streaming/nimblestudio';
import type { NimbleStudioOptions } from '../../../local/streaming/nimblestudio/options';

const ROLE = 'arn:aws:iam::111122223333:role/portal';

function nimbleWorld(nimbleOptions: NimbleStudioOptions = {}, options: Partial<CloudFormationOptions> = {}) {
  const world = new World(options);
  const nimble = new NimbleStudioSimulator(world.cloud, nimbleOptions);
  world.add(nimble);
  return { world, nimble };
}

const studio = (properties: object = {}) => ({
  Type: 'AWS::NimbleStudio::Studio',
  Properties: { AdminRoleArn: ROLE, UserRoleArn: ROLE, DisplayName: 'Pictures', StudioName: 'pictures', ...properties },
});
const inStudio = (type: string, properties: object) => ({
  Type: `AWS::NimbleStudio::${type}`, Properties: { StudioId: { Ref: 'Studio' }, ...properties },
});
const image = (properties: object = {}) => inStudio('StreamingImage', { Ec2ImageId: 'ami-0123456789abcdef0', Name: 'Image', ...properties });
const component = (properties: object = {}) => inStudio('StudioComponent', { Name: 'Component', Type: 'CUSTOM', ...properties });
const profile = (properties: object = {}) => inStudio('LaunchProfile', {
  Name: 'Profile',
  Ec2SubnetIds: ['subnet-1'],
  LaunchProfileProtocolVersions: ['2021-03-31'],
  StudioComponentIds: [{ Ref: 'Component' }],
  StreamConfiguration: { ClipboardMode: 'DISABLED', Ec2InstanceTypes: ['g5.2xlarge'], StreamingImageIds: [{ Ref: 'Image' }] },
  ...properties,
});
const ALL = { Studio: studio(), Image: image(), Component: component(), Profile: profile() };
const attribute = (resource: string, name: string) => ({ Value: { 'Fn::GetAtt': [resource, name] } });
const wait = (world: World) => world.clock.sleep(600_000);

const callsOf = (world: World) => world.calls.filter((call) => call.startsWith('nimble:') && !/:(Get|List)/.test(call)).map((call) => call.slice(7));

test('the id is the Ref of each of them', async () => {
  const { world } = nimbleWorld();
  const { outputs } = await world.cloudformation.deploy('stack', {
    Resources: ALL,
    Outputs: Object.fromEntries([['Studio', 'StudioId'], ['Image', 'StreamingImageId'], ['Component', 'StudioComponentId'], ['Profile', 'LaunchProfileId']]
      .flatMap(([id, name]) => [[`${id}Ref`, { Value: { Ref: id } }], [`${id}Id`, attribute(id, name)]])),
  });
  for (const id of Object.keys(ALL)) {
    expect(outputs[`${id}Ref`]).toMatch(id === 'Studio' ? /^eu-west-1-\w{16}$/ : /^[\w-]{22}$/);
    expect(outputs[`${id}Id`]).toBe(outputs[`${id}Ref`]);
  }
});

test('attributes are what the service says', async () => {
  const { world } = nimbleWorld();
  const keyArn = 'arn:aws:kms:eu-west-1:111122223333:key/1234';
  const { outputs } = await world.cloudformation.deploy('stack', {
    Resources: { Studio: studio({ StudioEncryptionConfiguration: { KeyType: 'CUSTOMER_MANAGED_KEY', KeyArn: keyArn } }), Image: image() },
    Outputs: {
      Region: attribute('Studio', 'HomeRegion'),
      Url: attribute('Studio', 'StudioUrl'),
      Client: attribute('Studio', 'SsoClientId'),
      Owner: attribute('Image', 'Owner'),
      Platform: attribute('Image', 'Platform'),
      Key: attribute('Image', 'EncryptionConfiguration.KeyArn'),
      KeyType: attribute('Image', 'EncryptionConfiguration.KeyType'),
      Eula: { Value: { 'Fn::Select': [0, { 'Fn::GetAtt': ['Image', 'EulaIds'] }] } },
    },
  });
  const { studios: [found] } = await world.cloud.call('nimble', 'ListStudios', {});
  const { streamingImages: [{ eulaIds }] } = await world.cloud.call('nimble', 'ListStreamingImages', { studioId: found.studioId });
  expect(outputs).toEqual({
    Region: 'eu-west-1',
    Url: found.studioUrl,
    Client: found.ssoClientId,
    Owner: found.studioId,
    Platform: 'LINUX',
    Key: keyArn,
    KeyType: 'CUSTOMER_MANAGED_KEY',
    Eula: eulaIds[0],
  });
});

test.each([
  ['StudioName', 'Studio', 'CreateStudio', { ...ALL, Studio: studio({ StudioName: 'films' }) }],
  ['Ec2SubnetIds', 'Profile', 'CreateLaunchProfile', { ...ALL, Profile: profile({ Ec2SubnetIds: ['subnet-2'] }) }],
  ['Ec2ImageId', 'Image', 'CreateStreamingImage', { ...ALL, Image: image({ Ec2ImageId: 'ami-0fedcba9876543210' }) }],
  ['Subtype', 'Component', 'CreateStudioComponent', { ...ALL, Component: component({ Subtype: 'CUSTOM' }) }],
  ['Tags', 'Component', 'CreateStudioComponent', { ...ALL, Component: component({ Tags: { project: 'film' } }) }],
])('another %s replaces a %s', async (_property, _id, operation, resources) => {
  const { world } = nimbleWorld({ quotas: { studios: 2 } });
  await world.cloudformation.deploy('stack', { Resources: ALL });
  world.calls.length = 0;
  expect(await world.cloudformation.deploy('stack', { Resources: resources })).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
  expect(callsOf(world)).toContain(operation);
});

test('another Type changes a component in place', async () => {
  const { world } = nimbleWorld();
  await world.cloudformation.deploy('stack', { Resources: ALL });
  world.calls.length = 0;
  await world.cloudformation.deploy('stack', { Resources: { ...ALL, Component: component({ Type: 'COMPUTE_FARM' }) } });
  expect(callsOf(world)).toEqual(['UpdateStudioComponent']);
});

test('the encryption of a studio cannot be changed', async () => {
  const { world } = nimbleWorld();
  await world.cloudformation.deploy('stack', { Resources: { Studio: studio() } });
  world.calls.length = 0;
  const { status, failures } = await world.cloudformation.deploy('stack', {
    Resources: { Studio: studio({ StudioEncryptionConfiguration: { KeyType: 'AWS_OWNED_KEY' } }) },
  });
  expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(failures).toContain('Studio: Nimble Studio cannot change StudioEncryptionConfiguration of a Studio.');
  expect(callsOf(world)).not.toContain('UpdateStudio');
});

test.each(['shown', 'not-found'] as const)('what was deleted may be %s', async (deleted) => {
  const { world } = nimbleWorld({ readings: { deleted } });
  await world.cloudformation.deploy('stack', { Resources: ALL });
  expect(await world.cloudformation.destroy('stack')).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
  expect(await world.cloud.call('nimble', 'ListStudios', {})).toEqual({ studios: [] });
});

test.each([
  ['delete-failed', 'The studio still has streaming images. (DELETE_FAILED: STUDIO_WITH_STREAMING_IMAGES_NOT_DELETED)'],
  ['ConflictException', 'The studio still has streaming images.'],
] as const)('a studio that is not empty stays (%s)', async (deleteOfFull, reason) => {
  const { world } = nimbleWorld({ readings: { deleteOfFull } });
  await world.cloudformation.deploy('stack', { Resources: { Studio: studio() } });
  const { studios: [{ studioId }] } = await world.cloud.call('nimble', 'ListStudios', {});
  await world.cloud.call('nimble', 'CreateStreamingImage', { studioId, ec2ImageId: 'ami-0123456789abcdef0', name: 'Stranger' });
  await wait(world);
  const { status, failures } = await world.cloudformation.destroy('stack');
  expect(status).toBe('DELETE_FAILED');
  expect(failures.join()).toContain(reason);
});

test('what is still being made when another resource fails is waited for, and deleted', async () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const { world, nimble } = nimbleWorld({}, { seed });
    nimble.script.slow('CreateStreamingImage', 1_800_000);
    nimble.script.fail('CreateStudioComponent', { statusCode: 'INTERNAL_ERROR', statusMessage: 'Out of pictures.' });
    const { status } = await world.cloudformation.deploy('stack', { Resources: ALL });
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(callsOf(world)).toContain('DeleteStreamingImage');
    expect(await world.cloud.call('nimble', 'ListStudios', {})).toEqual({ studios: [] });
  }
});

test('what is still being changed when another resource fails is waited for, and changed back', async () => {
  const { world, nimble } = nimbleWorld();
  await world.cloudformation.deploy('stack', { Resources: ALL });
  nimble.script.slow('UpdateStreamingImage', 1_800_000);
  nimble.script.fail('UpdateStudioComponent', { statusCode: 'INTERNAL_ERROR', statusMessage: 'Out of pictures.' });
  const { status } = await world.cloudformation.deploy('stack', {
    Resources: { ...ALL, Image: image({ Name: 'Other image' }), Component: component({ Name: 'Other component' }) },
  });
  expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
  const { studios: [{ studioId }] } = await world.cloud.call('nimble', 'ListStudios', {});
  expect((await world.cloud.call('nimble', 'ListStreamingImages', { studioId })).streamingImages).toMatchObject([{ state: 'READY', name: 'Image' }]);
});
