import type { StreamSessionStatusReason } from '@aws-sdk/client-gameliftstreams';
import type { ApplicationRecord, GameLiftStreamsAccount, LocationRecord, StreamGroupRecord } from './account';
import { allocated } from './capacity';
import { isReplicated } from './replication';

const ALWAYS_ON_TIMEOUT = 75_000;
const ON_DEMAND_TIMEOUT = 90_000;
const ON_DEMAND_WINDOWS_TIMEOUT = 600_000;

/** Where a session will run and when, or why it will not. In virtual milliseconds from now. */
export type Placement =
  | { readonly location: string; readonly after: number }
  | { readonly location?: undefined; readonly reason: StreamSessionStatusReason; readonly after: number };

/** Looks for capacity, in the order of the locations: the API's text on StartStreamSession, its placement timeouts included. */
export function place(
  account: GameLiftStreamsAccount, group: StreamGroupRecord, application: ApplicationRecord, wanted: readonly string[] | undefined,
): Placement {
  const windows = application.settings.RuntimeEnvironment!.Type === 'WINDOWS';
  const { sessionStart, onDemandSessionStart, onDemandWindowsSessionStart } = account.durations;
  const onDemandStart = windows ? onDemandWindowsSessionStart : onDemandSessionStart;
  const onDemandTimeout = windows ? ON_DEMAND_WINDOWS_TIMEOUT : ON_DEMAND_TIMEOUT;
  // Without locations, the primary one alone.
  const locations = (wanted ?? [account.region]).map((name) => group.locations.get(name)!);
  const usable = locations.filter(({ settings, state }) => state.now === 'ACTIVE' && isReplicated(account, application, settings.LocationName));
  const sessions = account.liveSessions(group.settings.Arn);
  const live = (location: LocationRecord) => sessions.filter(({ settings }) => settings.Location === location.settings.LocationName).length;
  const free = usable.find((location) => live(location) < (location.settings.MaximumCapacity ?? 0));
  const hasOnDemand = locations.some(({ settings }) => (settings.MaximumCapacity ?? 0) > (settings.AlwaysOnCapacity ?? 0));
  const timeout = { reason: 'placementTimeout', after: hasOnDemand ? onDemandTimeout : ALWAYS_ON_TIMEOUT } as const;
  if (!free) {
    return timeout;
  }
  const idle = allocated(free.settings, live(free)) > live(free);
  const after = idle ? sessionStart : onDemandStart;
  return after > (idle ? ALWAYS_ON_TIMEOUT : onDemandTimeout) ? timeout : { location: free.settings.LocationName, after };
}
