import type { ComputeCapacityStatus, FleetState } from '@aws-sdk/client-appstream';
import type { FleetSettings, SessionRecord } from './account';

/**
 * The capacity of a fleet as the API's text on ComputeCapacityStatus has it, while `sessions` are live.
 * What it does not say (how capacity grows, how long an instance takes to be replaced) is left out: it is there or not.
 */
export function capacityStatus(fleet: FleetSettings, state: FleetState, sessions: readonly SessionRecord[]): ComputeCapacityStatus {
  const perInstance = fleet.MaxSessionsPerInstance ?? 1;
  const { DesiredInstances, DesiredSessions } = fleet.ComputeCapacity ?? {};
  // Inferred: an Elastic fleet shows its sessions as its capacity.
  const desired = DesiredInstances ?? (DesiredSessions !== undefined ? Math.ceil(DesiredSessions / perInstance) : fleet.MaxConcurrentSessions ?? 0);
  const running = state === 'RUNNING' ? desired : 0;
  const inUse = Math.min(running, instances(sessions));
  const status = { Desired: desired, Running: running, InUse: inUse, Available: running - inUse };
  if (DesiredSessions === undefined) {
    return status;
  }
  const draining = sessions.filter(({ drain }) => drain === 'DRAINING');
  const drainingInstances = instances(draining);
  const unused = drainingInstances * perInstance - draining.length;
  const usable = Math.max(0, running * perInstance - unused);
  // Inferred: what is active on draining instances counts as active, too.
  const active = Math.min(sessions.length, usable);
  return {
    ...status,
    DesiredUserSessions: desired * perInstance,
    ActualUserSessions: usable,
    ActiveUserSessions: active,
    AvailableUserSessions: usable - active,
    Draining: drainingInstances,
    DrainModeActiveUserSessions: draining.length,
    DrainModeUnusedUserSessions: unused,
  };
}

function instances(sessions: readonly SessionRecord[]): number {
  return new Set(sessions.map(({ settings }) => settings.InstanceId)).size;
}
