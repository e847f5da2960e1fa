import type {
  CreateStreamGroupInput, CreateStreamGroupOutput, DeleteStreamGroupInput, GetStreamGroupInput, GetStreamGroupOutput, LocationConfiguration,
  ListStreamGroupsInput, ListStreamGroupsOutput, StreamGroupStatus, UpdateStreamGroupInput, UpdateStreamGroupOutput,
} from '@aws-sdk/client-gameliftstreams';
import type { ApplicationRecord, GameLiftStreamsAccount, StreamGroupRecord } from './account';
import { tenancyOf } from './capacity';
import type { ClientTokens } from './client-tokens';
import { expiryOf, presentLocations, requireActive, statusOf } from './group-status';
import { checkNames, describeLocation, newLocation, updateLocation } from './locations';
import { forgetReplicas, replicate } from './replication';
import { terminate } from './session-course';
import { revokeUrls } from './stream-urls';
import { page } from '../pagination';

export function streamGroupOperations(account: GameLiftStreamsAccount, tokens: ClientTokens) {
  return {
    CreateStreamGroup(input: CreateStreamGroupInput): CreateStreamGroupOutput {
      return tokens.once('CreateStreamGroup', input, () => {
        const group = create(account, input);
        return { answer: () => describe(account, group), ended: () => ['DELETING', 'GONE'].includes(group.state.now) };
      });
    },

    GetStreamGroup({ Identifier }: GetStreamGroupInput): GetStreamGroupOutput {
      return describe(account, account.group(Identifier!));
    },

    ListStreamGroups({ MaxResults, NextToken }: ListStreamGroupsInput): ListStreamGroupsOutput {
      const { items, ...rest } = page([...account.groups.values()], MaxResults ?? 25, NextToken, 'ValidationException');
      return { Items: items.map((group) => account.summary('StreamGroupSummary', describe(account, group))), ...rest };
    },

    UpdateStreamGroup(input: UpdateStreamGroupInput): UpdateStreamGroupOutput {
      const { Identifier, Description, DefaultApplicationIdentifier, LocationConfigurations } = input;
      const group = account.group(Identifier!);
      requireActive(account, 'UpdateStreamGroup', group);
      const DefaultApplication = DefaultApplicationIdentifier === undefined
        ? group.settings.DefaultApplication
        : newDefault(account, group, DefaultApplicationIdentifier);
      changeLocations(account, group, LocationConfigurations ?? []);
      group.settings = {
        ...group.settings,
        DefaultApplication,
        Description: Description ?? group.settings.Description,
        LastUpdatedAt: new Date(account.now()),
      };
      return describe(account, group);
    },

    /** Ends its sessions, its associations and its stream URLs: the API's texts on DeleteStreamGroup and GetStreamUrl. */
    DeleteStreamGroup({ Identifier }: DeleteStreamGroupInput): object {
      const group = account.group(Identifier!);
      const status = statusOf(account, group);
      const { deleteWhileActivating, deleteWhileDeleting } = account.readings;
      if (status === 'DELETING' && deleteWhileDeleting === 'accepted') {
        return {};
      }
      if (status === 'DELETING' || (status === 'ACTIVATING' && deleteWhileActivating === 'refused')) {
        account.wrongStatus('DeleteStreamGroup', `The stream group ${Identifier} is in ${status} status and cannot be deleted.`);
      }
      group.state.enter('DELETING', { to: 'GONE', after: account.durations.groupDelete });
      account.liveSessions(group.settings.Arn).forEach((session) => terminate(account, session));
      const applications = [...group.applications];
      group.applications.clear();
      applications.forEach((arn) => forgetReplicas(account, arn));
      revokeUrls(account, group.settings.Arn, 'streamGroupDeleted');
      return {};
    },
  };
}

function create(account: GameLiftStreamsAccount, input: CreateStreamGroupInput): StreamGroupRecord {
  const { Description, StreamClass, DefaultApplicationIdentifier, Tags } = input;
  const application = DefaultApplicationIdentifier === undefined ? undefined : account.application(DefaultApplicationIdentifier);
  if (application) {
    requireReady(account, 'CreateStreamGroup', application);
    checkRuntime(account, StreamClass!, application);
  }
  const configurations = configurationsOf(account, input);
  checkNames(account, configurations);
  const activation = account.script.takeSlowCreation(Description!) ?? account.durations.groupActivate;
  const locations = configurations.map((configuration) => newLocation(account, input, configuration, activation));
  const reason = account.script.takeFailingStreamGroup(Description!);
  const state = account.timed<StreamGroupStatus | 'GONE'>('ACTIVATING');
  state.enter('ACTIVATING', { to: reason ? 'ERROR' : 'ACTIVE', after: activation });
  const Id = account.newId('sg-');
  const Arn = account.arn(`streamgroup/${Id}`);
  const now = new Date(account.now());
  const group: StreamGroupRecord = {
    settings: {
      Arn,
      Id,
      Description,
      StreamClass: StreamClass!,
      DefaultApplication: application && defaultOf(application),
      CreatedAt: now,
      LastUpdatedAt: now,
      ExpiresAt: expiryOf(now),
    },
    state,
    reason,
    locations: new Map(locations.map((location) => [location.settings.LocationName, location])),
    applications: new Set(application ? [application.settings.Arn] : []),
  };
  account.groups.set(Arn, group);
  account.tags.set(Arn, Tags ?? {});
  replicate(account, group);
  return group;
}

