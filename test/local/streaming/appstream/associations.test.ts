import { MINUTE, aFleet, refusal, simulateAppStream, stopSimulations, SimulatedAppStream } from './simulated';
import type { AppStreamOptions } from '../../../../local/streaming/appstream/options';

afterEach(stopSimulations);

async function associated(options?: AppStreamOptions): Promise<SimulatedAppStream> {
  const appstream = await simulateAppStream(options);
  const { client } = appstream;
  await client.createFleet(aFleet({ Name: 'fleet' }));
  await client.createStack({ Name: 'stack' });
  await client.associateFleet({ FleetName: 'fleet', StackName: 'stack' });
  return appstream;
}

test('a stack and its fleet are listed from both sides', async () => {
  const { client } = await associated();
  await client.createStack({ Name: 'another' });
  await client.associateFleet({ FleetName: 'fleet', StackName: 'another' });
  expect((await client.listAssociatedFleets({ StackName: 'stack' })).Names).toEqual(['fleet']);
  expect((await client.listAssociatedStacks({ FleetName: 'fleet' })).Names).toEqual(['stack', 'another']);
  await client.disassociateFleet({ FleetName: 'fleet', StackName: 'stack' });
  expect((await client.listAssociatedFleets({ StackName: 'stack' })).Names).toEqual([]);
  expect((await client.listAssociatedStacks({ FleetName: 'fleet' })).Names).toEqual(['another']);
});

test('the stacks of a fleet come in pages', async () => {
  const { client } = await associated({ pageSize: 1 });
  await client.createStack({ Name: 'another' });
  await client.associateFleet({ FleetName: 'fleet', StackName: 'another' });
  const first = await client.listAssociatedStacks({ FleetName: 'fleet' });
  expect(first.Names).toEqual(['stack']);
  expect((await client.listAssociatedStacks({ FleetName: 'fleet', NextToken: first.NextToken })).Names).toEqual(['another']);
});

describe('AssociateFleet', () => {
  test.each(['OperationNotPermittedException', 'LimitExceededException'] as const)('refuses a second fleet with %s', async (secondFleet) => {
    const { client } = await associated({ readings: { secondFleet } });
    await client.createFleet(aFleet({ Name: 'second' }));
    await expect(client.associateFleet({ FleetName: 'second', StackName: 'stack' })).rejects.toEqual(
      refusal(secondFleet, 'The stack stack is already associated with the fleet fleet.'),
    );
    await client.disassociateFleet({ FleetName: 'fleet', StackName: 'stack' });
    await client.associateFleet({ FleetName: 'second', StackName: 'stack' });
  });

  test('of two that are associated: refused, or without effect', async () => {
    const again = { FleetName: 'fleet', StackName: 'stack' };
    await expect((await associated()).client.associateFleet(again)).rejects.toEqual(
      refusal('OperationNotPermittedException', 'The fleet fleet is already associated with the stack stack.'),
    );
    await (await associated({ readings: { associateAgain: 'accepted' } })).client.associateFleet(again);
  });
});

describe.each(['associateFleet', 'disassociateFleet'] as const)('%s', (operation) => {
  test.each([['fleet', 'nowhere', 'stack'], ['stack', 'fleet', 'nowhere']])('fails without the %s', async (what, FleetName, StackName) => {
    const { client } = await associated();
    await expect(client[operation]({ FleetName, StackName })).rejects.toEqual(
      refusal('ResourceNotFoundException', `The ${what} nowhere does not exist.`),
    );
  });
});

describe('DisassociateFleet', () => {
  test('of two that are not associated: refused, or without effect', async () => {
    const pair = { FleetName: 'fleet', StackName: 'another' };
    const { client } = await associated();
    await client.createStack({ Name: 'another' });
    await expect(client.disassociateFleet(pair)).rejects.toEqual(
      refusal('ResourceNotFoundException', 'The fleet fleet is not associated with the stack another.'),
    );
    const lenient = await associated({ readings: { disassociateAgain: 'accepted' } });
    await lenient.client.createStack({ Name: 'another' });
    await lenient.client.disassociateFleet(pair);
  });

  test('while a user streams: refused, or accepted', async () => {
    for (const disassociateWithSessions of ['refused', 'accepted'] as const) {
      const { client, clock, simulator } = await associated({ readings: { disassociateWithSessions } });
      await client.startFleet({ Name: 'fleet' });
      clock.advance(10 * MINUTE);
      const { StreamingURL } = await client.createStreamingURL({ FleetName: 'fleet', StackName: 'stack', UserId: 'user' });
      simulator.openStreamingUrl(StreamingURL!);
      const call = client.disassociateFleet({ FleetName: 'fleet', StackName: 'stack' });
      await (disassociateWithSessions === 'accepted' ? call : expect(call).rejects.toEqual(
        refusal('ResourceInUseException', 'The fleet fleet has active sessions of the stack stack.'),
      ));
    }
  });
});

test('lists of what does not exist: refused, or empty', async () => {
  const strict = await simulateAppStream();
  await expect(strict.client.listAssociatedFleets({ StackName: 'nowhere' })).rejects.toEqual(refusal('ResourceNotFoundException'));
  await expect(strict.client.listAssociatedStacks({ FleetName: 'nowhere' })).rejects.toEqual(refusal('ResourceNotFoundException'));
  const lenient = await simulateAppStream({ readings: { listOfUnknown: 'empty' } });
  expect((await lenient.client.listAssociatedFleets({ StackName: 'nowhere' })).Names).toEqual([]);
  expect((await lenient.client.listAssociatedStacks({ FleetName: 'nowhere' })).Names).toEqual([]);
});
