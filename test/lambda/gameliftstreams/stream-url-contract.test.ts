import { readFileSync } from 'fs';
import { join } from 'path';
import * as cdk from 'aws-cdk-lib';
import { MINUTE, SharedGame, STACK } from './shared-game';
import { gameliftstreams } from '../../../src';
import { eventOf } from '../engine/events';

interface Schema {
  readonly schema: string;
  readonly properties: Record<string, string>;
}

const SCHEMAS: Schema[] = JSON.parse(readFileSync(join(__dirname, 'fixtures', 'stream-url.json'), 'utf8'));
const TYPE = 'Custom::GameLiftStreamsStreamUrl';

let game: SharedGame;
let answers: { Status: string; PhysicalResourceId: string; Reason?: string }[];

beforeEach(async () => {
  game = await SharedGame.start();
  answers = [];
  game.loopback.endpoint.registerUnsigned('/answers/', ({ body }) => {
    answers.push(JSON.parse(body.toString()));
    return { status: 200 };
  });
});

afterEach(() => game.stop());

test('what StreamUrl says arrives at GameLift Streams', async () => {
  await game.deploy({
    locations: ['us-east-1', 'eu-west-1'],
    usageLimit: 3,
    sessionLength: cdk.Duration.minutes(10),
    additionalLaunchArgs: ['--level', '2'],
    additionalEnvironmentVariables: { STAGE: 'beta' },
    displayResolution: { width: 1280, height: 720 },
    description: 'For friends',
    revocationMode: gameliftstreams.RevocationMode.REVOKE_AND_TERMINATE_SESSIONS,
    revision: '7',
  });
  const [Identifier, ApplicationIdentifier] = ['StreamGroup', 'Application']
    .map((type) => `arn:aws:gameliftstreams:us-east-1:111111111111:${type.toLowerCase()}/${idOf(`AWS::GameLiftStreams::${type}`)}`);
  expect(game.loopback.endpoint.calls.of('gameliftstreams', 'CreateStreamUrl').map(({ input }) => input)).toEqual([{
    Identifier,
    ApplicationIdentifier,
    Protocol: 'WebRTC',
    UrlExpiresAfterMinutes: 120,
    UsageLimit: 3,
    Locations: ['us-east-1', 'eu-west-1'],
    SessionLengthSeconds: 600,
    AdditionalLaunchArgs: ['--level', '2'],
    AdditionalEnvironmentVariables: { STAGE: 'beta' },
    DisplayConfiguration: { Resolution: { Width: 1280, Height: 720 } },
    Description: expect.stringMatching(/^For friends @[0-9a-f]{12}\.[0-9a-f]{8}$/),
    ClientToken: expect.stringMatching(/^[0-9a-f]{64}$/),
  }]);
  await game.destroy();
  expect(game.loopback.endpoint.calls.of('gameliftstreams', 'RevokeStreamUrl').map(({ input }) => input)).toMatchObject([
    { RevocationMode: 'REVOKE_AND_TERMINATE_SESSIONS' },
  ]);
});

/** The id of the stack's only resource of a type, by itself. */
function idOf(type: string): string {
  return game.deployment.physicalId(STACK, type).split('/').pop()!;
}

/** An event of a moment, as Lambda hands it over when CloudFormation's invocation arrives late, again, or out of order. */
async function send(time: string, parts: Parameters<typeof eventOf>[0]): Promise<void> {
  await game.loopback.call('lambda', 'Invoke', {
    FunctionName: game.deployment.physicalId(STACK, 'AWS::Lambda::Function'),
    InvocationType: 'Event',
    Payload: JSON.stringify(eventOf({ ResourceType: TYPE, ResponseURL: `${game.loopback.url}/answers/?X-Amz-Date=20270105T${time}Z`, ...parts })),
  });
  await game.loopback.lambda.idle();
}

async function settle(): Promise<void> {
  await game.loopback.states.idle();
  await game.loopback.lambda.idle();
}

