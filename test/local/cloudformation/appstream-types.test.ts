import { custom, World } from './world';
import type { CloudFormationOptions } from '../../../local/cloudformation';
import { AppStreamSimulator } from '../../../local/streaming/appstream';
import type { Readings } from '../../../local/streaming/appstream/options';

const IMAGE = 'AppStream-WinServer2022-06-17-2024';

function appstreamWorld(options: Partial<CloudFormationOptions> = {}, readings: Partial<Readings> = {}) {
  const world = new World({ concurrency: 1, ...options });
  const appstream = new AppStreamSimulator(world.cloud, { readings });
  world.add(appstream);
  return world;
}

const fleet = (properties: object = {}, attributes: object = {}) => ({
  Type: 'AWS::AppStream::Fleet',
  Properties: { Name: 'office', InstanceType: 'stream.standard.large', ImageName: IMAGE, ComputeCapacity: { DesiredInstances: 1 }, ...properties },
  ...attributes,
});
const STARTED = { CreationPolicy: { StartFleet: true } };

const fleetOf = async (world: World, name = 'office') =>
  (await world.cloud.call('appstream', 'DescribeFleets', { Names: [name] }).catch(() => ({ Fleets: [] }))).Fleets[0];
const callsOf = (world: World) => world.calls.filter((call) => call.startsWith('appstream:') && !call.includes('Describe')).map((call) => call.slice(10));

