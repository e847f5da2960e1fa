import { refusal, simulateAppStream, stopSimulations } from './simulated';

afterEach(stopSimulations);

test('there is one subscription, with a bucket of AppStream\'s own', async () => {
  const { client } = await simulateAppStream();
  const { S3BucketName, Schedule } = await client.createUsageReportSubscription({});
  expect([S3BucketName, Schedule]).toEqual(['appstream-logs-eu-west-1-123456789012-0a1b2c3d', 'DAILY']);
  expect((await client.describeUsageReportSubscriptions({})).UsageReportSubscriptions).toEqual([{ S3BucketName, Schedule, SubscriptionErrors: [] }]);
  await client.deleteUsageReportSubscription({});
  await expect(client.deleteUsageReportSubscription({})).rejects.toEqual(refusal('ResourceNotFoundException'));
});

test.each(['refused', 'accepted'] as const)('a second subscription is %s', async (secondUsageReports) => {
  const { client } = await simulateAppStream({ readings: { secondUsageReports } });
  await client.createUsageReportSubscription({});
  const second = client.createUsageReportSubscription({});
  await (secondUsageReports === 'accepted' ? second : expect(second).rejects.toEqual(refusal('LimitExceededException')));
});

test.each(['refused', 'empty'] as const)('the question for none is %s', async (noUsageReports) => {
  const { client } = await simulateAppStream({ readings: { noUsageReports } });
  const answer = client.describeUsageReportSubscriptions({});
  await (noUsageReports === 'empty' ? expect(answer).resolves.toMatchObject({ UsageReportSubscriptions: [] })
    : expect(answer).rejects.toEqual(refusal('ResourceNotFoundException')));
});
