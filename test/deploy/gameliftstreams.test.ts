import * as cdk from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Deployment } from './deployment';
import type { CloudFormationOptions } from '../../local/cloudformation';
import { gameliftstreams } from '../../src';

const { ApplicationSource, Location, RuntimeEnvironment, StreamClass } = gameliftstreams;
const CREATED = { status: 'CREATE_COMPLETE', failures: [] };
const UPDATED = { status: 'UPDATE_COMPLETE', failures: [] };
const DELETED = { status: 'DELETE_COMPLETE', failures: [] };

let deployment: Deployment;

async function start(cloudformation: Partial<CloudFormationOptions> = {}): Promise<void> {
  deployment = await Deployment.start({ cloudformation });
  await deployment.fillBucket('games', ['game/1/game.exe', 'game/2/game.exe']);
}

beforeEach(() => start());

afterEach(() => deployment.stop());

interface Wish {
  readonly version?: string;
  readonly game?: string;
  readonly group?: string;
  readonly generation?: string;
  readonly streamClass?: gameliftstreams.StreamClass;
  readonly elsewhere?: Readonly<Record<string, number>>;
  readonly tags?: Readonly<Record<string, string>>;
}

const deploy = ({ version = '1', game, group, generation, streamClass = StreamClass.GEN6N_HIGH, elsewhere = {}, tags = {} }: Wish = {}) =>
  deployment.deploy((app) => {
    const stack = new cdk.Stack(app, 'Playtest');
    const application = new gameliftstreams.Application(stack, 'Game', {
      source: ApplicationSource.fromBucket(s3.Bucket.fromBucketName(stack, 'Games', 'games'), `game/${version}`),
      executablePath: 'game.exe',
      runtimeEnvironment: RuntimeEnvironment.PROTON_20260204,
      description: game,
    });
    new gameliftstreams.StreamGroup(stack, 'Group', {
      streamClass,
      generation,
      defaultApplication: application,
      description: group,
      locations: [
        Location.primary({ maximumCapacity: 2 }),
        ...Object.entries(elsewhere).map(([name, maximumCapacity]) => Location.of(name, { maximumCapacity })),
      ],
    });
    Object.entries(tags).forEach(([key, value]) => cdk.Tags.of(stack).add(key, value));
    return stack;
  });

const application = async () => call('GetApplication', { Identifier: deployment.physicalId('Playtest', 'AWS::GameLiftStreams::Application') });
const streamGroup = async () => call('GetStreamGroup', { Identifier: deployment.physicalId('Playtest', 'AWS::GameLiftStreams::StreamGroup') });
const call = (operation: string, input: object) => deployment.loopback.call('gameliftstreams', operation, input);
const remains = () => deployment.loopback.gameliftstreams.remains();

test('an application and a stream group are created, ready to stream, and nothing is left of them', async () => {
  expect(await deploy()).toMatchObject(CREATED);
  const { Arn, Id } = await application();
  expect(await application()).toMatchObject({ Status: 'READY', Description: 'Playtest/Game', ApplicationSourceUri: 's3://games/game/1' });
  expect(await streamGroup()).toMatchObject({
    Status: 'ACTIVE',
    Description: 'Playtest/Group',
    StreamClass: 'gen6n_high',
    DefaultApplication: { Arn, Id },
    LocationStates: [{ LocationName: 'us-east-1', MaximumCapacity: 2, AlwaysOnCapacity: 0, TargetIdleCapacity: 0 }],
  });
  expect(await deployment.destroy('Playtest')).toMatchObject(DELETED);
  expect(remains()).toEqual([]);
});

test('descriptions, capacities, locations and tags are updated in place', async () => {
  await deploy({ elsewhere: { 'eu-west-1': 2, 'us-west-2': 2 }, tags: { team: 'red', stage: 'test' } });
  const before = remains();
  expect(await deploy({
    game: 'Chess', group: 'Players', elsewhere: { 'eu-west-1': 4, 'eu-central-1': 2 }, tags: { team: 'blue' },
  })).toMatchObject(UPDATED);
  expect(remains()).toEqual(before);
  expect(await application()).toMatchObject({ Description: 'Chess' });
  const { Arn: ResourceArn, Description, Status, LocationStates } = await streamGroup();
  expect({ Description, Status }).toEqual({ Description: 'Players', Status: 'ACTIVE' });
  expect(LocationStates).toMatchObject([
    { LocationName: 'us-east-1', MaximumCapacity: 2 },
    { LocationName: 'eu-west-1', MaximumCapacity: 4 },
    { LocationName: 'eu-central-1', MaximumCapacity: 2 },
  ]);
  expect(await call('ListTagsForResource', { ResourceArn })).toEqual({ Tags: { 'cdk-app-streaming:stack': 'Playtest', 'team': 'blue' } });
});

