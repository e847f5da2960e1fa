/** What the constructs around a fleet's update and their controllers say to each other. Both sides import this file, so it imports nothing. */

/** Before the fleet: lets its update through, or stops it first. */
export const FLEET_UPDATE_GATE_TYPE = 'Custom::AppStreamFleetUpdateGate';

/** Behind the fleet: brings it back to where it was before the gate. */
export const FLEET_REOPENING_TYPE = 'Custom::AppStreamFleetReopening';

export interface FleetUpdateGateProperties {
  readonly FleetName: string;
  /** What only a stopped fleet lets be changed: JSON, by the names that AppStream has for it. */
  readonly Settings: string;
  readonly Strategy: 'FAIL_IF_RUNNING' | 'REPLACE' | 'STOP_AND_RESTART';
  /** How long users have before the fleet is stopped under them, from the start of the request. */
  readonly WaitSeconds?: string;
}

export interface FleetReopeningProperties {
  readonly FleetName: string;
  /** Whether a fleet that ran is started. Not where another lifecycle resource has brought it to its state. */
  readonly Restart: 'true' | 'false';
  /** Read by nobody: whenever the gate is asked, so is this. */
  readonly Settings: string;
}
