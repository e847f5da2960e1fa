import { readFileSync } from 'fs';
import { join } from 'path';
import { type Made, Playtest, PRIMARY, STACK } from './playtest';
import { gameliftstreams } from '../../../src';
import { type EventParts, eventOf } from '../engine/events';

interface Schema {
  readonly schema: string;
  readonly properties: Record<string, string>;
}

const schemasOf = (resource: string): Schema[] => JSON.parse(readFileSync(join(__dirname, 'fixtures', `${resource}.json`), 'utf8'));

let playtest: Playtest;
let answers: { Status: string; PhysicalResourceId: string; Reason?: string }[];

beforeEach(async () => {
  playtest = await Playtest.start();
  answers = [];
  playtest.loopback.endpoint.registerUnsigned('/answers/', ({ body }) => {
    answers.push(JSON.parse(body.toString()));
    return { status: 200 };
  });
});

afterEach(() => playtest.stop());

function add({ stack, group, first, second }: Made): gameliftstreams.StreamSession {
  group.addApplication(second);
  return new gameliftstreams.StreamSession(stack, 'Session', {
    streamGroup: group, application: first, locations: [PRIMARY], userId: 'me', performanceStats: true, revision: '1', additionalLaunchArgs: ['--level', '2'],
  });
}

interface Received {
  readonly LogicalResourceId: string;
  readonly StackId: string;
  readonly ResourceProperties: Record<string, string>;
}

/** The newest request for a type of resource, as it arrived from CloudFormation. */
async function received(type: string): Promise<Received> {
  for (const { options: { arn } } of [...playtest.loopback.states.executions].reverse()) {
    const { input } = await playtest.loopback.call('states', 'DescribeExecution', { executionArn: arn });
    const { event } = JSON.parse(input);
    if (event.ResourceType === type) {
      return event;
    }
  }
  throw new Error(`no request for ${type}`);
}

async function send(time: string, parts: EventParts & { readonly StackId?: string }): Promise<void> {
  await playtest.loopback.call('lambda', 'Invoke', {
    FunctionName: playtest.deployment.physicalId(STACK, 'AWS::Lambda::Function'),
    InvocationType: 'Event',
    Payload: JSON.stringify({ ...eventOf({ ResponseURL: `${playtest.loopback.url}/answers/?X-Amz-Date=20270105T${time}Z`, ...parts }), ...parts }),
  });
  await playtest.loopback.lambda.idle();
  await playtest.loopback.states.idle();
}

