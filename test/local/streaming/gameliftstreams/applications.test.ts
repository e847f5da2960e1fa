import { aGroup, anApplication, aSession, aUrl, MINUTE, readyApplication, refusal, simulateGameLiftStreams, stopSimulations, streaming } from './simulated';

afterEach(stopSimulations);

const windows = { RuntimeEnvironment: { Type: 'WINDOWS', Version: '2022' } as const, ExecutablePath: 'game.exe' };

describe('CreateApplication', () => {
  test('copies the content before the application is READY', async () => {
    const { client, clock } = await simulateGameLiftStreams();
    const { Arn, Id, ...created } = await client.createApplication(anApplication());
    expect([Arn, Id]).toEqual([`arn:aws:gameliftstreams:us-west-2:123456789012:application/${Id}`, expect.stringMatching(/^a-[A-Za-z0-9]+$/)]);
    expect(created).toMatchObject({ Status: 'INITIALIZED', ReplicationStatuses: [], AssociatedStreamGroups: [] });
    const status = async () => (await client.getApplication({ Identifier: Id })).Status;
    clock.advance(5_000);
    expect(await status()).toBe('PROCESSING');
    clock.advance(2 * MINUTE);
    expect(await status()).toBe('READY');
  });

  test('ends in ERROR with the reason', async () => {
    const { client, clock, simulator } = await simulateGameLiftStreams();
    simulator.script.failingApplication('game', 'accessDenied');
    const { Id } = await client.createApplication(anApplication());
    expect((await client.getApplication({ Identifier: Id })).StatusReason).toBeUndefined();
    clock.advance(3 * MINUTE);
    expect(await client.getApplication({ Identifier: Id })).toMatchObject({ Status: 'ERROR', StatusReason: 'accessDenied' });
  });

  test('takes as long as the script says', async () => {
    const { client, clock, simulator } = await simulateGameLiftStreams();
    simulator.script.slowCreation('game', 60 * MINUTE);
    const { Id } = await client.createApplication(anApplication());
    clock.advance(59 * MINUTE);
    expect((await client.getApplication({ Identifier: Id })).Status).toBe('PROCESSING');
  });

  test.each([
    ['an unknown version of a runtime', { RuntimeEnvironment: { Type: 'UBUNTU' as const, Version: '24_04_LTS' } },
      'The version 24_04_LTS of the runtime environment UBUNTU is not supported. Supported are: 22_04_LTS.'],
    ['content that is not in S3', { ApplicationSourceUri: 'https://example.com/game' }, 'The ApplicationSourceUri https://example.com/game is not an Amazon S3 URI.'],
    ['a Windows executable without its ending', { ...windows, ExecutablePath: 'game' },
      'The ExecutablePath game of a Windows application must end in .exe, .cmd, or .bat.'],
    ['log paths without a place for them', { ApplicationLogPaths: ['a.log'] },
      'ApplicationLogOutputUri is required if you specify one or more ApplicationLogPaths.'],
  ])('fails with %s', async (_what, overrides, message) => {
    const { client } = await simulateGameLiftStreams();
    await expect(client.createApplication(anApplication(overrides))).rejects.toEqual(refusal('ValidationException', message));
  });
});

describe('UpdateApplication', () => {
  test('changes what can be changed, and nothing else', async () => {
    const { client, clock } = await simulateGameLiftStreams();
    const created = await client.createApplication(anApplication({ ApplicationLogPaths: ['a.log'], ApplicationLogOutputUri: 's3://logs/game' }));
    clock.advance(MINUTE);
    const updated = await client.updateApplication({ Identifier: created.Id, Description: 'new', ApplicationLogPaths: [], ApplicationLogOutputUri: '' });
    expect(updated).toMatchObject({
      Description: 'new', ApplicationLogPaths: [], ApplicationLogOutputUri: '', CreatedAt: created.CreatedAt, LastUpdatedAt: new Date(clock.now()),
    });
  });

  test('fails when log paths lose their place', async () => {
    const { client } = await simulateGameLiftStreams();
    const { Id } = await client.createApplication(anApplication({ ApplicationLogPaths: ['a.log'], ApplicationLogOutputUri: 's3://logs/game' }));
    await expect(client.updateApplication({ Identifier: Id, ApplicationLogOutputUri: '' })).rejects.toEqual(refusal('ValidationException'));
  });
});

test('ListApplications comes in pages', async () => {
  const { client } = await simulateGameLiftStreams();
  await client.createApplication(anApplication({ Description: 'one' }));
  await client.createApplication(anApplication({ Description: 'two' }));
  const first = await client.listApplications({ MaxResults: 1 });
  const second = await client.listApplications({ MaxResults: 1, NextToken: first.NextToken });
  expect([first, second].map(({ Items }) => Items!.map(({ Description, Status }) => [Description, Status]))).toEqual([
    [['one', 'INITIALIZED']], [['two', 'INITIALIZED']],
  ]);
  expect(second.NextToken).toBeUndefined();
});

