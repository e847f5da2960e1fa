import type { StreamGroupStatus } from '@aws-sdk/client-gameliftstreams';
import type { GameLiftStreamsAccount, LocationRecord, StreamGroupRecord } from './account';
import { forgetReplicas } from './replication';

const DAY = 24 * 60 * 60_000;

/** The status of a group: its own course, its age, and what its locations are up to. The API's text on StreamGroupSummary. */
export function statusOf(account: GameLiftStreamsAccount, group: StreamGroupRecord): StreamGroupStatus {
  const own = group.state.now;
  if (own === 'GONE' || own === 'DELETING') {
    return 'DELETING';
  }
  if (account.now() >= group.settings.ExpiresAt!.getTime()) {
    return 'EXPIRED';
  }
  if (own !== 'ACTIVE') {
    return own;
  }
  const statuses = presentLocations(account, group).map(({ state }) => state.now);
  if (statuses.includes('ACTIVATING') || statuses.includes('REMOVING')) {
    return 'UPDATING_LOCATIONS';
  }
  return statuses.includes('ERROR') ? 'ACTIVE_WITH_ERRORS' : 'ACTIVE';
}

/** The locations that are there. What was removed takes the copies of the applications with it. */
export function presentLocations(account: GameLiftStreamsAccount, group: StreamGroupRecord): LocationRecord[] {
  for (const [name, { state }] of group.locations) {
    if (state.now === 'GONE') {
      group.locations.delete(name);
      group.applications.forEach((arn) => forgetReplicas(account, arn));
    }
  }
  return [...group.locations.values()];
}

/** A group expires when it is 365 days old: the API's text on CreateStreamGroup. */
export function expiryOf(created: Date): Date {
  return new Date(created.getTime() + 365 * DAY);
}

/** A group older than 180 days takes no new associations: the API's text on CreateStreamGroup. */
export function isTooOldToAssociate(account: GameLiftStreamsAccount, { settings }: StreamGroupRecord): boolean {
  return account.now() - settings.CreatedAt!.getTime() > 180 * DAY;
}

/** Most operations want an ACTIVE group: their API texts. */
export function requireActive(account: GameLiftStreamsAccount, operation: string, group: StreamGroupRecord): void {
  const status = statusOf(account, group);
  if (status === 'ACTIVE' || (status === 'ACTIVE_WITH_ERRORS' && account.readings.activeWithErrors === 'accepted')) {
    return;
  }
  account.wrongStatus(operation, `The stream group ${group.settings.Id} is in ${status} status. It must be in ACTIVE status.`);
}
