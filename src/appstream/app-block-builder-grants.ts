import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as iam from 'aws-cdk-lib/aws-iam';

/** What may be done with one app block builder. */
export class AppBlockBuilderGrants {
  /** The grants of any app block builder, also an L1. */
  public static fromAppBlockBuilder(appBlockBuilder: appstream.IAppBlockBuilderRef): AppBlockBuilderGrants {
    return new AppBlockBuilderGrants(appBlockBuilder);
  }

  private constructor(private readonly appBlockBuilder: appstream.IAppBlockBuilderRef) {}

  /** To mint URLs that connect to the app block builder, as its administrator. */
  public createStreamingUrl(grantee: iam.IGrantable): iam.Grant {
    return this.actions(grantee, 'CreateAppBlockBuilderStreamingURL');
  }

  /**
   * To start and stop the app block builder.
   *
   * Not to see its state: `appstream:DescribeAppBlockBuilders` takes no resource in IAM, so it would be the state of all app block builders.
   */
  public startStop(grantee: iam.IGrantable): iam.Grant {
    return this.actions(grantee, 'StartAppBlockBuilder', 'StopAppBlockBuilder');
  }

  private actions(grantee: iam.IGrantable, ...operations: string[]): iam.Grant {
    const { env: { account, region }, appBlockBuilderRef: { appBlockBuilderName } } = this.appBlockBuilder;
    const arn = cdk.Stack.of(this.appBlockBuilder).formatArn({
      service: 'appstream', account, region, resource: 'app-block-builder', resourceName: appBlockBuilderName,
    });
    return iam.Grant.addToPrincipal({ grantee, actions: operations.map((operation) => `appstream:${operation}`), resourceArns: [arn] });
  }
}