describe('content that is not there', () => {
  test.each([
    ['the bucket', { ApplicationSourceUri: 's3://nowhere/game' }, 'accessDenied', 'There are no files in s3://nowhere/game.'],
    ['the folder', { ApplicationSourceUri: 's3://builds/game/1' }, 'accessDenied', 'There are no files in s3://builds/game/1.'],
    ['the executable', { ExecutablePath: 'bin/gam' }, 'internalError', 'There is no bin/gam in s3://builds/game/1.0/.'],
  ])('%s: ends in ERROR, or is refused', async (_what, wrong, StatusReason, message) => {
    const { client, clock } = await simulateGameLiftStreams();
    const { Id: Identifier } = await client.createApplication(anApplication(wrong));
    clock.advance(3 * MINUTE);
    expect(await client.getApplication({ Identifier })).toMatchObject({ Status: 'ERROR', StatusReason });
    const other = await simulateGameLiftStreams({ readings: { missingContent: 'refused' } });
    await expect(other.client.createApplication(anApplication(wrong))).rejects.toEqual(refusal('ValidationException', message));
  });
});

describe('DeleteApplication', () => {
  test('takes a while, then the application is gone', async () => {
    const simulated = await simulateGameLiftStreams();
    const { client, clock, simulator } = simulated;
    const Identifier = await readyApplication(simulated);
    await client.deleteApplication({ Identifier });
    expect((await client.getApplication({ Identifier })).Status).toBe('DELETING');
    clock.advance(10_000);
    await expect(client.getApplication({ Identifier })).rejects.toEqual(refusal('ResourceNotFoundException'));
    await expect(client.deleteApplication({ Identifier })).rejects.toEqual(refusal('ResourceNotFoundException'));
    expect(simulator.remains()).toEqual([]);
  });

  test('of one in ERROR', async () => {
    const simulated = await simulateGameLiftStreams();
    simulated.simulator.script.failingApplication('game', 'internalError');
    const Identifier = await readyApplication(simulated);
    await expect(simulated.client.deleteApplication({ Identifier })).resolves.toBeDefined();
  });

  test.each([['ConflictException', 'ConflictException'], ['ValidationException', 'ValidationException']] as const)(
    'fails while it is processed, with %s', async (wrongStatus, code) => {
      const { client } = await simulateGameLiftStreams({ readings: { wrongStatus } });
      const { Id } = await client.createApplication(anApplication());
      await expect(client.deleteApplication({ Identifier: Id })).rejects.toEqual(
        refusal(code, `The application ${Id} is in INITIALIZED status. It must be in READY or ERROR status.`),
      );
    },
  );

  test('of one that is DELETING: refused, or without effect', async () => {
    for (const deleteWhileDeleting of ['refused', 'accepted'] as const) {
      const simulated = await simulateGameLiftStreams({ readings: { deleteWhileDeleting } });
      const Identifier = await readyApplication(simulated);
      await simulated.client.deleteApplication({ Identifier });
      const again = simulated.client.deleteApplication({ Identifier });
      await (deleteWhileDeleting === 'accepted' ? again : expect(again).rejects.toEqual(refusal('ConflictException')));
    }
  });

  test('fails while it is associated with a stream group', async () => {
    const { client, app, group } = await streaming();
    await expect(client.deleteApplication({ Identifier: app })).rejects.toEqual(refusal('ValidationException',
      `The application ${app} is associated with the stream groups arn:aws:gameliftstreams:us-west-2:123456789012:streamgroup/${group}. `
      + 'Disassociate it from them first.'));
  });

  test('fails while it is streamed, and revokes its stream URLs', async () => {
    const simulated = await streaming();
    const { client, clock, app, group } = simulated;
    const { Arn } = await client.startStreamSession(aSession(simulated));
    const { StreamUrlId } = await client.createStreamUrl(aUrl(simulated));
    await client.disassociateApplications({ Identifier: group, ApplicationIdentifiers: [app] });
    await expect(client.deleteApplication({ Identifier: app })).rejects.toEqual(refusal('ConflictException'));
    clock.advance(10_000);
    await client.terminateStreamSession({ Identifier: group, StreamSessionIdentifier: Arn });
    clock.advance(10_000);
    await client.deleteApplication({ Identifier: app });
    expect(await client.getStreamUrl({ Identifier: group, StreamUrlIdentifier: StreamUrlId })).toMatchObject({
      Status: 'REVOKED', StatusReason: 'applicationDeleted',
    });
  });
});

test('a Windows application needs a stream class of Windows', async () => {
  for (const runtimeOfOtherPlatform of ['refused', 'accepted'] as const) {
    const simulated = await simulateGameLiftStreams({ readings: { runtimeOfOtherPlatform } });
    const app = await readyApplication(simulated, windows);
    const create = simulated.client.createStreamGroup(aGroup({ DefaultApplicationIdentifier: app }));
    await (runtimeOfOtherPlatform === 'accepted' ? create : expect(create).rejects.toEqual(refusal('ValidationException')));
    const right = aGroup({ DefaultApplicationIdentifier: app, StreamClass: 'gen5n_win2022' });
    await expect(simulated.client.createStreamGroup(right)).resolves.toBeDefined();
  }
});
