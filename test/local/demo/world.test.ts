import { Observer } from '../../../local/demo/world';
import { Loopback } from '../../../local/loopback';

let loopback: Loopback;

beforeAll(async () => {
  loopback = await Loopback.start();
});
afterAll(() => loopback.stop());

const fleet = (Name: string) => ({
  Name,
  ImageName: 'AppStream-WinServer2022-06-17-2024',
  InstanceType: 'stream.standard.large',
  ComputeCapacity: { DesiredInstances: 1 },
  Tags: { name: Name },
});

test('the whole account is seen, beyond the first page of a list', async () => {
  const observer = new Observer(loopback.url, loopback.region);
  // AppStream gives five at a time here.
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  for (const name of names) {
    await loopback.call('appstream', 'CreateFleet', fleet(name));
  }
  await loopback.call('appstream', 'CreateStack', { Name: 'office' });
  await loopback.call('appstream', 'AssociateFleet', { StackName: 'office', FleetName: 'f' });
  await loopback.cloudformation.deploy('App', {
    Resources: { Log: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'log' } } },
    Outputs: { LogName: { Value: { Ref: 'Log' } } },
  });

  const world = await observer.read();
  const kinds = (kind: string) => world.things.filter((thing) => thing.kind === kind);
  expect(kinds('fleet').map(({ name, state }) => `${name} ${state}`)).toEqual(names.map((name) => `${name} STOPPED`));
  expect(kinds('builder')).toEqual([]);
  expect(kinds('stack')).toMatchObject([{ name: 'office', detail: 'streams f', facts: { fleets: ['f'] } }]);
  expect(kinds('fleet')[5].facts).toMatchObject({ Tags: { name: 'f' } });
  expect(world.deployments).toEqual([{
    name: 'App',
    status: 'CREATE_COMPLETE',
    resources: [{ logicalId: 'Log', physicalId: 'log', type: 'AWS::Logs::LogGroup' }],
    outputs: { LogName: 'log' },
  }]);
});
