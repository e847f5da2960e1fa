import {
  aGroup, anApplication, aSession, DAY, HOME, MINUTE, readyApplication, refusal, REMOTE, sessionStatus, simulateGameLiftStreams, stopSimulations,
  streaming, TWO_LOCATIONS,
} from './simulated';

afterEach(stopSimulations);

const NO_CLIENT = { SignalRequest: 'NO_CLIENT_CONNECTION' };
const WINDOWS = { RuntimeEnvironment: { Type: 'WINDOWS', Version: '2022' } as const, ExecutablePath: 'game.exe' };

describe('StartStreamSession', () => {
  test('places the session, and waits for a client until the connection timeout', async () => {
    const simulated = await streaming();
    const { client, clock, app, group } = simulated;
    const started = await client.startStreamSession(aSession(simulated, { UserId: 'anna', Description: 'match' }));
    expect(started).toMatchObject({
      Arn: expect.stringMatching(`^arn:aws:gameliftstreams:us-west-2:123456789012:streamsession/${group}/[0-9a-f]{13}$`),
      StreamGroupId: group,
      ApplicationArn: expect.stringContaining(app),
      Status: 'ACTIVATING',
      Location: HOME,
      ConnectionTimeoutSeconds: 120,
      SessionLengthSeconds: 43_200,
      UserId: 'anna',
      Description: 'match',
    });
    expect(started.SignalResponse).toBeUndefined();
    clock.advance(5_000);
    const active = await client.getStreamSession({ Identifier: group, StreamSessionIdentifier: started.Arn!.split('/')[2] });
    expect(active).toMatchObject({ Status: 'ACTIVE', SignalResponse: expect.any(String) });
    clock.advance(2 * MINUTE);
    expect(await sessionStatus(simulated, started.Arn!)).toEqual(['TERMINATING']);
    clock.advance(10_000);
    expect(await sessionStatus(simulated, started.Arn!)).toEqual(['TERMINATED', 'connectionTimeout']);
  });

  test.each([
    ['Linux on demand', {}, {}, 60_000],
    ['Windows on demand', WINDOWS, { StreamClass: 'gen5n_win2022' as const }, 4 * MINUTE],
  ])('takes longer for %s', async (_what, application, group, ms) => {
    const LocationConfigurations = [{ LocationName: HOME, AlwaysOnCapacity: 0, MaximumCapacity: 2 }];
    const simulated = await streaming({}, { LocationConfigurations, ...group }, application);
    const { Arn } = await simulated.client.startStreamSession(aSession(simulated));
    simulated.clock.advance(ms - 1);
    expect(await sessionStatus(simulated, Arn!)).toEqual(['ACTIVATING']);
    simulated.clock.advance(1);
    expect(await sessionStatus(simulated, Arn!)).toEqual(['ACTIVE']);
  });

  test.each([
    ['always-on', { AlwaysOnCapacity: 2 }, {}, {}, 75_000],
    ['on-demand', { AlwaysOnCapacity: 0, MaximumCapacity: 2 }, {}, {}, 90_000],
    ['Windows on-demand', { AlwaysOnCapacity: 0, MaximumCapacity: 2 }, WINDOWS, { StreamClass: 'gen5n_win2022' as const }, 10 * MINUTE],
  ])('ends in a placement timeout when no %s capacity is free', async (_what, capacity, application, group, ms) => {
    const simulated = await streaming({}, { LocationConfigurations: [{ LocationName: HOME, ...capacity }], ...group }, application);
    const { client, clock } = simulated;
    await client.startStreamSession(aSession(simulated));
    await client.startStreamSession(aSession(simulated));
    const { Arn } = await client.startStreamSession(aSession(simulated));
    clock.advance(ms - 1);
    expect(await sessionStatus(simulated, Arn!)).toEqual(['ACTIVATING']);
    clock.advance(1);
    expect(await sessionStatus(simulated, Arn!)).toEqual(['ERROR', 'placementTimeout']);
  });

  test('takes capacity while it lasts', async () => {
    const simulated = await streaming();
    const { client, clock, group } = simulated;
    const capacity = async () => {
      const { AllocatedCapacity, IdleCapacity } = (await client.getStreamGroup({ Identifier: group })).LocationStates![0];
      return [AllocatedCapacity, IdleCapacity];
    };
    const { Arn } = await client.startStreamSession(aSession(simulated));
    expect(await capacity()).toEqual([2, 1]);
    clock.advance(5_000);
    await client.terminateStreamSession({ Identifier: group, StreamSessionIdentifier: Arn });
    clock.advance(10_000);
    expect(await capacity()).toEqual([2, 2]);
  });

  test('chooses the first location that has capacity, and only the primary one unless told', async () => {
    const simulated = await streaming({}, { LocationConfigurations: [{ LocationName: HOME, AlwaysOnCapacity: 0 }, TWO_LOCATIONS[1]] });
    const { client } = simulated;
    expect((await client.startStreamSession(aSession(simulated, { Locations: [HOME, REMOTE] }))).Location).toBe(REMOTE);
    expect((await client.startStreamSession(aSession(simulated))).Location).toBeUndefined();
  });

  test('before the application is replicated: refused, or a placement timeout', async () => {
    for (const startBeforeReplication of ['refused', 'placement-timeout'] as const) {
      const simulated = await streaming({ readings: { startBeforeReplication } }, { LocationConfigurations: TWO_LOCATIONS });
      const { client, clock, group } = simulated;
      const app = await readyApplication(simulated, { Description: 'other' });
      await client.associateApplications({ Identifier: group, ApplicationIdentifiers: [app] });
      const input = aSession({ ...simulated, app }, { Locations: [REMOTE] });
      if (startBeforeReplication === 'refused') {
        await expect(client.startStreamSession(input)).rejects.toEqual(
          refusal('ValidationException', `The application ${app} is not replicated to eu-central-1.`),
        );
      } else {
        const { Arn } = await client.startStreamSession(input);
        clock.advance(75_000);
        expect(await sessionStatus(simulated, Arn!)).toEqual(['ERROR', 'placementTimeout']);
      }
      clock.advance(3 * MINUTE);
      expect((await client.startStreamSession(input)).Location).toBe(REMOTE);
    }
  });

  test('fails inside, as the script says', async () => {
    const simulated = await streaming();
    simulated.simulator.script.failingSession('players', 'assumeRoleFailed');
    const { Arn } = await simulated.client.startStreamSession(aSession(simulated));
    expect(await sessionStatus(simulated, Arn!)).toEqual(['ACTIVATING']);
    simulated.clock.advance(5_000);
    expect(await sessionStatus(simulated, Arn!)).toEqual(['ERROR', 'assumeRoleFailed']);
  });

  test('fails inside with a signal request that is none', async () => {
    const simulated = await streaming();
    const { Arn } = await simulated.client.startStreamSession(aSession(simulated, { SignalRequest: 'hello' }));
    simulated.clock.advance(5_000);
    expect(await sessionStatus(simulated, Arn!)).toEqual(['ERROR', 'invalidSignalRequest']);
  });

  test.each([
    ['a location that the group does not have', { Locations: ['eu-west-1'] }, /does not have the location eu-west-1\.$/],
    ['a role of another name', { RoleArn: 'arn:aws:iam::123456789012:role/Game' }, /^The name of the role in RoleArn must start with GameLiftStreams-\.$/],
    ['an odd resolution', { DisplayConfiguration: { Resolution: { Width: 1281, Height: 720 } } }, /^The resolution 1281 x 720 is not valid\./],
    ['too many pixels', { DisplayConfiguration: { Resolution: { Width: 1922, Height: 1080 } } }, /^The resolution 1922 x 1080 is not valid\./],
    ['more than a day', { SessionLengthSeconds: 86_401 }, /Member must have value less than or equal to 86400$/],
  ])('is refused with %s', async (_what, overrides, message) => {
    const simulated = await streaming();
    await expect(simulated.client.startStreamSession(aSession(simulated, overrides))).rejects.toEqual(
      refusal('ValidationException', expect.stringMatching(message) as never),
    );
  });

  test('takes a role and a resolution that fit', async () => {
    const simulated = await streaming();
    const overrides = { RoleArn: 'arn:aws:iam::123456789012:role/path/GameLiftStreams-Game', DisplayConfiguration: { Resolution: { Width: 1920, Height: 1080 } } };
    await expect(simulated.client.startStreamSession(aSession(simulated, overrides))).resolves.toMatchObject(overrides);
  });

  test('is refused when the application is not associated, or the group not ACTIVE', async () => {
    const simulated = await streaming();
    const { client } = simulated;
    const { Id: app } = await client.createApplication(anApplication());
    await expect(client.startStreamSession(aSession({ ...simulated, app: app! }))).rejects.toEqual(refusal('ValidationException'));
    const fresh = await simulateGameLiftStreams();
    const { Id: group } = await fresh.client.createStreamGroup(aGroup());
    await expect(fresh.client.startStreamSession(aSession({ ...fresh, app: app!, group: group! }))).rejects.toEqual(
      refusal('ConflictException', `The stream group ${group} is in ACTIVATING status. It must be in ACTIVE status.`),
    );
  });
});

