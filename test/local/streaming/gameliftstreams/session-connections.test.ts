import { aSession, aUrl, MINUTE, refusal, sessionStatus, stopSimulations, streaming } from './simulated';

afterEach(stopSimulations);

const OFFER = '{"type":"offer"}';

async function active(overrides?: object) {
  const simulated = await streaming();
  const { Arn } = await simulated.client.startStreamSession(aSession(simulated, overrides));
  simulated.clock.advance(5_000);
  return { ...simulated, arn: Arn!, session: { Identifier: simulated.group, StreamSessionIdentifier: Arn } };
}

test('a client connects, goes away and comes back', async () => {
  const simulated = await active();
  const { client, clock, simulator, arn, session } = simulated;
  simulator.users.connect(arn);
  clock.advance(60 * MINUTE);
  expect(await sessionStatus(simulated, arn)).toEqual(['CONNECTED']);
  simulator.users.disconnect(arn);
  expect(await sessionStatus(simulated, arn)).toEqual(['PENDING_CLIENT_RECONNECTION']);
  expect((await client.createStreamSessionConnection({ ...session, SignalRequest: OFFER })).SignalResponse).toEqual(expect.any(String));
  expect(await sessionStatus(simulated, arn)).toEqual(['RECONNECTING']);
  clock.advance(2_000);
  expect(await sessionStatus(simulated, arn)).toEqual(['ACTIVE']);
  simulator.users.connect(arn);
  clock.advance(12 * 60 * MINUTE);
  expect(await sessionStatus(simulated, arn)).toEqual(['TERMINATED', 'maxSessionLengthTimeout']);
});

test('a client that stays away ends the session', async () => {
  const simulated = await active();
  simulated.simulator.users.connect(simulated.arn);
  simulated.simulator.users.disconnect(simulated.arn);
  simulated.clock.advance(2 * MINUTE + 10_000);
  expect(await sessionStatus(simulated, simulated.arn)).toEqual(['TERMINATED', 'reconnectionTimeout']);
});

test('a session without a client takes one', async () => {
  const simulated = await active({ SignalRequest: 'NO_CLIENT_CONNECTION' });
  const { client, clock, simulator, arn, session } = simulated;
  expect(() => simulator.users.connect(arn)).toThrow('create a stream session connection first');
  clock.advance(MINUTE);
  await client.createStreamSessionConnection({ ...session, SignalRequest: OFFER });
  clock.advance(119_000);
  expect(await sessionStatus(simulated, arn)).toEqual(['ACTIVE']);
  simulator.users.connect(arn);
  expect(await sessionStatus(simulated, arn)).toEqual(['CONNECTED']);
});

test.each(['applicationExit', 'idleTimeout'] as const)('ends by %s', async (reason) => {
  const simulated = await active();
  simulated.simulator.users.end(simulated.arn, reason);
  simulated.clock.advance(10_000);
  expect(await sessionStatus(simulated, simulated.arn)).toEqual(['TERMINATED', reason]);
});

describe('CreateStreamSessionConnection fails', () => {
  test('while a client is connected', async () => {
    const { client, simulator, arn, session } = await active();
    simulator.users.connect(arn);
    await expect(client.createStreamSessionConnection({ ...session, SignalRequest: OFFER })).rejects.toEqual(refusal('ConflictException',
      `The stream session ${arn} is in CONNECTED status. It must be in ACTIVE or PENDING_CLIENT_RECONNECTION status.`));
  });

  test.each(['hello', 'NO_CLIENT_CONNECTION'])('with the signal request %s', async (SignalRequest) => {
    const { client, session } = await active();
    await expect(client.createStreamSessionConnection({ ...session, SignalRequest })).rejects.toEqual(refusal('ValidationException'));
  });

  test('for a session of a stream URL', async () => {
    const simulated = await streaming();
    const { client, clock, simulator, group } = simulated;
    const { StreamUrl } = await client.createStreamUrl(aUrl(simulated));
    const arn = simulator.openStreamUrl(StreamUrl!);
    clock.advance(5_000);
    simulator.users.disconnect(arn);
    const connection = { Identifier: group, StreamSessionIdentifier: arn, SignalRequest: OFFER };
    await expect(client.createStreamSessionConnection(connection)).rejects.toEqual(refusal('ValidationException'));
  });
});