test('a new stream class replaces the stream group alone', async () => {
  await deploy();
  const [game, group] = remains();
  expect(await deploy({ streamClass: StreamClass.GEN6N_ULTRA })).toMatchObject(UPDATED);
  expect(remains()).toEqual([game, expect.stringContaining(':streamgroup/')]);
  expect(remains()).not.toContain(group);
});

describe('an application that is replaced while it is the default', () => {
  test('fails, and all is as it was, if CloudFormation leaves the association to others', async () => {
    await deploy();
    const before = remains();
    expect(await deploy({ version: '2' })).toMatchObject({
      status: 'UPDATE_ROLLBACK_COMPLETE',
      failures: expect.arrayContaining([expect.stringContaining('is not associated with the stream group')]),
    });
    expect(remains()).toEqual(before);
  });

  test('stays behind if CloudFormation associates the new one only', async () => {
    deployment.loopback.cloudformation.options.defaultApplication = 'associates';
    await deploy();
    expect(await deploy({ version: '2' })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await streamGroup()).toMatchObject({ DefaultApplication: { Arn: (await application()).Arn } });
    expect(remains()).toHaveLength(3);
    expect(await deployment.destroy('Playtest')).toMatchObject(DELETED);
  });

  test('gives way to the new one in place if CloudFormation exchanges the associations', async () => {
    deployment.loopback.cloudformation.options.defaultApplication = 'exchanges';
    await deploy();
    const [, group] = remains();
    expect(await deploy({ version: '2' })).toMatchObject(UPDATED);
    const { Arn } = await application();
    expect(remains().sort()).toEqual([Arn, group].sort());
    expect(await streamGroup()).toMatchObject({ DefaultApplication: { Arn }, AssociatedApplications: [Arn] });
  });

  test.each(['strict', 'associates', 'exchanges'] as const)('gives way together with its group in a new generation, whatever CloudFormation does (%s)', async (defaultApplication) => {
    deployment.loopback.cloudformation.options.defaultApplication = defaultApplication;
    await deploy();
    const before = remains();
    expect(await deploy({ version: '2', generation: 'v2' })).toMatchObject(UPDATED);
    expect(remains()).toHaveLength(2);
    expect(remains()).not.toEqual(expect.arrayContaining([before[0]]));
    expect(await streamGroup()).toMatchObject({ DefaultApplication: { Arn: (await application()).Arn } });
  });
});

describe('with the reason of the service', () => {
  test('fails an application, and nothing is left', async () => {
    deployment.loopback.gameliftstreams.script.failingApplication('Chess', 'accessDenied');
    expect(await deploy({ game: 'Chess' })).toMatchObject({
      status: 'ROLLBACK_COMPLETE', failures: expect.arrayContaining([expect.stringContaining('is in ERROR status: accessDenied')]),
    });
    expect(remains()).toEqual([]);
  });

  test('fails a stream group, and nothing is left', async () => {
    deployment.loopback.gameliftstreams.script.failingStreamGroup('Players', 'noAvailableInstances');
    expect(await deploy({ group: 'Players' })).toMatchObject({
      status: 'ROLLBACK_COMPLETE', failures: expect.arrayContaining([expect.stringContaining('is in ERROR status: noAvailableInstances')]),
    });
    expect(remains()).toEqual([]);
  });

  test('fails a new generation, and the old one stays as it was', async () => {
    await deploy();
    const before = remains();
    deployment.loopback.gameliftstreams.script.failingStreamGroup('Players', 'noAvailableInstances');
    expect(await deploy({ version: '2', generation: 'v2', group: 'Players' })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(remains()).toEqual(before);
    expect(await application()).toMatchObject({ ApplicationSourceUri: 's3://games/game/1' });
  });
});

test.each([2, 3, 4, 5, 6])('the order in which CloudFormation works makes no difference (seed %i)', async (seed) => {
  await deployment.stop();
  await start({ seed });
  expect(await deploy({ elsewhere: { 'eu-west-1': 2 } })).toMatchObject(CREATED);
  expect(await deploy({ elsewhere: { 'us-west-2': 4 }, game: 'Chess', group: 'Players' })).toMatchObject(UPDATED);
  expect(await deploy({ version: '2', generation: 'v2' })).toMatchObject(UPDATED);
  expect(await deployment.destroy('Playtest')).toMatchObject(DELETED);
  expect(remains()).toEqual([]);
});
