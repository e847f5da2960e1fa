import type {
  CreateUsageReportSubscriptionResult, DescribeUsageReportSubscriptionsRequest, DescribeUsageReportSubscriptionsResult, UsageReportSubscription,
} from '@aws-sdk/client-appstream';
import type { AppStreamAccount } from './account';
import { page } from '../pagination';

/** Reports of each day, in a bucket of AppStream's own making: https://docs.aws.amazon.com/appstream2/latest/APIReference/API_CreateUsageReportSubscription.html */
export function usageReportOperations(account: AppStreamAccount) {
  return {
    CreateUsageReportSubscription(): CreateUsageReportSubscriptionResult {
      if (account.usageReports && account.readings.secondUsageReports === 'refused') {
        account.refuse('LimitExceededException', 'There is a usage report subscription already.');
      }
      account.usageReports ??= {
        // The form of its name is inferred. It outlives the subscription.
        S3BucketName: `appstream-logs-${account.region}-${account.accountId}-0a1b2c3d`,
        Schedule: 'DAILY',
        SubscriptionErrors: [],
      };
      const { S3BucketName, Schedule } = account.usageReports;
      return { S3BucketName, Schedule };
    },

    DeleteUsageReportSubscription(): object {
      subscription(account);
      account.usageReports = undefined;
      return {};
    },

    DescribeUsageReportSubscriptions({ MaxResults, NextToken }: DescribeUsageReportSubscriptionsRequest): DescribeUsageReportSubscriptionsResult {
      const all = account.readings.noUsageReports === 'refused' ? [subscription(account)] : account.usageReports ? [account.usageReports] : [];
      const { items, ...rest } = page(all, MaxResults || account.pageSize, NextToken);
      return { UsageReportSubscriptions: items, ...rest };
    },
  };
}

function subscription(account: AppStreamAccount): UsageReportSubscription {
  return account.usageReports ?? account.refuse('ResourceNotFoundException', 'There is no usage report subscription.');
}
