import { aUrl, HOME, MINUTE, refusal, sessionStatus, simulateGameLiftStreams, stopSimulations, streaming } from './simulated';

afterEach(stopSimulations);

async function withUrl(overrides?: object, options?: Parameters<typeof streaming>[0]) {
  const simulated = await streaming(options);
  const created = await simulated.client.createStreamUrl(aUrl(simulated, overrides));
  const url = { Identifier: simulated.group, StreamUrlIdentifier: created.StreamUrlId };
  const status = async () => {
    const { Status, StatusReason } = await simulated.client.getStreamUrl(url);
    return StatusReason === undefined ? [Status] : [Status, StatusReason];
  };
  return { ...simulated, created, url, status };
}

test('CreateStreamUrl gives a URL that starts sessions until its limit', async () => {
  const simulated = await withUrl({ UsageLimit: 2, SessionLengthSeconds: 600, AdditionalLaunchArgs: ['--demo'] });
  const { client, clock, app, group, created, url, simulator, status } = simulated;
  expect(created).toMatchObject({
    Arn: `arn:aws:gameliftstreams:us-west-2:123456789012:streamurl/${group}/${created.StreamUrlId}`,
    StreamUrlId: expect.stringMatching(/^su-/),
    Status: 'ACTIVE',
    ExpiresAt: new Date(clock.now() + 60 * MINUTE),
    UsageLimit: 2,
    RemainingUses: 2,
    ApplicationArn: expect.stringContaining(app),
    Locations: [HOME],
  });
  expect(simulator.secrets()).toEqual([created.StreamUrl]);
  const first = simulator.openStreamUrl(created.StreamUrl!);
  clock.advance(5_000);
  expect(await sessionStatus(simulated, first)).toEqual(['CONNECTED']);
  expect(await client.getStreamSession({ Identifier: group, StreamSessionIdentifier: first })).toMatchObject({
    SessionLengthSeconds: 600, AdditionalLaunchArgs: ['--demo'],
  });
  const second = simulator.openStreamUrl(created.StreamUrl!);
  expect(await client.getStreamUrl(url)).toMatchObject({ RemainingUses: 0, StreamSessions: [{ Arn: first }, { Arn: second }] });
  expect(await status()).toEqual(['LIMIT_REACHED']);
  expect(() => simulator.openStreamUrl(created.StreamUrl!)).toThrow('the stream URL is not valid: LIMIT_REACHED');
  clock.advance(10 * MINUTE + 10_000);
  expect(await sessionStatus(simulated, first)).toEqual(['TERMINATED', 'maxSessionLengthTimeout']);
});

test('a stream URL expires', async () => {
  const { clock, created, simulator, status } = await withUrl();
  clock.advance(60 * MINUTE);
  expect(await status()).toEqual(['EXPIRED']);
  expect(() => simulator.openStreamUrl(created.StreamUrl!)).toThrow('the stream URL is not valid: EXPIRED');
});

describe('RevokeStreamUrl', () => {
  test('lets sessions run', async () => {
    const simulated = await withUrl({ UsageLimit: 2 });
    const { client, clock, created, simulator, status, url } = simulated;
    const arn = simulator.openStreamUrl(created.StreamUrl!);
    clock.advance(5_000);
    await client.revokeStreamUrl(url);
    expect(await status()).toEqual(['REVOKED', 'userRevoked']);
    expect(await sessionStatus(simulated, arn)).toEqual(['CONNECTED']);
    expect(() => simulator.openStreamUrl(created.StreamUrl!)).toThrow('the stream URL is not valid: REVOKED');
  });

  test('ends them when it is told to', async () => {
    const simulated = await withUrl({ UsageLimit: 2 });
    const { client, clock, created, simulator, status, url } = simulated;
    const arn = simulator.openStreamUrl(created.StreamUrl!);
    clock.advance(5_000);
    await client.revokeStreamUrl({ ...url, RevocationMode: 'REVOKE_AND_TERMINATE_SESSIONS' });
    expect(await status()).toEqual(['REVOKED', 'revokedAndTerminatingSessions']);
    clock.advance(10_000);
    expect(await status()).toEqual(['REVOKED', 'revokedAndSessionsTerminated']);
    expect(await sessionStatus(simulated, arn)).toEqual(['TERMINATED', 'apiTerminated']);
  });

  test('of one that is no longer ACTIVE: refused, or accepted', async () => {
    for (const revokeInactiveUrl of ['refused', 'accepted'] as const) {
      const { client, clock, status, url } = await withUrl({}, { readings: { revokeInactiveUrl } });
      clock.advance(60 * MINUTE);
      const revoke = client.revokeStreamUrl(url);
      await (revokeInactiveUrl === 'accepted' ? revoke : expect(revoke).rejects.toEqual(refusal('ValidationException')));
      expect(await status()).toEqual(revokeInactiveUrl === 'accepted' ? ['REVOKED', 'userRevoked'] : ['EXPIRED']);
    }
  });

  test('fails for one that is not there', async () => {
    const { client, url } = await withUrl();
    await expect(client.revokeStreamUrl({ ...url, StreamUrlIdentifier: 'su-1' })).rejects.toEqual(
      refusal('ResourceNotFoundException', 'The stream URL su-1 does not exist.'),
    );
  });
});

test('ListStreamUrls finds them by group and status', async () => {
  const simulated = await withUrl();
  const { client, created, group, url } = simulated;
  const other = await client.createStreamUrl(aUrl(simulated));
  await client.revokeStreamUrl(url);
  const ids = async (filter: object) => (await client.listStreamUrls(filter)).Items!.map(({ StreamUrlId }) => StreamUrlId);
  expect(await ids({})).toEqual([created.StreamUrlId, other.StreamUrlId]);
  expect(await ids({ StreamGroupIdentifier: group, Status: 'ACTIVE' })).toEqual([other.StreamUrlId]);
  expect(await ids({ StreamGroupIdentifier: 'sg-1' })).toEqual([]);
});

test('CreateStreamUrl fails where StartStreamSession would', async () => {
  const simulated = await streaming();
  const { client } = simulated;
  await expect(client.createStreamUrl(aUrl(simulated, { Locations: ['eu-west-1'] }))).rejects.toEqual(refusal('ValidationException'));
  await expect(client.createStreamUrl(aUrl(simulated, { UrlExpiresAfterMinutes: 0 }))).rejects.toEqual(refusal('ValidationException'));
  await expect(client.createStreamUrl(aUrl({ ...simulated, group: 'sg-1' }))).rejects.toEqual(refusal('ResourceNotFoundException'));
});

test('nobody opens a URL that was never handed out', async () => {
  const { simulator } = await simulateGameLiftStreams();
  expect(() => simulator.openStreamUrl('https://example.com')).toThrow('the stream URL is not valid: unknown');
});
