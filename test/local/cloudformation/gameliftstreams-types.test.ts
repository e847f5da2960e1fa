import { World } from './world';
import type { CloudFormationOptions } from '../../../local/cloudformation';
import { GameLiftStreamsSimulator } from '../../../local/streaming/gameliftstreams';

const HOME = 'eu-west-1';
const REMOTE = 'us-west-2';

function streamsWorld(options: Partial<CloudFormationOptions> = {}) {
  const world = new World(options);
  const keys = ['chess/chess.exe', 'chess/bin/chess.exe', 'chess/2/chess.exe', '1/chess.exe', '2/chess.exe'];
  const streams = new GameLiftStreamsSimulator(world.cloud, { keys: (bucket) => bucket === 'games' ? keys : undefined });
  world.add(streams);
  const deploy = (Resources: object, Outputs: object = {}) => world.cloudformation.deploy('stack', { Resources, Outputs });
  return { world, streams, deploy };
}

const application = (properties: object = {}) => ({
  Type: 'AWS::GameLiftStreams::Application',
  Properties: {
    ApplicationSourceUri: 's3://games/chess',
    Description: 'chess',
    ExecutablePath: 'chess.exe',
    RuntimeEnvironment: { Type: 'PROTON', Version: '20260204' },
    ...properties,
  },
});

const group = (properties: object = {}) => ({
  Type: 'AWS::GameLiftStreams::StreamGroup',
  Properties: {
    Description: 'players', StreamClass: 'gen6n_high', LocationConfigurations: [{ LocationName: HOME, MaximumCapacity: 2 }], ...properties,
  },
});

const inVpc = (VpcId: string) => group({
  LocationConfigurations: [{ LocationName: HOME, MaximumCapacity: '2', VpcTransitConfiguration: { VpcId, Ipv4CidrBlocks: ['10.0.0.0/16'] } }],
});

test('the ARN is the Ref', async () => {
  const { deploy } = streamsWorld();
  const { outputs } = await deploy({ Chess: application(), Players: group() }, Object.fromEntries(['Chess', 'Players'].flatMap((id) => [
    [`${id}Ref`, { Value: { Ref: id } }],
    [`${id}Arn`, { Value: { 'Fn::GetAtt': [id, 'Arn'] } }],
    [`${id}Id`, { Value: { 'Fn::GetAtt': [id, 'Id'] } }],
  ])));
  const arn = 'arn:aws:gameliftstreams:eu-west-1:111122223333';
  expect(outputs).toMatchObject({ ChessRef: `${arn}:application/${outputs.ChessId}`, PlayersRef: `${arn}:streamgroup/${outputs.PlayersId}` });
  expect(outputs).toMatchObject({ ChessArn: outputs.ChessRef, PlayersArn: outputs.PlayersRef });
});

test.each([
  ['ApplicationSourceUri', 's3://games/chess/2'],
  ['ExecutablePath', 'bin/chess.exe'],
  ['RuntimeEnvironment', { Type: 'WINDOWS', Version: '2022' }],
])('a new %s replaces an application', async (name, value) => {
  const { streams, deploy } = streamsWorld();
  await deploy({ Chess: application() });
  const before = streams.remains();
  expect(await deploy({ Chess: application({ [name]: value }) })).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
  expect(streams.remains()).toHaveLength(1);
  expect(streams.remains()).not.toEqual(before);
});

test('a default application that is given by its id replaces the stream group when it is replaced', async () => {
  const { streams, deploy } = streamsWorld();
  const resources = (uri: string) => ({
    Chess: application({ ApplicationSourceUri: uri }), Players: group({ DefaultApplication: { Id: { 'Fn::GetAtt': ['Chess', 'Id'] } } }),
  });
  await deploy(resources('s3://games/1'));
  const before = streams.remains();
  expect(await deploy(resources('s3://games/2'))).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
  expect(streams.remains()).toHaveLength(2);
  before.forEach((arn) => expect(streams.remains()).not.toContain(arn));
});

