import * as cdk from 'aws-cdk-lib';
import { MINUTE, SharedGame } from './shared-game';
import type { GameLiftStreamsOptions } from '../../../local/streaming/gameliftstreams/options';
import { gameliftstreams } from '../../../src';

const { REVOKE_AND_TERMINATE_SESSIONS } = gameliftstreams.RevocationMode;
const CREATED = { status: 'CREATE_COMPLETE', failures: [] };
const UPDATED = { status: 'UPDATE_COMPLETE', failures: [] };
const DELETED = { status: 'DELETE_COMPLETE', failures: [] };

let game: SharedGame;

async function start(gameliftstreamsOptions: GameLiftStreamsOptions = {}): Promise<void> {
  game = await SharedGame.start({ gameliftstreams: gameliftstreamsOptions });
}

beforeEach(() => start());

afterEach(() => game.stop());

/** Restarts with other readings of what the documents leave open. */
async function inReading(readings: GameLiftStreamsOptions['readings']): Promise<void> {
  await game.stop();
  await start({ readings });
}

/** Ends the stack; nothing is left of it. */
async function vanish(): Promise<void> {
  expect(await game.destroy()).toMatchObject(DELETED);
  expect(game.simulator.remains()).toEqual([]);
}

describe('a stream URL', () => {
  test('is made when the group can stream, is in the secret with its expiry, begins sessions, and is revoked with the stack', async () => {
    expect(await game.deploy({ usageLimit: 3, description: 'For friends' })).toMatchObject(CREATED);
    const { StreamUrl, ExpiresAt } = await game.secret();
    expect(await game.live()).toEqual([StreamUrl]);
    const [url] = (await game.call('ListStreamUrls')).Items;
    expect(url).toMatchObject({ UsageLimit: 3, ExpiresAt: new Date(ExpiresAt), Description: expect.stringMatching(/^For friends @[0-9a-f]{12}\.[0-9a-f]{8}$/) });
    expect(url.ExpiresAt - url.CreatedAt).toBe(120 * MINUTE);
    expect(game.simulator.openStreamUrl(StreamUrl)).toContain(':streamsession/');
    expect(game.times('CreateStreamUrl')).toBe(1);
    expect(game.times('RevokeStreamUrl')).toBe(0);
    game.deployment.clock.advance(24 * 60 * MINUTE);
    await vanish();
  });

  test('is of the application that an association adds to the group, wherever that is said', async () => {
    expect(await game.deploy({ second: true })).toMatchObject(CREATED);
    await vanish();
  });

  test('stays as it is when only the end of it changes', async () => {
    await game.deploy();
    const before = await game.secret();
    expect(await game.deploy({ revocationMode: REVOKE_AND_TERMINATE_SESSIONS, timeout: cdk.Duration.minutes(30) })).toMatchObject(UPDATED);
    expect(await game.secret()).toEqual(before);
    expect(game.times('CreateStreamUrl')).toBe(1);
    expect(game.loopback.endpoint.calls.of('secretsmanager', 'PutSecretValue')).toHaveLength(1);
    await vanish();
  });

  test('stays as it is when only the end of it changes, though it has expired', async () => {
    await game.deploy();
    game.deployment.clock.advance(120 * MINUTE);
    expect(await game.deploy({ revocationMode: REVOKE_AND_TERMINATE_SESSIONS })).toMatchObject(UPDATED);
    expect(await game.statuses()).toEqual(['EXPIRED']);
    await vanish();
  });

  test.each([
    ['its expiry', { expiration: cdk.Duration.hours(3) }],
    ['its limit', { usageLimit: 2 }],
    ['a location', { locations: ['eu-west-1', 'us-east-1'] }],
    ['its revision', { revision: '2' }],
    ['an argument', { additionalLaunchArgs: ['--demo'] }],
    ['its description', { description: 'For friends' }],
    ['the generation of its group', { generation: 'v2' }],
  ])('gives way to a new one when %s changes: the old one is revoked after the new one is there', async (_, change) => {
    await game.deploy();
    const before = await game.secret();
    expect(await game.deploy(change)).toMatchObject(UPDATED);
    const after = await game.secret();
    expect(after.StreamUrl).not.toBe(before.StreamUrl);
    expect(await game.live()).toEqual([after.StreamUrl]);
    expect(await game.statuses()).toEqual(['REVOKED', 'ACTIVE']);
    await vanish();
  });

  test.each(['same', 'new'] as const)('is a new one when what was wanted before the last change is wanted again, whether a token finds what has ended or not: %s', async (tokenOfEnded) => {
    await inReading({ tokenOfEnded });
    for (const revision of ['1', '2', '1', '2', '1']) {
      await game.deploy({ revision });
    }
    expect(await game.statuses()).toEqual(['REVOKED', 'REVOKED', 'REVOKED', 'REVOKED', 'ACTIVE']);
    expect(await game.live()).toEqual([(await game.secret()).StreamUrl]);
    await vanish();
  });
});

