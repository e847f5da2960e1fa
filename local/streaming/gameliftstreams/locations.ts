import { randomBytes } from 'crypto';
import type {
  AddStreamGroupLocationsInput, AddStreamGroupLocationsOutput, LocationConfiguration, LocationState, RemoveStreamGroupLocationsInput,
  StreamGroupLocationStatus, VpcTransitConfigurationResponse,
} from '@aws-sdk/client-gameliftstreams';
import type { GameLiftStreamsAccount, LocationRecord, StreamGroupRecord } from './account';
import { allocated, capacities } from './capacity';
import { requireActive, statusOf } from './group-status';
import { replicate } from './replication';

export function locationOperations(account: GameLiftStreamsAccount) {
  return {
    AddStreamGroupLocations({ Identifier, LocationConfigurations }: AddStreamGroupLocationsInput): AddStreamGroupLocationsOutput {
      const group = account.group(Identifier!);
      requireActive(account, 'AddStreamGroupLocations', group);
      checkNames(account, LocationConfigurations!);
      for (const { LocationName } of LocationConfigurations!) {
        if (group.locations.has(LocationName!)) {
          account.invalid(`The stream group ${group.settings.Id} already has the location ${LocationName}.`);
        }
      }
      // All are checked before one is added.
      const { locationActivate } = account.durations;
      const added = LocationConfigurations!.map((configuration) => newLocation(account, group.settings, configuration, locationActivate));
      added.forEach((location) => group.locations.set(location.settings.LocationName, location));
      replicate(account, group);
      group.settings = { ...group.settings, LastUpdatedAt: new Date(account.now()) };
      return { Identifier: group.settings.Arn, Locations: added.map((location) => describeLocation(account, group, location)) };
    },

    RemoveStreamGroupLocations({ Identifier, Locations }: RemoveStreamGroupLocationsInput): object {
      const group = account.group(Identifier!);
      const removed = Locations!.map((name) => group.locations.get(name)
        ?? account.invalid(`The stream group ${group.settings.Id} does not have the location ${name}.`));
      const onlyErrors = removed.every(({ state }) => state.now === 'ERROR');
      if (!(onlyErrors && statusOf(account, group) === 'ACTIVE_WITH_ERRORS')) {
        requireActive(account, 'RemoveStreamGroupLocations', group);
      }
      if (Locations!.includes(account.region)) {
        account.invalid(`The location ${account.region} is the primary location of the stream group ${group.settings.Id}, which cannot be removed.`);
      }
      removed.forEach(({ state }) => state.enter('REMOVING', { to: 'GONE', after: account.durations.locationRemove }));
      group.settings = { ...group.settings, LastUpdatedAt: new Date(account.now()) };
      return {};
    },
  };
}

/** Refuses unknown locations and those that are named twice. */
export function checkNames(account: GameLiftStreamsAccount, configurations: readonly LocationConfiguration[]): void {
  const names = configurations.map(({ LocationName }) => LocationName!);
  const unknown = names.find((name) => !account.isLocation(name));
  if (unknown !== undefined) {
    account.invalid(`The location ${unknown} is not supported.`);
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    account.invalid(`The location ${twice} is configured more than once.`);
  }
}

export function newLocation(
  account: GameLiftStreamsAccount,
  group: { readonly StreamClass?: string; readonly Description?: string },
  configuration: LocationConfiguration,
  after: number,
): LocationRecord {
  const state = account.timed<StreamGroupLocationStatus | 'GONE'>('ACTIVATING');
  const settings = {
    LocationName: configuration.LocationName!,
    ...capacities(account, group.StreamClass!, configuration),
    ...configuration.VpcTransitConfiguration && {
      InternalVpcIpv4CidrBlock: '10.128.0.0/16',
      VpcTransitConfiguration: transit(account, configuration.LocationName!, configuration.VpcTransitConfiguration),
    },
  };
  const fails = account.script.takeFailingLocation(group.Description!, configuration.LocationName!);
  state.enter('ACTIVATING', { to: fails ? 'ERROR' : 'ACTIVE', after });
  return { settings, state };
}

/** UpdateStreamGroup of one location. */
export function updateLocation(account: GameLiftStreamsAccount, group: StreamGroupRecord, configuration: LocationConfiguration): LocationRecord['settings'] {
  const { settings } = group.locations.get(configuration.LocationName!)!;
  const { VpcTransitConfiguration: wanted } = configuration;
  const present = settings.VpcTransitConfiguration;
  if (wanted && wanted.VpcId !== present?.VpcId) {
    account.invalid(`The VPC of the location ${settings.LocationName} cannot be changed after the stream group is created.`);
  }
  // Without what the new capacities may leave out.
  const { OnDemandCapacity, ...rest } = settings;
  return {
    ...rest,
    ...capacities(account, group.settings.StreamClass, configuration, settings),
    ...wanted && { VpcTransitConfiguration: { ...present, Ipv4CidrBlocks: wanted.Ipv4CidrBlocks } },
  };
}

export function describeLocation(account: GameLiftStreamsAccount, group: StreamGroupRecord, { settings, state }: LocationRecord): LocationState {
  const Status = state.now as StreamGroupLocationStatus;
  const live = account.liveSessions(group.settings.Arn).filter((session) => session.settings.Location === settings.LocationName).length;
  const AllocatedCapacity = Status === 'ACTIVE' ? allocated(settings, live) : 0;
  const IdleCapacity = Math.max(0, AllocatedCapacity - live);
  return { ...settings, Status, RequestedCapacity: settings.AlwaysOnCapacity, AllocatedCapacity, IdleCapacity };
}

function transit(
  account: GameLiftStreamsAccount, location: string, { VpcId, Ipv4CidrBlocks }: NonNullable<LocationConfiguration['VpcTransitConfiguration']>,
): VpcTransitConfigurationResponse {
  const id = () => randomBytes(9).toString('hex').slice(0, 17);
  return {
    VpcId,
    Ipv4CidrBlocks,
    TransitGatewayId: `tgw-${id()}`,
    TransitGatewayResourceShareArn: `arn:aws:ram:${location}:${account.arn('').split(':')[4]}:resource-share/${id()}`,
  };
}
