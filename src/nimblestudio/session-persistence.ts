import * as cdk from 'aws-cdk-lib';
import { CfnLaunchProfile } from 'aws-cdk-lib/aws-nimblestudio';
import { Construct } from 'constructs';
import { checkGibibytes, checkInteger, checkMinutes } from '../private/errors';

/**
 * The root volume of workstations that can be stopped.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export interface VolumeOptions {
  /**
   * The size, 100 to 16,000 GiB.
   *
   * @default - as the image has it
   */
  readonly size?: cdk.Size;

  /**
   * The I/O operations per second, 3000 to 16,000.
   *
   * @default - Nimble Studio's own default
   */
  readonly iops?: number;

  /**
   * The throughput, 125 to 1000 MiB per second.
   *
   * @default - Nimble Studio's own default
   */
  readonly throughput?: number;
}

/**
 * What becomes of a workstation that was stopped.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-nimblestudio-launchprofile-streamconfiguration.html
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export class SessionPersistence {
  /** Stopped sessions are kept until someone deletes them. Their volumes are billed. */
  public static keepStopped(volume?: VolumeOptions): SessionPersistence {
    return new SessionPersistence(undefined, volume);
  }

  /**
   * Stopped sessions are terminated after some time.
   *
   * @param period 1 minute to 4 days
   * @param volume the root volume
   */
  public static terminateStoppedAfter(period: cdk.Duration, volume?: VolumeOptions): SessionPersistence {
    return new SessionPersistence(period, volume);
  }

  private constructor(private readonly terminateAfter?: cdk.Duration, private readonly volume?: VolumeOptions) {}

  /** @internal */
  public _bind(scope: Construct): Partial<CfnLaunchProfile.StreamConfigurationProperty> {
    // The API takes zero too, and then a session that is stopped fails.
    checkMinutes(scope, 'sessionPersistence: period', this.terminateAfter, { min: 1, max: 5760 });
    checkGibibytes(scope, 'sessionPersistence: size', this.volume?.size, { min: 100, max: 16_000 });
    checkInteger(scope, 'sessionPersistence: iops', this.volume?.iops, { min: 3000, max: 16_000 });
    checkInteger(scope, 'sessionPersistence: throughput', this.volume?.throughput, { min: 125, max: 1000 });
    return {
      sessionPersistenceMode: 'ACTIVATED',
      automaticTerminationMode: this.terminateAfter ? 'ACTIVATED' : 'DEACTIVATED',
      maxStoppedSessionLengthInMinutes: this.terminateAfter?.toMinutes(),
      volumeConfiguration: this.volume && {
        size: this.volume.size?.toGibibytes(),
        iops: this.volume.iops,
        throughput: this.volume.throughput,
      },
    };
  }
}
