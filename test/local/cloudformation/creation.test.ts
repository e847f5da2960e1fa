import { custom, gateway, World } from './world';

/** A chain and a crowd: C needs B needs A, the others need nobody. */
const CROWD = {
  Resources: {
    C: custom({ Needs: { Ref: 'B' } }),
    B: custom({ Needs: { 'Fn::GetAtt': ['A', 'Out'] } }),
    A: custom(),
    D: custom(),
    E: custom({}, { DependsOn: ['C'] }),
    F: custom({ Text: { 'Fn::Sub': 'of ${D.Out} and ${!Not}' } }),
  },
};

const orderOf = async (seed: number) => {
  const world = new World({ seed });
  world.provider = () => ({ Data: { Out: 'x' } });
  await world.cloudformation.deploy('stack', CROWD);
  return world.requests.map(({ LogicalResourceId }) => LogicalResourceId).join('');
};

test('what depends on others is made after them, in whatever order', async () => {
  for (let seed = 1; seed <= 10; seed++) {
    const order = await orderOf(seed);
    expect([...order].sort().join('')).toBe('ABCDEF');
    expect(order.replace(/[DF]/g, '')).toBe('ABCE');
    expect(order.indexOf('D')).toBeLessThan(order.indexOf('F'));
  }
});

test('the seed tells the order', async () => {
  const orders = await Promise.all([1, 2, 3, 4, 5, 6].map((seed) => orderOf(seed)));
  expect(new Set(orders).size).toBeGreaterThan(1);
  expect(await orderOf(3)).toBe(orders[2]);
});

test('resources without dependencies are made at the same time, up to a limit', async () => {
  const atOnce = async (concurrency: number) => {
    const world = new World({ concurrency });
    let [now, most] = [0, 0];
    world.provider = async () => {
      now += 1;
      most = Math.max(most, now);
      await world.clock.sleep(60_000);
      now -= 1;
      return {};
    };
    await world.cloudformation.deploy('stack', { Resources: { A: custom(), B: custom(), C: custom() } });
    return most;
  };
  expect(await atOnce(Infinity)).toBe(3);
  expect(await atOnce(1)).toBe(1);
});

test('a stack is told about from its beginning to its end, each event later than the one before', async () => {
  const world = new World();
  await world.cloudformation.deploy('stack', { Resources: { Thing: custom() } });
  const events = world.cloudformation.stackEvents('stack');
  expect(events.map(({ ResourceStatus, LogicalResourceId, PhysicalResourceId }) => [ResourceStatus, LogicalResourceId, PhysicalResourceId])).toEqual([
    ['CREATE_IN_PROGRESS', 'stack', events[0].StackId],
    ['CREATE_IN_PROGRESS', 'Thing', undefined],
    ['CREATE_IN_PROGRESS', 'Thing', 'thing'],
    ['CREATE_COMPLETE', 'Thing', 'thing'],
    ['CREATE_COMPLETE', 'stack', events[0].StackId],
  ]);
  events.slice(1).forEach(({ Timestamp }, index) => expect(Timestamp.getTime()).toBeGreaterThan(events[index].Timestamp.getTime()));
});

test('a failure takes back what had begun, what depends on others first', async () => {
  const world = new World({ concurrency: 1 });
  world.provider = ({ LogicalResourceId, RequestType }) =>
    LogicalResourceId === 'C' && RequestType === 'Create' ? { Status: 'FAILED', Reason: 'no' } : { Data: { Out: 'x' } };
  const { status, failures } = await world.cloudformation.deploy('stack', {
    Resources: { A: custom(), B: custom({ Of: { Ref: 'A' } }), C: custom({ Of: { Ref: 'B' } }), D: custom({ Of: { Ref: 'C' } }) },
  });
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(failures).toContain('stack: The following resource(s) failed to create: [C]. Rollback requested by user.');
  expect(world.story).toEqual(['Create A', 'Create B', 'Create C', 'Delete C c', 'Delete B b', 'Delete A a']);
  expect(world.cloudformation.stackResources('stack')).toEqual([]);
});

