import { DescribeFleetsCommand, type Fleet, FleetErrorCode, FleetState, StartFleetCommand, StopFleetCommand } from '@aws-sdk/client-appstream';
import { appstream } from './client';
import { textsOf } from './errors';
import type { Phase, Reading, Startable } from './running-state';
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
    const fleet = await fleetNamed(name);
    return fleet && readingOf(fleet);
  },
  async start(name) {
    await appstream.send(new StartFleetCommand({ Name: name }));
  },
  async stop(name) {
    await appstream.send(new StopFleetCommand({ Name: name }));
  },
};

/** The fleet of this name; undefined when there is none. */
export async function fleetNamed(name: string): Promise<Fleet | undefined> {
  const answer = await absentIfNotFound(() => appstream.send(new DescribeFleetsCommand({ Names: [name] })));
  return answer?.Fleets?.[0];
}

export function readingOf({ State, FleetErrors = [] }: Fleet): Reading {
  return {
    state: String(State),
    phase: phaseOf(State),
    errors: textsOf(FleetErrors),
    errorsPass: FleetErrors.every(({ ErrorCode }) => PASSING_ERRORS.includes(ErrorCode)),
  };
}

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
