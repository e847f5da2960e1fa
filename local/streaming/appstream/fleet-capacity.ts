import type { ComputeCapacityStatus, FleetState } from '@aws-sdk/client-appstream';
import type { FleetSettings } from './account';

/** The capacity of a fleet as the API's text on ComputeCapacityStatus has it. What it does not say (how capacity grows) is left out: it is there or not. */
export function capacityStatus(fleet: FleetSettings, state: FleetState, sessions: number): ComputeCapacityStatus {
  const perInstance = fleet.MaxSessionsPerInstance ?? 1;
  const { DesiredInstances, DesiredSessions } = fleet.ComputeCapacity ?? {};
  // Inferred: an Elastic fleet shows its sessions as its capacity.
  const desired = DesiredInstances ?? (DesiredSessions !== undefined ? Math.ceil(DesiredSessions / perInstance) : fleet.MaxConcurrentSessions ?? 0);
  const running = state === 'RUNNING' ? desired : 0;
  const inUse = Math.min(running, Math.ceil(sessions / perInstance));
  const status = { Desired: desired, Running: running, InUse: inUse, Available: running - inUse };
  if (DesiredSessions === undefined) {
    return status;
  }
  const actual = running * perInstance;
  return {
    ...status,
    DesiredUserSessions: desired * perInstance,
    ActualUserSessions: actual,
    ActiveUserSessions: Math.min(sessions, actual),
    AvailableUserSessions: Math.max(0, actual - sessions),
    Draining: 0,
    DrainModeActiveUserSessions: 0,
    DrainModeUnusedUserSessions: 0,
  };
}
