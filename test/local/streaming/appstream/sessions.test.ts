import { MINUTE, aFleet, refusal, simulateAppStream, stopSimulations, SimulatedAppStream } from './simulated';
import { HERE, open, streaming } from './streaming';
import { AwsError } from '../../../../local/wire/aws-error';

afterEach(stopSimulations);

async function sessions({ client }: SimulatedAppStream) {
  return (await client.describeSessions(HERE)).Sessions!.map(({ UserId, State, ConnectionState }) => [UserId, State, ConnectionState]);
}

describe('CreateStreamingURL', () => {
  test('gives a URL for a minute', async () => {
    const { client, clock } = await streaming();
    const { StreamingURL, Expires } = await client.createStreamingURL({ ...HERE, UserId: 'anna' });
    expect(StreamingURL).toMatch(/^https:\/\/appstream2\.eu-west-1\.aws\.amazon\.com\/authenticate\?parameters=/);
    expect(Expires).toEqual(new Date(clock.now() + MINUTE));
  });

  test.each([[1, true], [604_800, true], [0, false], [604_801, false]])('with a validity of %d seconds: %s', async (Validity, accepted) => {
    const { client } = await streaming();
    const call = client.createStreamingURL({ ...HERE, UserId: 'anna', Validity });
    await (accepted ? expect(call).resolves.toBeDefined() : expect(call).rejects.toEqual(refusal('InvalidParameterValueException')));
  });

  test.each([['stack', { StackName: 'nowhere' }], ['fleet', { FleetName: 'nowhere' }]])('fails without the %s', async (what, name) => {
    const { client } = await streaming();
    await expect(client.createStreamingURL({ ...HERE, UserId: 'anna', ...name })).rejects.toEqual(
      refusal('ResourceNotFoundException', `The ${what} nowhere does not exist.`),
    );
  });

  test('fails when the two are not associated', async () => {
    const { client } = await streaming();
    await client.disassociateFleet(HERE);
    await expect(client.createStreamingURL({ ...HERE, UserId: 'anna' })).rejects.toEqual(
      refusal('OperationNotPermittedException', 'The fleet office is not associated with the stack stack.'),
    );
  });

  test('fails when the fleet does not run', async () => {
    const { client } = await streaming();
    await client.stopFleet({ Name: 'office' });
    await expect(client.createStreamingURL({ ...HERE, UserId: 'anna' })).rejects.toEqual(
      refusal('ResourceNotAvailableException', 'The fleet office is not running.'),
    );
  });

  test('fails when the fleet is joined to a domain', async () => {
    const { client } = await streaming({ directories: ['corp.example.com'] }, aFleet({ DomainJoinInfo: { DirectoryName: 'corp.example.com' } }));
    await expect(client.createStreamingURL({ ...HERE, UserId: 'anna' })).rejects.toEqual(
      refusal('OperationNotPermittedException', 'The fleet office is joined to a domain.'),
    );
  });
});

describe('a session', () => {
  test('begins when its user opens the URL, and is described with all that the API shows', async () => {
    const appstream = await streaming();
    const { client, clock } = appstream;
    const { Id } = await open(appstream, 'anna');
    expect(await sessions(appstream)).toEqual([['anna', 'PENDING', 'NOT_CONNECTED']]);
    clock.advance(5_000);
    expect((await client.describeSessions(HERE)).Sessions).toEqual([{
      Id,
      UserId: 'anna',
      ...HERE,
      State: 'ACTIVE',
      ConnectionState: 'CONNECTED',
      AuthenticationType: 'API',
      StartTime: new Date(clock.now()),
      MaxExpirationTime: new Date(clock.now() + 57_600_000),
      InstanceId: expect.stringMatching(/^i-[0-9a-f]{17}$/),
      InstanceDrainStatus: 'NOT_APPLICABLE',
    }]);
    expect((await client.describeFleets({})).Fleets![0].ComputeCapacityStatus).toEqual({ Desired: 2, Running: 2, InUse: 1, Available: 1 });
  });

  test('takes longer to begin on an On-Demand fleet', async () => {
    const appstream = await streaming({}, aFleet({ FleetType: 'ON_DEMAND' }));
    await open(appstream, 'anna');
    appstream.clock.advance(60_000);
    expect(await sessions(appstream)).toEqual([['anna', 'PENDING', 'NOT_CONNECTED']]);
    appstream.clock.advance(30_000);
    expect(await sessions(appstream)).toEqual([['anna', 'ACTIVE', 'CONNECTED']]);
  });

  test('ends at its longest', async () => {
    const appstream = await streaming({}, aFleet({ MaxUserDurationInSeconds: 600 }));
    await open(appstream, 'anna');
    appstream.clock.advance(605_000);
    expect(await sessions(appstream)).toEqual([['anna', 'EXPIRED', 'NOT_CONNECTED']]);
  });

  test('waits for a user who went away, and ends when the user stays away', async () => {
    const appstream = await streaming();
    const { Id } = await open(appstream, 'anna');
    appstream.clock.advance(MINUTE);
    appstream.simulator.disconnect(Id!);
    expect(await sessions(appstream)).toEqual([['anna', 'ACTIVE', 'NOT_CONNECTED']]);
    expect((await open(appstream, 'anna')).Id).toBe(Id);
    expect(await sessions(appstream)).toEqual([['anna', 'ACTIVE', 'CONNECTED']]);
    appstream.simulator.disconnect(Id!);
    appstream.clock.advance(15 * MINUTE);
    expect(await sessions(appstream)).toEqual([['anna', 'EXPIRED', 'NOT_CONNECTED']]);
  });

  test('ends with its fleet', async () => {
    const appstream = await streaming();
    await open(appstream, 'anna');
    await appstream.client.stopFleet({ Name: 'office' });
    expect(await sessions(appstream)).toEqual([['anna', 'EXPIRED', 'NOT_CONNECTED']]);
  });

  test('needs an instance that is free', async () => {
    const appstream = await streaming();
    await open(appstream, 'anna');
    await open(appstream, 'bert');
    await expect(open(appstream, 'carl')).rejects.toThrow('no streaming resources are available for the fleet office');
  });

  test('needs a slot that is free on a multi-session fleet', async () => {
    const appstream = await streaming({}, aFleet({ MaxSessionsPerInstance: 2, ComputeCapacity: { DesiredSessions: 2 } }));
    await open(appstream, 'anna');
    await open(appstream, 'bert');
    await expect(open(appstream, 'carl')).rejects.toThrow('no streaming resources are available for the fleet office');
  });

  test('needs a URL that is still valid', async () => {
    const { client, clock, simulator } = await streaming();
    const { StreamingURL } = await client.createStreamingURL({ ...HERE, UserId: 'anna', Validity: 30 });
    clock.advance(30_000);
    expect(() => simulator.openStreamingUrl(StreamingURL!)).toThrow('the streaming URL has expired');
  });
});

