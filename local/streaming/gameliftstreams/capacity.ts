import type { LocationConfiguration, LocationState } from '@aws-sdk/client-gameliftstreams';
import type { GameLiftStreamsAccount } from './account';

/** How many sessions share a compute resource, where it is not one: the API's text on StreamClass. */
const TENANCY: Readonly<Record<string, number>> = {
  gen4n_high: 2,
  gen5n_high: 2,
  gen6n_high: 2,
  gen6n_medium: 4,
  gen6n_small: 12,
};

type Capacities = Pick<LocationState, 'AlwaysOnCapacity' | 'OnDemandCapacity' | 'TargetIdleCapacity' | 'MaximumCapacity'>;

export function tenancyOf(streamClass: string): number {
  return TENANCY[streamClass] ?? 1;
}

/**
 * Checks the capacities of a location and completes them from those that it has.
 *
 * The API's text on LocationConfiguration and CreateStreamGroup: multiples of the tenancy, OnDemandCapacity not beside the two that replace it,
 * at least one number at first. That always-on and target-idle capacity stay within the maximum is inferred, and so is what a maximum is when not given.
 */
export function capacities(account: GameLiftStreamsAccount, streamClass: string, wanted: LocationConfiguration, present?: Capacities): Capacities {
  const { LocationName, AlwaysOnCapacity, OnDemandCapacity, TargetIdleCapacity, MaximumCapacity } = wanted;
  const given = { AlwaysOnCapacity, OnDemandCapacity, TargetIdleCapacity, MaximumCapacity };
  const tenancy = tenancyOf(streamClass);
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && value % tenancy !== 0) {
      account.invalid(`The ${name} ${value} of the location ${LocationName} is not a multiple of ${tenancy}, the tenancy of the stream class ${streamClass}.`);
    }
  }
  if (OnDemandCapacity !== undefined && (TargetIdleCapacity !== undefined || MaximumCapacity !== undefined)) {
    account.invalid(`OnDemandCapacity cannot be used with MaximumCapacity or TargetIdleCapacity in the location ${LocationName}.`);
  }
  if (!present && Object.values(given).every((value) => value === undefined)) {
    account.invalid(`The location ${LocationName} is new. Specify a value for at least one of its capacities.`);
  }
  const alwaysOn = AlwaysOnCapacity ?? present?.AlwaysOnCapacity ?? 0;
  const idle = TargetIdleCapacity ?? present?.TargetIdleCapacity ?? 0;
  const onDemand = MaximumCapacity === undefined ? OnDemandCapacity ?? present?.OnDemandCapacity : undefined;
  const maximum = MaximumCapacity
    ?? (onDemand !== undefined ? alwaysOn + onDemand : undefined)
    ?? Math.max(present?.MaximumCapacity ?? 0, alwaysOn);
  if (alwaysOn > maximum || idle > maximum) {
    account.invalid(`The MaximumCapacity ${maximum} of the location ${LocationName} is less than its AlwaysOnCapacity or its TargetIdleCapacity.`);
  }
  return {
    AlwaysOnCapacity: alwaysOn,
    TargetIdleCapacity: idle,
    MaximumCapacity: maximum,
    ...onDemand !== undefined && { OnDemandCapacity: onDemand },
  };
}

/** What is allocated while so many sessions are live: at once, where AWS takes minutes (inferred). */
export function allocated({ AlwaysOnCapacity = 0, TargetIdleCapacity = 0, MaximumCapacity = 0 }: Capacities, live: number): number {
  return Math.max(AlwaysOnCapacity, Math.min(MaximumCapacity, live + TargetIdleCapacity));
}
