import type { CreateEntitlementCommandInput } from '@aws-sdk/client-appstream';
import { refusal, type SimulatedAppStream, simulateAppStream, stopSimulations } from './simulated';
import type { Readings } from '../../../../local/streaming/appstream/options';

afterEach(stopSimulations);

const ENTITLEMENT: CreateEntitlementCommandInput = {
  StackName: 'office', Name: 'accounting', AppVisibility: 'ASSOCIATED', Attributes: [{ Name: 'department', Value: 'Finance' }],
};
const KEY = { StackName: 'office', EntitlementName: 'accounting' };
const LEDGER = { ...KEY, ApplicationIdentifier: 'Ledger' };

async function entitled(readings: Partial<Readings> = {}, more: Partial<CreateEntitlementCommandInput> = {}): Promise<SimulatedAppStream> {
  const simulated = await simulateAppStream({ readings });
  simulated.simulator.addImage({ Name: 'desktops', Applications: [{ Name: 'Ledger' }] });
  await simulated.client.createStack({ Name: 'office' });
  await simulated.client.createEntitlement({ ...ENTITLEMENT, ...more });
  return simulated;
}

test('an entitlement is described, updated and deleted', async () => {
  const { client, clock } = await entitled();
  const created = new Date(clock.now());
  clock.advance(1000);
  await client.updateEntitlement({ StackName: 'office', Name: 'accounting', Description: 'Money', Attributes: [{ Name: 'groups', Value: 'Sales' }] });
  expect((await client.describeEntitlements({ StackName: 'office' })).Entitlements).toEqual([{
    ...ENTITLEMENT, Description: 'Money', Attributes: [{ Name: 'groups', Value: 'Sales' }], CreatedTime: created, LastModifiedTime: new Date(clock.now()),
  }]);
  await client.deleteEntitlement({ StackName: 'office', Name: 'accounting' });
  expect((await client.describeEntitlements({ StackName: 'office' })).Entitlements).toEqual([]);
});

test('an entitlement is of one stack', async () => {
  const { client } = await entitled();
  await client.createStack({ Name: 'other' });
  await client.createEntitlement({ ...ENTITLEMENT, StackName: 'other' });
  expect((await client.describeEntitlements({ StackName: 'other', Name: 'accounting' })).Entitlements).toHaveLength(1);
  await expect(client.createEntitlement(ENTITLEMENT)).rejects.toEqual(
    refusal('EntitlementAlreadyExistsException', 'The entitlement accounting of the stack office already exists.'),
  );
});

test('applications come and go', async () => {
  const { client } = await entitled();
  await client.associateApplicationToEntitlement(LEDGER);
  expect((await client.listEntitledApplications(KEY)).EntitledApplications).toEqual([{ ApplicationIdentifier: 'Ledger' }]);
  await client.disassociateApplicationFromEntitlement(LEDGER);
  await expect(client.disassociateApplicationFromEntitlement(LEDGER)).rejects.toEqual(refusal('ResourceNotFoundException'));
});

test.each<[string, (simulated: SimulatedAppStream) => Promise<unknown>, string]>([
  ['of a stack that is not there', ({ client }) => client.createEntitlement({ ...ENTITLEMENT, StackName: 'nowhere' }), 'ResourceNotFoundException'],
  ['with another attribute', ({ client }) => client.createEntitlement({ ...ENTITLEMENT, Name: 'b', Attributes: [{ Name: 'color', Value: 'red' }] }),
    'InvalidParameterValueException'],
  ['that is not there, when updated', ({ client }) => client.updateEntitlement({ StackName: 'office', Name: 'nothing' }), 'EntitlementNotFoundException'],
  ['that is not there, when deleted', ({ client }) => client.deleteEntitlement({ StackName: 'office', Name: 'nothing' }), 'EntitlementNotFoundException'],
])('refuses an entitlement %s', async (_, call, code) => {
  await expect(call(await entitled())).rejects.toEqual(refusal(code));
});

test.each(['refused', 'accepted'] as const)('an application that is associated already is %s', async (associateAgain) => {
  const { client } = await entitled({ associateAgain });
  await client.associateApplicationToEntitlement(LEDGER);
  const again = client.associateApplicationToEntitlement(LEDGER);
  await (associateAgain === 'accepted' ? again : expect(again).rejects.toEqual(
    refusal('OperationNotPermittedException', 'The application Ledger is already associated with accounting.')));
});

test('an entitlement to all applications takes no single ones', async () => {
  const { client } = await entitled({}, { AppVisibility: 'ALL' });
  await expect(client.associateApplicationToEntitlement(LEDGER)).rejects.toEqual(refusal('OperationNotPermittedException'));
});

test.each(['refused', 'accepted'] as const)('an application that no image has is %s', async (unknownApplication) => {
  const { client } = await entitled({ unknownApplication });
  const association = client.associateApplicationToEntitlement({ ...LEDGER, ApplicationIdentifier: 'Nothing' });
  await (unknownApplication === 'accepted' ? association : expect(association).rejects.toEqual(refusal('ResourceNotFoundException')));
});

test.each(['refused', 'accepted'] as const)('an entitlement with applications: deletion is %s', async (deleteEntitlementWithApplications) => {
  const { client } = await entitled({ deleteEntitlementWithApplications });
  await client.associateApplicationToEntitlement(LEDGER);
  const deletion = client.deleteEntitlement({ StackName: 'office', Name: 'accounting' });
  await (deleteEntitlementWithApplications === 'accepted' ? deletion : expect(deletion).rejects.toEqual(refusal('OperationNotPermittedException')));
});

test.each(['refused', 'accepted'] as const)('a stack with entitlements: deletion is %s', async (deleteStackWithUsers) => {
  const { client } = await entitled({ deleteStackWithUsers });
  const deletion = client.deleteStack({ Name: 'office' });
  await (deleteStackWithUsers === 'accepted' ? deletion : expect(deletion).rejects.toEqual(refusal('ResourceInUseException')));
});
