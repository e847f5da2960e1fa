import { MINUTE, IMAGE, aFleet, anElasticFleet, fleetState, refusal, simulateAppStream, stopSimulations, SimulatedAppStream } from './simulated';
import type { AppStreamOptions } from '../../../../local/streaming/appstream/options';

afterEach(stopSimulations);

async function withFleet(state: 'STOPPED' | 'STARTING' | 'RUNNING' | 'STOPPING', options?: AppStreamOptions): Promise<SimulatedAppStream> {
  const appstream = await simulateAppStream(options);
  const { client, clock } = appstream;
  await client.createFleet(aFleet());
  if (state !== 'STOPPED') {
    await client.startFleet({ Name: 'office' });
  }
  if (state === 'RUNNING' || state === 'STOPPING') {
    clock.advance(10 * MINUTE);
  }
  if (state === 'STOPPING') {
    await client.stopFleet({ Name: 'office' });
  }
  return appstream;
}

describe('a fleet', () => {
  test('is described with all that the API shows of one', async () => {
    const { client, clock } = await simulateAppStream({ directories: ['corp.example.com'] });
    const given = {
      DisplayName: 'Office',
      Description: 'for everybody',
      VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
      IamRoleArn: 'arn:aws:iam::123456789012:role/instances',
      DomainJoinInfo: { DirectoryName: 'corp.example.com', OrganizationalUnitDistinguishedName: 'OU=a' },
      RootVolumeConfig: { VolumeSizeInGb: 300 },
      DisableIMDSV1: true,
      StreamView: 'DESKTOP' as const,
    };
    await client.createFleet(aFleet(given));
    expect((await client.describeFleets({ Names: ['office'] })).Fleets).toEqual([{
      ...given,
      Name: 'office',
      Arn: 'arn:aws:appstream:eu-west-1:123456789012:fleet/office',
      CreatedTime: new Date(clock.now()),
      InstanceType: 'stream.standard.large',
      FleetType: 'ALWAYS_ON',
      ImageName: IMAGE,
      ImageArn: `arn:aws:appstream:eu-west-1::image/${IMAGE}`,
      Platform: 'WINDOWS_SERVER_2022',
      State: 'STOPPED',
      ComputeCapacityStatus: { Desired: 2, Running: 0, InUse: 0, Available: 0 },
      MaxUserDurationInSeconds: 57600,
      DisconnectTimeoutInSeconds: 900,
      IdleDisconnectTimeoutInSeconds: 0,
      EnableDefaultInternetAccess: false,
      FleetErrors: [],
    }]);
  });

  test('starts and stops in its time', async () => {
    const appstream = await withFleet('STOPPED', { durations: { fleetStart: 60_000, fleetStop: 30_000 } });
    const { client, clock } = appstream;
    await client.startFleet({ Name: 'office' });
    expect(await fleetState(appstream)).toBe('STARTING');
    clock.advance(59_999);
    expect(await fleetState(appstream)).toBe('STARTING');
    clock.advance(1);
    expect(await fleetState(appstream)).toBe('RUNNING');
    expect((await client.describeFleets({})).Fleets![0].ComputeCapacityStatus).toEqual({ Desired: 2, Running: 2, InUse: 0, Available: 2 });
    await client.stopFleet({ Name: 'office' });
    expect(await fleetState(appstream)).toBe('STOPPING');
    clock.advance(30_000);
    expect(await fleetState(appstream)).toBe('STOPPED');
  });

  test('is created once', async () => {
    const { client } = await withFleet('STOPPED');
    await expect(client.createFleet(aFleet())).rejects.toEqual(refusal('ResourceAlreadyExistsException', 'The fleet office already exists.'));
  });

  test('can be created anew when it was deleted', async () => {
    const { client } = await withFleet('STOPPED');
    await client.deleteFleet({ Name: 'office' });
    await expect(client.describeFleets({ Names: ['office'] })).rejects.toEqual(refusal('ResourceNotFoundException', 'The fleet office does not exist.'));
    await client.createFleet(aFleet());
  });

  test('rounds its idle timeout to whole minutes', async () => {
    const { client } = await simulateAppStream();
    const idle = async (seconds: number) =>
      (await client.createFleet(aFleet({ Name: `idle-${seconds}`, IdleDisconnectTimeoutInSeconds: seconds }))).Fleet!.IdleDisconnectTimeoutInSeconds;
    expect([await idle(0), await idle(60), await idle(70), await idle(90)]).toEqual([0, 60, 60, 120]);
  });

  test('shows sessions when it is a multi-session one', async () => {
    const { client, clock } = await simulateAppStream();
    await client.createFleet(aFleet({ MaxSessionsPerInstance: 4, ComputeCapacity: { DesiredSessions: 10 } }));
    await client.startFleet({ Name: 'office' });
    clock.advance(10 * MINUTE);
    expect((await client.describeFleets({})).Fleets![0].ComputeCapacityStatus).toEqual({
      Desired: 3,
      Running: 3,
      InUse: 0,
      Available: 3,
      DesiredUserSessions: 12,
      ActualUserSessions: 12,
      ActiveUserSessions: 0,
      AvailableUserSessions: 12,
      Draining: 0,
      DrainModeActiveUserSessions: 0,
      DrainModeUnusedUserSessions: 0,
    });
  });
});