describe('a session without a client', () => {
  test('ends at the connection timeout, or waits', async () => {
    for (const connectionTimeoutWithoutClient of ['applies', 'waits'] as const) {
      const simulated = await streaming({ readings: { connectionTimeoutWithoutClient } });
      const { Arn } = await simulated.client.startStreamSession(aSession(simulated, NO_CLIENT));
      simulated.clock.advance(3 * MINUTE);
      expect(await sessionStatus(simulated, Arn!)).toEqual(connectionTimeoutWithoutClient === 'applies' ? ['TERMINATED', 'connectionTimeout'] : ['ACTIVE']);
      simulated.clock.advance(DAY);
      expect(await sessionStatus(simulated, Arn!)).toEqual(['TERMINATED',
        connectionTimeoutWithoutClient === 'applies' ? 'connectionTimeout' : 'maxSessionLengthTimeout']);
    }
  });
});

describe('TerminateStreamSession', () => {
  test('ends a session', async () => {
    const simulated = await streaming();
    const { client, clock, group } = simulated;
    const { Arn } = await client.startStreamSession(aSession(simulated));
    clock.advance(5_000);
    const session = { Identifier: group, StreamSessionIdentifier: Arn };
    await client.terminateStreamSession(session);
    expect(await sessionStatus(simulated, Arn!)).toEqual(['TERMINATING']);
    await client.terminateStreamSession(session);
    clock.advance(10_000);
    expect(await sessionStatus(simulated, Arn!)).toEqual(['TERMINATED', 'apiTerminated']);
    await client.terminateStreamSession(session);
  });

  test('is refused while the session is ACTIVATING', async () => {
    const simulated = await streaming();
    const { Arn } = await simulated.client.startStreamSession(aSession(simulated));
    await expect(simulated.client.terminateStreamSession({ Identifier: simulated.group, StreamSessionIdentifier: Arn })).rejects.toEqual(
      refusal('ValidationException', `The stream session ${Arn} is in ACTIVATING status and cannot be terminated.`),
    );
  });

  test('is refused for a session that is not there', async () => {
    const { client, group } = await streaming();
    await expect(client.terminateStreamSession({ Identifier: group, StreamSessionIdentifier: 'x' })).rejects.toEqual(
      refusal('ResourceNotFoundException', 'The stream session x does not exist.'),
    );
  });
});

test('sessions are listed by group and by account, filtered, and in pages', async () => {
  const simulated = await streaming();
  const { client, clock, group } = simulated;
  const first = await client.startStreamSession(aSession(simulated));
  clock.advance(5_000);
  const second = await client.startStreamSession(aSession(simulated));
  const arns = ({ Items }: { Items?: { Arn?: string }[] }) => Items!.map(({ Arn }) => Arn);
  expect(arns(await client.listStreamSessions({ Identifier: group }))).toEqual([first.Arn, second.Arn]);
  expect(arns(await client.listStreamSessions({ Identifier: group, Status: 'ACTIVE' }))).toEqual([first.Arn]);
  expect(arns(await client.listStreamSessionsByAccount({ Status: 'ACTIVATING' }))).toEqual([second.Arn]);
  const { NextToken } = await client.listStreamSessionsByAccount({ MaxResults: 1 });
  expect(arns(await client.listStreamSessionsByAccount({ MaxResults: 1, NextToken }))).toEqual([second.Arn]);
});
