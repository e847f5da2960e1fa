import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/**
 * What AppStream tells CloudWatch of one image builder: who asks its instance metadata service, and how. It tells more of fleets.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/instance-session-metrics-single-session-multi-session.html
 */
export class ImageBuilderMetrics {
  /** The metrics of any image builder, also an L1. */
  public static fromImageBuilder(imageBuilder: appstream.IImageBuilderRef): ImageBuilderMetrics {
    return new ImageBuilderMetrics(imageBuilder);
  }

  private constructor(private readonly imageBuilder: appstream.IImageBuilderRef) {}

  /** A metric of the image builder by its name, averaged over five minutes unless told otherwise. */
  public metric(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const { imageBuilderRef: { imageBuilderName }, env: { account, region } } = this.imageBuilder;
    return new cloudwatch.Metric({
      namespace: 'AWS/AppStream', metricName, dimensionsMap: { ImageBuilder: imageBuilderName }, account, region, ...props,
    });
  }

  /** Calls of the instance metadata service without a token, as IMDSv1 has them. */
  public metadataNoToken(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('MetadataNoToken', { statistic: cloudwatch.Stats.SUM, ...props });
  }

  /** Calls of the instance metadata service without a token that were turned away, since the image builder requires IMDSv2. */
  public metadataNoTokenRejected(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('MetadataNoTokenRejected', { statistic: cloudwatch.Stats.SUM, ...props });
  }
}
