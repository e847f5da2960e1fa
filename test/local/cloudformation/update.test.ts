import { custom, gateway, type ProviderEvent, World } from './world';

/** The id is the Name, so that another Name is another thing. */
const byName = ({ ResourceProperties }: ProviderEvent) => ({ PhysicalResourceId: ResourceProperties.Name ?? 'thing' });

test('only what changes is told', async () => {
  const world = new World();
  const template = (size: number) => ({ Resources: { A: custom({ Size: size }), B: custom(), C: custom({ Of: { Ref: 'A' } }) } });
  await world.cloudformation.deploy('stack', template(1));
  world.requests.length = 0;
  expect((await world.cloudformation.deploy('stack', template(2))).status).toBe('UPDATE_COMPLETE');
  expect(world.story).toEqual(['Update A a']);
});

test('what depends on a changed attribute changes with it', async () => {
  const world = new World({ concurrency: 1 });
  world.provider = ({ ResourceProperties }) => ({ Data: { Out: ResourceProperties.Size } });
  const template = (size: number) => ({ Resources: { A: custom({ Size: size }), B: custom({ Of: { 'Fn::GetAtt': ['A', 'Out'] } }) } });
  await world.cloudformation.deploy('stack', template(1));
  await world.cloudformation.deploy('stack', template(2));
  expect(world.story.slice(2)).toEqual(['Update A a', 'Update B b']);
});

test('the same template again does nothing', async () => {
  const world = new World();
  const template = { Resources: { A: custom() } };
  await world.cloudformation.deploy('stack', template);
  expect(await world.cloudformation.deploy('stack', template)).toMatchObject({ changed: false, status: 'CREATE_COMPLETE' });
  expect(world.requests).toHaveLength(1);
});

test('a change of outputs alone is an update that tells nobody', async () => {
  const world = new World();
  await world.cloudformation.deploy('stack', { Resources: { A: custom() } });
  const { outputs, changed } = await world.cloudformation.deploy('stack', { Resources: { A: custom() }, Outputs: { Id: { Value: { Ref: 'A' } } } });
  expect({ outputs, changed }).toEqual({ outputs: { Id: 'a' }, changed: true });
  expect(world.story).toEqual(['Create A']);
});

test('a change of metadata alone is an update that tells nobody', async () => {
  const world = new World();
  await world.cloudformation.deploy('stack', { Resources: { A: custom({}, { Metadata: { path: 'a' } }) } });
  expect((await world.cloudformation.deploy('stack', { Resources: { A: custom({}, { Metadata: { path: 'b' } }) } })).changed).toBe(true);
  expect(world.story).toEqual(['Create A']);
});

describe('another physical id', () => {
  const template = (name: string, extra: object = {}) => ({ Resources: { Thing: custom({ Name: name }, extra) } });

  test('deletes the old one in the clean-up, with the properties of before', async () => {
    const world = new World();
    world.provider = byName;
    await world.cloudformation.deploy('stack', template('one'));
    expect((await world.cloudformation.deploy('stack', template('two'))).status).toBe('UPDATE_COMPLETE');
    expect(world.story).toEqual(['Create Thing', 'Update Thing one', 'Delete Thing one']);
    expect(world.requests[2].ResourceProperties.Name).toBe('one');
    const statuses = world.cloudformation.stackEvents('stack').map(({ ResourceStatus }) => ResourceStatus);
    expect(statuses.indexOf('DELETE_IN_PROGRESS')).toBeGreaterThan(statuses.indexOf('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'));
  });

  test('keeps the old one when told to', async () => {
    const world = new World();
    world.provider = byName;
    await world.cloudformation.deploy('stack', template('one', { UpdateReplacePolicy: 'Retain' }));
    await world.cloudformation.deploy('stack', template('two', { UpdateReplacePolicy: 'Retain' }));
    expect(world.story).toEqual(['Create Thing', 'Update Thing one']);
    expect(world.statuses()).toContain('DELETE_SKIPPED Thing');
  });

  test('changes what depends on it before the old one goes', async () => {
    const world = new World({ concurrency: 1 });
    world.provider = byName;
    const both = (name: string) => ({ Resources: { Thing: custom({ Name: name }), User: custom({ Name: 'user', Of: { Ref: 'Thing' } }) } });
    await world.cloudformation.deploy('stack', both('one'));
    await world.cloudformation.deploy('stack', both('two'));
    expect(world.story.slice(2)).toEqual(['Update Thing one', 'Update User user', 'Delete Thing one']);
  });

  test('goes again after a rollback, once the old one is what it was', async () => {
    const world = new World({ concurrency: 1 });
    world.provider = (event) => event.ResourceProperties.Fail === 'true' ? { Status: 'FAILED', Reason: 'no' } : byName(event);
    const both = (name: string, fail: boolean) => ({
      Resources: { Thing: custom({ Name: name }), Bad: custom({ Name: 'bad', Fail: fail, Of: { Ref: 'Thing' } }) },
    });
    await world.cloudformation.deploy('stack', both('one', false));
    world.requests.length = 0;
    const { status } = await world.cloudformation.deploy('stack', both('two', true));
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(world.story).toEqual(['Update Thing one', 'Update Bad bad', 'Update Thing two', 'Update Bad bad', 'Delete Thing two']);
    expect(world.requests[2]).toMatchObject({ ResourceProperties: { Name: 'one' }, OldResourceProperties: { Name: 'two' } });
    expect(world.requests[4].ResourceProperties.Name).toBe('two');
    expect(world.cloudformation.stackResources('stack').find(({ logicalId }) => logicalId === 'Thing')?.physicalId).toBe('one');
  });
});

