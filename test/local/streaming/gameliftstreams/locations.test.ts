import { aGroup, HOME, MINUTE, refusal, REMOTE, simulateGameLiftStreams, stopSimulations, streaming, TWO_LOCATIONS } from './simulated';

afterEach(stopSimulations);

const ADDED = { LocationConfigurations: [{ LocationName: REMOTE, AlwaysOnCapacity: 2 }] };

async function states({ client, group }: Awaited<ReturnType<typeof streaming>>) {
  const { Status, LocationStates } = await client.getStreamGroup({ Identifier: group });
  return [Status, ...LocationStates!.map((location) => `${location.LocationName} ${location.Status}`)];
}

describe('AddStreamGroupLocations', () => {
  test('sets up the location and replicates to it', async () => {
    const simulated = await streaming();
    const { client, clock, app, group } = simulated;
    const { Locations } = await client.addStreamGroupLocations({ Identifier: group, ...ADDED });
    expect(Locations).toEqual([expect.objectContaining({ LocationName: REMOTE, Status: 'ACTIVATING' })]);
    expect(await states(simulated)).toEqual(['UPDATING_LOCATIONS', `${HOME} ACTIVE`, `${REMOTE} ACTIVATING`]);
    expect((await client.getApplication({ Identifier: app })).ReplicationStatuses).toContainEqual({ Location: REMOTE, Status: 'REPLICATING' });
    await expect(client.updateStreamGroup({ Identifier: group, Description: 'new' })).rejects.toEqual(refusal('ConflictException'));
    clock.advance(4 * MINUTE);
    expect(await states(simulated)).toEqual(['ACTIVE', `${HOME} ACTIVE`, `${REMOTE} ACTIVE`]);
  });

  test('fails in the end: the group is ACTIVE_WITH_ERRORS until the location is removed', async () => {
    for (const activeWithErrors of ['refused', 'accepted'] as const) {
      const simulated = await streaming({ readings: { activeWithErrors } });
      const { client, clock, group, simulator } = simulated;
      simulator.script.failingLocation('players', REMOTE);
      await client.addStreamGroupLocations({ Identifier: group, ...ADDED });
      clock.advance(4 * MINUTE);
      expect(await states(simulated)).toEqual(['ACTIVE_WITH_ERRORS', `${HOME} ACTIVE`, `${REMOTE} ERROR`]);
      const update = client.updateStreamGroup({ Identifier: group, Description: 'new' });
      await (activeWithErrors === 'accepted' ? update : expect(update).rejects.toEqual(refusal('ConflictException')));
      await client.removeStreamGroupLocations({ Identifier: group, Locations: [REMOTE] });
      clock.advance(MINUTE);
      expect(await states(simulated)).toEqual(['ACTIVE', `${HOME} ACTIVE`]);
    }
  });

  test.each([
    ['one that is there', [{ LocationName: HOME, AlwaysOnCapacity: 2 }], /already has the location us-west-2\.$/],
    ['one twice', [...ADDED.LocationConfigurations, ...ADDED.LocationConfigurations], /^The location eu-central-1 is configured more than once\.$/],
    ['one that AWS does not have', [{ LocationName: 'eu-moon-1', AlwaysOnCapacity: 2 }], /^The location eu-moon-1 is not supported\.$/],
    ['one without a capacity', [{ LocationName: REMOTE }], /^The location eu-central-1 is new\./],
  ])('fails with %s', async (_what, LocationConfigurations, message) => {
    const simulated = await streaming();
    await expect(simulated.client.addStreamGroupLocations({ Identifier: simulated.group, LocationConfigurations })).rejects.toEqual(
      refusal('ValidationException', expect.stringMatching(message) as never),
    );
    expect(await states(simulated)).toEqual(['ACTIVE', `${HOME} ACTIVE`]);
  });

  test('fails unless the group is ACTIVE, with the one error that it declares for that', async () => {
    const { client } = await simulateGameLiftStreams();
    const { Id } = await client.createStreamGroup(aGroup());
    await expect(client.addStreamGroupLocations({ Identifier: Id, ...ADDED })).rejects.toEqual(refusal('ValidationException'));
  });
});

describe('RemoveStreamGroupLocations', () => {
  test('takes a while, and the copies of the applications with it', async () => {
    const simulated = await streaming({}, { LocationConfigurations: TWO_LOCATIONS });
    const { client, clock, app, group } = simulated;
    await client.removeStreamGroupLocations({ Identifier: group, Locations: [REMOTE] });
    expect(await states(simulated)).toEqual(['UPDATING_LOCATIONS', `${HOME} ACTIVE`, `${REMOTE} REMOVING`]);
    clock.advance(MINUTE);
    expect(await states(simulated)).toEqual(['ACTIVE', `${HOME} ACTIVE`]);
    expect((await client.getApplication({ Identifier: app })).ReplicationStatuses).toEqual([{ Location: HOME, Status: 'COMPLETED' }]);
  });

  test.each([
    ['the primary location', HOME, /^The location us-west-2 is the primary location of the stream group .* which cannot be removed\.$/],
    ['a location that the group does not have', 'eu-west-1', /does not have the location eu-west-1\.$/],
  ])('fails with %s', async (_what, location, message) => {
    const { client, group } = await streaming();
    await expect(client.removeStreamGroupLocations({ Identifier: group, Locations: [location] })).rejects.toEqual(
      refusal('ValidationException', expect.stringMatching(message) as never),
    );
  });
});