test('another VPC is refused by the service (strict reading)', async () => {
  const { streams, deploy } = streamsWorld();
  await deploy({ Players: inVpc('vpc-1') });
  const before = streams.remains();
  expect(await deploy({ Players: inVpc('vpc-2') })).toMatchObject({
    status: 'UPDATE_ROLLBACK_COMPLETE', failures: expect.arrayContaining([expect.stringContaining('cannot be changed after the stream group is created')]),
  });
  expect(streams.remains()).toEqual(before);
});

test('another VPC replaces the stream group (lenient reading)', async () => {
  const { streams, deploy } = streamsWorld({ locationVpc: 'replaces' });
  await deploy({ Players: inVpc('vpc-1') });
  const before = streams.remains();
  expect(await deploy({ Players: inVpc('vpc-2') })).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
  expect(streams.remains()).toHaveLength(1);
  expect(streams.remains()).not.toEqual(before);
});

test('a location in ERROR fails a stream group, and nothing is left', async () => {
  const { streams, deploy } = streamsWorld();
  streams.script.failingLocation('players', REMOTE);
  const LocationConfigurations = [{ LocationName: HOME, MaximumCapacity: 2 }, { LocationName: REMOTE, MaximumCapacity: 2 }];
  expect(await deploy({ Players: group({ LocationConfigurations }) })).toMatchObject({
    status: 'ROLLBACK_COMPLETE', failures: expect.arrayContaining([expect.stringContaining('is in ACTIVE_WITH_ERRORS status')]),
  });
  expect(streams.remains()).toEqual([]);
});

test('an added location that ends in ERROR is removed by the rollback', async () => {
  const { streams, world, deploy } = streamsWorld();
  await deploy({ Players: group() });
  streams.script.failingLocation('players', REMOTE);
  const LocationConfigurations = [{ LocationName: HOME, MaximumCapacity: 2 }, { LocationName: REMOTE, MaximumCapacity: 2 }];
  const { status } = await deploy({ Players: group({ LocationConfigurations }) });
  const { LocationStates } = await world.cloud.call('gameliftstreams', 'GetStreamGroup', { Identifier: streams.remains()[0] });
  expect([status, LocationStates.length]).toEqual(['UPDATE_ROLLBACK_COMPLETE', 1]);
});

test('what was deleted by hand is gone', async () => {
  const { world, streams, deploy } = streamsWorld();
  await deploy({ Chess: application() });
  await world.cloud.call('gameliftstreams', 'DeleteApplication', { Identifier: streams.remains()[0] });
  await world.clock.sleep(60_000);
  expect(await world.cloudformation.destroy('stack')).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
});

test('an update is refused while the stream group is not ACTIVE', async () => {
  const { world, streams, deploy } = streamsWorld();
  await deploy({ Players: group() });
  const [Identifier] = streams.remains();
  await world.cloud.call('gameliftstreams', 'AddStreamGroupLocations', {
    Identifier, LocationConfigurations: [{ LocationName: REMOTE, MaximumCapacity: 2 }],
  });
  const { failures } = await deploy({ Players: group({ Description: 'others' }) });
  expect(failures).toEqual(expect.arrayContaining([expect.stringContaining('is in UPDATING_LOCATIONS status. It must be in ACTIVE status.')]));
});

test.each([['strict', 'ROLLBACK_FAILED', 1], ['retries', 'ROLLBACK_COMPLETE', 0]] as const)(
  'what is still in the making when another resource fails cannot be deleted yet (%s): %s', async (conflictingDeletion, end, left) => {
    const { streams, deploy } = streamsWorld({ conflictingDeletion });
    streams.script.failingApplication('chess', 'accessDenied');
    const { status } = await deploy({ Chess: application(), Players: group() });
    expect(status).toBe(end);
    expect(streams.remains()).toHaveLength(left);
  },
);