describe('lists of fleets', () => {
  test('come in pages, and every fleet on one of them', async () => {
    const { client } = await simulateAppStream({ pageSize: 2 });
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await client.createFleet(aFleet({ Name: name }));
    }
    const pages: (string | undefined)[][] = [];
    let token: string | undefined;
    do {
      const { Fleets, NextToken } = await client.describeFleets({ NextToken: token });
      pages.push(Fleets!.map(({ Name }) => Name));
      token = NextToken;
    } while (token !== undefined);
    expect(pages).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  test('are refused as a whole when one name is unknown', async () => {
    const { client } = await withFleet('STOPPED');
    await expect(client.describeFleets({ Names: ['office', 'nowhere'] })).rejects.toEqual(
      refusal('ResourceNotFoundException', 'The fleet nowhere does not exist.'),
    );
  });

  test('take no token but their own', async () => {
    const { client } = await simulateAppStream();
    await expect(client.describeFleets({ NextToken: 'made-up' })).rejects.toEqual(refusal('InvalidParameterValueException'));
  });
});

describe('a fleet that does not exist', () => {
  test.each(['startFleet', 'stopFleet', 'deleteFleet', 'updateFleet'] as const)('%s', async (operation) => {
    const { client } = await simulateAppStream();
    await expect(client[operation]({ Name: 'nowhere' })).rejects.toEqual(refusal('ResourceNotFoundException', 'The fleet nowhere does not exist.'));
  });
});

describe('StartFleet', () => {
  test.each(['STARTING', 'RUNNING'] as const)('while %s: refused, or without effect', async (state) => {
    const strict = await withFleet(state);
    await expect(strict.client.startFleet({ Name: 'office' })).rejects.toEqual(
      refusal('OperationNotPermittedException', `The fleet office cannot be started while it is ${state}.`),
    );
    const lenient = await withFleet(state, { readings: { startWhenStarted: 'accepted' } });
    lenient.clock.advance(9 * MINUTE);
    await lenient.client.startFleet({ Name: 'office' });
    lenient.clock.advance(MINUTE);
    expect(await fleetState(lenient)).toBe('RUNNING');
  });

  test.each(['OperationNotPermittedException', 'ConcurrentModificationException'] as const)('while STOPPING: %s', async (startWhileStopping) => {
    const { client } = await withFleet('STOPPING', { readings: { startWhileStopping } });
    await expect(client.startFleet({ Name: 'office' })).rejects.toEqual(
      refusal(startWhileStopping, 'The fleet office cannot be started while it is STOPPING.'),
    );
  });
});

describe('StopFleet', () => {
  test.each(['STOPPING', 'STOPPED'] as const)('while %s: refused, or without effect', async (state) => {
    const strict = await withFleet(state);
    await expect(strict.client.stopFleet({ Name: 'office' })).rejects.toEqual(
      refusal('ConcurrentModificationException', `The fleet office cannot be stopped while it is ${state}.`),
    );
    const lenient = await withFleet(state, { readings: { stopWhenStopped: 'accepted' } });
    await lenient.client.stopFleet({ Name: 'office' });
    expect(await fleetState(lenient)).toBe(state);
  });

  test('while STARTING: refused, or the start is off', async () => {
    const strict = await withFleet('STARTING');
    await expect(strict.client.stopFleet({ Name: 'office' })).rejects.toEqual(
      refusal('ConcurrentModificationException', 'The fleet office cannot be stopped while it is STARTING.'),
    );
    const lenient = await withFleet('STARTING', { readings: { stopWhileStarting: 'accepted' } });
    await lenient.client.stopFleet({ Name: 'office' });
    lenient.clock.advance(60 * MINUTE);
    expect(await fleetState(lenient)).toBe('STOPPED');
  });
});

describe('DeleteFleet', () => {
  test.each(['STARTING', 'RUNNING', 'STOPPING'] as const)('while %s: refused', async (state) => {
    const { client } = await withFleet(state);
    await expect(client.deleteFleet({ Name: 'office' })).rejects.toEqual(
      refusal('ResourceInUseException', `The fleet office cannot be deleted while it is ${state}. The fleet must be stopped.`),
    );
  });

  test('while a stack has it: refused', async () => {
    const { client } = await withFleet('STOPPED');
    await client.createStack({ Name: 'stack' });
    await client.associateFleet({ StackName: 'stack', FleetName: 'office' });
    await expect(client.deleteFleet({ Name: 'office' })).rejects.toEqual(
      refusal('ResourceInUseException', 'The fleet office is associated with a stack. To delete the fleet, you must dissociate it from the stack.'),
    );
  });
});

describe('what a test can have go wrong', () => {
  const errors = [{ ErrorCode: 'SUBNET_HAS_INSUFFICIENT_IP_ADDRESSES' as const, ErrorMessage: 'no address is free' }];

  test('a start that hangs: STARTING for ever, with its errors', async () => {
    const { client, simulator, clock } = await withFleet('STOPPED');
    simulator.script.stuckStart('office', errors);
    await client.startFleet({ Name: 'office' });
    clock.advance(24 * 60 * MINUTE);
    expect((await client.describeFleets({ Names: ['office'] })).Fleets![0]).toMatchObject({ State: 'STARTING', FleetErrors: errors });
  });

  test('a start that hangs can be stopped where that is accepted, and the next one goes well', async () => {
    const appstream = await withFleet('STOPPED', { readings: { stopWhileStarting: 'accepted-once-stuck' } });
    const { client, simulator, clock } = appstream;
    simulator.script.stuckStart('office', errors);
    await client.startFleet({ Name: 'office' });
    await client.stopFleet({ Name: 'office' });
    clock.advance(3 * MINUTE);
    expect((await client.describeFleets({ Names: ['office'] })).Fleets![0]).toMatchObject({ State: 'STOPPED', FleetErrors: [] });
    await client.startFleet({ Name: 'office' });
    await expect(client.stopFleet({ Name: 'office' })).rejects.toEqual(refusal('ConcurrentModificationException'));
    clock.advance(10 * MINUTE);
    expect(await fleetState(appstream)).toBe('RUNNING');
  });

  test('a start that hangs for a while', async () => {
    const appstream = await withFleet('STOPPED');
    const { client, simulator, clock } = appstream;
    simulator.script.stuckStart('office', errors, { recoversAfterMs: 5 * MINUTE });
    await client.startFleet({ Name: 'office' });
    clock.advance(5 * MINUTE);
    expect((await client.describeFleets({ Names: ['office'] })).Fleets![0]).toMatchObject({ State: 'STARTING', FleetErrors: [] });
    clock.advance(10 * MINUTE);
    expect(await fleetState(appstream)).toBe('RUNNING');
  });

  test('a slow start', async () => {
    const appstream = await withFleet('STOPPED');
    appstream.simulator.script.slowStart('office', 40 * MINUTE);
    await appstream.client.startFleet({ Name: 'office' });
    appstream.clock.advance(39 * MINUTE);
    expect(await fleetState(appstream)).toBe('STARTING');
    appstream.clock.advance(MINUTE);
    expect(await fleetState(appstream)).toBe('RUNNING');
  });

  test('stale reads after the next start, and only then', async () => {
    const appstream = await withFleet('STOPPED');
    appstream.simulator.script.staleReads('office', 2);
    await fleetState(appstream);
    await appstream.client.startFleet({ Name: 'office' });
    expect([await fleetState(appstream), await fleetState(appstream), await fleetState(appstream)]).toEqual(['STOPPED', 'STOPPED', 'STARTING']);
    // Whoever acts, acts on the fleet as it is.
    await expect(appstream.client.startFleet({ Name: 'office' })).rejects.toEqual(refusal('OperationNotPermittedException'));
  });
});

test('an Elastic fleet starts and stops like the others', async () => {
  const appstream = await simulateAppStream();
  const { client, clock } = appstream;
  expect((await client.createFleet(anElasticFleet())).Fleet!.ComputeCapacityStatus).toEqual({ Desired: 10, Running: 0, InUse: 0, Available: 0 });
  await client.startFleet({ Name: 'elastic' });
  clock.advance(10 * MINUTE);
  expect(await fleetState(appstream, 'elastic')).toBe('RUNNING');
});
