import type {
  CreateLaunchProfileRequest, DeleteLaunchProfileRequest, GetLaunchProfileDetailsRequest, GetLaunchProfileDetailsResponse, GetLaunchProfileRequest,
  LaunchProfile, ListLaunchProfilesRequest, ListLaunchProfilesResponse, StreamConfigurationCreate, StudioComponentSummary, UpdateLaunchProfileRequest,
} from '@aws-sdk/client-nimble';
import type { NimbleAccount } from './account';
import type { InStudio } from './context';
import { Kind, Resource, find, findLiving, living } from './resource';
import { describeImage } from './streaming-images';
import { given, readyStudio } from './studios';

const PROFILE: Kind = {
  type: 'launch-profile',
  noun: 'launch profile',
  operation: 'LaunchProfile',
  duration: 'launchProfile',
  created: 'LAUNCH_PROFILE_CREATED',
  updated: 'LAUNCH_PROFILE_UPDATED',
};

export function launchProfileOperations(account: NimbleAccount) {
  return {
    CreateLaunchProfile({ studioId, tags, clientToken, ...settings }: CreateLaunchProfileRequest): { launchProfile: LaunchProfile } {
      readyStudio(account, studioId!);
      checkContents(account, studioId!, settings.studioComponentIds!, settings.streamConfiguration!);
      const launchProfileId = account.newId('profile');
      const profile = new Resource<LaunchProfile & InStudio>(account, PROFILE, launchProfileId, {
        ...settings, streamConfiguration: withDefaults(settings.streamConfiguration!), studioId: studioId!, launchProfileId,
      });
      account.profiles.set(launchProfileId, profile);
      account.setTags(profile.arn, tags);
      return { launchProfile: describe(account, profile) };
    },

    GetLaunchProfile({ studioId, launchProfileId }: GetLaunchProfileRequest): { launchProfile: LaunchProfile } {
      return { launchProfile: describe(account, find(account, account.profiles, 'launch profile', launchProfileId!, studioId!)) };
    },

    GetLaunchProfileDetails({ studioId, launchProfileId }: GetLaunchProfileDetailsRequest): GetLaunchProfileDetailsResponse {
      const profile = find(account, account.profiles, 'launch profile', launchProfileId!, studioId!);
      const { streamConfiguration, studioComponentIds } = profile.settings;
      return {
        launchProfile: describe(account, profile),
        streamingImages: living(account.images, studioId!).filter(({ id }) => streamConfiguration!.streamingImageIds!.includes(id))
          .map((image) => describeImage(account, image)),
        studioComponentSummaries: living(account.components, studioId!).filter(({ id }) => studioComponentIds!.includes(id))
          .map(({ settings: { name, description, type, subtype }, id, createdAt, updatedAt }): StudioComponentSummary => (
            { studioComponentId: id, name, description, type, subtype, createdAt, updatedAt })),
      };
    },

    ListLaunchProfiles({ studioId, principalId, states, maxResults, nextToken }: ListLaunchProfilesRequest): ListLaunchProfilesResponse {
      findLiving(account, account.studios, 'studio', studioId!);
      const profiles = living(account.profiles, studioId!).filter((profile) => (states?.includes(profile.now) ?? true)
        && (principalId === undefined || account.profileMembers.get(profile.id)?.has(principalId)));
      const { items, ...rest } = account.page(profiles, nextToken, maxResults);
      return { launchProfiles: items.map((profile) => describe(account, profile)), ...rest };
    },

    UpdateLaunchProfile({ studioId, launchProfileId, clientToken, ...settings }: UpdateLaunchProfileRequest): { launchProfile: LaunchProfile } {
      const profile = findLiving(account, account.profiles, 'launch profile', launchProfileId!, studioId!);
      const { studioComponentIds, streamConfiguration } = { ...profile.settings, ...given(settings) };
      checkContents(account, studioId!, studioComponentIds!, streamConfiguration!);
      profile.update({ ...given(settings), streamConfiguration: withDefaults(streamConfiguration!) });
      return { launchProfile: describe(account, profile) };
    },

    DeleteLaunchProfile({ studioId, launchProfileId }: DeleteLaunchProfileRequest): { launchProfile: LaunchProfile } {
      const profile = findLiving(account, account.profiles, 'launch profile', launchProfileId!, studioId!);
      const streamed = [...account.sessions.values()].some(({ settings, state }) =>
        settings.launchProfileId === launchProfileId && state.now !== 'DELETED');
      // Verified: the status code.
      profile.delete(streamed
        ? { statusCode: 'LAUNCH_PROFILE_WITH_STREAM_SESSIONS_NOT_DELETED', statusMessage: 'The launch profile still has streaming sessions.' }
        : undefined);
      return { launchProfile: describe(account, profile) };
    },
  };
}

function checkContents(account: NimbleAccount, studioId: string, componentIds: readonly string[], stream: StreamConfigurationCreate): void {
  // The codes are inferred: a launch profile could also be accepted and come to CREATE_FAILED with STREAMING_IMAGE_NOT_FOUND.
  componentIds.forEach((id) => findLiving(account, account.components, 'studio component', id, studioId));
  stream.streamingImageIds!.forEach((id) => findLiving(account, account.images, 'streaming image', id, studioId).checkReady());
  checkPersistence(account, stream);
}

/** Verified: "allowed only when sessionPersistenceMode is ACTIVATED (and automaticTerminationMode is ACTIVATED)". The code is inferred. */
function checkPersistence(account: NimbleAccount, stream: StreamConfigurationCreate): void {
  const persistent = stream.sessionPersistenceMode === 'ACTIVATED';
  if (!persistent && (stream.volumeConfiguration !== undefined || stream.automaticTerminationMode === 'ACTIVATED')) {
    account.refuse('ValidationException',
      'volumeConfiguration and automaticTerminationMode are allowed only when sessionPersistenceMode is ACTIVATED.');
  }
  if ((stream.maxStoppedSessionLengthInMinutes ?? 0) > 0 && !(persistent && stream.automaticTerminationMode === 'ACTIVATED')) {
    account.refuse('ValidationException',
      'maxStoppedSessionLengthInMinutes is allowed only when sessionPersistenceMode and automaticTerminationMode are ACTIVATED.');
  }
}

/** Verified: the defaults are the API's text. */
function withDefaults(stream: StreamConfigurationCreate): StreamConfigurationCreate {
  return {
    maxSessionLengthInMinutes: 690,
    maxStoppedSessionLengthInMinutes: 0,
    sessionPersistenceMode: 'DEACTIVATED',
    automaticTerminationMode: 'DEACTIVATED',
    sessionBackup: { mode: 'DEACTIVATED', maxBackupsToRetain: 0 },
    ...given(stream),
  } as StreamConfigurationCreate;
}

function describe(account: NimbleAccount, profile: Resource<LaunchProfile & InStudio>): LaunchProfile {
  const { studioId, ...settings } = profile.settings;
  const { arn, createdAt, updatedAt, status } = profile;
  return { ...settings, arn, createdAt, updatedAt, ...status, ...account.tagsOf(arn) } as LaunchProfile;
}
