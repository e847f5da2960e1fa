import type { StateProperties } from './state-contract';

/** What `FleetLifecycle` and its controller say to each other. Both sides import this file, so it imports nothing but its like. */

export const FLEET_LIFECYCLE_TYPE = 'Custom::AppStreamFleetLifecycle';

export interface FleetLifecycleProperties extends StateProperties {
  readonly FleetName: string;
}
