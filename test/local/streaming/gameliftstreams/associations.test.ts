import { aGroup, anApplication, DAY, HOME, MINUTE, readyApplication, refusal, REMOTE, simulateGameLiftStreams, stopSimulations, streaming, TWO_LOCATIONS } from './simulated';

afterEach(stopSimulations);

describe('AssociateApplications', () => {
  test('replicates to the locations of the group', async () => {
    const simulated = await streaming({}, { LocationConfigurations: TWO_LOCATIONS });
    const { client, clock, app, group } = simulated;
    const other = await readyApplication(simulated, { Description: 'other' });
    const { Arn, ApplicationArns } = await client.associateApplications({ Identifier: group, ApplicationIdentifiers: [other] });
    expect([Arn, ...ApplicationArns!].map((arn) => arn!.split('/')[1])).toEqual([group, app, other]);
    const statuses = async () => {
      const { ReplicationStatuses } = await client.getApplication({ Identifier: other });
      return ReplicationStatuses!.map(({ Location, Status }) => [Location, Status]);
    };
    expect(await statuses()).toEqual([[HOME, 'REPLICATING'], [REMOTE, 'REPLICATING']]);
    clock.advance(10_000);
    expect(await statuses()).toEqual([[HOME, 'COMPLETED'], [REMOTE, 'REPLICATING']]);
    clock.advance(3 * MINUTE);
    expect(await statuses()).toEqual([[HOME, 'COMPLETED'], [REMOTE, 'COMPLETED']]);
  });

  test('hangs as the script says', async () => {
    const simulated = await streaming({}, { LocationConfigurations: TWO_LOCATIONS });
    const { client, clock, group, simulator } = simulated;
    const other = await readyApplication(simulated, { Description: 'other' });
    simulator.script.hangingReplication('other', REMOTE);
    await client.associateApplications({ Identifier: group, ApplicationIdentifiers: [other] });
    clock.advance(100 * DAY);
    expect((await client.getApplication({ Identifier: other })).ReplicationStatuses).toContainEqual({ Location: REMOTE, Status: 'REPLICATING' });
  });

  test('makes the first one the default of a group without', async () => {
    const simulated = await simulateGameLiftStreams();
    const { client, clock } = simulated;
    const first = await readyApplication(simulated);
    const second = await readyApplication(simulated);
    const { Id } = await client.createStreamGroup(aGroup());
    clock.advance(5 * MINUTE);
    await client.associateApplications({ Identifier: Id, ApplicationIdentifiers: [first, second] });
    expect((await client.getStreamGroup({ Identifier: Id })).DefaultApplication!.Id).toBe(first);
  });

  test('of one that is associated changes nothing', async () => {
    const { client, app, group } = await streaming();
    const { ApplicationArns } = await client.associateApplications({ Identifier: group, ApplicationIdentifiers: [app] });
    expect(ApplicationArns).toHaveLength(1);
  });

  test.each([[180, true], [181, false]])('to a group of %d days: %s', async (days, accepted) => {
    const simulated = await streaming();
    const { client, clock, group } = simulated;
    const other = await readyApplication(simulated, { Description: 'other' });
    clock.advance(days * DAY - 8 * MINUTE);
    const associate = client.associateApplications({ Identifier: group, ApplicationIdentifiers: [other] });
    await (accepted ? associate : expect(associate).rejects.toEqual(refusal('ValidationException',
      `The stream group ${group} is older than 180 days and can no longer be updated with new application associations.`)));
  });

  test('fails with an application that is not READY', async () => {
    const { client, group } = await streaming();
    const { Id } = await client.createApplication(anApplication());
    await expect(client.associateApplications({ Identifier: group, ApplicationIdentifiers: [Id!] })).rejects.toEqual(
      refusal('ValidationException', `The application ${Id} is in INITIALIZED status. It must be in READY status.`),
    );
  });

  test('fails unless the group is ACTIVE, with the one error that it declares for that', async () => {
    const simulated = await simulateGameLiftStreams();
    const app = await readyApplication(simulated);
    const { Id } = await simulated.client.createStreamGroup(aGroup());
    await expect(simulated.client.associateApplications({ Identifier: Id, ApplicationIdentifiers: [app] })).rejects.toEqual(
      refusal('ValidationException', `The stream group ${Id} is in ACTIVATING status. It must be in ACTIVE status.`),
    );
  });

  test('fails beyond a hundred applications', async () => {
    const simulated = await streaming();
    const { client, clock, group } = simulated;
    const ids = await Promise.all(Array.from({ length: 100 }, async () => (await client.createApplication(anApplication())).Id!));
    clock.advance(3 * MINUTE);
    await client.associateApplications({ Identifier: group, ApplicationIdentifiers: ids.slice(0, 50) });
    await client.associateApplications({ Identifier: group, ApplicationIdentifiers: ids.slice(50, 99) });
    await expect(client.associateApplications({ Identifier: group, ApplicationIdentifiers: ids.slice(99) })).rejects.toEqual(
      refusal('ServiceQuotaExceededException', 'A stream group has at most 100 applications.'),
    );
  });
});

describe('DisassociateApplications', () => {
  test('chooses a new default, and forgets the copies', async () => {
    const simulated = await streaming();
    const { client, app, group } = simulated;
    const other = await readyApplication(simulated, { Description: 'other' });
    await client.associateApplications({ Identifier: group, ApplicationIdentifiers: [other] });
    await client.disassociateApplications({ Identifier: group, ApplicationIdentifiers: [app] });
    expect((await client.getStreamGroup({ Identifier: group })).DefaultApplication!.Id).toBe(other);
    expect(await client.getApplication({ Identifier: app })).toMatchObject({ AssociatedStreamGroups: [], ReplicationStatuses: [] });
    await client.disassociateApplications({ Identifier: group, ApplicationIdentifiers: [other] });
    expect((await client.getStreamGroup({ Identifier: group })).DefaultApplication).toBeUndefined();
  });

  test('of one that is not associated: refused, or without effect', async () => {
    for (const disassociateUnassociated of ['refused', 'accepted'] as const) {
      const simulated = await streaming({ readings: { disassociateUnassociated } });
      const other = await readyApplication(simulated, { Description: 'other' });
      const call = simulated.client.disassociateApplications({ Identifier: simulated.group, ApplicationIdentifiers: [other] });
      await (disassociateUnassociated === 'accepted' ? call : expect(call).rejects.toEqual(refusal('ValidationException')));
    }
  });
});
