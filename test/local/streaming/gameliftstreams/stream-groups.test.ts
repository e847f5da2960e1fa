import {
  aGroup, anApplication, aSession, aUrl, DAY, HOME, MINUTE, readyApplication, refusal, REMOTE, sessionStatus, simulateGameLiftStreams,
  stopSimulations, streaming, TWO_LOCATIONS,
} from './simulated';

afterEach(stopSimulations);

describe('CreateStreamGroup', () => {
  test('becomes ACTIVE with its locations', async () => {
    const { client, clock } = await simulateGameLiftStreams();
    const { Id, ...created } = await client.createStreamGroup(aGroup());
    expect(created).toMatchObject({
      Arn: `arn:aws:gameliftstreams:us-west-2:123456789012:streamgroup/${Id}`,
      Status: 'ACTIVATING',
      ExpiresAt: new Date(clock.now() + 365 * DAY),
      AssociatedApplications: [],
      LocationStates: [{ LocationName: HOME, Status: 'ACTIVATING', AllocatedCapacity: 0, IdleCapacity: 0 }],
    });
    clock.advance(5 * MINUTE);
    expect(await client.getStreamGroup({ Identifier: Id })).toMatchObject({
      Status: 'ACTIVE',
      LocationStates: [{
        LocationName: HOME, Status: 'ACTIVE', AlwaysOnCapacity: 2, TargetIdleCapacity: 0, MaximumCapacity: 4, RequestedCapacity: 2, AllocatedCapacity: 2, IdleCapacity: 2,
      }],
    });
  });

  test('ends in ERROR with the reason', async () => {
    const { client, clock, simulator } = await simulateGameLiftStreams();
    simulator.script.failingStreamGroup('players', 'noAvailableInstances');
    const { Id } = await client.createStreamGroup(aGroup());
    clock.advance(5 * MINUTE);
    expect(await client.getStreamGroup({ Identifier: Id })).toMatchObject({ Status: 'ERROR', StatusReason: 'noAvailableInstances' });
  });

  test('gets the primary location when it names none', async () => {
    const { client } = await simulateGameLiftStreams();
    const { LocationStates } = await client.createStreamGroup(aGroup({ LocationConfigurations: undefined }));
    expect(LocationStates).toEqual([expect.objectContaining({ LocationName: HOME, AlwaysOnCapacity: 2 })]);
  });

  test('without the primary location: refused, or added', async () => {
    const LocationConfigurations = [{ LocationName: REMOTE, AlwaysOnCapacity: 2 }];
    const strict = await simulateGameLiftStreams();
    await expect(strict.client.createStreamGroup(aGroup({ LocationConfigurations }))).rejects.toEqual(
      refusal('ValidationException', 'The location configurations do not have the primary location us-west-2.'),
    );
    const lenient = await simulateGameLiftStreams({ readings: { withoutPrimaryLocation: 'accepted' } });
    const { LocationStates } = await lenient.client.createStreamGroup(aGroup({ LocationConfigurations }));
    expect(LocationStates!.map(({ LocationName, AlwaysOnCapacity }) => [LocationName, AlwaysOnCapacity])).toEqual([[HOME, 0], [REMOTE, 2]]);
  });

  test('shows the transit gateway of a VPC', async () => {
    const { client } = await simulateGameLiftStreams();
    const VpcTransitConfiguration = { VpcId: 'vpc-1', Ipv4CidrBlocks: ['10.0.0.0/24'] };
    const { LocationStates } = await client.createStreamGroup(aGroup({
      LocationConfigurations: [{ LocationName: HOME, AlwaysOnCapacity: 2, VpcTransitConfiguration }],
    }));
    expect(LocationStates![0].VpcTransitConfiguration).toEqual({
      ...VpcTransitConfiguration,
      TransitGatewayId: expect.stringMatching(/^tgw-/),
      TransitGatewayResourceShareArn: expect.stringMatching(/^arn:aws:ram:us-west-2:123456789012:resource-share\//),
    });
  });

  test('fails with an application that is not there, or not READY', async () => {
    const { client } = await simulateGameLiftStreams();
    await expect(client.createStreamGroup(aGroup({ DefaultApplicationIdentifier: 'a-1' }))).rejects.toEqual(refusal('ResourceNotFoundException'));
    const { Id } = await client.createApplication(anApplication());
    await expect(client.createStreamGroup(aGroup({ DefaultApplicationIdentifier: Id }))).rejects.toEqual(
      refusal('ConflictException', `The application ${Id} is in INITIALIZED status. It must be in READY status.`),
    );
  });
});

describe('capacities', () => {
  test.each([
    ['gen6n_small', 12, true], ['gen6n_small', 6, false],
    ['gen6n_medium', 4, true], ['gen6n_medium', 2, false],
    ['gen5n_high', 2, true], ['gen5n_high', 1, false],
    ['gen5n_ultra', 1, true],
  ] as const)('of %s: %d is accepted: %s', async (StreamClass, AlwaysOnCapacity, accepted) => {
    const { client } = await simulateGameLiftStreams();
    const create = client.createStreamGroup(aGroup({ StreamClass, LocationConfigurations: [{ LocationName: HOME, AlwaysOnCapacity }] }));
    await (accepted ? create : expect(create).rejects.toEqual(refusal('ValidationException')));
  });

  test.each([
    [{}, 'The location us-west-2 is new. Specify a value for at least one of its capacities.'],
    [{ OnDemandCapacity: 2, MaximumCapacity: 2 }, 'OnDemandCapacity cannot be used with MaximumCapacity or TargetIdleCapacity in the location us-west-2.'],
    [{ AlwaysOnCapacity: 4, MaximumCapacity: 2 }, 'The MaximumCapacity 2 of the location us-west-2 is less than its AlwaysOnCapacity or its TargetIdleCapacity.'],
    [{ AlwaysOnCapacity: 3 }, 'The AlwaysOnCapacity 3 of the location us-west-2 is not a multiple of 2, the tenancy of the stream class gen5n_high.'],
  ])('%j fail', async (capacities, message) => {
    const { client } = await simulateGameLiftStreams();
    await expect(client.createStreamGroup(aGroup({ LocationConfigurations: [{ LocationName: HOME, ...capacities }] }))).rejects.toEqual(
      refusal('ValidationException', message),
    );
  });

  test('the deprecated on-demand capacity comes on top of what is always on', async () => {
    const { client } = await simulateGameLiftStreams();
    const { LocationStates } = await client.createStreamGroup(aGroup({
      LocationConfigurations: [{ LocationName: HOME, AlwaysOnCapacity: 2, OnDemandCapacity: 2 }],
    }));
    expect(LocationStates![0]).toMatchObject({ AlwaysOnCapacity: 2, OnDemandCapacity: 2, MaximumCapacity: 4 });
  });
});

describe('UpdateStreamGroup', () => {
  test('changes description, capacities and default application', async () => {
    const simulated = await streaming();
    const { client, app, group } = simulated;
    const other = await readyApplication(simulated, { Description: 'other' });
    await expect(client.updateStreamGroup({ Identifier: group, DefaultApplicationIdentifier: other })).rejects.toEqual(
      refusal('ValidationException', `The application ${other} is not associated with the stream group ${group}.`),
    );
    await client.associateApplications({ Identifier: group, ApplicationIdentifiers: [other] });
    const updated = await client.updateStreamGroup({
      Identifier: group, Description: 'new', DefaultApplicationIdentifier: other, LocationConfigurations: [{ LocationName: HOME, MaximumCapacity: 8 }],
    });
    expect(updated).toMatchObject({
      Description: 'new', DefaultApplication: { Id: other }, LocationStates: [{ AlwaysOnCapacity: 2, MaximumCapacity: 8 }], Status: 'ACTIVE',
    });
    expect(updated.AssociatedApplications!.map((arn) => arn.split('/')[1])).toEqual([app, other]);
  });

  test('fails with another VPC', async () => {
    const { client, group } = await streaming();
    const VpcTransitConfiguration = { VpcId: 'vpc-2', Ipv4CidrBlocks: ['10.0.0.0/24'] };
    const LocationConfigurations = [{ LocationName: HOME, VpcTransitConfiguration }];
    await expect(client.updateStreamGroup({ Identifier: group, LocationConfigurations })).rejects.toEqual(
      refusal('ValidationException', 'The VPC of the location us-west-2 cannot be changed after the stream group is created.'),
    );
  });

  test('with a new location: refused, or added', async () => {
    for (const newLocationByUpdate of ['refused', 'accepted'] as const) {
      const { client, group } = await streaming({ readings: { newLocationByUpdate } });
      const update = client.updateStreamGroup({ Identifier: group, LocationConfigurations: [{ LocationName: REMOTE, AlwaysOnCapacity: 2 }] });
      await (newLocationByUpdate === 'accepted'
        ? expect(update).resolves.toMatchObject({ Status: 'UPDATING_LOCATIONS' })
        : expect(update).rejects.toEqual(refusal('ValidationException')));
    }
  });

  test.each(['ConflictException', 'ValidationException'] as const)('fails unless the group is ACTIVE, with %s', async (wrongStatus) => {
    const { client } = await simulateGameLiftStreams({ readings: { wrongStatus } });
    const { Id } = await client.createStreamGroup(aGroup());
    await expect(client.updateStreamGroup({ Identifier: Id, Description: 'new' })).rejects.toEqual(
      refusal(wrongStatus, `The stream group ${Id} is in ACTIVATING status. It must be in ACTIVE status.`),
    );
  });
});

describe('a group of 365 days', () => {
  test('is EXPIRED: it can be read and deleted, and nothing else', async () => {
    const simulated = await streaming();
    const { client, clock, group } = simulated;
    clock.advance(365 * DAY);
    expect((await client.getStreamGroup({ Identifier: group })).Status).toBe('EXPIRED');
    await expect(client.updateStreamGroup({ Identifier: group, Description: 'new' })).rejects.toEqual(refusal('ConflictException'));
    await expect(client.startStreamSession(aSession(simulated))).rejects.toEqual(refusal('ConflictException'));
    await client.deleteStreamGroup({ Identifier: group });
  });
});

describe('DeleteStreamGroup', () => {
  test('ends its sessions, associations and stream URLs, and takes a while', async () => {
    const simulated = await streaming({}, { LocationConfigurations: TWO_LOCATIONS });
    const { client, clock, app, group, simulator } = simulated;
    const { Arn } = await client.startStreamSession(aSession(simulated));
    const { StreamUrlId } = await client.createStreamUrl(aUrl(simulated));
    await client.deleteStreamGroup({ Identifier: group });
    expect(await sessionStatus(simulated, Arn!)).toEqual(['TERMINATING']);
    expect((await client.getStreamGroup({ Identifier: group })).Status).toBe('DELETING');
    expect(await client.getApplication({ Identifier: app })).toMatchObject({ AssociatedStreamGroups: [], ReplicationStatuses: [] });
    clock.advance(2 * MINUTE);
    await expect(client.getStreamGroup({ Identifier: group })).rejects.toEqual(refusal('ResourceNotFoundException'));
    expect(await client.getStreamUrl({ Identifier: group, StreamUrlIdentifier: StreamUrlId })).toMatchObject({
      Status: 'REVOKED', StatusReason: 'streamGroupDeleted',
    });
    await client.deleteApplication({ Identifier: app });
    clock.advance(MINUTE);
    expect(simulator.remains()).toEqual([]);
  });

  test('while it is ACTIVATING: refused, or accepted', async () => {
    for (const deleteWhileActivating of ['refused', 'accepted'] as const) {
      const { client } = await simulateGameLiftStreams({ readings: { deleteWhileActivating } });
      const { Id } = await client.createStreamGroup(aGroup());
      const remove = client.deleteStreamGroup({ Identifier: Id });
      await (deleteWhileActivating === 'accepted' ? remove : expect(remove).rejects.toEqual(refusal('ConflictException')));
    }
  });

  test('of one that is DELETING: refused, or without effect', async () => {
    for (const deleteWhileDeleting of ['refused', 'accepted'] as const) {
      const { client, group } = await streaming({ readings: { deleteWhileDeleting } });
      await client.deleteStreamGroup({ Identifier: group });
      const again = client.deleteStreamGroup({ Identifier: group });
      await (deleteWhileDeleting === 'accepted' ? again : expect(again).rejects.toEqual(refusal('ConflictException')));
    }
  });

  test('of one in ERROR', async () => {
    const { client, clock, simulator } = await simulateGameLiftStreams();
    simulator.script.failingStreamGroup('players', 'internalError');
    const { Id } = await client.createStreamGroup(aGroup());
    clock.advance(5 * MINUTE);
    await expect(client.deleteStreamGroup({ Identifier: Id })).resolves.toBeDefined();
  });
});

test('ListStreamGroups shows a summary', async () => {
  const { client, app, group } = await streaming();
  expect((await client.listStreamGroups({})).Items).toEqual([{
    Arn: expect.stringContaining(group),
    Id: group,
    Description: 'players',
    DefaultApplication: { Id: app, Arn: expect.stringContaining(app) },
    StreamClass: 'gen5n_high',
    Status: 'ACTIVE',
    CreatedAt: expect.any(Date),
    LastUpdatedAt: expect.any(Date),
    ExpiresAt: expect.any(Date),
  }]);
});
