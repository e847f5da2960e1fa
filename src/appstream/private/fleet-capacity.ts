import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { resourceOf } from '../../private/references';
import { FleetMetrics } from '../fleet-metrics';

/** The metrics of a capacity, in the unit that a fleet counts in. */
interface CapacityMetrics {
  readonly unit: 'instances' | 'sessions';
  /** What there is, in use or not. */
  readonly actual: cloudwatch.Metric;
  readonly inUse: cloudwatch.Metric;
  readonly pending: cloudwatch.Metric;
}

/** Whether AppStream alone sees to the capacity. */
export function isElastic(fleet: appstream.IFleetRef): boolean {
  const resource = resourceOf(fleet);
  return appstream.CfnFleet.isCfnFleet(resource) && resource.fleetType === 'ELASTIC';
}

/** In instances, or in sessions where users share instances; in both for a fleet that is made elsewhere, of which only one has data. */
export function capacityMetrics(fleet: appstream.IFleetRef): CapacityMetrics[] {
  const metrics = FleetMetrics.fromFleet(fleet);
  const instances: CapacityMetrics = {
    unit: 'instances', actual: metrics.actualCapacity(), inUse: metrics.inUseCapacity(), pending: metrics.pendingCapacity(),
  };
  const sessions: CapacityMetrics = {
    unit: 'sessions',
    actual: metrics.actualUserSessionCapacity(),
    inUse: metrics.activeUserSessionCapacity(),
    pending: metrics.pendingUserSessionCapacity(),
  };
  const resource = resourceOf(fleet);
  if (!appstream.CfnFleet.isCfnFleet(resource)) return [instances, sessions];
  if (isElastic(fleet)) return [];
  return [resource.maxSessionsPerInstance === undefined ? instances : sessions];
}
