import { DrainedStack, MINUTE } from './drained-stack';

let drained: DrainedStack;

afterEach(() => drained.stop());

async function withUsers(readings: object = {}): Promise<void> {
  drained = await DrainedStack.start({ appstream: { readings } });
  await drained.create();
  await drained.deploy();
  await drained.streamers('anna', 'bert', 'carl');
}

const DELETED = { status: 'DELETE_COMPLETE', failures: [] };

test.each(['ExpireSession', 'DescribeSessions'])('a %s that is throttled is made again, at longer and longer intervals', async (operation) => {
  await withUsers();
  const played = drained.loopback.endpoint.faults.add({ operation, lambdaOnly: true, times: 5, fault: { kind: 'throttle' } });
  expect(await drained.destroy()).toMatchObject(DELETED);
  expect(played()).toBe(5);
  expect(await drained.present()).toEqual([]);
});

test.each([
  ['a broken connection', { kind: 'drop-request' }],
  ['a lost answer', { kind: 'drop-answer' }],
  ['an error of the service', { kind: 'error', code: 'InternalFailure', status: 500 }],
  ['a session that is in another state', { kind: 'error', code: 'OperationNotPermittedException', status: 400 }],
  ['a session that has just gone', { kind: 'error', code: 'ResourceNotFoundException', status: 400 }],
] as const)('sessions are ended all the same after %s', async (_, fault) => {
  await withUsers();
  drained.loopback.endpoint.faults.add({ operation: 'ExpireSession', lambdaOnly: true, skip: 1, fault });
  expect(await drained.destroy()).toMatchObject(DELETED);
  expect(await drained.present()).toEqual([]);
});

test.each(['refused', 'accepted'] as const)('a session that its user ends meanwhile is none to end: another call would be %s', async (expireUnknownSession) => {
  await withUsers({ expireUnknownSession });
  drained.loopback.endpoint.faults.add({ operation: 'ExpireSession', lambdaOnly: true, times: 3, fault: { kind: 'drop-answer' } });
  expect(await drained.destroy()).toMatchObject(DELETED);
  expect(await drained.present()).toEqual([]);
});

describe.each(['refused', 'empty'] as const)('where a list of what does not exist is %s', (listOfUnknown) => {
  test('a stack and a fleet that are gone have no sessions', async () => {
    drained = await DrainedStack.start({ appstream: { readings: { listOfUnknown } } });
    await drained.create();
    await drained.deploy();
    await drained.call('StopFleet', { Name: 'office' });
    drained.deployment.clock.advance(10 * MINUTE);
    await drained.call('DisassociateFleet', { StackName: 'office', FleetName: 'office' });
    await drained.call('DeleteFleet', { Name: 'office' });
    await drained.call('DeleteStack', { Name: 'office' });
    expect(await drained.destroy()).toMatchObject(DELETED);
    expect(drained.changes()).toEqual([]);
  });
});

test('a list that says that there is no such fleet is one without sessions', async () => {
  await withUsers();
  drained.loopback.endpoint.faults.add({
    operation: 'DescribeSessions', lambdaOnly: true, times: 4, fault: { kind: 'error', code: 'ResourceNotFoundException', status: 400 },
  });
  expect(await drained.destroy()).toMatchObject(DELETED);
  expect(drained.changes()).toEqual([]);
});
