import { ANN, DESKS, Premises } from './premises';

const CREATED = { status: 'CREATE_COMPLETE', failures: [] };
const DELETED = { status: 'DELETE_COMPLETE', failures: [] };

let premises: Premises;

beforeEach(async () => {
  premises = await Premises.start();
});

afterEach(() => premises.stop());

test('a user is disabled, enabled, disabled again, and enabled when the resource goes', async () => {
  expect(await premises.enable(false)).toMatchObject(CREATED);
  expect(await premises.isEnabled()).toBe(false);
  await premises.enable(true);
  expect(await premises.isEnabled()).toBe(true);
  await premises.enable(false);
  expect(await premises.isEnabled()).toBe(false);
  expect(await premises.destroy()).toMatchObject(DELETED);
  expect(await premises.isEnabled()).toBe(true);
});

test('a user who is so already stays so', async () => {
  await premises.call('DisableUser', { UserName: ANN, AuthenticationType: 'USERPOOL' });
  expect(await premises.enable(false)).toMatchObject(CREATED);
  expect(await premises.isEnabled()).toBe(false);
});

test('a rollback lets a user in who was in, and keeps out who was out', async () => {
  expect(await premises.enable(false, { thenFails: true })).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
  expect(await premises.isEnabled()).toBe(true);
  await premises.destroy();
  await premises.enable(false);
  expect(await premises.enable(true, { thenFails: true })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
  expect(await premises.isEnabled()).toBe(false);
});

test('one who is enabled stays so when the resource goes', async () => {
  await premises.enable(true);
  await premises.call('DisableUser', { UserName: ANN, AuthenticationType: 'USERPOOL' });
  expect(await premises.destroy()).toMatchObject(DELETED);
  expect(await premises.isEnabled()).toBe(false);
});

test('a user who is gone needs nothing', async () => {
  await premises.enable(false);
  await premises.call('DeleteUser', { UserName: ANN, AuthenticationType: 'USERPOOL' });
  expect(await premises.destroy()).toMatchObject(DELETED);
});

test('fails for a user in another case, and says so', async () => {
  const { status, failures } = await premises.enable(false, { userName: ANN.toLowerCase() });
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(failures.join()).toContain('The user ann@example.com does not exist.');
  expect(await premises.isEnabled()).toBe(true);
});

test('who is disabled does not get in', async () => {
  const { loopback } = premises;
  await premises.call('CreateFleet', {
    Name: DESKS,
    ImageName: 'AppStream-WinServer2022-06-17-2024',
    InstanceType: 'stream.standard.large',
    ComputeCapacity: { DesiredInstances: 1 },
  });
  await premises.call('AssociateFleet', { StackName: DESKS, FleetName: DESKS });
  await premises.enable(false);
  expect(() => loopback.appstream.signIn(DESKS, ANN, 'USERPOOL')).toThrow(`the user ${ANN} is disabled`);
});
