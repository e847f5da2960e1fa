import type { StreamConfigurationCreate } from '@aws-sdk/client-nimble';
import { MINUTE, STOPPABLE, SimulatedStudio, refusal, stopSimulations, withLaunchProfile } from './simulated';
import type { NimbleStudioOptions } from '../../../../local/streaming/nimblestudio/options';

afterEach(stopSimulations);

type Streaming = SimulatedStudio & { readonly sessionId: string };

async function withSession(stream: Partial<StreamConfigurationCreate> = STOPPABLE, options?: NimbleStudioOptions): Promise<Streaming> {
  const studio = await withLaunchProfile(stream, options);
  const { client, clock, studioId, launchProfileId } = studio;
  const sessionId = (await client.createStreamingSession({ studioId, launchProfileId })).session!.sessionId!;
  clock.advance(10 * MINUTE);
  return { ...studio, sessionId };
}

async function seen({ client, studioId, sessionId }: Streaming) {
  return (await client.getStreamingSession({ studioId, sessionId })).session!;
}

describe('a streaming session', () => {
  test('is made, stopped, started and deleted in its time', async () => {
    const streaming = await withLaunchProfile(STOPPABLE);
    const { client, clock, studioId, launchProfileId } = streaming;
    const sessionId = (await client.createStreamingSession({ studioId, launchProfileId })).session!.sessionId!;
    const state = async () => {
      const session = await seen({ ...streaming, sessionId });
      return [session.state, session.statusCode];
    };
    expect(await state()).toEqual(['CREATE_IN_PROGRESS', 'STREAMING_SESSION_CREATE_IN_PROGRESS']);
    clock.advance(10 * MINUTE);
    expect(await state()).toEqual(['READY', 'STREAMING_SESSION_READY']);
    await client.stopStreamingSession({ studioId, sessionId });
    expect(await state()).toEqual(['STOP_IN_PROGRESS', 'STREAMING_SESSION_STOP_IN_PROGRESS']);
    clock.advance(5 * MINUTE);
    expect(await state()).toEqual(['STOPPED', 'STREAMING_SESSION_STOPPED']);
    await client.startStreamingSession({ studioId, sessionId });
    expect(await state()).toEqual(['START_IN_PROGRESS', 'STREAMING_SESSION_START_IN_PROGRESS']);
    clock.advance(5 * MINUTE);
    expect(await state()).toEqual(['READY', 'STREAMING_SESSION_STARTED']);
    await client.deleteStreamingSession({ studioId, sessionId });
    expect(await state()).toEqual(['DELETE_IN_PROGRESS', 'STREAMING_SESSION_DELETE_IN_PROGRESS']);
    clock.advance(5 * MINUTE);
    expect(await state()).toEqual(['DELETED', 'STREAMING_SESSION_DELETED']);
    expect((await client.listStreamingSessions({ studioId })).sessions).toEqual([]);
  });

  test('is described with all that the API shows of one', async () => {
    const stream = { ...STOPPABLE, volumeConfiguration: { size: 500 } };
    const { client, clock, studioId, launchProfileId, streamingImageId } = await withLaunchProfile(stream);
    const { session } = await client.createStreamingSession({
      studioId, launchProfileId, streamingImageId, ec2InstanceType: 'g5.2xlarge', ownedBy: 'artist', tags: { team: 'a' },
    });
    expect(session).toEqual({
      sessionId: expect.stringMatching(/^[\w-]{22}$/),
      arn: `arn:aws:nimble:us-west-2:123456789012:streaming-session/${session!.sessionId}`,
      launchProfileId,
      streamingImageId,
      ec2InstanceType: 'g5.2xlarge',
      ownedBy: 'artist',
      createdBy: 'operator',
      updatedBy: 'operator',
      createdAt: new Date(clock.now()),
      updatedAt: new Date(clock.now()),
      stopAt: new Date(clock.now() + 700 * MINUTE),
      state: 'CREATE_IN_PROGRESS',
      statusCode: 'STREAMING_SESSION_CREATE_IN_PROGRESS',
      statusMessage: 'The streaming session is in state CREATE_IN_PROGRESS.',
      sessionPersistenceMode: 'ACTIVATED',
      automaticTerminationMode: 'ACTIVATED',
      volumeConfiguration: { size: 500 },
      backupMode: 'DEACTIVATED',
      maxBackupsToRetain: 0,
      tags: { team: 'a' },
    });
  });

  test('that can be stopped stops after its maximum length, and ends after its maximum stopped length', async () => {
    const streaming = await withSession();
    const { clock } = streaming;
    const end = clock.now() + 690 * MINUTE;
    expect(await seen(streaming)).toMatchObject({ state: 'READY', stopAt: new Date(end) });
    expect((await seen(streaming)).terminateAt).toBeUndefined();
    clock.advance(690 * MINUTE);
    expect(await seen(streaming)).toMatchObject({ state: 'STOP_IN_PROGRESS', stoppedAt: new Date(end) });
    clock.advance(5 * MINUTE);
    expect(await seen(streaming)).toMatchObject({ state: 'STOPPED', terminateAt: new Date(end + 1445 * MINUTE) });
    clock.advance(1440 * MINUTE);
    expect((await seen(streaming)).state).toBe('DELETE_IN_PROGRESS');
    clock.advance(5 * MINUTE);
    expect((await seen(streaming)).state).toBe('DELETED');
  });

  test('that cannot be stopped ends after its maximum length', async () => {
    const streaming = await withSession({});
    const { clock } = streaming;
    expect(await seen(streaming)).toMatchObject({ state: 'READY', terminateAt: new Date(clock.now() + 690 * MINUTE) });
    expect((await seen(streaming)).stopAt).toBeUndefined();
    clock.advance(690 * MINUTE);
    expect((await seen(streaming)).state).toBe('DELETE_IN_PROGRESS');
    clock.advance(5 * MINUTE);
    expect((await seen(streaming)).state).toBe('DELETED');
  });

  test('stays stopped for ever without automatic termination', async () => {
    const streaming = await withSession({ sessionPersistenceMode: 'ACTIVATED' });
    const { client, clock, studioId, sessionId } = streaming;
    await client.stopStreamingSession({ studioId, sessionId });
    clock.advance(365 * 24 * 60 * MINUTE);
    const session = await seen(streaming);
    expect([session.state, session.terminateAt]).toEqual(['STOPPED', undefined]);
  });

  test.each([
    ['persistence', {}],
    ['a maximum stopped length', { sessionPersistenceMode: 'ACTIVATED' as const, automaticTerminationMode: 'ACTIVATED' as const }],
  ])('fails when it is stopped without %s', async (_what, stream) => {
    const streaming = await withSession(stream);
    const { client, clock, studioId, sessionId } = streaming;
    await client.stopStreamingSession({ studioId, sessionId });
    clock.advance(5 * MINUTE);
    expect(await seen(streaming)).toMatchObject({
      state: 'STOP_FAILED', statusCode: 'INTERNAL_ERROR', statusMessage: 'The launch profile does not let its sessions be stopped.',
    });
    await expect(client.startStreamingSession({ studioId, sessionId })).rejects.toEqual(refusal('ConflictException'));
    await expect(client.deleteStreamingSession({ studioId, sessionId })).resolves.toBeDefined();
  });

  test('is refused to be stopped without persistence, in the other reading', async () => {
    const { client, studioId, sessionId } = await withSession({}, { readings: { stopOfUnstoppable: 'ValidationException' } });
    await expect(client.stopStreamingSession({ studioId, sessionId })).rejects.toEqual(
      refusal('ValidationException', 'The launch profile does not let its sessions be stopped.'));
  });

  test.each([
    [undefined, 'RETAIN'],
    ['RETAIN' as const, 'RETAIN'],
    ['DELETE' as const, 'DELETE'],
  ])('keeps what becomes of its volume: %s', async (volumeRetentionMode, kept) => {
    const streaming = await withSession();
    const { client, studioId, sessionId } = streaming;
    await client.stopStreamingSession({ studioId, sessionId, volumeRetentionMode });
    expect((await seen(streaming)).volumeRetentionMode).toBe(kept);
  });

  test.each([
    ['CreateStreamingSession', 'CREATE_FAILED'],
    ['StopStreamingSession', 'STOP_FAILED'],
    ['StartStreamingSession', 'START_FAILED'],
    ['DeleteStreamingSession', 'DELETE_FAILED'],
  ])('fails as the script has it: %s', async (operation, state) => {
    const studio = await withLaunchProfile(STOPPABLE);
    const { client, clock, simulator, studioId, launchProfileId } = studio;
    simulator.script.fail(operation, { statusCode: 'INSUFFICIENT_CAPACITY', statusMessage: 'no capacity' });
    const sessionId = (await client.createStreamingSession({ studioId, launchProfileId })).session!.sessionId!;
    clock.advance(10 * MINUTE);
    if (operation !== 'CreateStreamingSession') {
      const deletes = operation === 'DeleteStreamingSession';
      await (deletes ? client.deleteStreamingSession({ studioId, sessionId }) : client.stopStreamingSession({ studioId, sessionId }));
      clock.advance(5 * MINUTE);
    }
    if (operation === 'StartStreamingSession') {
      await client.startStreamingSession({ studioId, sessionId });
      clock.advance(5 * MINUTE);
    }
    expect(await seen({ ...studio, sessionId })).toMatchObject({ state, statusCode: 'INSUFFICIENT_CAPACITY', statusMessage: 'no capacity' });
    await client.deleteStreamingSession({ studioId, sessionId });
    clock.advance(5 * MINUTE);
    expect((await seen({ ...studio, sessionId })).state).toBe('DELETED');
  });

  test('takes as long as the script has it', async () => {
    const studio = await withLaunchProfile();
    const { client, clock, simulator, studioId, launchProfileId } = studio;
    simulator.script.slow('CreateStreamingSession', 30 * MINUTE);
    const sessionId = (await client.createStreamingSession({ studioId, launchProfileId })).session!.sessionId!;
    clock.advance(30 * MINUTE - 1);
    expect((await seen({ ...studio, sessionId })).state).toBe('CREATE_IN_PROGRESS');
    clock.advance(1);
    expect((await seen({ ...studio, sessionId })).state).toBe('READY');
  });

  test('takes no other operation while one is in progress', async () => {
    const { client, studioId, sessionId } = await withSession();
    await client.stopStreamingSession({ studioId, sessionId });
    const refused = await Promise.allSettled([
      client.stopStreamingSession({ studioId, sessionId }),
      client.startStreamingSession({ studioId, sessionId }),
      client.deleteStreamingSession({ studioId, sessionId }),
      client.createStreamingSessionStream({ studioId, sessionId }),
    ]);
    expect(refused.map((call) => call.status === 'rejected' && call.reason)).toEqual(Array(4).fill(expect.objectContaining({
      name: 'ConflictException',
      message: 'Another operation is in progress.',
      $metadata: expect.objectContaining({ httpStatusCode: 409 }),
    })));
  });

  test.each(['ConflictException', 'ValidationException'] as const)('is not started while it is ready: %s', async (wrongState) => {
    const { client, studioId, sessionId } = await withSession(STOPPABLE, { readings: { wrongState } });
    await expect(client.startStreamingSession({ studioId, sessionId })).rejects.toEqual(
      refusal(wrongState, `The streaming session ${sessionId} is in state READY.`));
  });

  test('counts until it is deleted', async () => {
    const { client, clock, studioId, launchProfileId, sessionId } = await withSession(STOPPABLE, { quotas: { sessions: 1 } });
    const exceeded = refusal('ServiceQuotaExceededException', 'The account has at most 1 streaming sessions.');
    await client.deleteStreamingSession({ studioId, sessionId });
    await expect(client.createStreamingSession({ studioId, launchProfileId })).rejects.toEqual(exceeded);
    clock.advance(5 * MINUTE);
    await expect(client.createStreamingSession({ studioId, launchProfileId })).resolves.toBeDefined();
  });

  test('that is deleted is not there to be deleted again, or to be read in the other reading', async () => {
    const { client, clock, studioId, sessionId } = await withSession(STOPPABLE, { readings: { deleted: 'not-found' } });
    await client.deleteStreamingSession({ studioId, sessionId });
    clock.advance(5 * MINUTE);
    const gone = refusal('ResourceNotFoundException', `The streaming session ${sessionId} does not exist.`);
    await expect(client.deleteStreamingSession({ studioId, sessionId })).rejects.toEqual(gone);
    await expect(client.getStreamingSession({ studioId, sessionId })).rejects.toEqual(gone);
  });

  test('is refused with what its launch profile does not have', async () => {
    const { client, studioId, launchProfileId } = await withLaunchProfile();
    await expect(client.createStreamingSession({ studioId, launchProfileId, ec2InstanceType: 'g3.4xlarge' })).rejects.toEqual(
      refusal('ValidationException', 'The ec2InstanceType g3.4xlarge is not one of the launch profile: g5.xlarge, g5.2xlarge.'));
    await expect(client.createStreamingSession({ studioId, launchProfileId, streamingImageId: 'other' })).rejects.toEqual(refusal('ValidationException'));
    await expect(client.createStreamingSession({ studioId, launchProfileId: 'nowhere' })).rejects.toEqual(
      refusal('ResourceNotFoundException', 'The launch profile nowhere does not exist.'));
  });
});

