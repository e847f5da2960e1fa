import { fleets } from './fleets';
import { bring } from './running-state';
import type { FleetLifecycleProperties } from '../../src/appstream/private/fleet-lifecycle-contract';
import type { Controller } from '../engine/controller';

/** Brings a fleet to RUNNING or STOPPED. */
export const fleetLifecycle: Controller<FleetLifecycleProperties> = (request) => {
  const { FleetName, DesiredState, StopOnDelete } = request.wanted ?? request.before!;
  return bring(fleets, { name: FleetName, target: DesiredState, stopOnDelete: StopOnDelete === 'true' }, request);
};
