import type { AuthenticationType } from '@aws-sdk/client-appstream';
import { aFleet, refusal, type SimulatedAppStream, simulateAppStream, stopSimulations } from './simulated';
import type { AppStreamOptions } from '../../../../local/streaming/appstream/options';

afterEach(stopSimulations);

const USERPOOL: AuthenticationType = 'USERPOOL';
const ANN = { UserName: 'Ann@example.com', AuthenticationType: USERPOOL };
const ASSIGNMENT = { ...ANN, StackName: 'office' };

async function pool(options: AppStreamOptions = {}): Promise<SimulatedAppStream> {
  const simulated = await simulateAppStream(options);
  await simulated.client.createStack({ Name: 'office' });
  await simulated.client.createUser(ANN);
  return simulated;
}

test('a user is described, disabled, enabled and deleted', async () => {
  const { client, clock, simulator } = await pool();
  await client.disableUser(ANN);
  await client.disableUser(ANN);
  const described = {
    ...ANN, Arn: 'arn:aws:appstream:eu-west-1:123456789012:user/Ann@example.com', Enabled: false, Status: 'UNCONFIRMED', CreatedTime: new Date(clock.now()),
  };
  expect((await client.describeUsers({ AuthenticationType: USERPOOL })).Users).toEqual([described]);
  await client.enableUser(ANN);
  expect((await client.describeUsers({ AuthenticationType: USERPOOL })).Users).toEqual([{ ...described, Enabled: true }]);
  await client.deleteUser(ANN);
  expect((await client.describeUsers({ AuthenticationType: USERPOOL })).Users).toEqual([]);
  expect(simulator.mails()).toEqual(['welcome to Ann@example.com']);
});

test('the case of an address counts', async () => {
  const { client } = await pool();
  const lower = { ...ANN, UserName: 'ann@example.com' };
  await expect(client.disableUser(lower)).rejects.toEqual(refusal('ResourceNotFoundException', 'The user ann@example.com does not exist.'));
  await client.createUser(lower);
  expect((await client.describeUsers({ AuthenticationType: USERPOOL })).Users).toHaveLength(2);
});

test('a welcome is sent unless it is suppressed, and again on demand', async () => {
  const { client, simulator } = await pool();
  await client.createUser({ ...ANN, UserName: 'bob@example.com', MessageAction: 'SUPPRESS' });
  await client.createUser({ ...ANN, MessageAction: 'RESEND' });
  expect(simulator.mails()).toEqual(['welcome to Ann@example.com', 'welcome to Ann@example.com']);
});

test.each<[string, (simulated: SimulatedAppStream) => Promise<unknown>, string]>([
  ['a user twice', ({ client }) => client.createUser(ANN), 'ResourceAlreadyExistsException'],
  ['a user who signs in in another way', ({ client }) => client.createUser({ ...ANN, AuthenticationType: 'SAML' }), 'InvalidParameterCombinationException'],
  ['what is no address', ({ client }) => client.createUser({ ...ANN, UserName: 'ann' }), 'InvalidParameterValueException'],
  ['a welcome with a name', ({ client }) => client.createUser({ ...ANN, MessageAction: 'RESEND', FirstName: 'Ann' }), 'InvalidParameterCombinationException'],
  ['a welcome to nobody', ({ client }) => client.createUser({ ...ANN, UserName: 'a@b', MessageAction: 'RESEND' }), 'OperationNotPermittedException'],
  ['to describe other users', ({ client }) => client.describeUsers({ AuthenticationType: 'SAML' }), 'InvalidParameterCombinationException'],
  ['to delete nobody', ({ client }) => client.deleteUser({ ...ANN, UserName: 'a@b' }), 'ResourceNotFoundException'],
  ['assignments of everybody', ({ client }) => client.describeUserStackAssociations({}), 'InvalidParameterCombinationException'],
  ['assignments of a user of some type', ({ client }) => client.describeUserStackAssociations({ UserName: 'a@b' }), 'InvalidParameterCombinationException'],
])('refuses %s', async (_, call, code) => {
  await expect(call(await pool())).rejects.toEqual(refusal(code));
});

test('users are assigned to stacks and told so', async () => {
  const { client, simulator } = await pool();
  expect((await client.batchAssociateUserStack({ UserStackAssociations: [{ ...ASSIGNMENT, SendEmailNotification: true }] })).errors).toBeUndefined();
  expect(simulator.mails()).toContain('stack office to Ann@example.com');
  expect((await client.describeUserStackAssociations({ StackName: 'office' })).UserStackAssociations).toEqual([ASSIGNMENT]);
  expect((await client.describeUserStackAssociations(ANN)).UserStackAssociations).toEqual([ASSIGNMENT]);
  await client.batchDisassociateUserStack({ UserStackAssociations: [ASSIGNMENT] });
  expect((await client.describeUserStackAssociations(ASSIGNMENT)).UserStackAssociations).toBeUndefined();
});

test.each([
  [{ ...ASSIGNMENT, StackName: 'nowhere' }, 'STACK_NOT_FOUND'],
  [{ ...ASSIGNMENT, UserName: 'ann@example.com' }, 'USER_NAME_NOT_FOUND'],
  [{ ...ASSIGNMENT, AuthenticationType: 'SAML' as const }, 'DIRECTORY_NOT_FOUND'],
])('what is wrong with %j stands in the answer, and the others are assigned', async (wrong, ErrorCode) => {
  const { client } = await pool();
  const { errors } = await client.batchAssociateUserStack({ UserStackAssociations: [wrong, ASSIGNMENT] });
  expect(errors).toEqual([{ UserStackAssociation: wrong, ErrorCode, ErrorMessage: expect.any(String) }]);
  expect((await client.describeUserStackAssociations({ StackName: 'office' })).UserStackAssociations).toHaveLength(1);
});

test('a stack whose fleet is joined to a domain takes no users', async () => {
  const { client } = await pool({ directories: ['corp.example.com'] });
  await client.createFleet(aFleet({ DomainJoinInfo: { DirectoryName: 'corp.example.com' } }));
  await client.associateFleet({ StackName: 'office', FleetName: 'office' });
  await expect(client.batchAssociateUserStack({ UserStackAssociations: [ASSIGNMENT] })).rejects.toEqual(refusal('OperationNotPermittedException'));
});

test.each(['refused', 'accepted'] as const)('a stack with users: deletion is %s', async (deleteStackWithUsers) => {
  const { client } = await pool({ readings: { deleteStackWithUsers } });
  await client.batchAssociateUserStack({ UserStackAssociations: [ASSIGNMENT] });
  const deletion = client.deleteStack({ Name: 'office' });
  await (deleteStackWithUsers === 'accepted' ? deletion : expect(deletion).rejects.toEqual(refusal('ResourceInUseException')));
  expect((await client.describeUserStackAssociations(ANN)).UserStackAssociations ?? []).toHaveLength(deleteStackWithUsers === 'accepted' ? 0 : 1);
});