/** The properties of a schema, about what the stack has. */
function about({ properties }: Schema): Record<string, string> {
  const names: Record<string, string> = {
    '<group>': `arn:aws:gameliftstreams:us-east-1:111111111111:streamgroup/${idOf('AWS::GameLiftStreams::StreamGroup')}`,
    '<application>': `arn:aws:gameliftstreams:us-east-1:111111111111:application/${idOf('AWS::GameLiftStreams::Application')}`,
    '<secret>': game.deployment.physicalId(STACK, 'AWS::SecretsManager::Secret'),
  };
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, names[value] ?? value]));
}

/** What was deployed with one release is updated and deleted with another, for ever. Add a schema here; never change one. */
describe.each(SCHEMAS)('a stream URL with the schema $schema', (schema) => {
  let id: string;

  beforeEach(async () => {
    await game.deploy();
    await send('100000', { RequestType: 'Create', ResourceProperties: about(schema) });
    await settle();
    [{ PhysicalResourceId: id }] = answers;
  });

  test('is made, beside that of another owner', async () => {
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(await game.live()).toEqual([expect.anything(), (await game.secret()).StreamUrl]);
  });

  test('is updated, and deleted in the clean-up', async () => {
    await send('110000', { RequestType: 'Update', PhysicalResourceId: id, OldResourceProperties: about(schema), ResourceProperties: { ...about(schema), Revision: '2' } });
    await settle();
    expect(answers[1]).toMatchObject({ Status: 'SUCCESS' });
    expect(answers[1].PhysicalResourceId).not.toBe(id);
    await send('120000', { RequestType: 'Delete', PhysicalResourceId: id, ResourceProperties: about(schema) });
    await settle();
    expect(answers[2]).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: id });
    expect(await game.statuses()).toEqual(['ACTIVE', 'REVOKED', 'ACTIVE']);
  });

  test('is what a rollback comes back to, and nothing else is made', async () => {
    const newer = { ...about(schema), Revision: '2' };
    await send('110000', { RequestType: 'Update', PhysicalResourceId: id, OldResourceProperties: about(schema), ResourceProperties: newer });
    await settle();
    await send('120000', { RequestType: 'Update', PhysicalResourceId: answers[1].PhysicalResourceId, OldResourceProperties: newer, ResourceProperties: about(schema) });
    await settle();
    expect(answers[2]).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: id });
    expect(game.times('CreateStreamUrl')).toBe(3);
  });

  test('is deleted, also with an id that nobody answered, and that of another owner stays', async () => {
    await send('110000', { RequestType: 'Delete', PhysicalResourceId: 'office-FleetLifecycle1A2B3C4D-1XKPV3Q0EXAMPLE', ResourceProperties: about(schema) });
    await settle();
    expect(answers[1]).toMatchObject({ Status: 'SUCCESS' });
    expect(await game.statuses()).toEqual(['ACTIVE', 'REVOKED']);
  });

  test('stays gone when its Create comes once more, after its Delete', async () => {
    await send('120000', { RequestType: 'Delete', PhysicalResourceId: id, ResourceProperties: about(schema) });
    await settle();
    await send('110000', { RequestType: 'Create', RequestId: 'another', ResourceProperties: about(schema) });
    await settle();
    expect(answers).toHaveLength(2);
    expect(await game.statuses()).toEqual(['ACTIVE', 'REVOKED']);
  });

  test('is revoked by the Delete that overtakes its Update', async () => {
    game.loopback.endpoint.faults.add({ operation: 'CreateStreamUrl', lambdaOnly: true, times: 20, fault: { kind: 'throttle' } });
    await send('110000', { RequestType: 'Update', PhysicalResourceId: id, OldResourceProperties: about(schema), ResourceProperties: { ...about(schema), Revision: '2' } });
    await game.loopback.clock.sleep(MINUTE);
    await send('120000', { RequestType: 'Delete', PhysicalResourceId: id, ResourceProperties: about(schema) });
    await settle();
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }, { Status: 'SUCCESS', PhysicalResourceId: id }]);
    expect(await game.statuses()).toEqual(['ACTIVE', 'REVOKED']);
  });
});
