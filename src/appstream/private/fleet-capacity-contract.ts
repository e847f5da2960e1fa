/** What the reading of a fleet's capacity and its controller say to each other. Both sides import this file, so it imports nothing. */

/** Before the fleet: how much capacity it has now, for the update that CloudFormation is about to make. */
export const FLEET_CAPACITY_TYPE = 'Custom::AppStreamFleetCapacity';

/** The attribute that the fleet gets its capacity from. */
export const FLEET_CAPACITY_ATTRIBUTE = 'Capacity';

export interface FleetCapacityProperties {
  readonly FleetName: string;
  /** What the fleet's capacity is counted in. */
  readonly Unit: 'INSTANCES' | 'SESSIONS';
  /** That of a fleet which is not there yet. */
  readonly InitialCapacity: string;
  /** The lowest limits of scaling, one for each schedule that has its own: JSON. */
  readonly MinCapacities: string;
  /** The highest. */
  readonly MaxCapacities: string;
  /** Read by nobody: whenever CloudFormation updates the fleet, the capacity is read before. */
  readonly Settings: string;
}