describe('a failed update', () => {
  test('brings back only what had begun, and deletes what it had made in the clean-up', async () => {
    const world = new World({ concurrency: 1 });
    world.provider = ({ ResourceProperties }) => ResourceProperties.Fail === 'true' ? { Status: 'FAILED', Reason: 'no' } : {};
    const template = (size: number, fail: boolean, more: object = {}) => ({
      Resources: {
        A: custom({ Size: size }),
        B: custom({ Size: size, Fail: fail }, { DependsOn: 'A' }),
        C: custom({ Size: size }, { DependsOn: 'B' }),
        Unchanged: custom(),
        ...more,
      },
    });
    await world.cloudformation.deploy('stack', template(1, false));
    world.requests.length = 0;
    const { status, failures } = await world.cloudformation.deploy('stack', template(2, true, { New: custom({}), Late: custom({}, { DependsOn: 'B' }) }));
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failures).toContain('stack: The following resource(s) failed to update: [B].');
    expect(world.story.filter((entry) => / [AB] /.test(entry))).toEqual(['Update A a', 'Update B b', 'Update A a', 'Update B b']);
    expect(world.story.some((entry) => / C|Unchanged|Late/.test(entry))).toBe(false);
    expect(world.cloudformation.stackResources('stack').map(({ logicalId }) => logicalId).sort()).toEqual(['A', 'B', 'C', 'Unchanged']);
  });

  test('deletes new resources after the others are back', async () => {
    const world = new World({ concurrency: 1 });
    world.provider = ({ ResourceProperties }) => ResourceProperties.Fail === 'true' ? { Status: 'FAILED', Reason: 'no' } : {};
    await world.cloudformation.deploy('stack', { Resources: { A: custom() } });
    world.requests.length = 0;
    await world.cloudformation.deploy('stack', { Resources: { New: custom(), A: custom({ Fail: true }, { DependsOn: 'New' }) } });
    expect(world.story).toEqual(['Create New', 'Update A a', 'Update A a', 'Delete New new']);
  });

  test('keeps what the new template has no more', async () => {
    const world = new World();
    world.provider = ({ ResourceProperties }) => ResourceProperties.Fail === 'true' ? { Status: 'FAILED', Reason: 'no' } : {};
    await world.cloudformation.deploy('stack', { Resources: { A: custom(), Gone: custom() } });
    await world.cloudformation.deploy('stack', { Resources: { A: custom({ Fail: true }) } });
    expect(world.story.some((entry) => entry.startsWith('Delete'))).toBe(false);
    expect(world.cloudformation.stackResources('stack').map(({ logicalId }) => logicalId).sort()).toEqual(['A', 'Gone']);
  });

  test('that cannot be taken back leaves UPDATE_ROLLBACK_FAILED, which can only be deleted', async () => {
    const world = new World();
    world.provider = ({ RequestType }) => RequestType === 'Update' ? { Status: 'FAILED', Reason: 'no' } : {};
    await world.cloudformation.deploy('stack', { Resources: { A: custom() } });
    expect((await world.cloudformation.deploy('stack', { Resources: { A: custom({ Size: 1 }) } })).status).toBe('UPDATE_ROLLBACK_FAILED');
    await expect(world.cloudformation.deploy('stack', { Resources: { A: custom({ Size: 2 }) } })).rejects.toThrow('UPDATE_ROLLBACK_FAILED state');
    expect((await world.cloudformation.destroy('stack')).status).toBe('DELETE_COMPLETE');
  });

  test('can be followed by one that works', async () => {
    const world = new World();
    world.provider = ({ ResourceProperties }) => ResourceProperties.Fail === 'true' ? { Status: 'FAILED', Reason: 'no' } : {};
    await world.cloudformation.deploy('stack', { Resources: { A: custom() } });
    await world.cloudformation.deploy('stack', { Resources: { A: custom({ Fail: true }) } });
    expect((await world.cloudformation.deploy('stack', { Resources: { A: custom({ Size: 2 }) } })).status).toBe('UPDATE_COMPLETE');
  });
});