describe('ExpireSession', () => {
  test('ends a session at once', async () => {
    const appstream = await streaming();
    const { Id } = await open(appstream, 'anna');
    await appstream.client.expireSession({ SessionId: Id });
    expect(await sessions(appstream)).toEqual([['anna', 'EXPIRED', 'NOT_CONNECTED']]);
  });

  test('of a session that does not end, as a test would have it: refused, then without effect, then it ends', async () => {
    const appstream = await streaming();
    const { Id } = await open(appstream, 'anna');
    const { script } = appstream.simulator;
    script.unendingSession(Id!, { error: new AwsError('InternalFailure', 'no', 500), times: 2 });
    for (let times = 0; times < 2; times += 1) {
      await expect(appstream.client.expireSession({ SessionId: Id })).rejects.toEqual(refusal('InternalFailure', 'no'));
    }
    script.unendingSession(Id!, { times: 1 });
    await appstream.client.expireSession({ SessionId: Id });
    expect(await sessions(appstream)).toEqual([['anna', 'PENDING', 'NOT_CONNECTED']]);
    await appstream.client.expireSession({ SessionId: Id });
    expect(await sessions(appstream)).toEqual([['anna', 'EXPIRED', 'NOT_CONNECTED']]);
  });

  test('of one that has ended: refused, or without effect', async () => {
    for (const expireUnknownSession of ['refused', 'accepted'] as const) {
      const appstream = await streaming({ readings: { expireUnknownSession } });
      const { Id } = await open(appstream, 'anna');
      await appstream.client.expireSession({ SessionId: Id });
      for (const SessionId of [Id, 'nowhere']) {
        const call = appstream.client.expireSession({ SessionId });
        await (expireUnknownSession === 'accepted' ? call : expect(call).rejects.toEqual(refusal('ResourceNotFoundException')));
      }
    }
  });
});

describe('DescribeSessions', () => {
  test('finds sessions of a user, by the way the user signed in', async () => {
    const appstream = await streaming();
    await open(appstream, 'anna');
    await open(appstream, 'bert');
    const { client } = appstream;
    expect((await client.describeSessions({ ...HERE, UserId: 'bert', AuthenticationType: 'API' })).Sessions!.map(({ UserId }) => UserId)).toEqual(['bert']);
    expect((await client.describeSessions({ ...HERE, AuthenticationType: 'SAML' })).Sessions).toEqual([]);
    expect((await client.describeSessions({ ...HERE, UserId: 'carl', AuthenticationType: 'API' })).Sessions).toEqual([]);
    await expect(client.describeSessions({ ...HERE, UserId: 'bert' })).rejects.toEqual(
      refusal('InvalidParameterCombinationException', 'If you specify a user ID, you must also specify the authentication type.'),
    );
  });

  test('comes in pages of the wanted size', async () => {
    const appstream = await streaming();
    await open(appstream, 'anna');
    await open(appstream, 'bert');
    const first = await appstream.client.describeSessions({ ...HERE, Limit: 1 });
    const second = await appstream.client.describeSessions({ ...HERE, Limit: 1, NextToken: first.NextToken });
    expect([first, second].map(({ Sessions }) => Sessions!.map(({ UserId }) => UserId))).toEqual([['anna'], ['bert']]);
    expect(second.NextToken).toBeUndefined();
  });

  test.each([[1, true], [50, true], [0, false], [51, false]])('with a limit of %d: %s', async (Limit, accepted) => {
    const { client } = await streaming();
    const call = client.describeSessions({ ...HERE, Limit });
    await (accepted ? expect(call).resolves.toBeDefined() : expect(call).rejects.toEqual(refusal('InvalidParameterValueException')));
  });

  test('lists what has expired, or leaves it out', async () => {
    for (const [expiredSessions, count] of [['listed', 1], ['left-out', 0]] as const) {
      const appstream = await streaming({ readings: { expiredSessions } });
      const { Id } = await open(appstream, 'anna');
      await appstream.client.expireSession({ SessionId: Id });
      expect(await sessions(appstream)).toHaveLength(count);
    }
  });

  test('of what does not exist: refused, or empty', async () => {
    const strict = await simulateAppStream();
    await expect(strict.client.describeSessions(HERE)).rejects.toEqual(refusal('InvalidParameterCombinationException'));
    const lenient = await simulateAppStream({ readings: { listOfUnknown: 'empty' } });
    expect((await lenient.client.describeSessions(HERE)).Sessions).toEqual([]);
  });
});