describe('backups', () => {
  test('are made at each stop, and the oldest goes', async () => {
    const streaming = await withSession({ ...STOPPABLE, sessionBackup: { mode: 'AUTOMATIC', maxBackupsToRetain: 1 } });
    const { client, clock, studioId, sessionId } = streaming;
    const backups = async () => (await client.listStreamingSessionBackups({ studioId })).streamingSessionBackups!;
    await client.stopStreamingSession({ studioId, sessionId });
    clock.advance(5 * MINUTE);
    const [first] = await backups();
    expect((await client.getStreamingSessionBackup({ studioId, backupId: first.backupId })).streamingSessionBackup).toEqual(first);
    await client.startStreamingSession({ studioId, sessionId, backupId: first.backupId });
    expect((await seen(streaming)).startedFromBackupId).toBe(first.backupId);
    clock.advance(5 * MINUTE);
    await client.stopStreamingSession({ studioId, sessionId });
    expect(await backups()).toEqual([expect.objectContaining({ sessionId, state: 'READY' })]);
    await expect(client.getStreamingSessionBackup({ studioId, backupId: first.backupId })).rejects.toEqual(refusal('ResourceNotFoundException'));
  });

  test('of another session start none', async () => {
    const { client, clock, studioId, sessionId } = await withSession();
    await client.stopStreamingSession({ studioId, sessionId });
    clock.advance(5 * MINUTE);
    await expect(client.startStreamingSession({ studioId, sessionId, backupId: 'nowhere' })).rejects.toEqual(
      refusal('ResourceNotFoundException', 'The streaming session backup nowhere does not exist.'));
  });
});