describe('the clean-up', () => {
  test('removes what the template has no more, what depends on others first', async () => {
    const world = new World({ concurrency: 1 });
    await world.cloudformation.deploy('stack', { Resources: { A: custom(), B: custom({ Of: { Ref: 'A' } }), Stays: gateway() } });
    world.requests.length = 0;
    await world.cloudformation.deploy('stack', { Resources: { Stays: gateway() } });
    expect(world.story).toEqual(['Delete B b', 'Delete A a']);
  });

  test('gives up what it cannot remove: the update is complete, and the next one knows nothing of it', async () => {
    const world = new World();
    world.provider = ({ RequestType }) => RequestType === 'Delete' ? { Status: 'FAILED', Reason: 'stuck' } : {};
    await world.cloudformation.deploy('stack', { Resources: { A: custom(), Stays: gateway() } });
    const { status } = await world.cloudformation.deploy('stack', { Resources: { Stays: gateway() } });
    expect(status).toBe('UPDATE_COMPLETE');
    expect(world.statuses()).toContain('DELETE_FAILED A');
    expect(world.story.filter((entry) => entry === 'Delete A a')).toHaveLength(1);
    expect(world.cloudformation.stackResources('stack').map(({ logicalId }) => logicalId)).toEqual(['Stays']);
  });

  test('removes what a resource was replaced by before a rollback, even if it cannot remove another', async () => {
    const world = new World({ concurrency: 1 });
    world.provider = (event) => {
      if (event.RequestType === 'Delete' && event.LogicalResourceId === 'Stuck') {
        return { Status: 'FAILED', Reason: 'stuck' };
      }
      return event.ResourceProperties.Fail === 'true' ? { Status: 'FAILED', Reason: 'no' } : byName(event);
    };
    const template = (name: string, fail: boolean) => ({
      Resources: {
        Thing: custom({ Name: name }), Stuck: custom({ Name: `stuck-${name}` }), Bad: custom({ Name: 'bad', Fail: fail }, { DependsOn: ['Thing', 'Stuck'] }),
      },
    });
    await world.cloudformation.deploy('stack', template('one', false));
    const { status } = await world.cloudformation.deploy('stack', template('two', true));
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(world.story).toContain('Delete Thing two');
    expect(world.story).toContain('Delete Stuck stuck-two');
    expect(world.statuses()).toContain('DELETE_FAILED Stuck');
  });

  test('keeps what is retained', async () => {
    const world = new World();
    await world.cloudformation.deploy('stack', { Resources: { A: custom({}, { DeletionPolicy: 'Retain' }), Stays: gateway() } });
    await world.cloudformation.deploy('stack', { Resources: { Stays: gateway() } });
    expect(world.story).toEqual(['Create A']);
  });
});

test('a service token cannot change, and nobody is told of the attempt', async () => {
  const world = new World();
  await world.cloudformation.deploy('stack', { Resources: { A: custom() } });
  const { status, failures } = await world.cloudformation.deploy('stack', {
    Resources: { A: custom({ ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:other' }) },
  });
  expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(failures[0]).toBe('A: Modifying service token is not allowed.');
  expect(world.story).toEqual(['Create A']);
});

test('a type cannot change', async () => {
  const world = new World();
  await world.cloudformation.deploy('stack', { Resources: { A: custom() } });
  await expect(world.cloudformation.deploy('stack', { Resources: { A: gateway() } }))
    .rejects.toThrow('Update of resource type is not permitted. The new template modifies resource type of the following resources: [A]');
});

test('a create-only property replaces: the new one is made before the old one goes', async () => {
  const world = new World({ concurrency: 1 });
  const template = (block: string) => ({ Resources: { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: block } }, User: custom({ Vpc: { Ref: 'Vpc' } }) } });
  await world.cloudformation.deploy('stack', template('10.0.0.0/16'));
  const [{ physicalId: old }] = world.cloudformation.stackResources('stack');
  await world.cloudformation.deploy('stack', template('10.1.0.0/16'));
  const [{ physicalId: current }] = world.cloudformation.stackResources('stack');
  expect(current).not.toBe(old);
  expect(world.requests[1]).toMatchObject({ RequestType: 'Update', ResourceProperties: { Vpc: current }, OldResourceProperties: { Vpc: old } });
  const events = world.cloudformation.stackEvents('stack').filter(({ LogicalResourceId }) => LogicalResourceId === 'Vpc').slice(3);
  expect(events.map(({ ResourceStatus, PhysicalResourceId }) => [ResourceStatus, PhysicalResourceId])).toEqual([
    ['UPDATE_IN_PROGRESS', old], ['UPDATE_IN_PROGRESS', current], ['UPDATE_COMPLETE', current], ['DELETE_IN_PROGRESS', old], ['DELETE_COMPLETE', old],
  ]);
});

test('a replaced resource is the old one again after a rollback, without a call', async () => {
  const world = new World({ concurrency: 1 });
  world.provider = ({ ResourceProperties }) => ResourceProperties.Fail === 'true' ? { Status: 'FAILED', Reason: 'no' } : {};
  const template = (block: string, fail: boolean) => ({
    Resources: { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: block } }, User: custom({ Vpc: { Ref: 'Vpc' }, Fail: fail }) },
  });
  await world.cloudformation.deploy('stack', template('10.0.0.0/16', false));
  const [{ physicalId: old }] = world.cloudformation.stackResources('stack');
  await world.cloudformation.deploy('stack', template('10.1.0.0/16', true));
  const [vpc] = world.cloudformation.stackResources('stack');
  expect(vpc).toMatchObject({ physicalId: old, properties: { CidrBlock: '10.0.0.0/16' } });
  expect(world.requests[2].ResourceProperties.Vpc).toBe(old);
});
