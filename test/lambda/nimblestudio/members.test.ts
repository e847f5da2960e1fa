import { KINDS, letIn, listed, OTHER_STORE, principal, range, remove, STORE, whoIsThere, type MemberKind, type Wish } from './member-kinds';
import { StudioWorld } from './studio-world';

let world: StudioWorld;

beforeEach(async () => {
  world = await StudioWorld.start();
});

afterEach(() => world.stop());

const CREATED = { status: 'CREATE_COMPLETE', failures: [] };
const UPDATED = { status: 'UPDATE_COMPLETE', failures: [] };
const DELETED = { status: 'DELETE_COMPLETE', failures: [] };

describe.each(KINDS)('the members of a $noun', (kind: MemberKind) => {
  const deploy = (wish: Wish, options = {}) => world.deploy(kind.make(world, wish), options);
  const refuse = (operation: string, skip: number, times = 1) => world.loopback.endpoint.faults.add({
    operation, lambdaOnly: true, skip, times, fault: { kind: 'error', code: 'ValidationException', message: 'There is no such principal.', status: 400 },
  });
  const PUT = `Put${kind.noun}Members`;
  const DELETE = `Delete${kind.noun}Member`;

  test('are let in when they are deployed, and removed when they are destroyed', async () => {
    expect(await deploy({ who: [1, 2] })).toMatchObject(CREATED);
    expect(await listed(world, kind)).toEqual([1, 2].map((index) => ({
      principalId: principal(index), identityStoreId: STORE, persona: kind.persona,
    })));
    expect(world.deployment.physicalId('Access', `Custom::NimbleStudio${kind.noun}Members`)).toBe(kind.physicalId(world, 0));
    expect(await world.destroy()).toMatchObject(DELETED);
    expect(await whoIsThere(world, kind)).toEqual([]);
    expect(world.changes()).toEqual([PUT, DELETE, DELETE]);
  });

  test('are let in and removed as many at once as the service takes', async () => {
    expect(await deploy({ who: range(1, 45) })).toMatchObject(CREATED);
    expect(await whoIsThere(world, kind)).toEqual(range(1, 45));
    expect(world.changes()).toEqual([PUT, PUT, PUT]);
    expect(await world.destroy()).toMatchObject(DELETED);
    expect(await whoIsThere(world, kind)).toEqual([]);
  });

  test('are let in store by store', async () => {
    expect(await deploy({ who: [1, 2, 3], elsewhere: [2] })).toMatchObject(CREATED);
    expect((await listed(world, kind)).map(({ identityStoreId }) => identityStoreId).sort()).toEqual([OTHER_STORE, STORE, STORE]);
    expect(world.changes()).toEqual([PUT, PUT]);
  });

  test('come and go in place, and who stays is not touched', async () => {
    await deploy({ who: [1, 2, 3] });
    expect(await deploy({ who: [3, 4] })).toMatchObject(UPDATED);
    expect(await whoIsThere(world, kind)).toEqual([3, 4]);
    const [, put] = world.loopback.endpoint.calls.of('nimble', PUT);
    expect(put.input).toMatchObject({ members: [{ principalId: principal(4) }] });
    expect(world.changes()).toEqual([PUT, PUT, DELETE, DELETE]);
  });

  test('are written down anew with another identity store', async () => {
    await deploy({ who: [1] });
    expect(await deploy({ who: [1], elsewhere: [1] })).toMatchObject(UPDATED);
    expect(await listed(world, kind)).toMatchObject([{ principalId: principal(1), identityStoreId: OTHER_STORE }]);
    expect(world.changes()).toEqual([PUT, PUT]);
  });

  test('are those that are named: others stay as they are', async () => {
    await letIn(world, kind, [7, 8]);
    await deploy({ who: [1] });
    await deploy({ who: [2] });
    expect(await whoIsThere(world, kind)).toEqual([2, 7, 8]);
    await world.destroy();
    expect(await whoIsThere(world, kind)).toEqual([7, 8]);
  });

  test('who are there already become members of the resource, and go with it', async () => {
    await letIn(world, kind, [1]);
    expect(await deploy({ who: [1] })).toMatchObject(CREATED);
    expect(world.changes()).toEqual([]);
    await world.destroy();
    expect(await whoIsThere(world, kind)).toEqual([]);
  });

  test('are kept by several resources that name different ones', async () => {
    const both = (first: number[], second?: number[]) => world.deploy((stack) => {
      const made = kind.make(world, { who: first }, 'First')(stack);
      return second === undefined ? made : kind.make(world, { who: second }, 'Second')(stack);
    });
    await both([1, 2], [3, 4]);
    expect(await both([1], [3, 5])).toMatchObject(UPDATED);
    expect(await whoIsThere(world, kind)).toEqual([1, 3, 5]);
    expect(await both([1])).toMatchObject(UPDATED);
    expect(await whoIsThere(world, kind)).toEqual([1]);
  });

  test('who went in the meantime are no obstacle, neither to a change nor to the end', async () => {
    await deploy({ who: [1, 2, 3] });
    await remove(world, kind, 1);
    expect(await deploy({ who: [2, 3] })).toMatchObject(UPDATED);
    await remove(world, kind, 2);
    expect(await world.destroy()).toMatchObject(DELETED);
    expect(await whoIsThere(world, kind)).toEqual([]);
  });

  describe('that cannot be let in', () => {
    test('fail with the service\'s sentence, and those who came in before are removed', async () => {
      refuse(PUT, 1);
      const { status, failures } = await deploy({ who: range(1, 30) });
      expect(status).toBe('ROLLBACK_COMPLETE');
      expect(failures.join()).toContain('There is no such principal. (ValidationException)');
      expect(await whoIsThere(world, kind)).toEqual([]);
    });

    test('leave all as it was before an update', async () => {
      await deploy({ who: [1, 2, 3] });
      refuse(PUT, 1);
      const { status, failures } = await deploy({ who: [3, ...range(11, 40)] });
      expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect(failures.join()).toContain('There is no such principal. (ValidationException)');
      expect(await whoIsThere(world, kind)).toEqual([1, 2, 3]);
    });

    test('leave all as it was before a replacement, there and here', async () => {
      await deploy({ who: [1, 2] });
      refuse(PUT, 1);
      expect(await deploy({ who: range(1, 30), of: 1 })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
      expect(await whoIsThere(world, kind, 0)).toEqual([1, 2]);
      expect(await whoIsThere(world, kind, 1)).toEqual([]);
    });
  });

  describe('when another resource of the stack fails afterwards', () => {
    test('go with their creation', async () => {
      expect(await deploy({ who: [1, 2] }, { failing: true })).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
      expect(world.changes()).toContain(PUT);
      expect(await whoIsThere(world, kind)).toEqual([]);
    });

    test('are as they were: who came has gone, who went is back, who was changed is changed back', async () => {
      await deploy({ who: [1, 2] });
      expect(await deploy({ who: [2, 3], elsewhere: [2] }, { failing: true })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
      expect(await whoIsThere(world, kind)).toEqual([1, 2]);
      expect((await listed(world, kind)).map(({ identityStoreId }) => identityStoreId)).toEqual([STORE, STORE]);
    });

    test('are back where they were before a replacement', async () => {
      await deploy({ who: [1, 2] });
      expect(await deploy({ who: [2, 3], of: 1 }, { failing: true })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
      expect(await whoIsThere(world, kind, 0)).toEqual([1, 2]);
      expect(await whoIsThere(world, kind, 1)).toEqual([]);
    });
  });

  test('of another one are let in there before they are removed here', async () => {
    await deploy({ who: [1, 2] });
    expect(await deploy({ who: [2, 3], of: 1 })).toMatchObject(UPDATED);
    expect(await whoIsThere(world, kind, 0)).toEqual([]);
    expect(await whoIsThere(world, kind, 1)).toEqual([2, 3]);
    expect(world.changes()).toEqual([PUT, PUT, DELETE, DELETE]);
    expect(await world.destroy()).toMatchObject(DELETED);
    expect(await whoIsThere(world, kind, 1)).toEqual([]);
  });

  test.each(['throttle', 'conflict', 'lost answers'])('are let in and removed in spite of %s', async (trouble) => {
    for (const operation of [PUT, DELETE, `List${kind.noun}Members`]) {
      world.loopback.endpoint.faults.add({
        operation,
        lambdaOnly: true,
        times: 2,
        fault: trouble === 'throttle' ? { kind: 'throttle' }
          : trouble === 'conflict' ? { kind: 'error', code: 'ConflictException', message: 'Another operation is in progress.', status: 409 }
            : { kind: 'drop-answer' },
      });
    }
    expect(await deploy({ who: [1, 2] })).toMatchObject(CREATED);
    expect(await whoIsThere(world, kind)).toEqual([1, 2]);
    expect(await world.destroy()).toMatchObject(DELETED);
    expect(await whoIsThere(world, kind)).toEqual([]);
  });

  test('fail at the deadline where another operation never ends, and say what was in the way', async () => {
    world.loopback.endpoint.faults.add({
      operation: PUT, lambdaOnly: true, times: 1000, fault: { kind: 'error', code: 'ConflictException', message: 'Another operation is in progress.', status: 409 },
    });
    const { status, failures } = await deploy({ who: [1] });
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(failures.join()).toContain('gave up after 45 minutes, when Another operation is in progress. (ConflictException)');
  });

  test('are let in once by an event that is delivered twice', async () => {
    world.loopback.lambda.deliverTwice(1);
    expect(await deploy({ who: [1, 2] })).toMatchObject(CREATED);
    expect(world.changes()).toEqual([PUT]);
  });
});
