import type { Session } from '@aws-sdk/client-appstream';
import { MINUTE, aFleet, refusal, stopSimulations, SimulatedAppStream } from './simulated';
import { HERE, open, streaming } from './streaming';
import type { AppStreamOptions } from '../../../../local/streaming/appstream/options';

afterEach(stopSimulations);

/** Two users on the first of two instances, one on the second. */
async function shared(options?: AppStreamOptions): Promise<[SimulatedAppStream, ...Session[]]> {
  const appstream = await streaming(options, aFleet({ MaxSessionsPerInstance: 2, ComputeCapacity: { DesiredSessions: 4 } }));
  return [appstream, await open(appstream, 'anna'), await open(appstream, 'bert'), await open(appstream, 'carl')];
}

async function drainStatus({ client }: SimulatedAppStream) {
  return Object.fromEntries((await client.describeSessions(HERE)).Sessions!.map(({ UserId, InstanceDrainStatus }) => [UserId, InstanceDrainStatus]));
}

const capacity = async ({ client }: SimulatedAppStream) => (await client.describeFleets({})).Fleets![0].ComputeCapacityStatus;

test('sessions of a multi-session fleet share instances', async () => {
  const [appstream, anna, bert, carl] = await shared();
  expect(bert.InstanceId).toBe(anna.InstanceId);
  expect(carl.InstanceId).not.toBe(anna.InstanceId);
  expect((await appstream.client.describeSessions({ ...HERE, InstanceId: anna.InstanceId })).Sessions!.map(({ UserId }) => UserId)).toEqual(['anna', 'bert']);
  expect(await capacity(appstream)).toEqual({
    Desired: 2,
    Running: 2,
    InUse: 2,
    Available: 0,
    DesiredUserSessions: 4,
    ActualUserSessions: 4,
    ActiveUserSessions: 3,
    AvailableUserSessions: 1,
    Draining: 0,
    DrainModeActiveUserSessions: 0,
    DrainModeUnusedUserSessions: 0,
  });
});

describe('DrainSessionInstance', () => {
  test('shows on each session of the instance, and ends none', async () => {
    const [appstream, anna] = await shared();
    await appstream.client.drainSessionInstance({ SessionId: anna.Id });
    appstream.clock.advance(MINUTE);
    expect(await drainStatus(appstream)).toEqual({ anna: 'DRAINING', bert: 'DRAINING', carl: 'ACTIVE' });
    expect((await appstream.client.describeSessions(HERE)).Sessions!.map(({ State }) => State)).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE']);
  });

  test('keeps new sessions from the instance until the last has ended, and its users may come back', async () => {
    const [appstream, anna, bert, carl] = await shared();
    await appstream.client.drainSessionInstance({ SessionId: anna.Id });
    await appstream.client.expireSession({ SessionId: anna.Id });
    expect(await capacity(appstream)).toMatchObject({
      ActualUserSessions: 3,
      ActiveUserSessions: 2,
      AvailableUserSessions: 1,
      Draining: 1,
      DrainModeActiveUserSessions: 1,
      DrainModeUnusedUserSessions: 1,
    });
    expect((await open(appstream, 'dora')).InstanceId).toBe(carl.InstanceId);
    await expect(open(appstream, 'emil')).rejects.toThrow('no streaming resources are available for the fleet office');
    expect((await open(appstream, 'bert')).Id).toBe(bert.Id);
    await appstream.client.expireSession({ SessionId: bert.Id });
    expect([anna.InstanceId, carl.InstanceId]).not.toContain((await open(appstream, 'emil')).InstanceId);
    expect(await drainStatus(appstream)).toMatchObject({ dora: 'ACTIVE', emil: 'ACTIVE' });
  });

  test('fails for a session that does not exist', async () => {
    const [{ client }] = await shared();
    await expect(client.drainSessionInstance({ SessionId: 'nowhere' })).rejects.toEqual(
      refusal('ResourceNotFoundException', 'The session nowhere does not exist.'),
    );
  });

  test('fails for a session that has expired, in one way or the other', async () => {
    for (const drainExpiredSession of ['ResourceNotFoundException', 'OperationNotPermittedException'] as const) {
      const [{ client }, { Id: SessionId }] = await shared({ readings: { drainExpiredSession } });
      await client.expireSession({ SessionId });
      await expect(client.drainSessionInstance({ SessionId })).rejects.toEqual(refusal(drainExpiredSession, `The session ${SessionId} has expired.`));
    }
  });

  test('of an instance that drains: refused, or accepted', async () => {
    for (const drainAgain of ['refused', 'accepted'] as const) {
      const [{ client }, anna, bert] = await shared({ readings: { drainAgain } });
      await client.drainSessionInstance({ SessionId: anna.Id });
      const call = client.drainSessionInstance({ SessionId: bert.Id });
      await (drainAgain === 'accepted' ? call : expect(call).rejects.toEqual(
        refusal('OperationNotPermittedException', `The instance ${anna.InstanceId} is draining already.`),
      ));
    }
  });

  test('of a single-session fleet: refused, or without effect', async () => {
    for (const drainSingleSession of ['refused', 'without-effect'] as const) {
      const appstream = await streaming({ readings: { drainSingleSession } });
      const call = appstream.client.drainSessionInstance({ SessionId: (await open(appstream, 'anna')).Id });
      await (drainSingleSession === 'without-effect' ? call : expect(call).rejects.toEqual(
        refusal('OperationNotPermittedException', 'The fleet office is not a multi-session fleet.'),
      ));
      expect(await drainStatus(appstream)).toEqual({ anna: 'NOT_APPLICABLE' });
    }
  });
});

test('two thousand users stream from one fleet, are found on all pages, and drained away', async () => {
  const appstream = await streaming({}, aFleet({ MaxSessionsPerInstance: 50, ComputeCapacity: { DesiredSessions: 2000 } }));
  const { client } = appstream;
  for (let user = 0; user < 2000; user += 1) {
    await open(appstream, `user${user}`);
  }
  await expect(open(appstream, 'late')).rejects.toThrow('no streaming resources are available for the fleet office');
  const found: Session[] = [];
  for (let token: string | undefined, first = true; first || token !== undefined; first = false) {
    const { Sessions, NextToken } = await client.describeSessions({ ...HERE, Limit: 50, NextToken: token });
    found.push(...Sessions!);
    token = NextToken;
  }
  const instances = new Map(found.map(({ InstanceId, Id }) => [InstanceId, Id]));
  expect([found.length, instances.size]).toEqual([2000, 40]);
  await Promise.all([...instances.values()].map((SessionId) => client.drainSessionInstance({ SessionId })));
  expect(await capacity(appstream)).toMatchObject({ Draining: 40, DrainModeActiveUserSessions: 2000, DrainModeUnusedUserSessions: 0 });
}, 60_000);
