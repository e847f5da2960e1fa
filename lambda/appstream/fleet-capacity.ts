import type { Fleet } from '@aws-sdk/client-appstream';
import { fleetNamed, readingOf } from './fleets';
import { sentenceOf } from './running-state';
import { FLEET_CAPACITY_ATTRIBUTE, type FleetCapacityProperties } from '../../src/appstream/private/fleet-capacity-contract';
import type { Controller } from '../engine/controller';

/** Before a fleet that CloudFormation is about to make or update: reads the capacity that scaling has brought it to. */
export const fleetCapacity: Controller<FleetCapacityProperties> = async ({ wanted, before, id }) => {
  if (!wanted) {
    return { kind: 'ready', id: id ?? before!.FleetName };
  }
  const fleet = await fleetNamed(wanted.FleetName);
  if (fleet && isOnItsWay(fleet)) {
    // AppStream would refuse the update that follows.
    return { kind: 'pending', why: `fleet ${fleet.Name} ${sentenceOf(readingOf(fleet))}` };
  }
  // A fleet that takes the place of another begins with what that one has.
  const predecessor = fleet || !before || before.FleetName === wanted.FleetName ? undefined : await fleetNamed(before.FleetName);
  const capacity = capacityOf(fleet ?? predecessor, wanted.Unit) ?? Number(wanted.InitialCapacity);
  return { kind: 'ready', id: wanted.FleetName, attributes: { [FLEET_CAPACITY_ATTRIBUTE]: String(limited(capacity, wanted)) } };
};

/** A start that reports errors may never end: whoever updates the fleet wants to mend it. */
function isOnItsWay(fleet: Fleet): boolean {
  const { phase, errors } = readingOf(fleet);
  return (phase === 'starting' || phase === 'busy') && errors.length === 0;
}

/** The steady capacity of a fleet, in use or not; undefined for one that counts in another unit. */
function capacityOf(fleet: Fleet | undefined, unit: FleetCapacityProperties['Unit']): number | undefined {
  const { ComputeCapacityStatus: status, MaxSessionsPerInstance: sessions = 1 } = fleet ?? {};
  if (status?.Desired === undefined || (sessions > 1) !== (unit === 'SESSIONS')) {
    return undefined;
  }
  // The sessions are documented for instances that are there or on their way, and a stopped fleet has none.
  return unit === 'SESSIONS' ? status.DesiredUserSessions || status.Desired * sessions : status.Desired;
}

/** Within what scaling keeps to at any time; which of its schedules is in force only scaling knows, and sees to it. */
function limited(capacity: number, { MinCapacities, MaxCapacities }: FleetCapacityProperties): number {
  return Math.min(Math.max(capacity, Math.min(...numbers(MinCapacities))), Math.max(...numbers(MaxCapacities)));
}

function numbers(json: string): number[] {
  return JSON.parse(json);
}
