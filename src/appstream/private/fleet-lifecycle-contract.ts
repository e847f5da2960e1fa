/** What `FleetLifecycle` and its controller say to each other. Both sides import this file, so it imports nothing. */

export const FLEET_LIFECYCLE_TYPE = 'Custom::AppStreamFleetLifecycle';

export interface FleetLifecycleProperties {
  readonly FleetName: string;
  /** Nothing is done to what is unmanaged, until the resource is deleted. */
  readonly DesiredState: 'RUNNING' | 'STOPPED' | 'UNMANAGED';
  /** Whether the fleet is stopped when the resource is deleted, because the fleet itself goes next. */
  readonly StopOnDelete: 'true' | 'false';
  /** Read by nobody: a new value makes CloudFormation ask again. */
  readonly Revision?: string;
}
