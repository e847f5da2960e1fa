import { randomUUID } from 'crypto';
import type { AppStreamAccount, FleetRecord, SessionRecord } from './account';
import { capacityStatus } from './fleet-capacity';

// Instances have no records of their own: one that no session is on cannot be told from the one that replaces it.

/**
 * The instance that a new session gets; undefined if there is none.
 * Inferred: a multi-session fleet fills an instance before it takes the next.
 */
export function freeInstance({ settings, state }: FleetRecord, live: readonly SessionRecord[]): string | undefined {
  const status = capacityStatus(settings, state.now, live);
  if ((status.AvailableUserSessions ?? status.Available) === 0) {
    return undefined;
  }
  const slots = new Map<string, number>();
  for (const { settings: { InstanceId }, drain } of live) {
    // https://docs.aws.amazon.com/appstream2/latest/APIReference/API_DrainSessionInstance.html: no new sessions on an instance that drains.
    slots.set(InstanceId!, drain === 'DRAINING' ? 0 : (slots.get(InstanceId!) ?? settings.MaxSessionsPerInstance ?? 1) - 1);
  }
  return [...slots].find(([, left]) => left > 0)?.[0] ?? `i-${randomUUID().replace(/-/g, '').slice(0, 17)}`;
}

/** All sessions of the instance go on, and it gets no new ones. When the last has ended, the instance is replaced. */
export function drainInstance(account: AppStreamAccount, session: SessionRecord): void {
  const { Id, InstanceId, FleetName } = session.settings;
  if (session.state.now === 'EXPIRED') {
    account.refuse(account.readings.drainExpiredSession, `The session ${Id} has expired.`);
  }
  if (session.drain === 'NOT_APPLICABLE') {
    if (account.readings.drainSingleSession === 'refused') {
      account.refuse('OperationNotPermittedException', `The fleet ${FleetName} is not a multi-session fleet.`);
    }
    return;
  }
  if (session.drain === 'DRAINING' && account.readings.drainAgain === 'refused') {
    account.refuse('OperationNotPermittedException', `The instance ${InstanceId} is draining already.`);
  }
  for (const neighbour of account.liveSessions(FleetName!).filter(({ settings }) => settings.InstanceId === InstanceId)) {
    neighbour.drain = 'DRAINING';
  }
}
