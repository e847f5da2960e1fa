import {
  CreateUsageReportSubscriptionCommand, DeleteUsageReportSubscriptionCommand, DescribeUsageReportSubscriptionsCommand, type UsageReportSubscription,
} from '@aws-sdk/client-appstream';
import { appstream } from './client';
import {
  USAGE_REPORT_SUBSCRIPTION_ATTRIBUTES, type UsageReportSubscriptionProperties,
} from '../../src/appstream/private/usage-report-subscription-contract';
import type { Controller, Progress } from '../engine/controller';
import { absentIfNotFound } from '../engine/errors';

/** The subscription has neither a name nor tags. So the id says who has made it: with one of these it was there before us, and stays. */
const CREATED = 'usage-reports-created';
const ADOPTED = 'usage-reports-adopted';

/** Sees to it that the account is subscribed to usage reports, and that a subscription that this has made is ended with it. */
export const usageReportSubscription: Controller<UsageReportSubscriptionProperties> = async ({ wanted, id, memory }) => {
  if (!wanted) {
    if (id === CREATED) {
      await absentIfNotFound(() => appstream.send(new DeleteUsageReportSubscriptionCommand({})));
    }
    return { kind: 'ready', id: id ?? ADOPTED };
  }
  const subscription = await read();
  if (subscription) {
    return ready(id ?? ADOPTED, subscription);
  }
  if (memory.seen !== 'none') {
    // Remembered before it is made: a step that is taken again, because nobody knows how this one ended, knows whose it is.
    return { kind: 'pending', id: CREATED, why: 'there is no subscription to usage reports yet', memory: { seen: 'none' }, waitSeconds: 1 };
  }
  return ready(CREATED, await appstream.send(new CreateUsageReportSubscriptionCommand({})));
};

/** There is one at most. Where there is none, AppStream may say so by an error. */
async function read(): Promise<UsageReportSubscription | undefined> {
  const answer = await absentIfNotFound(() => appstream.send(new DescribeUsageReportSubscriptionsCommand({})));
  return answer?.UsageReportSubscriptions?.[0];
}

function ready(id: string, { S3BucketName, Schedule }: UsageReportSubscription): Progress {
  const { bucketName, schedule } = USAGE_REPORT_SUBSCRIPTION_ATTRIBUTES;
  return { kind: 'ready', id, attributes: { [bucketName]: S3BucketName ?? '', [schedule]: Schedule ?? '' } };
}
