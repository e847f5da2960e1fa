/** What `UsageReportSubscription` and its controller say to each other. Both sides import this file, so it imports nothing. */

export const USAGE_REPORT_SUBSCRIPTION_TYPE = 'Custom::AppStreamUsageReportSubscription';

/** Attributes of the resource. */
export const USAGE_REPORT_SUBSCRIPTION_ATTRIBUTES = { bucketName: 'S3BucketName', schedule: 'Schedule' } as const;

export interface UsageReportSubscriptionProperties {
  /** Read by nobody: a new value makes CloudFormation ask again. */
  readonly Revision?: string;
}
