import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { FleetAlarms, RecommendedAlarmsOptions } from './fleet-alarms';
import { FleetGrants } from './fleet-grants';
import { FleetMetrics } from './fleet-metrics';

/** A group of instances that stream the applications of one image. */
export interface IFleet extends cdk.IResource, appstream.IFleetRef, iam.IGrantable, ec2.IConnectable {
  /**
   * The name of the fleet.
   *
   * @attribute
   */
  readonly fleetName: string;

  /**
   * The ARN of the fleet.
   *
   * @attribute
   */
  readonly fleetArn: string;

  /** What may be done with the fleet. */
  readonly grants: FleetGrants;

  /** What CloudWatch knows of the fleet. */
  readonly metrics: FleetMetrics;

  /** Alarms that every fleet should have; see `FleetAlarms`. */
  addRecommendedAlarms(options: RecommendedAlarmsOptions): FleetAlarms;
}