describe('a fleet', () => {
  test('is left STOPPED, and its name is its Ref', async () => {
    const world = appstreamWorld();
    const { outputs } = await world.cloudformation.deploy('stack', {
      Resources: { Fleet: fleet() }, Outputs: { Name: { Value: { Ref: 'Fleet' } }, Id: { Value: { 'Fn::GetAtt': ['Fleet', 'Id'] } } },
    });
    expect(outputs).toEqual({ Name: 'office', Id: 'office' });
    expect((await fleetOf(world)).State).toBe('STOPPED');
  });

  test('is started and waited for where the creation policy says so', async () => {
    const world = appstreamWorld();
    await world.cloudformation.deploy('stack', { Resources: { Fleet: fleet({}, STARTED) } });
    expect((await fleetOf(world)).State).toBe('RUNNING');
  });

  test('is given its tags as a map', async () => {
    const world = appstreamWorld();
    await world.cloudformation.deploy('stack', { Resources: { Fleet: fleet({ Tags: [{ Key: 'a', Value: 'b' }] }) } });
    const { Tags } = await world.cloud.call('appstream', 'ListTagsForResource', { ResourceArn: (await fleetOf(world)).Arn });
    expect(Tags).toEqual({ a: 'b' });
  });

  test('takes what a running fleet takes', async () => {
    const world = appstreamWorld();
    await world.cloudformation.deploy('stack', { Resources: { Fleet: fleet({}, STARTED) } });
    expect((await world.cloudformation.deploy('stack', { Resources: { Fleet: fleet({ DisplayName: 'Office' }, STARTED) } })).status).toBe('UPDATE_COMPLETE');
    expect(await fleetOf(world)).toMatchObject({ State: 'RUNNING', DisplayName: 'Office' });
  });

  // The rollback of the refused update sends the old value, and the service has two readings of a value that is there already.
  test.each([['accepted', 'UPDATE_ROLLBACK_COMPLETE'], ['refused', 'UPDATE_ROLLBACK_FAILED']] as const)(
    'that runs refuses what needs it stopped (strict reading), values that it has being %s', async (sameValueWhileRunning, end) => {
      const world = appstreamWorld({}, { sameValueWhileRunning });
      await world.cloudformation.deploy('stack', { Resources: { Fleet: fleet({ StreamView: 'APP' }, STARTED) } });
      const { status, failures } = await world.cloudformation.deploy('stack', { Resources: { Fleet: fleet({ StreamView: 'DESKTOP' }, STARTED) } });
      expect(failures[0]).toContain('(Service: AppStream, Error Code: ResourceInUseException)');
      expect(status).toBe(end);
      expect((await fleetOf(world)).StreamView).toBe('APP');
    });

  test('that runs is stopped, updated and started again (other reading)', async () => {
    const world = appstreamWorld({ fleetUpdate: 'stops-and-starts' });
    await world.cloudformation.deploy('stack', { Resources: { Fleet: fleet({}, STARTED) } });
    expect((await world.cloudformation.deploy('stack', { Resources: { Fleet: fleet({ StreamView: 'DESKTOP' }, STARTED) } })).status).toBe('UPDATE_COMPLETE');
    expect(await fleetOf(world)).toMatchObject({ State: 'RUNNING', StreamView: 'DESKTOP' });
    expect(callsOf(world).slice(2)).toEqual(['UpdateFleet', 'StopFleet', 'UpdateFleet', 'StartFleet']);
  });

  test.each([['changed', 5], ['all', 1]] as const)('is sent its %s members, and so has the capacity %s after somebody has changed it to 5', async (fleetUpdateMembers, capacity) => {
    const world = appstreamWorld({ fleetUpdateMembers }, { sameValueWhileRunning: 'accepted' });
    await world.cloudformation.deploy('stack', { Resources: { Fleet: fleet({}, STARTED) } });
    await world.cloud.call('appstream', 'UpdateFleet', { Name: 'office', ComputeCapacity: { DesiredInstances: 5 } });
    expect((await world.cloudformation.deploy('stack', { Resources: { Fleet: fleet({ DisplayName: 'Office' }, STARTED) } })).status).toBe('UPDATE_COMPLETE');
    expect((await fleetOf(world)).ComputeCapacityStatus.Desired).toBe(capacity);
  });

  test('keeps what is gone from the template, unless AttributesToDelete names it', async () => {
    const world = appstreamWorld();
    const vpc = { VpcConfig: { SubnetIds: ['subnet-0123456789abcdef0'] } };
    await world.cloudformation.deploy('stack', { Resources: { Fleet: fleet(vpc) } });
    await world.cloudformation.deploy('stack', { Resources: { Fleet: fleet() } });
    expect((await fleetOf(world)).VpcConfig.SubnetIds).toEqual(vpc.VpcConfig.SubnetIds);
    await world.cloudformation.deploy('stack', { Resources: { Fleet: fleet({ AttributesToDelete: ['VPC_CONFIGURATION'] }) } });
    expect((await fleetOf(world)).VpcConfig?.SubnetIds ?? []).toEqual([]);
  });

  test('has its tags changed without an update of its own', async () => {
    const world = appstreamWorld();
    await world.cloudformation.deploy('stack', { Resources: { Fleet: fleet({ Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '1' }] }) } });
    await world.cloudformation.deploy('stack', { Resources: { Fleet: fleet({ Tags: [{ Key: 'a', Value: '2' }] }) } });
    expect(callsOf(world)).toEqual(['CreateFleet', 'TagResource', 'UntagResource']);
  });

  test.each([['Name', { Name: 'other' }, 'other'], ['FleetType', { FleetType: 'ON_DEMAND', Name: 'demand' }, 'demand']])(
    'is replaced for another %s', async (_name, properties, name) => {
      const world = appstreamWorld();
      await world.cloudformation.deploy('stack', { Resources: { Fleet: fleet() } });
      expect((await world.cloudformation.deploy('stack', { Resources: { Fleet: fleet(properties) } })).status).toBe('UPDATE_COMPLETE');
      expect(callsOf(world)).toEqual(['CreateFleet', 'CreateFleet', 'DeleteFleet']);
      expect(await fleetOf(world, name)).toBeDefined();
    });

  test('cannot be replaced under its own name', async () => {
    const world = appstreamWorld();
    await world.cloudformation.deploy('stack', { Resources: { Fleet: fleet() } });
    const { status, failures } = await world.cloudformation.deploy('stack', { Resources: { Fleet: fleet({ FleetType: 'ON_DEMAND' }) } });
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failures[0]).toContain('ResourceAlreadyExistsException');
    expect((await fleetOf(world)).FleetType).toBe('ALWAYS_ON');
  });

  test('that runs is stopped to be deleted', async () => {
    const world = appstreamWorld();
    await world.cloudformation.deploy('stack', { Resources: { Fleet: fleet({}, STARTED) } });
    expect((await world.cloudformation.destroy('stack')).status).toBe('DELETE_COMPLETE');
    expect(callsOf(world).slice(2)).toEqual(['StopFleet', 'DeleteFleet']);
  });

  test('that runs is not deleted in the strict reading', async () => {
    const world = appstreamWorld({ fleetDeletion: 'strict' });
    await world.cloudformation.deploy('stack', { Resources: { Fleet: fleet({}, STARTED) } });
    const { status, failures } = await world.cloudformation.destroy('stack');
    expect(status).toBe('DELETE_FAILED');
    expect(failures[0]).toContain('ResourceInUseException');
  });

  test('that is gone is deleted', async () => {
    const world = appstreamWorld();
    await world.cloudformation.deploy('stack', { Resources: { Fleet: fleet() } });
    await world.cloud.call('appstream', 'DeleteFleet', { Name: 'office' });
    expect((await world.cloudformation.destroy('stack')).status).toBe('DELETE_COMPLETE');
  });

  test('is taken back while it starts, when another resource fails', async () => {
    const world = appstreamWorld({ concurrency: Infinity });
    world.provider = async ({ RequestType }) => {
      await world.clock.sleep(60_000);
      return RequestType === 'Create' ? { Status: 'FAILED', Reason: 'no' } : {};
    };
    const { status } = await world.cloudformation.deploy('stack', { Resources: { Fleet: fleet({}, STARTED), Bad: custom() } });
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(await fleetOf(world)).toBeUndefined();
  });
});

