import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import {
  USAGE_REPORT_SUBSCRIPTION_ATTRIBUTES, USAGE_REPORT_SUBSCRIPTION_TYPE, UsageReportSubscriptionProperties,
} from './private/usage-report-subscription-contract';
import { fail } from '../private/errors';
import { LifecycleEngine } from '../private/lifecycle-engine';

/** Properties of a subscription to usage reports. */
export interface UsageReportSubscriptionProps {
  /**
   * Any text. A new one makes the next deployment subscribe again, if somebody has ended the subscription.
   *
   * @default - nothing is done after the first deployment
   */
  readonly revision?: string;
}

/**
 * Reports of who used AppStream and for how long, each day, for the account and Region of the CloudFormation stack: a lifecycle resource.
 *
 * An account has one subscription in a Region. One that is there already is taken as it is, and stays when this is deleted; one that
 * this has made is ended then. AppStream does not say who made one, so an account where two CloudFormation stacks subscribe loses the subscription
 * with the stack that was there first: have one of them only. The bucket with the reports is AppStream's own and outlives the subscription.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/APIReference/API_CreateUsageReportSubscription.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 * import { appstream } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 *
 * const reports = new appstream.UsageReportSubscription(scope, 'UsageReports');
 * const bucket = s3.Bucket.fromBucketName(scope, 'Reports', reports.bucketName);
 */
export class UsageReportSubscription extends Construct {
  /** The name of the bucket that the reports are put into. */
  public readonly bucketName: string;

  /** How often reports are made: `DAILY`. */
  public readonly schedule: string;

  /** Throws for the second one of a CloudFormation stack. */
  constructor(scope: Construct, id: string, props: UsageReportSubscriptionProps = {}) {
    super(scope, id);

    const engine = LifecycleEngine.of(this, 'AppStreamAccount');
    const other = engine.node.scope!.node.findAll().find((construct) => construct !== this && construct instanceof UsageReportSubscription);
    if (other) {
      fail(this, `an account has one subscription to usage reports in a Region, got another one beside ${JSON.stringify(other.node.path)}`);
    }
    const properties: UsageReportSubscriptionProperties = { Revision: props.revision };
    const resource = engine.addResource(this, 'Resource', {
      resourceType: USAGE_REPORT_SUBSCRIPTION_TYPE,
      properties: { ...properties },
      permissions: [{
        statement: new iam.PolicyStatement({
          actions: ['Describe', 'Create', 'Delete'].map((verb) => `appstream:${verb}UsageReportSubscription${verb === 'Describe' ? 's' : ''}`),
          resources: ['*'],
        }),
        finding: 'usageReports',
      }],
    });

    this.bucketName = resource.getAttString(USAGE_REPORT_SUBSCRIPTION_ATTRIBUTES.bucketName);
    this.schedule = resource.getAttString(USAGE_REPORT_SUBSCRIPTION_ATTRIBUTES.schedule);
  }
}