describe('a stream', () => {
  test('has a URL while it is ready', async () => {
    const { client, clock, studioId, sessionId } = await withSession();
    const { stream } = await client.createStreamingSessionStream({ studioId, sessionId, expirationInSeconds: 60 });
    const streamId = stream!.streamId!;
    const now = async () => (await client.getStreamingSessionStream({ studioId, sessionId, streamId })).stream!;
    expect(stream).toMatchObject({ state: 'CREATE_IN_PROGRESS', statusCode: 'STREAM_CREATE_IN_PROGRESS', expiresAt: new Date(clock.now() + MINUTE) });
    expect(stream!.url).toBeUndefined();
    clock.advance(5_000);
    expect(await now()).toMatchObject({ state: 'READY', url: expect.stringMatching(/^https:\/\/.*\?authToken=[\w-]{43}$/) });
    clock.advance(55_000);
    expect([(await now()).state, (await now()).url]).toEqual(['DELETED', undefined]);
  });

  test.each([59, 3601])('lives for one minute to an hour, and not %s seconds', async (expirationInSeconds) => {
    const { client, studioId, sessionId } = await withSession();
    await expect(client.createStreamingSessionStream({ studioId, sessionId, expirationInSeconds })).rejects.toEqual(refusal('ValidationException'));
  });

  test('fails as the script has it', async () => {
    const { client, clock, simulator, studioId, sessionId } = await withSession();
    simulator.script.fail('CreateStreamingSessionStream', { statusCode: 'NETWORK_CONNECTION_ERROR', statusMessage: '' });
    const { streamId } = (await client.createStreamingSessionStream({ studioId, sessionId })).stream!;
    clock.advance(5_000);
    expect((await client.getStreamingSessionStream({ studioId, sessionId, streamId })).stream).toMatchObject({
      state: 'CREATE_FAILED', statusCode: 'NETWORK_CONNECTION_ERROR',
    });
  });
});
