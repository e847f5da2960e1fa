import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/**
 * What AppStream tells CloudWatch of one fleet: its capacity every minute, the performance of instances and sessions every five minutes.
 *
 * Stacks have no metrics. A fleet that is stopped sends none of performance.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/monitoring-with-cloudwatch.html
 */
export class FleetMetrics {
  /** The metrics of any fleet, also an L1. */
  public static fromFleet(fleet: appstream.IFleetRef): FleetMetrics {
    return new FleetMetrics(fleet);
  }

  private constructor(private readonly fleet: appstream.IFleetRef) {}

  /**
   * A metric of the fleet by its name, averaged over five minutes unless told otherwise.
   *
   * For one instance or session give `dimensionsMap` with `FleetName`, `InstanceId` and `SessionId`, for one user with `UserId`.
   */
  public metric(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const { fleetRef: { fleetName }, env: { account, region } } = this.fleet;
    return new cloudwatch.Metric({ namespace: 'AWS/AppStream', metricName, dimensionsMap: { Fleet: fleetName }, account, region, ...props });
  }

  /** Instances that are available or in use: `AvailableCapacity` + `InUseCapacity`. Single-session fleets. */
  public actualCapacity(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('ActualCapacity', props);
  }

  /** Instances that nobody uses yet: `ActualCapacity` - `InUseCapacity`. Single-session fleets. */
  public availableCapacity(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('AvailableCapacity', props);
  }

  /** How much of the capacity is in use, in percent: of the instances, or of the sessions of a multi-session fleet. */
  public capacityUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('CapacityUtilization', props);
  }

  /** Instances that run or are on their way: `ActualCapacity` + `PendingCapacity`. Single-session fleets. */
  public desiredCapacity(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('DesiredCapacity', props);
  }

  /** Instances in use, each by one session. Single-session and Elastic fleets. */
  public inUseCapacity(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('InUseCapacity', props);
  }

  /** Instances on their way, which takes 10 to 20 minutes as a rule. Single-session fleets. */
  public pendingCapacity(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('PendingCapacity', props);
  }

  /** Instances that run. Single-session Always-On fleets. */
  public runningCapacity(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('RunningCapacity', props);
  }

  /** Requests for a session that were turned away because no capacity was left. */
  public insufficientCapacityError(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('InsufficientCapacityError', { statistic: cloudwatch.Stats.SUM, ...props });
  }

  /** Requests for a session that were turned away because of the highest number of concurrent sessions. Elastic fleets. */
  public insufficientConcurrencyLimitError(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('InsufficientConcurrencyLimitError', { statistic: cloudwatch.Stats.SUM, ...props });
  }

  /** Sessions that are possible or in use: `AvailableUserSessionCapacity` + `ActiveUserSessionCapacity`. Multi-session fleets. */
  public actualUserSessionCapacity(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('ActualUserSessionCapacity', props);
  }

  /** Sessions that nobody uses yet. Multi-session fleets. */
  public availableUserSessionCapacity(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('AvailableUserSessionCapacity', props);
  }

  /** Sessions in use. Multi-session fleets. */
  public activeUserSessionCapacity(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('ActiveUserSessionCapacity', props);
  }

  /** Sessions that are possible or on their way: `ActualUserSessionCapacity` + `PendingUserSessionCapacity`. Multi-session fleets. */
  public desiredUserSessionCapacity(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('DesiredUserSessionCapacity', props);
  }

  /** Sessions on their way, which takes 10 to 20 minutes as a rule. Multi-session fleets. */
  public pendingUserSessionCapacity(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('PendingUserSessionCapacity', props);
  }

  /** Sessions that the instances which run can serve. Multi-session Always-On fleets. */
  public runningUserSessionCapacity(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('RunningUserSessionCapacity', props);
  }

  /** Instances that are drained. Multi-session fleets. */
  public drainingCapacity(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('DrainingCapacity', props);
  }

  /** Sessions in use on instances that are drained. Multi-session fleets. */
  public drainModeActiveUserSessionCapacity(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('DrainModeActiveUserSessionCapacity', props);
  }

  /** Sessions that nobody uses, and nobody can begin, on instances that are drained. Multi-session fleets. */
  public drainModeUnusedUserSessionCapacity(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('DrainModeUnusedUserSessionCapacity', props);
  }

  /** How busy the processors of the instances are, in percent. */
  public cpuUtilizationInstance(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('CpuUtilizationInstance', props);
  }

  /** How much of the memory of the instances is in use, in percent. */
  public memoryUtilizationInstance(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('MemoryUtilizationInstance', props);
  }

  /** How much of the paging files of the instances is in use, in percent. */
  public pagingFileUtilizationInstance(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('PagingFileUtilizationInstance', props);
  }

  /** How full the disks of the instances are, in percent. */
  public diskUtilizationInstance(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('DiskUtilizationInstance', props);
  }

  /** How busy the graphics processors of the instances are, in percent. */
  public gpuUtilizationInstance(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('GpuUtilizationInstance', props);
  }

  /** Threads that wait for a processor of their instance. */
  public cpuQueueLength(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('CpuQueueLength', props);
  }

  /** Requests that wait for the disk of their instance. */
  public diskIoQueueLength(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('DiskIoQueueLength', props);
  }

  /** Hard page faults per second. */
  public memoryPageHardFaults(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('MemoryPageHardFaults', props);
  }

  /** Reads from the disks of the instances. */
  public diskReadOperations(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('DiskReadOperations', props);
  }

  /** Writes to the disks of the instances. */
  public diskWriteOperations(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('DiskWriteOperations', props);
  }

  /** How much of the processors a session takes, in percent. */
  public cpuUtilizationSession(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('CpuUtilizationSession', props);
  }

  /** How much of the memory a session takes, in percent. */
  public memoryUtilizationSession(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('MemoryUtilizationSession', props);
  }

  /** The round trip between client and instance, in milliseconds. */
  public inSessionLatency(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('InSessionLatency', props);
  }

  /** UDP packets that were lost on their way to the client, in percent. */
  public udpPacketLossRate(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('UDPPacketLossRate', props);
  }

  /** TCP segments that were sent again to the client, in percent. */
  public tcpRetransmissionRate(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('TCPRetransmissionRate', props);
  }

  /** What is sent to the client, in kilobits per second. */
  public bandwidth(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('Bandwidth', props);
  }

  /** What comes from the client, in kilobits per second. */
  public bandwidthInbound(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('BandwidthInbound', props);
  }

  /** The congestion window towards the client, in bytes. */
  public congestionWindow(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('CongestionWindow', props);
  }

  /** How long connections last, in seconds. */
  public connectionDuration(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('ConnectionDuration', props);
  }

  /** Frames per second that are sent to the client. */
  public framesPerSecond(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('FramesPerSecond', props);
  }

  /** Calls of the instance metadata service without a token, as IMDSv1 has them. */
  public metadataNoToken(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('MetadataNoToken', { statistic: cloudwatch.Stats.SUM, ...props });
  }

  /** Calls of the instance metadata service without a token that were turned away, since the fleet requires IMDSv2. */
  public metadataNoTokenRejected(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('MetadataNoTokenRejected', { statistic: cloudwatch.Stats.SUM, ...props });
  }
}
