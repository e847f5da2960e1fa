import * as iam from 'aws-cdk-lib/aws-iam';

/**
 * Who has used software whose licence is included, month by month: what AWS bills.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/APIReference/API_DescribeAppLicenseUsage.html
 */
export class AppLicenseUsage {
  /**
   * Lets somebody ask for the use of all software of the account. The action takes no resource.
   *
   * The period is a month like "2027-01".
   */
  public static grantRead(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions: ['appstream:DescribeAppLicenseUsage'], resourceArns: ['*'] });
  }

  private constructor() {}
}
