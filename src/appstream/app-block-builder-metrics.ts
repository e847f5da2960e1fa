import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/**
 * What AppStream tells CloudWatch of one app block builder: who asks its instance metadata service, and how. It tells more of fleets.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/instance-session-metrics-single-session-multi-session.html
 */
export class AppBlockBuilderMetrics {
  /** The metrics of any app block builder, also an L1. */
  public static fromAppBlockBuilder(appBlockBuilder: appstream.IAppBlockBuilderRef): AppBlockBuilderMetrics {
    return new AppBlockBuilderMetrics(appBlockBuilder);
  }

  private constructor(private readonly appBlockBuilder: appstream.IAppBlockBuilderRef) {}

  /** A metric of the app block builder by its name, averaged over five minutes unless told otherwise. */
  public metric(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const { appBlockBuilderRef: { appBlockBuilderName }, env: { account, region } } = this.appBlockBuilder;
    return new cloudwatch.Metric({
      namespace: 'AWS/AppStream', metricName, dimensionsMap: { AppBlockBuilder: appBlockBuilderName }, account, region, ...props,
    });
  }

  /** Calls of the instance metadata service without a token, as IMDSv1 has them. */
  public metadataNoToken(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('MetadataNoToken', { statistic: cloudwatch.Stats.SUM, ...props });
  }

  /** Calls of the instance metadata service without a token that were turned away, since the app block builder requires IMDSv2. */
  public metadataNoTokenRejected(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('MetadataNoTokenRejected', { statistic: cloudwatch.Stats.SUM, ...props });
  }
}
