import * as appstream from 'aws-cdk-lib/aws-appstream';
import { FleetAlarms, RecommendedAlarmsOptions } from './fleet-alarms';
import { FleetGrants } from './fleet-grants';
import { IFleet } from './fleet-interface';
import { FleetMetrics } from './fleet-metrics';
import { StreamingInstance } from './streaming-instance';

/**
 * What all kinds of fleets have in common, Elastic ones too.
 *
 * @internal
 */
export abstract class FleetBase extends StreamingInstance implements IFleet {
  public abstract readonly fleetName: string;
  public abstract readonly fleetArn: string;
  public readonly grants = FleetGrants.fromFleet(this);
  public readonly metrics = FleetMetrics.fromFleet(this);

  /** A reference to this fleet. */
  public get fleetRef(): appstream.FleetReference {
    return { fleetName: this.fleetName, fleetArn: this.fleetArn };
  }

  public addRecommendedAlarms({ topic }: RecommendedAlarmsOptions): FleetAlarms {
    return new FleetAlarms(this, 'Alarms', { fleet: this, topic });
  }
}
