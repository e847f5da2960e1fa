import * as cdk from 'aws-cdk-lib';
import { RenderStudio } from './render-studio';
import { nimblestudio } from '../../../src';

const { READY, STOPPED } = nimblestudio.StreamingSessionState;
const CREATED = { status: 'CREATE_COMPLETE', failures: [] };
const UPDATED = { status: 'UPDATE_COMPLETE', failures: [] };
const DELETED = { status: 'DELETE_COMPLETE', failures: [] };

/** What the API's documents leave open about what was deleted. */
describe.each(['shown', 'not-found'] as const)('where deleted sessions are %s', (deleted) => {
  let studio: RenderStudio;
  beforeEach(async () => {
    studio = await RenderStudio.start({ nimblestudio: { readings: { deleted } } });
  });
  afterEach(() => studio.stop());

  test('a session is made from what is said, and is ready', async () => {
    const result = await studio.deploy({
      ownedBy: 'ada', instanceType: nimblestudio.InstanceType.G5_2XLARGE, tags: { film: 'Night' },
    });
    expect(result).toMatchObject(CREATED);
    const session = await studio.session();
    expect(session).toMatchObject({
      state: 'READY', ownedBy: 'ada', ec2InstanceType: 'g5.2xlarge', launchProfileId: studio.stoppable, tags: { film: 'Night' },
    });
    expect(result.outputs.SessionId).toBe(session.sessionId);
    expect(studio.physicalId()).toBe(session.sessionId);
    expect(studio.changes()).toEqual(['CreateStreamingSession']);
  });

  test('a session can be stopped from its first day', async () => {
    expect(await studio.deploy({ desiredState: STOPPED })).toMatchObject(CREATED);
    expect(await studio.session()).toMatchObject({ state: 'STOPPED' });
    expect(studio.changes()).toEqual(['CreateStreamingSession', 'StopStreamingSession']);
  });

  test('a session is stopped, started and stopped again in place', async () => {
    await studio.deploy();
    const { sessionId } = await studio.session();
    for (const desiredState of [STOPPED, READY, STOPPED, READY]) {
      expect(await studio.deploy({ desiredState, volumeRetentionMode: nimblestudio.VolumeRetentionMode.DELETE })).toMatchObject(UPDATED);
      expect(await studio.session()).toMatchObject({ sessionId, state: desiredState });
    }
    expect(await studio.session()).toMatchObject({ volumeRetentionMode: 'DELETE' });
  });

  test('an update that is there already changes nothing', async () => {
    await studio.deploy();
    const { sessionId } = await studio.session();
    expect(await studio.deploy({ revision: '2', volumeRetentionMode: nimblestudio.VolumeRetentionMode.RETAIN })).toMatchObject(UPDATED);
    expect(await studio.session()).toMatchObject({ sessionId });
    expect(studio.changes()).toEqual(['CreateStreamingSession']);
  });

  test.each<[string, () => Parameters<RenderStudio['deploy']>[0]]>([
    ['instance type', () => ({ instanceType: nimblestudio.InstanceType.G5_2XLARGE })],
    ['user', () => ({ ownedBy: 'ada' })],
    ['launch profile', () => ({ launchProfileId: studio.unstoppable })],
    ['tags', () => ({ tags: { film: 'Day' } })],
  ])('another %s makes another session, and then the old one goes', async (_, wish) => {
    await studio.deploy();
    const { sessionId } = await studio.session();
    expect(await studio.deploy(wish())).toMatchObject(UPDATED);
    const session = await studio.session();
    expect(session).toMatchObject({ state: 'READY' });
    expect(session.sessionId).not.toBe(sessionId);
    expect(studio.changes()).toEqual(['CreateStreamingSession', 'CreateStreamingSession', 'DeleteStreamingSession']);
  });

  test('a replacement that is taken back leaves the old session, whichever resource was to blame', async () => {
    await studio.deploy();
    const { sessionId } = await studio.session();
    expect(await studio.deploy({ ownedBy: 'ada', failing: 'after' })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(await studio.session()).toMatchObject({ sessionId, state: 'READY' });
    // The same again: what was made and deleted is not found by its token.
    expect(await studio.deploy({ ownedBy: 'ada' })).toMatchObject(UPDATED);
    expect(await studio.session()).toMatchObject({ ownedBy: 'ada', state: 'READY' });
  });

  test('a stop that is taken back is followed by a start', async () => {
    await studio.deploy();
    const { sessionId } = await studio.session();
    expect(await studio.deploy({ desiredState: STOPPED, failing: 'after' })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(await studio.session()).toMatchObject({ sessionId, state: 'READY' });
  });

  test('a session that has ended is made anew by the next update, and can be deleted', async () => {
    await studio.deploy();
    const { sessionId } = await studio.session();
    await studio.delete(sessionId!);
    await studio.pass(10);
    expect(await studio.deploy({ desiredState: STOPPED })).toMatchObject(UPDATED);
    const next = await studio.session();
    expect(next).toMatchObject({ state: 'STOPPED' });
    expect(next.sessionId).not.toBe(sessionId);

    await studio.delete(next.sessionId!);
    await studio.pass(10);
    expect(await studio.destroy()).toMatchObject(DELETED);
    expect(await studio.sessions()).toEqual([]);
  });

  test('a session that is on its way out is no obstacle', async () => {
    await studio.deploy();
    const { sessionId } = await studio.session();
    await studio.delete(sessionId!);
    expect(await studio.deploy({ revision: '2' })).toMatchObject(UPDATED);
    expect((await studio.sessions()).filter(({ state }) => state === 'READY')).toHaveLength(1);
    await studio.delete(studio.physicalId());
    expect(await studio.destroy()).toMatchObject(DELETED);
    expect(await studio.sessions()).toEqual([]);
  });

  test.each([READY, STOPPED])('a %s session goes with its stack', async (desiredState) => {
    await studio.deploy({ desiredState });
    expect(await studio.destroy()).toMatchObject(DELETED);
    expect(await studio.sessions()).toEqual([]);
  });

  test('a creation that is overtaken by the failure of another resource leaves nothing', async () => {
    expect(await studio.deploy({ failing: 'meanwhile' })).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
    await studio.loopback.states.idle();
    expect(await studio.sessions()).toEqual([]);
  });

  test('a replacement that is overtaken by the failure of another resource leaves the old session alone', async () => {
    await studio.deploy();
    const { sessionId } = await studio.session();
    expect(await studio.deploy({ ownedBy: 'ada', failing: 'meanwhile' })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(await studio.session()).toMatchObject({ sessionId, state: 'READY' });
  });
});

test('what the service says of the session is there to be referred to', async () => {
  const studio = await RenderStudio.start();
  const { outputs } = await studio.deployment.deploy((app) => {
    const stack = new cdk.Stack(app, 'Attributes');
    const launchProfile = nimblestudio.LaunchProfile.fromLaunchProfileAttributes(stack, 'Profile', {
      studio: nimblestudio.Studio.fromStudioAttributes(stack, 'Studio', { studioId: studio.studioId, acknowledgeServiceShutdown: true }),
      launchProfileId: studio.stoppable,
    });
    const session = new nimblestudio.StreamingSession(stack, 'Session', { launchProfile, ownedBy: 'ada' });
    Object.entries({
      Id: session.streamingSessionId,
      Arn: session.streamingSessionArn,
      Owner: session.ownedBy,
      Type: session.instanceTypeName,
      StopAt: session.stopAt,
      TerminateAt: session.terminateAt,
    }).forEach(([name, value]) => new cdk.CfnOutput(stack, name, { value }));
    return stack;
  });
  const { sessionId, arn, stopAt } = await studio.session();
  expect(outputs).toEqual({ Id: sessionId, Arn: arn, Owner: 'ada', Type: 'g5.xlarge', StopAt: stopAt!.toISOString(), TerminateAt: '' });
  await studio.deployment.destroy('Attributes');
  await studio.stop();
});