/** The configurations of a new group, the primary location's first. */
function configurationsOf(account: GameLiftStreamsAccount, { StreamClass, LocationConfigurations }: CreateStreamGroupInput): LocationConfiguration[] {
  if (LocationConfigurations === undefined) {
    // "Default is 1 (2 for high stream classes)": an older version of the API's text on AlwaysOnCapacity; for other tenancies inferred.
    return [{ LocationName: account.region, AlwaysOnCapacity: tenancyOf(StreamClass!) }];
  }
  const primary = LocationConfigurations.filter(({ LocationName }) => LocationName === account.region);
  if (primary.length === 0 && account.readings.withoutPrimaryLocation === 'refused') {
    account.invalid(`The location configurations do not have the primary location ${account.region}.`);
  }
  const first = primary.length > 0 ? primary : [{ LocationName: account.region, AlwaysOnCapacity: 0 }];
  return [...first, ...LocationConfigurations.filter(({ LocationName }) => LocationName !== account.region)];
}

/** A default application must be READY, as the API's texts on DefaultApplicationIdentifier have it; any other associated one too (inferred). */
export function requireReady(account: GameLiftStreamsAccount, operation: string, { settings, state }: ApplicationRecord): void {
  if (state.now !== 'READY') {
    account.wrongStatus(operation, `The application ${settings.Id} is in ${state.now} status. It must be in READY status.`);
  }
}

/** Windows runs on the classes of Windows alone, and nothing else does. Inferred from the API's text on StreamClass. */
export function checkRuntime(account: GameLiftStreamsAccount, streamClass: string, { settings }: ApplicationRecord): void {
  const { Type } = settings.RuntimeEnvironment!;
  if (account.readings.runtimeOfOtherPlatform === 'refused' && (Type === 'WINDOWS') !== streamClass.endsWith('_win2022')) {
    account.invalid(`The runtime environment ${Type} of the application ${settings.Id} is not compatible with the stream class ${streamClass}.`);
  }
}

export function defaultOf({ settings }: ApplicationRecord): { Arn: string; Id: string } {
  return { Arn: settings.Arn, Id: settings.Id };
}

/** The update only sets the default; it does not associate: the API's text on UpdateStreamGroup. */
function newDefault(account: GameLiftStreamsAccount, group: StreamGroupRecord, identifier: string): { Arn: string; Id: string } {
  const application = account.application(identifier);
  requireReady(account, 'UpdateStreamGroup', application);
  if (!group.applications.has(application.settings.Arn)) {
    account.invalid(`The application ${application.settings.Id} is not associated with the stream group ${group.settings.Id}.`);
  }
  return defaultOf(application);
}

function changeLocations(account: GameLiftStreamsAccount, group: StreamGroupRecord, configurations: readonly LocationConfiguration[]): void {
  checkNames(account, configurations);
  const isNew = ({ LocationName }: LocationConfiguration) => !group.locations.has(LocationName!);
  const unknown = configurations.find(isNew);
  if (unknown && account.readings.newLocationByUpdate === 'refused') {
    account.invalid(`The stream group ${group.settings.Id} does not have the location ${unknown.LocationName}. Call AddStreamGroupLocations to add it.`);
  }
  // All are checked before one is changed.
  const { locationActivate } = account.durations;
  const changed = configurations.filter((location) => !isNew(location)).map((location) => updateLocation(account, group, location));
  const added = configurations.filter(isNew).map((location) => newLocation(account, group.settings, location, locationActivate));
  changed.forEach((settings) => group.locations.get(settings.LocationName)!.settings = settings);
  added.forEach((location) => group.locations.set(location.settings.LocationName, location));
  replicate(account, group);
}

function describe(account: GameLiftStreamsAccount, group: StreamGroupRecord): GetStreamGroupOutput {
  const Status = statusOf(account, group);
  return {
    ...group.settings,
    Status,
    ...Status === 'ERROR' && { StatusReason: group.reason },
    LocationStates: presentLocations(account, group).map((location) => describeLocation(account, group, location)),
    AssociatedApplications: [...group.applications],
  };
}
