import { Premises } from '../lambda/appstream/premises';

/** Every call of the functions, by what it changes or reads. Each life loses some of them: a step is tried no more than five times. */
const CALLS = [
  ['DescribeThemeForStack', 'TagResource', 'UpdateThemeForStack', 'DeleteThemeForStack'],
  ['ListTagsForResource', 'CreateThemeForStack', 'UntagResource'],
  ['DisableUser', 'EnableUser', 'DescribeUsageReportSubscriptions', 'DeleteUsageReportSubscription'],
  ['CreateUsageReportSubscription'],
];

test.each(CALLS.map((operations) => [operations.join(', '), operations] as const))(
  'a theme, a disabled user and usage reports come and go although the function dies after its first %s', async (_, operations) => {
    const premises = await Premises.start();
    const played = operations.map((operation) => premises.loopback.endpoint.faults.add({
      service: 'appstream', operation, lambdaOnly: true, fault: { kind: 'kill-caller', when: 'after' },
    }));
    const met = () => operations.filter((_operation, index) => played[index]() === 1);

    const themed = operations.some((operation) => /Theme|Tag|Untag/.test(operation));
    if (themed) {
      expect(await premises.brand()).toMatchObject({ status: 'CREATE_COMPLETE' });
      expect(await premises.theme()).toMatchObject({ State: 'ENABLED', ThemeTitleText: 'Office' });
      expect(await premises.destroy()).toMatchObject({ status: 'DELETE_COMPLETE' });
      expect([await premises.theme(), await premises.tags()]).toEqual([undefined, {}]);
    } else {
      expect(await premises.subscribe()).toMatchObject({ status: 'CREATE_COMPLETE' });
      expect(await premises.isSubscribed()).toBe(true);
      // The subscription goes, the user is disabled.
      expect(await premises.enable(false)).toMatchObject({ status: 'UPDATE_COMPLETE' });
      expect([await premises.isSubscribed(), await premises.isEnabled()]).toEqual([false, false]);
      expect(await premises.destroy()).toMatchObject({ status: 'DELETE_COMPLETE' });
      expect(await premises.isEnabled()).toBe(true);
    }
    await premises.stop();
    expect(met()).toEqual(operations);
  });

test('usage reports that are there are nobody\'s, also if the function dies on the way', async () => {
  const premises = await Premises.start();
  await premises.call('CreateUsageReportSubscription', {});
  premises.loopback.endpoint.faults.add({ service: 'appstream', lambdaOnly: true, times: 2, fault: { kind: 'kill-caller', when: 'after' } });
  expect(await premises.subscribe()).toMatchObject({ status: 'CREATE_COMPLETE' });
  await premises.destroy();
  expect(await premises.isSubscribed()).toBe(true);
  await premises.stop();
});
