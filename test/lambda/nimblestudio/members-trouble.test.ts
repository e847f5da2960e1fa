import { KINDS, principal, STORE, whoIsThere, type MemberKind } from './member-kinds';
import { STACK, StudioWorld } from './studio-world';
import { eventOf, type EventParts } from '../engine/events';

let world: StudioWorld;

afterEach(() => world.stop());

describe.each(KINDS)('the members of a $noun', (kind: MemberKind) => {
  const deploy = (who: number[], of = 0) => world.deploy(kind.make(world, { who, of }));
  const resourceType = `Custom::NimbleStudio${kind.noun}Members`;

  describe('after the service was shut down', () => {
    beforeEach(async () => {
      world = await StudioWorld.start();
    });

    test('cannot be let in, and the reason is said within minutes', async () => {
      world.loopback.nimblestudio.gone = true;
      const began = world.loopback.clock.now();
      const { status, failures } = await deploy([1]);
      expect(status).toBe('ROLLBACK_COMPLETE');
      expect(failures.join()).toContain('AWS shut the service down on 24 October 2024');
      expect(world.loopback.clock.now() - began).toBeLessThan(5 * 60_000);
    });

    test('cannot be let in where nobody listens either', async () => {
      const { status, failures } = await world.deploy(kind.make(world, { who: [1], endpointUrl: 'http://127.0.0.1:1' }));
      expect(status).toBe('ROLLBACK_COMPLETE');
      expect(failures.join()).toContain('Amazon Nimble Studio does not answer at http://127.0.0.1:1 (connect ECONNREFUSED 127.0.0.1:1)');
    });

    test('are no obstacle to the end of their stack', async () => {
      await deploy([1]);
      world.loopback.nimblestudio.gone = true;
      expect(await world.destroy()).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
    });
  });

  test('are let in at an endpoint of one\'s own', async () => {
    world = await StudioWorld.start();
    expect(await world.deploy(kind.make(world, { who: [1], endpointUrl: world.loopback.url }))).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(await whoIsThere(world, kind)).toEqual([1]);
  });

  test('fail where there is nothing that they could be members of', async () => {
    world = await StudioWorld.start();
    world.studioIds[1] = 'us-east-1-unheard-of';
    const { status, failures } = await deploy([1], 1);
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(failures.join()).toMatch(/does not exist\. \(ResourceNotFoundException\)/);
  });

  describe('by events that come late', () => {
    let answers: { Status: string; PhysicalResourceId: string }[];

    beforeEach(async () => {
      world = await StudioWorld.start();
      answers = [];
      world.loopback.endpoint.registerUnsigned('/answers/', ({ body }) => {
        answers.push(JSON.parse(body.toString()));
        return { status: 200 };
      });
      await deploy([1, 2]);
    });

    const properties = (who: number[]) => ({
      StudioId: world.studioIds[0],
      LaunchProfileId: world.profileIds[0],
      Members: JSON.stringify(who.map((index) => ({ identityStoreId: STORE, principalId: principal(index) }))),
    });

    /** An event of a moment, as Lambda hands it over. */
    async function send(time: string, parts: EventParts): Promise<void> {
      await world.loopback.call('lambda', 'Invoke', {
        FunctionName: world.deployment.physicalId(STACK, 'AWS::Lambda::Function'),
        InvocationType: 'Event',
        Payload: JSON.stringify(eventOf({
          ResourceType: resourceType,
          ResponseURL: `${world.loopback.url}/answers/?X-Amz-Date=20260105T${time}Z`,
          PhysicalResourceId: kind.physicalId(world, 0),
          ...parts,
        })),
      });
      await world.loopback.lambda.idle();
      await world.loopback.states.idle();
    }

    test('are as the newest one wants them', async () => {
      await send('110000', { RequestType: 'Update', OldResourceProperties: properties([1, 2]), ResourceProperties: properties([2, 3]) });
      await send('100000', { RequestType: 'Update', OldResourceProperties: properties([2, 3]), ResourceProperties: properties([1, 2]) });
      expect(await whoIsThere(world, kind)).toEqual([2, 3]);
      expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: kind.physicalId(world, 0) }]);
    });

    test('are gone after a Delete, whichever Create comes after it', async () => {
      await send('110000', { RequestType: 'Delete', ResourceProperties: properties([1, 2]) });
      await send('100000', { RequestType: 'Create', ResourceProperties: properties([1, 2]) });
      expect(await whoIsThere(world, kind)).toEqual([]);
      expect(answers).toHaveLength(1);
    });

    test('are removed by a Delete whose Create was never answered', async () => {
      await send('110000', {
        RequestType: 'Delete', PhysicalResourceId: 'office-FleetLifecycle1A2B3C4D-1XKPV3Q0EXAMPLE', ResourceProperties: properties([1, 2]),
      });
      expect(await whoIsThere(world, kind)).toEqual([]);
    });

    test('are removed by a Delete from what its id names, whatever its properties do', async () => {
      await deploy([1, 2], 1);
      await world.call(`Put${kind.noun}Members`, {
        ...kind.thing(world, 0), identityStoreId: STORE, members: [{ principalId: principal(1), persona: kind.persona }],
      });
      await send('110000', { RequestType: 'Delete', PhysicalResourceId: kind.physicalId(world, 1), ResourceProperties: properties([1, 2]) });
      expect(await whoIsThere(world, kind, 0)).toEqual([1]);
      expect(await whoIsThere(world, kind, 1)).toEqual([]);
    });
  });

  /** Lets members in, changes them and removes them again. Whatever `crash` arranges may happen on the way. */
  async function liveThrough(crash: () => void) {
    world = await StudioWorld.start();
    crash();
    const created = await deploy([1, 2]);
    const updated = await deploy([2, 3]);
    const there = await whoIsThere(world, kind);
    const destroyed = await world.destroy();
    const left = await whoIsThere(world, kind);
    const calls = world.loopback.endpoint.calls.of('nimble').filter(({ caller }) => caller.roleArn !== undefined);
    return {
      seen: { created: created.status, updated: updated.status, there, destroyed: destroyed.status, left },
      calls: calls.length,
      killed: calls.filter(({ fault }) => fault === 'kill-caller').length,
    };
  }

  test('are as they should be whichever call of the function is its last', async () => {
    const undisturbed = await liveThrough(() => undefined);
    const seen = { created: 'CREATE_COMPLETE', updated: 'UPDATE_COMPLETE', there: [2, 3], destroyed: 'DELETE_COMPLETE', left: [] };
    expect(undisturbed).toMatchObject({ seen, killed: 0 });
    for (let skip = 0; skip < undisturbed.calls; skip += 1) {
      await world.stop();
      const crashed = await liveThrough(() => {
        world.loopback.endpoint.faults.add({ service: 'nimble', lambdaOnly: true, skip, fault: { kind: 'kill-caller', when: 'after' } });
      });
      expect({ skip, ...crashed }).toMatchObject({ skip, seen, killed: 1 });
    }
  }, 300_000);
});

test.each(['shown', 'not-found'] as const)('members go with their launch profile, where what is deleted is %s', async (deleted) => {
  const [kind] = KINDS;
  world = await StudioWorld.start({ nimblestudio: { readings: { deleted } } });
  await world.deploy(kind.make(world, { who: [1] }));
  await world.call('DeleteLaunchProfile', kind.thing(world, 0));
  await world.deployment.clock.sleep(5 * 60_000);
  expect(await world.destroy()).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
});
