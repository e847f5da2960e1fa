import { Premises, STACK } from './premises';

const CREATED = { status: 'CREATE_COMPLETE', failures: [] };
const UPDATED = { status: 'UPDATE_COMPLETE', failures: [] };
const DELETED = { status: 'DELETE_COMPLETE', failures: [] };
const TYPE = 'Custom::AppStreamUsageReportSubscription';

let premises: Premises;

async function start(options: Parameters<typeof Premises.start>[0] = {}): Promise<void> {
  premises = await Premises.start(options);
}

afterEach(() => premises.stop());

describe.each(['refused', 'empty'] as const)('where the question for none is %s', (noUsageReports) => {
  beforeEach(() => start({ appstream: { readings: { noUsageReports } } }));

  test('a subscription that is made goes with its resource', async () => {
    const created = await premises.subscribe();
    expect(created).toMatchObject(CREATED);
    expect(created.outputs).toEqual({ Bucket: expect.stringMatching(/^appstream-logs-/), Schedule: 'DAILY' });
    expect(premises.changes()).toEqual(['CreateUsageReportSubscription']);
    expect(await premises.destroy()).toMatchObject(DELETED);
    expect(await premises.isSubscribed()).toBe(false);
  });

  test('one that is there is taken as it is, and stays', async () => {
    await premises.call('CreateUsageReportSubscription', {});
    const created = await premises.subscribe();
    expect(created).toMatchObject(CREATED);
    expect(created.outputs).toMatchObject({ Schedule: 'DAILY' });
    expect(await premises.destroy()).toMatchObject(DELETED);
    expect(premises.changes()).toEqual([]);
    expect(await premises.isSubscribed()).toBe(true);
  });

  test('one that somebody has ended is made again with a new revision, and is ours then', async () => {
    await premises.call('CreateUsageReportSubscription', {});
    await premises.subscribe();
    expect(premises.deployment.physicalId(STACK, TYPE)).toBe('usage-reports-adopted');
    await premises.call('DeleteUsageReportSubscription', {});
    expect(await premises.subscribe({ revision: '2' })).toMatchObject(UPDATED);
    expect(premises.deployment.physicalId(STACK, TYPE)).toBe('usage-reports-created');
    expect(await premises.isSubscribed()).toBe(true);
    await premises.destroy();
    expect(await premises.isSubscribed()).toBe(false);
  });

  test('one that somebody has ended needs no deletion', async () => {
    await premises.subscribe();
    await premises.call('DeleteUsageReportSubscription', {});
    expect(await premises.destroy()).toMatchObject(DELETED);
  });
});

test('one that is made is gone after a rollback, one that was there is not', async () => {
  await start();
  expect(await premises.subscribe({ thenFails: true })).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
  expect(await premises.isSubscribed()).toBe(false);
  await premises.destroy();
  await premises.call('CreateUsageReportSubscription', {});
  expect(await premises.subscribe({ thenFails: true })).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
  expect(await premises.isSubscribed()).toBe(true);
});

test('one whose creation is refused fails, and nothing is left', async () => {
  await start();
  premises.loopback.endpoint.faults.add({
    operation: 'CreateUsageReportSubscription', lambdaOnly: true, times: 50, fault: { kind: 'error', code: 'LimitExceededException', message: 'No more.', status: 400 },
  });
  const { status, failures } = await premises.subscribe();
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(failures.join()).toContain('No more. (LimitExceededException)');
  expect(await premises.isSubscribed()).toBe(false);
});
