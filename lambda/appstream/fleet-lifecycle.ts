import { fleets } from './fleets';
import { stateController } from './running-state';
import type { FleetLifecycleProperties } from '../../src/appstream/private/fleet-lifecycle-contract';

/** Brings a fleet to RUNNING or STOPPED. */
export const fleetLifecycle = stateController<FleetLifecycleProperties>(fleets, ({ FleetName }) => FleetName);