describe('an image builder', () => {
  const builder = (properties: object = {}) => ({
    Type: 'AWS::AppStream::ImageBuilder', Properties: { Name: 'builder', InstanceType: 'stream.standard.large', ImageName: IMAGE, ...properties },
  });
  const stateOf = async (world: World, name = 'builder') =>
    (await world.cloud.call('appstream', 'DescribeImageBuilders', { Names: [name] })).ImageBuilders[0].State;

  test('is waited for until it runs, and stopped to be deleted', async () => {
    const world = appstreamWorld();
    await world.cloudformation.deploy('stack', { Resources: { Builder: builder() } });
    expect(await stateOf(world)).toBe('RUNNING');
    expect((await world.cloudformation.destroy('stack')).status).toBe('DELETE_COMPLETE');
    await expect(stateOf(world)).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
    expect(callsOf(world)).toEqual(['CreateImageBuilder', 'StopImageBuilder', 'DeleteImageBuilder']);
  });

  test.each([['refused', 'DELETE_FAILED'], ['accepted', 'DELETE_COMPLETE']] as const)('that runs is deleted as it is when the service has %s it', async (deleteRunningImageBuilder, end) => {
    const world = appstreamWorld({ imageBuilderDeletion: 'direct' }, { deleteRunningImageBuilder });
    await world.cloudformation.deploy('stack', { Resources: { Builder: builder() } });
    expect((await world.cloudformation.destroy('stack')).status).toBe(end);
  });

  test.each([['a description', { Description: 'x' }], ['tags', { Tags: [{ Key: 'a', Value: 'b' }] }]])('refuses other %s under its own name', async (_what, properties) => {
    const world = appstreamWorld();
    await world.cloudformation.deploy('stack', { Resources: { Builder: builder() } });
    const { status, failures } = await world.cloudformation.deploy('stack', { Resources: { Builder: builder(properties) } });
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failures[0]).toBe('Builder: Resource handler returned message: "AWS::AppStream::ImageBuilder has no update handler" (HandlerErrorCode: NotUpdatable)');
    expect(callsOf(world)).toEqual(['CreateImageBuilder']);
  });

  test('meets itself when it is replaced under its own name (other reading)', async () => {
    const world = appstreamWorld({ imageBuilderUpdate: 'replaces' });
    await world.cloudformation.deploy('stack', { Resources: { Builder: builder() } });
    const { failures } = await world.cloudformation.deploy('stack', { Resources: { Builder: builder({ Description: 'x' }) } });
    expect(failures[0]).toContain('ResourceAlreadyExistsException');
  });

  test('is replaced under another name', async () => {
    const world = appstreamWorld();
    await world.cloudformation.deploy('stack', { Resources: { Builder: builder() } });
    await world.cloudformation.deploy('stack', { Resources: { Builder: builder({ Name: 'second', Description: 'x' }) } });
    expect(await stateOf(world, 'second')).toBe('RUNNING');
    await expect(stateOf(world)).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });
});

describe('a stack and its fleet', () => {
  const template = (properties: object = {}, fleetProperties: object = {}) => ({
    Resources: {
      Association: { Type: 'AWS::AppStream::StackFleetAssociation', Properties: { FleetName: { Ref: 'Fleet' }, StackName: { Ref: 'Stack' } } },
      Fleet: fleet(fleetProperties),
      Stack: { Type: 'AWS::AppStream::Stack', Properties: { Name: 'office', UserSettings: [{ Action: 'PRINTING_TO_LOCAL_DEVICE', Permission: 'DISABLED' }], ...properties } },
    },
  });

  test('are made, associated, taken apart and deleted', async () => {
    const world = appstreamWorld();
    expect((await world.cloudformation.deploy('stack', template())).status).toBe('CREATE_COMPLETE');
    expect((await world.cloudformation.destroy('stack')).status).toBe('DELETE_COMPLETE');
    expect(callsOf(world)[2]).toBe('AssociateFleet');
    expect(callsOf(world)[3]).toBe('DisassociateFleet');
  });

  test('the stack is updated in place', async () => {
    const world = appstreamWorld();
    await world.cloudformation.deploy('stack', template());
    await world.cloudformation.deploy('stack', template({ DisplayName: 'Office', Tags: [{ Key: 'a', Value: 'b' }] }));
    expect(callsOf(world).slice(3)).toEqual(['UpdateStack', 'TagResource']);
    expect((await world.cloud.call('appstream', 'DescribeStacks', { Names: ['office'] })).Stacks[0].DisplayName).toBe('Office');
  });

  test('another fleet cannot be associated before the old one goes', async () => {
    const world = appstreamWorld();
    await world.cloudformation.deploy('stack', template());
    const { status, failures } = await world.cloudformation.deploy('stack', template({}, { Name: 'second' }));
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failures[0]).toContain('Association: Resource handler returned message');
    expect((await world.cloud.call('appstream', 'ListAssociatedFleets', { StackName: 'office' })).Names).toEqual(['office']);
  });

  test('a stack without a name gets one', async () => {
    const world = appstreamWorld();
    const { outputs } = await world.cloudformation.deploy('stack', {
      Resources: { Stack: { Type: 'AWS::AppStream::Stack', Properties: {} } }, Outputs: { Name: { Value: { Ref: 'Stack' } } },
    });
    expect(outputs.Name).toMatch(/^stack-Stack-[A-Z0-9]{12}$/);
  });
});