describe('CreateStreamSessionAdminShell', () => {
  test('is not ready at first, then gives credentials for a minute', async () => {
    const { client, clock, simulator, arn, session } = await active();
    await expect(client.createStreamSessionAdminShell(session)).rejects.toEqual(expect.objectContaining({
      name: 'StreamSessionAccessNotReadyException', $metadata: expect.objectContaining({ httpStatusCode: 409 }),
    }));
    const shell = await client.createStreamSessionAdminShell(session);
    expect(shell).toMatchObject({ SessionId: expect.any(String), StreamUrl: expect.stringMatching(/^wss:/), TokenValue: expect.any(String) });
    expect(simulator.openAdminShell(shell)).toBe(arn);
    expect(() => simulator.openAdminShell({ ...shell, TokenValue: 'guessed' })).toThrow('the credentials of the shell are not valid');
    clock.advance(MINUTE);
    expect(() => simulator.openAdminShell(shell)).toThrow('the credentials of the shell have expired');
    expect(simulator.secrets()).toEqual([shell.StreamUrl, shell.TokenValue]);
  });

  test('fails while the session is ACTIVATING, and when it has ended', async () => {
    const simulated = await streaming({ adminShellRefusals: 0 });
    const { client, clock, group, simulator } = simulated;
    const { Arn } = await client.startStreamSession(aSession(simulated));
    const session = { Identifier: group, StreamSessionIdentifier: Arn };
    await expect(client.createStreamSessionAdminShell(session)).rejects.toEqual(refusal('ValidationException',
      `The stream session ${Arn} is in ACTIVATING status. It must be in one of: ACTIVE, CONNECTED, PENDING_CLIENT_RECONNECTION, RECONNECTING.`));
    clock.advance(5_000);
    const shell = await client.createStreamSessionAdminShell(session);
    await client.terminateStreamSession(session);
    expect(() => simulator.openAdminShell(shell)).toThrow('the stream session has ended');
    await expect(client.createStreamSessionAdminShell(session)).rejects.toEqual(refusal('ValidationException'));
  });
});

describe('ExportStreamSessionFiles', () => {
  test('makes an archive when the session has ended', async () => {
    const { client, clock, session } = await active();
    await client.exportStreamSessionFiles({ ...session, OutputUri: 's3://exports/match/' });
    const metadata = async () => (await client.getStreamSession(session)).ExportFilesMetadata;
    const OutputUri = expect.stringMatching(/^s3:\/\/exports\/match\/20260105-08\d{4}-a-\w+-sg-\w+-\w+\.zip$/);
    expect(await metadata()).toEqual({ Status: 'PENDING', OutputUri });
    await client.terminateStreamSession(session);
    clock.advance(10_000);
    expect((await metadata())!.Status).toBe('PENDING');
    clock.advance(MINUTE);
    expect(await metadata()).toEqual({ Status: 'SUCCEEDED', OutputUri });
    const { Items } = await client.listStreamSessionsByAccount({ ExportFilesStatus: 'SUCCEEDED' });
    expect(Items!.map(({ ExportFilesMetadata }) => ExportFilesMetadata)).toEqual([{ Status: 'SUCCEEDED' }]);
  });

  test('fails in the end, as the script says', async () => {
    const { client, clock, session, simulator } = await active();
    simulator.script.failingExport('players', 'the bucket does not exist');
    await client.exportStreamSessionFiles({ ...session, OutputUri: 's3://exports/match.zip' });
    await client.terminateStreamSession(session);
    clock.advance(2 * MINUTE);
    expect((await client.getStreamSession(session)).ExportFilesMetadata).toEqual({
      Status: 'FAILED', StatusReason: 'the bucket does not exist', OutputUri: 's3://exports/match.zip',
    });
  });

  test('is refused when the session is not in progress, or the place is no archive', async () => {
    const { client, session } = await active();
    await expect(client.exportStreamSessionFiles({ ...session, OutputUri: 's3://exports/match' })).rejects.toEqual(refusal('ValidationException'));
    await client.terminateStreamSession(session);
    await expect(client.exportStreamSessionFiles({ ...session, OutputUri: 's3://exports/' })).rejects.toEqual(refusal('ValidationException'));
  });
});