describe('a stream session', () => {
  const ofSession = 'Custom::GameLiftStreamsStreamSession';

  test('arrives at GameLift Streams as the construct says it', async () => {
    await playtest.deploy({ add });
    const { ResourceProperties: { ServiceToken, ServiceTimeout, Launch, ...properties } } = await received(ofSession);
    const arn = expect.stringMatching(/^arn:aws:gameliftstreams:/);
    expect(properties).toEqual({
      StreamGroupArn: arn, ApplicationArn: arn, ConnectionTimeoutSeconds: '3600', PerformanceStats: 'true', UserId: 'me', Revision: '1', TimeoutSeconds: '2700',
    });
    expect(JSON.parse(Launch)).toEqual({ Description: 'Playtest/Session', Locations: ['us-east-1'], AdditionalLaunchArgs: ['--level', '2'] });
    const [{ input }] = playtest.loopback.endpoint.calls.of('gameliftstreams', 'StartStreamSession');
    expect(input).toEqual({
      AdditionalLaunchArgs: ['--level', '2'],
      ApplicationIdentifier: expect.stringMatching(/^a-\w{9}$/),
      ClientToken: expect.stringMatching(/^[0-9a-f]{64}$/),
      ConnectionTimeoutSeconds: 3600,
      Description: expect.stringMatching(/^Playtest\/Session @[0-9a-f]{12}\.[0-9a-f]{8}$/),
      Identifier: expect.stringMatching(/^sg-\w{9}$/),
      Locations: ['us-east-1'],
      PerformanceStatsConfiguration: { SharedWithClient: true },
      Protocol: 'WebRTC',
      SignalRequest: 'NO_CLIENT_CONNECTION',
      UserId: 'me',
    });
  });

  test('whose Create was never answered is found by its mark, and others are left alone', async () => {
    await playtest.deploy({ add });
    const { LogicalResourceId, StackId, ResourceProperties } = await received(ofSession);
    const [own, other] = [{ LogicalResourceId, StackId }, { LogicalResourceId: 'Another', StackId }];
    const of = { RequestType: 'Delete', PhysicalResourceId: `${STACK}-${LogicalResourceId}-1XKPV3Q0EXAMPLE`, ResourceType: ofSession, ResourceProperties } as const;
    await send('100000', { ...of, ...other, PhysicalResourceId: `${STACK}-Another-1XKPV3Q0EXAMPLE` });
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(playtest.changes()).not.toContain('TerminateStreamSession');
    await send('100500', { ...of, ...own });
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }, { Status: 'SUCCESS' }]);
    expect(playtest.remains()).not.toContain('streamsession');
  });

  test('whose Create comes after its Delete is not started', async () => {
    await playtest.deploy({ add });
    const { LogicalResourceId, StackId, ResourceProperties } = await received(ofSession);
    const PhysicalResourceId = playtest.deployment.physicalId(STACK, ofSession);
    const own = { LogicalResourceId, StackId, ResourceType: ofSession, ResourceProperties, PhysicalResourceId };
    await send('100500', { RequestType: 'Delete', ...own });
    await send('100000', { RequestType: 'Create', ...own });
    expect(answers).toHaveLength(1);
    expect(playtest.remains()).not.toContain('streamsession');
  });

  /** What was deployed with one release is updated and deleted with another, for ever. Add a schema here; never change one. */
  test.each(schemasOf('stream-session'))('with the schema $schema is made, kept by the schema of today, and deleted', async ({ properties }) => {
    await playtest.deploy({ add });
    const { ResourceProperties: { StreamGroupArn, ApplicationArn, ...today } } = await received(ofSession);
    const of = { LogicalResourceId: 'Old', ResourceType: ofSession };
    const ResourceProperties = { ...properties, StreamGroupArn, ApplicationArn };
    await send('100000', { ...of, RequestType: 'Create', ResourceProperties });
    const [{ PhysicalResourceId: first }] = answers;
    await send('100500', {
      ...of,
      RequestType: 'Update',
      PhysicalResourceId: first,
      OldResourceProperties: ResourceProperties,
      ResourceProperties: { StreamGroupArn, ApplicationArn, ...today },
    });
    const [, { PhysicalResourceId: second }] = answers;
    await send('101000', { ...of, RequestType: 'Delete', PhysicalResourceId: first, ResourceProperties });
    await send('101500', { ...of, RequestType: 'Delete', PhysicalResourceId: second, ResourceProperties });
    expect(answers.map(({ Status }) => Status)).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS', 'SUCCESS']);
    expect(playtest.remains().filter((kind) => kind === 'streamsession')).toHaveLength(1);
  });
});

describe('an association', () => {
  const ofAssociation = 'Custom::GameLiftStreamsApplicationAssociation';

  test('arrives at GameLift Streams as the construct says it', async () => {
    await playtest.deploy({ add });
    const { ResourceProperties: { ServiceToken, ServiceTimeout, ...properties } } = await received(ofAssociation);
    const arn = expect.stringMatching(/^arn:aws:gameliftstreams:/);
    expect(properties).toEqual({ StreamGroupArn: arn, ApplicationArn: arn, TimeoutSeconds: '2700' });
    expect(playtest.loopback.endpoint.calls.of('gameliftstreams', 'AssociateApplications').map(({ input }) => input)).toEqual([
      { Identifier: expect.stringMatching(/^sg-\w{9}$/), ApplicationIdentifiers: [expect.stringMatching(/^a-\w{9}$/)] },
    ]);
  });

  test('whose Create was never answered is taken away by what the properties name', async () => {
    await playtest.deploy({ add });
    const { LogicalResourceId, StackId, ResourceProperties } = await received(ofAssociation);
    await send('100500', {
      RequestType: 'Delete',
      LogicalResourceId,
      StackId,
      ResourceProperties,
      ResourceType: ofAssociation,
      PhysicalResourceId: `${STACK}-${LogicalResourceId}-1XKPV3Q0EXAMPLE`,
    });
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(await playtest.applicationsOfGroup()).toEqual(['first']);
  });

  /** What was deployed with one release is updated and deleted with another, for ever. Add a schema here; never change one. */
  test.each(schemasOf('application-association'))('with the schema $schema is kept, and deleted', async ({ properties }) => {
    await playtest.deploy({ add });
    const { ResourceProperties: { StreamGroupArn, ApplicationArn } } = await received(ofAssociation);
    const PhysicalResourceId = playtest.deployment.physicalId(STACK, ofAssociation);
    const ResourceProperties = { ...properties, StreamGroupArn, ApplicationArn };
    const of = { LogicalResourceId: 'Old', ResourceType: ofAssociation, PhysicalResourceId, ResourceProperties };
    await send('100000', { ...of, RequestType: 'Update', OldResourceProperties: ResourceProperties });
    await send('100500', { ...of, RequestType: 'Delete' });
    expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId }, { Status: 'SUCCESS' }]);
    expect(await playtest.applicationsOfGroup()).toEqual(['first']);
  });
});
