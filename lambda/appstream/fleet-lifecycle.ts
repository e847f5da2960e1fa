import { DescribeFleetsCommand, FleetErrorCode, FleetState, StartFleetCommand, StopFleetCommand } from '@aws-sdk/client-appstream';
import { appstream } from './client';
import { bring, type Phase, type Startable } from './running-state';
import type { FleetLifecycleProperties } from '../../src/appstream/private/fleet-lifecycle-contract';
import type { Controller } from '../engine/controller';
import { absentIfNotFound } from '../engine/errors';

/** Errors of a start that AppStream overcomes by itself, when capacity or its own services come back. */
const PASSING_ERRORS: readonly (string | undefined)[] = [
  FleetErrorCode.FLEET_INSTANCE_PROVISIONING_FAILURE,
  FleetErrorCode.INTERNAL_SERVICE_ERROR,
  FleetErrorCode.DOMAIN_JOIN_INTERNAL_SERVICE_ERROR,
];

/** Fleets, as something that is read, started and stopped by name. */
export const fleets: Startable = {
  noun: 'fleet',
  async read(name) {
    const answer = await absentIfNotFound(() => appstream.send(new DescribeFleetsCommand({ Names: [name] })));
    const fleet = answer?.Fleets?.[0];
    const errors = fleet?.FleetErrors ?? [];
    return fleet && {
      state: String(fleet.State),
      phase: phaseOf(fleet.State),
      errors: errors.map(({ ErrorCode, ErrorMessage }) => `${ErrorCode}: ${ErrorMessage}`),
      errorsPass: errors.every(({ ErrorCode }) => PASSING_ERRORS.includes(ErrorCode)),
    };
  },
  async start(name) {
    await appstream.send(new StartFleetCommand({ Name: name }));
  },
  async stop(name) {
    await appstream.send(new StopFleetCommand({ Name: name }));
  },
};

/** Brings a fleet to RUNNING or STOPPED. */
export const fleetLifecycle: Controller<FleetLifecycleProperties> = (request) => {
  const { FleetName, DesiredState, StopOnDelete } = request.wanted ?? request.before!;
  return bring(fleets, { name: FleetName, target: DesiredState, stopOnDelete: StopOnDelete === 'true' }, request);
};

function phaseOf(state: FleetState | undefined): Phase {
  switch (state) {
    case FleetState.RUNNING:
      return 'running';
    case FleetState.STARTING:
      return 'starting';
    case FleetState.STOPPING:
      return 'busy';
    case FleetState.STOPPED:
      return 'stopped';
    default:
      throw new Error(`a fleet is in the unknown state ${state}`);
  }
}