describe('after a rollback the secret holds the URL that is live, and none is left over', () => {
  test('because another resource failed after the update of the URL', async () => {
    await game.deploy();
    const before = await game.secret();
    expect(await game.deploy({ fails: true, revision: '2' })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(await game.secret()).toEqual(before);
    expect(await game.live()).toEqual([before.StreamUrl]);
    expect(await game.statuses()).toEqual(['ACTIVE', 'REVOKED']);
    await vanish();
  });

  test('also when GameLift Streams has forgotten the token by then', async () => {
    await game.stop();
    await start({ durations: { clientToken: MINUTE } });
    await game.deploy();
    const before = await game.secret();
    game.deployment.clock.advance(5 * MINUTE);
    await game.deploy({ fails: true, revision: '2' });
    expect(await game.live()).toEqual([before.StreamUrl]);
    expect(await game.secret()).toEqual(before);
  });

  test('because the new URL could not be made', async () => {
    await game.deploy();
    const before = await game.secret();
    expect(await game.deploy({ locations: ['eu-central-1'] })).toMatchObject({
      status: 'UPDATE_ROLLBACK_COMPLETE',
      failures: expect.arrayContaining([expect.stringMatching(/stream group sg-\w+ does not have eu-central-1, but us-east-1, eu-west-1: stream from those, or add the others to it/)]),
    });
    expect(await game.live()).toEqual([before.StreamUrl]);
    expect(await game.secret()).toEqual(before);
    await vanish();
  });

  test('because the new URL could not be stored: what was made is revoked by the rollback', async () => {
    await game.deploy();
    const before = await game.secret();
    game.loopback.endpoint.faults.add({
      operation: 'PutSecretValue', lambdaOnly: true, fault: { kind: 'error', code: 'EncryptionFailure', message: 'The key is disabled.', status: 400 },
    });
    expect(await game.deploy({ revision: '2' })).toMatchObject({
      status: 'UPDATE_ROLLBACK_COMPLETE', failures: expect.arrayContaining([expect.stringContaining('The key is disabled. (EncryptionFailure)')]),
    });
    expect(await game.live()).toEqual([before.StreamUrl]);
    expect(await game.secret()).toEqual(before);
    await vanish();
  });

  test('though it is the one that had expired: nobody is let in by a deployment that failed', async () => {
    await game.deploy();
    const before = await game.secret();
    game.deployment.clock.advance(120 * MINUTE);
    await game.deploy({ locations: ['eu-central-1'] });
    expect(await game.statuses()).toEqual(['EXPIRED']);
    expect(await game.secret()).toEqual(before);
  });

  test('of a creation nothing is left', async () => {
    expect(await game.deploy({ fails: true })).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
    expect(await game.statuses()).toEqual(['REVOKED']);
    expect(game.simulator.remains()).toEqual([]);
  });

  test('of a creation whose URL could not be stored nothing is left', async () => {
    game.loopback.endpoint.faults.add({
      operation: 'PutSecretValue', lambdaOnly: true, fault: { kind: 'error', code: 'EncryptionFailure', message: 'The key is disabled.', status: 400 },
    });
    expect(await game.deploy()).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
    expect(game.simulator.remains()).toEqual([]);
  });

  test('of a creation that crashed before there was an id, the URL is found by its owner\'s mark', async () => {
    // Every step dies right after it has made the URL, or found it.
    game.loopback.endpoint.faults.add({ operation: 'CreateStreamUrl', lambdaOnly: true, times: Infinity, fault: { kind: 'kill-caller', when: 'after' } });
    game.loopback.endpoint.faults.add({ operation: 'ListStreamUrls', lambdaOnly: true, skip: 1, times: 4, fault: { kind: 'kill-caller', when: 'after' } });
    expect(await game.deploy()).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
    expect(await game.statuses()).toEqual(['REVOKED']);
    expect(game.simulator.remains()).toEqual([]);
  });
});

describe('what keeps a stream group from streaming', () => {
  test('is waited for: a location that is being set up, an application that is being copied', async () => {
    await game.deploy({ unshared: true });
    game.simulator.script.hangingReplication('Other', 'eu-west-1', 20 * MINUTE);
    expect(await game.deploy({ second: true, locations: ['us-east-1', 'eu-west-1'] })).toMatchObject(UPDATED);
    await vanish();
  });

  test('ends the wait at the deadline, with what was seen last', async () => {
    game.simulator.script.hangingReplication('Game', 'eu-west-1');
    const { status, failures } = await game.deploy({ locations: ['eu-west-1'], timeout: cdk.Duration.minutes(10) });
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(failures[0]).toMatch(/gave up after 10 minutes, when application a-\w+ is not yet replicated to eu-west-1/);
    expect(game.simulator.remains()).toEqual([]);
  });

  test.each(['refused', 'accepted'] as const)('is perhaps an error at another location, which GameLift Streams decides: %s', async (activeWithErrors) => {
    await inReading({ activeWithErrors });
    await game.deploy({ unshared: true });
    const Identifier = game.deployment.physicalId('Playtest', 'AWS::GameLiftStreams::StreamGroup');
    game.simulator.script.failingLocation('Playtest/Group', 'eu-central-1');
    await game.call('AddStreamGroupLocations', { Identifier, LocationConfigurations: [{ LocationName: 'eu-central-1', MaximumCapacity: 2, AlwaysOnCapacity: 0, TargetIdleCapacity: 0 }] });
    game.deployment.clock.advance(10 * MINUTE);
    const { status, failures } = await game.deploy();
    expect(status).toBe(activeWithErrors === 'accepted' ? 'UPDATE_COMPLETE' : 'UPDATE_ROLLBACK_COMPLETE');
    expect(failures.join()).toMatch(activeWithErrors === 'accepted' ? '' : /is ACTIVE_WITH_ERRORS: remove its locations in ERROR, eu-central-1/);
  });

  test('fails in minutes if it is the association that nobody makes', async () => {
    await game.deploy({ unshared: true });
    const [Identifier, application] = ['AWS::GameLiftStreams::StreamGroup', 'AWS::GameLiftStreams::Application'].map((type) => game.deployment.physicalId('Playtest', type));
    await game.call('DisassociateApplications', { Identifier, ApplicationIdentifiers: [application] });
    const begin = game.deployment.clock.now();
    const { failures } = await game.deploy();
    expect(failures[0]).toMatch(/stream group sg-\w+ does not have application a-\w+: associate them first, with addApplication/);
    expect(game.deployment.clock.now() - begin).toBeLessThan(10 * MINUTE);
  });

  test('fails at once if the group has expired', async () => {
    await game.deploy({ unshared: true });
    game.deployment.clock.advance(365 * 24 * 60 * MINUTE);
    const { failures } = await game.deploy();
    expect(failures[0]).toMatch(/stream group sg-\w+ is EXPIRED, 365 days after it was made: replace it, with a new `generation`/);
  });
});

describe('the end of a stream URL', () => {
  async function opened(share: Parameters<SharedGame['deploy']>[0]): Promise<string> {
    await game.deploy({ usageLimit: 2, ...share });
    const session = game.simulator.openStreamUrl((await game.secret()).StreamUrl);
    game.deployment.clock.advance(2 * MINUTE);
    return session;
  }
  const sessionOf = async (arn: string) => (await game.call('GetStreamSession', { Identifier: arn.split('/')[1], StreamSessionIdentifier: arn })).Status;

  test('leaves its sessions running', async () => {
    const session = await opened({});
    await game.deploy({ usageLimit: 3 });
    expect(await sessionOf(session)).toBe('CONNECTED');
  });

  test('ends its sessions too when it is told so, and waits for them', async () => {
    const session = await opened({ revocationMode: REVOKE_AND_TERMINATE_SESSIONS });
    await game.deploy({ usageLimit: 3, revocationMode: REVOKE_AND_TERMINATE_SESSIONS });
    expect(await sessionOf(session)).toBe('TERMINATED');
    expect(game.times('TerminateStreamSession')).toBe(0);
    await vanish();
  });

  test.each(['refused', 'accepted'] as const)('ends its sessions too when it is used up, whether such a URL can be revoked or not: %s', async (revokeInactiveUrl) => {
    await inReading({ revokeInactiveUrl });
    const session = await opened({ usageLimit: 1, revocationMode: REVOKE_AND_TERMINATE_SESSIONS });
    expect(await game.statuses()).toEqual(['LIMIT_REACHED']);
    await game.deploy({ usageLimit: 3, revocationMode: REVOKE_AND_TERMINATE_SESSIONS });
    expect(await sessionOf(session)).toBe('TERMINATED');
    expect(game.times('RevokeStreamUrl')).toBe(0);
    await vanish();
  });

  test('ends the sessions of a used-up URL that were to end with it, also when those of the next one are to go on', async () => {
    const session = await opened({ usageLimit: 1, revocationMode: REVOKE_AND_TERMINATE_SESSIONS });
    expect(await game.statuses()).toEqual(['LIMIT_REACHED']);
    expect(await game.deploy({ usageLimit: 3 })).toMatchObject(UPDATED);
    expect(await sessionOf(session)).toBe('TERMINATED');
  });

  test('waits for a session that has only begun to start', async () => {
    await game.deploy({ usageLimit: 1, revocationMode: REVOKE_AND_TERMINATE_SESSIONS });
    const session = game.simulator.openStreamUrl((await game.secret()).StreamUrl);
    expect(await sessionOf(session)).toBe('ACTIVATING');
    await vanish();
  });

  test.each([
    ['was revoked by somebody', async () => {
      const [{ Arn, StreamGroupArn }] = (await game.call('ListStreamUrls')).Items;
      await game.call('RevokeStreamUrl', { Identifier: StreamGroupArn, StreamUrlIdentifier: Arn });
    }],
    ['has expired', async () => game.deployment.clock.advance(120 * MINUTE)],
    ['has gone with its group', async () => {
      await game.call('DeleteStreamGroup', { Identifier: game.deployment.physicalId('Playtest', 'AWS::GameLiftStreams::StreamGroup') });
      game.deployment.clock.advance(10 * MINUTE);
    }],
  ])('is there already if it %s: the deletion succeeds', async (_, happen) => {
    await game.deploy();
    await happen();
    await vanish();
    expect(game.times('RevokeStreamUrl')).toBe(0);
  });
});

describe('what passes by itself is waited for', () => {
  test.each(['GetStreamGroup', 'GetApplication', 'ListStreamUrls', 'CreateStreamUrl', 'GetStreamUrl', 'RevokeStreamUrl', 'DescribeSecret', 'PutSecretValue'])('%s that is throttled', async (operation) => {
    game.loopback.endpoint.faults.add({ operation, lambdaOnly: true, times: 2, fault: { kind: 'throttle' } });
    expect(await game.deploy()).toMatchObject(CREATED);
    expect(await game.live()).toEqual([(await game.secret()).StreamUrl]);
    await vanish();
    expect(game.times('CreateStreamUrl')).toBeLessThanOrEqual(operation === 'CreateStreamUrl' ? 3 : 2);
    expect(await game.statuses()).toEqual(['REVOKED']);
  });

  test('an event that is delivered twice', async () => {
    game.loopback.lambda.deliverTwice(3);
    expect(await game.deploy()).toMatchObject(CREATED);
    await game.deploy({ revision: '2' });
    await vanish();
    expect(await game.statuses()).toEqual(['REVOKED', 'REVOKED']);
  });
});
