import { FleetErrorCode } from '@aws-sdk/client-appstream';
import { appstream } from '../../../src';
import { FEW, ScaledOffice, type Wish } from '../../deploy/scaled-office';

const { Capacity } = appstream;

let office: ScaledOffice;

afterEach(() => office.stop());

async function created(wish: Wish = {}): Promise<string> {
  office = await ScaledOffice.start();
  expect(await office.deploy({ limits: FEW, ...wish })).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
  return (await office.fleet()).Name;
}

test.each(['StartFleet', 'StopFleet'])('the reading waits for a fleet after %s, since AppStream refuses an update meanwhile', async (operation) => {
  const Name = await created();
  await office.call('StartFleet', { Name });
  if (operation === 'StopFleet') {
    office.deployment.clock.advance(60_000);
    await office.call('StopFleet', { Name });
  }
  expect(await office.deploy({ limits: FEW, displayName: 'one' })).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
  expect(await office.fleet()).toMatchObject({ State: operation === 'StartFleet' ? 'RUNNING' : 'STOPPED', DisplayName: 'one' });
});

test('the reading does not wait for a start that reports errors', async () => {
  const Name = await created();
  office.loopback.appstream.script.stuckStart(Name, [{ ErrorCode: FleetErrorCode.SUBNET_NOT_FOUND, ErrorMessage: 'There is no subnet.' }]);
  await office.call('StartFleet', { Name });
  const before = office.deployment.clock.now();
  const { failures } = await office.deploy({ limits: FEW, displayName: 'one' });
  expect(failures[0]).toContain(`Cannot update the fleet ${Name} when it is STARTING.`);
  expect(office.deployment.clock.now() - before).toBeLessThan(5 * 60_000);
});

test('a fleet that counts in another unit from now on begins with the capacity of the template', async () => {
  await created();
  await office.scale({ DesiredInstances: 5 });
  const sessions = Capacity.sessions(4, { sessionsPerInstance: 2 });
  expect(await office.deploy({ limits: FEW, capacity: sessions })).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
  expect((await office.fleet()).ComputeCapacityStatus.DesiredUserSessions).toBe(4);
});
