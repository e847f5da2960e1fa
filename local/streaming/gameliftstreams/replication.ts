import type { ReplicationStatus } from '@aws-sdk/client-gameliftstreams';
import type { ApplicationRecord, GameLiftStreamsAccount, StreamGroupRecord } from './account';

/** Copies the content of a group's applications to its locations, where it is not yet: the API's text on AddStreamGroupLocations. */
export function replicate(account: GameLiftStreamsAccount, group: StreamGroupRecord): void {
  for (const arn of group.applications) {
    const { replicated, settings } = account.application(arn);
    for (const location of group.locations.keys()) {
      if (!replicated.has(location)) {
        const usual = location === account.region ? account.durations.primaryReplication : account.durations.replication;
        replicated.set(location, account.now() + (account.script.takeHangingReplication(settings.Description!, location) ?? usual));
      }
    }
  }
}

/** Deletes the content of an application where no stream group of it streams any more: the API's text on RemoveStreamGroupLocations. */
export function forgetReplicas(account: GameLiftStreamsAccount, applicationArn: string): void {
  const application = account.applications.get(applicationArn);
  const groups = [...account.groups.values()].filter(({ applications }) => applications.has(applicationArn));
  for (const location of application?.replicated.keys() ?? []) {
    if (!groups.some(({ locations }) => locations.has(location))) {
      application!.replicated.delete(location);
    }
  }
}

/** Whether an application can be streamed from a location: the API's text on StartStreamSession. */
export function isReplicated(account: GameLiftStreamsAccount, { replicated }: ApplicationRecord, location: string): boolean {
  return (replicated.get(location) ?? Infinity) <= account.now();
}

export function replicationStatuses(account: GameLiftStreamsAccount, application: ApplicationRecord): ReplicationStatus[] {
  return [...application.replicated.keys()].map((Location) => ({
    Location,
    Status: isReplicated(account, application, Location) ? 'COMPLETED' : 'REPLICATING',
  }));
}