describe('a resource that is being made when another fails', () => {
  const story = async (cancelled: 'overtaken' | 'awaited') => {
    const world = new World({ cancelled });
    world.provider = async ({ LogicalResourceId, RequestType }) => {
      if (RequestType === 'Create' && LogicalResourceId === 'Quick') {
        await world.clock.sleep(10_000);
        return { Status: 'FAILED', Reason: 'no' };
      }
      await world.clock.sleep(RequestType === 'Create' ? 600_000 : 0);
      return { PhysicalResourceId: 'slow-id' };
    };
    const { status } = await world.cloudformation.deploy('stack', { Resources: { Slow: custom(), Quick: custom() } });
    return { world, status, deletes: world.story.filter((entry) => entry.startsWith('Delete Slow')) };
  };

  test('is cancelled and may be deleted before its answer comes, under an id of CloudFormation', async () => {
    const { world, status, deletes } = await story('overtaken');
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(deletes).toEqual([expect.stringMatching(/^Delete Slow stack-Slow-[A-Z0-9]{12}$/)]);
    expect(world.cloudformation.stackEvents('stack').find(({ ResourceStatusReason }) => ResourceStatusReason === 'Resource creation cancelled'))
      .toMatchObject({ LogicalResourceId: 'Slow', ResourceStatus: 'CREATE_FAILED' });
  });

  test('is waited for in the other reading', async () => {
    const { status, deletes } = await story('awaited');
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(deletes).toEqual(['Delete Slow slow-id']);
  });
});

test('what cannot be taken back leaves the stack in ROLLBACK_FAILED, with what it waits for', async () => {
  const world = new World({ concurrency: 1 });
  world.provider = ({ LogicalResourceId }) => LogicalResourceId === 'B' ? { Status: 'FAILED', Reason: 'no', PhysicalResourceId: 'b' } : {};
  const { status, failures } = await world.cloudformation.deploy('stack', { Resources: { A: custom(), B: custom({ Of: { Ref: 'A' } }) } });
  expect(status).toBe('ROLLBACK_FAILED');
  expect(failures).toContain('stack: The following resource(s) failed to delete: [B].');
  expect(world.cloudformation.stackResources('stack').map(({ logicalId }) => logicalId)).toEqual(['A', 'B']);
});

test('a stack that was rolled back can only be deleted', async () => {
  const world = new World();
  world.provider = ({ RequestType }) => RequestType === 'Create' ? { Status: 'FAILED', Reason: 'no' } : {};
  await world.cloudformation.deploy('stack', { Resources: { A: custom() } });
  await expect(world.cloudformation.deploy('stack', { Resources: { B: gateway() } })).rejects.toThrow(/is in ROLLBACK_COMPLETE state and can not be updated\.$/);
  expect((await world.cloudformation.destroy('stack')).status).toBe('DELETE_COMPLETE');
});

test.each([
  ['Delete', []],
  ['RetainExceptOnCreate', []],
  ['Retain', ['DELETE_SKIPPED Kept']],
])('with the deletion policy %s a failed creation skips %p', async (DeletionPolicy, skipped) => {
  const world = new World({ concurrency: 1 });
  world.provider = ({ RequestType }) => RequestType === 'Create' ? { Status: 'FAILED', Reason: 'no' } : {};
  await world.cloudformation.deploy('stack', {
    Resources: { Kept: gateway('a', { DeletionPolicy }), Thing: custom({ Of: { Ref: 'Kept' } }) },
  });
  expect(world.statuses().filter((entry) => entry.startsWith('DELETE_SKIPPED'))).toEqual(skipped);
});

test('an output that cannot be evaluated rolls back', async () => {
  const world = new World();
  const { status, failures } = await world.cloudformation.deploy('stack', {
    Resources: { Thing: custom() }, Outputs: { Bad: { Value: { 'Fn::GetAtt': ['Thing', 'Missing'] } } },
  });
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(failures[0]).toContain("doesn't contain Missing key");
});
