import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as iam from 'aws-cdk-lib/aws-iam';

/** What may be done with one image builder. */
export class ImageBuilderGrants {
  /** The grants of any image builder, also an L1. */
  public static fromImageBuilder(imageBuilder: appstream.IImageBuilderRef): ImageBuilderGrants {
    return new ImageBuilderGrants(imageBuilder);
  }

  private constructor(private readonly imageBuilder: appstream.IImageBuilderRef) {}

  /** To mint URLs that connect to the image builder, as its administrator. */
  public createStreamingUrl(grantee: iam.IGrantable): iam.Grant {
    return this.actions(grantee, 'CreateImageBuilderStreamingURL');
  }

  /**
   * To start and stop the image builder.
   *
   * Not to see its state: `appstream:DescribeImageBuilders` takes no resource in IAM, so it would be the state of all image builders.
   */
  public startStop(grantee: iam.IGrantable): iam.Grant {
    return this.actions(grantee, 'StartImageBuilder', 'StopImageBuilder');
  }

  private actions(grantee: iam.IGrantable, ...operations: string[]): iam.Grant {
    const { env: { account, region }, imageBuilderRef: { imageBuilderName } } = this.imageBuilder;
    const arn = cdk.Stack.of(this.imageBuilder).formatArn({
      service: 'appstream', account, region, resource: 'image-builder', resourceName: imageBuilderName,
    });
    return iam.Grant.addToPrincipal({ grantee, actions: operations.map((operation) => `appstream:${operation}`), resourceArns: [arn] });
  }
}
