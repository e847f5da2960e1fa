import { fleetNamed } from './fleets';
import { forgetState, restore } from './state-before-update';
import type { FleetReopeningProperties } from '../../src/appstream/private/fleet-update-gate-contract';
import type { Controller } from '../engine/controller';

/** Behind a fleet that has been updated: brings it back to where it was before. */
export const fleetReopening: Controller<FleetReopeningProperties> = async (request) => {
  const { wanted, before } = request;
  const id = (wanted ?? before!).FleetName;
  const fleet = wanted && await fleetNamed(id);
  if (fleet) {
    if (wanted.Restart === 'true') {
      const progress = await restore(fleet, request);
      if (progress) {
        return progress.kind === 'failed' ? { ...progress, id } : progress;
      }
    } else {
      await forgetState(fleet);
    }
  }
  return { kind: 'ready', id };
};
