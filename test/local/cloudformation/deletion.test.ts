import { custom, gateway, World } from './world';

test('what depends on others goes first', async () => {
  for (let seed = 1; seed <= 5; seed++) {
    const world = new World({ seed });
    await world.cloudformation.deploy('stack', { Resources: { A: custom(), B: custom({ Of: { Ref: 'A' } }), C: custom({ Of: { Ref: 'A' } }), D: custom() } });
    world.requests.length = 0;
    expect((await world.cloudformation.destroy('stack')).status).toBe('DELETE_COMPLETE');
    const order = world.requests.map(({ LogicalResourceId }) => LogicalResourceId);
    expect(order).toHaveLength(4);
    expect(order.indexOf('A')).toBeGreaterThan(Math.max(order.indexOf('B'), order.indexOf('C')));
  }
});

test('a dependency by way of a resource that is gone still counts', async () => {
  const world = new World({ concurrency: 1 });
  const template = { Resources: { A: custom(), B: gateway('b', { DependsOn: 'A' }), C: custom({ Of: { Ref: 'B' } }) } };
  await world.cloudformation.deploy('stack', template);
  world.requests.length = 0;
  await world.cloudformation.destroy('stack');
  expect(world.story).toEqual(['Delete C c', 'Delete A a']);
});

test('what cannot be deleted stays with what it needs, and the rest goes; the next attempt goes on from there', async () => {
  const world = new World();
  let stuck = true;
  world.provider = ({ RequestType, LogicalResourceId }) =>
    RequestType === 'Delete' && LogicalResourceId === 'B' && stuck ? { Status: 'FAILED', Reason: 'stuck' } : {};
  await world.cloudformation.deploy('stack', { Resources: { A: custom(), B: custom({ Of: { Ref: 'A' } }), C: custom() } });
  const { status, failures } = await world.cloudformation.destroy('stack');
  expect(status).toBe('DELETE_FAILED');
  expect(failures).toContain('stack: The following resource(s) failed to delete: [B].');
  expect(world.cloudformation.stackResources('stack').map(({ logicalId, status: state }) => [logicalId, state]))
    .toEqual([['A', 'CREATE_COMPLETE'], ['B', 'DELETE_FAILED']]);
  stuck = false;
  world.requests.length = 0;
  expect((await world.cloudformation.destroy('stack')).status).toBe('DELETE_COMPLETE');
  expect(world.story).toEqual(['Delete B b', 'Delete A a']);
});

test.each(['Retain', 'RetainExceptOnCreate'])('with the policy %s a resource is left alone', async (DeletionPolicy) => {
  const world = new World();
  await world.cloudformation.deploy('stack', { Resources: { A: custom({}, { DeletionPolicy }) } });
  const { stackId } = await world.cloudformation.destroy('stack');
  expect(world.story).toEqual(['Create A']);
  expect(world.cloudformation.stackEvents(stackId).map(({ ResourceStatus }) => ResourceStatus)).toContain('DELETE_SKIPPED');
});

test('a name is free again, and the old stack is known by its id', async () => {
  const world = new World();
  const { stackId } = await world.cloudformation.deploy('stack', { Resources: { A: custom() } });
  await world.cloudformation.destroy('stack');
  const again = await world.cloudformation.deploy('stack', { Resources: { A: custom() } });
  expect(again.stackId).not.toBe(stackId);
  expect(world.cloudformation.stackEvents(stackId).at(-1)?.ResourceStatus).toBe('DELETE_COMPLETE');
});

describe('exports', () => {
  const exporting = (value: string) => ({
    Resources: { A: gateway() }, Outputs: { Out: { Value: value, Export: { Name: 'shared' } } },
  });
  const importing = { Resources: { B: gateway('b', { Properties: { Tags: [{ Key: 'from', Value: { 'Fn::ImportValue': 'shared' } }] } }) } };
  const both = async () => {
    const world = new World();
    await world.cloudformation.deploy('exporter', exporting('one'));
    await world.cloudformation.deploy('importer', importing);
    return world;
  };

  test('are seen by other stacks', async () => {
    const world = await both();
    expect(world.cloudformation.stackResources('importer')[0].properties.Tags).toEqual([{ Key: 'from', Value: 'one' }]);
  });

  test('cannot be deleted while in use', async () => {
    const world = await both();
    await expect(world.cloudformation.destroy('exporter')).rejects.toThrow('Export shared cannot be deleted as it is in use by importer');
    await world.cloudformation.destroy('importer');
    expect((await world.cloudformation.destroy('exporter')).status).toBe('DELETE_COMPLETE');
  });

  test('cannot be changed while in use', async () => {
    const world = await both();
    const { status, failures, outputs } = await world.cloudformation.deploy('exporter', exporting('two'));
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failures[0]).toContain('Export shared cannot be updated as it is in use by importer');
    expect(outputs).toEqual({ Out: 'one' });
  });

  test('have one owner', async () => {
    const world = await both();
    expect((await world.cloudformation.deploy('other', exporting('one'))).failures[0]).toContain('Export with name shared is already exported by another stack');
  });
});

test('a stopped CloudFormation leaves everything as it is', async () => {
  const world = new World();
  const begun = new Promise<void>((resolve) => {
    world.provider = () => void resolve();
  });
  const deployment = world.cloudformation.deploy('stack', { Resources: { A: custom(), B: custom({ Of: { Ref: 'A' } }) } });
  await begun;
  world.cloudformation.stop();
  await deployment;
  expect(world.story).toEqual(['Create A']);
});
