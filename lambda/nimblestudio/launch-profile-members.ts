import {
  DeleteLaunchProfileMemberCommand, LaunchProfilePersona, paginateListLaunchProfileMembers, PutLaunchProfileMembersCommand,
} from '@aws-sdk/client-nimble';
import { membersController } from './members';
import type { LaunchProfileMembersProperties } from '../../src/nimblestudio/private/members-contract';

/** Lets users use a launch profile. Put also updates who is there, so the service's Update, which knows one persona alone, has nothing to do. */
export const launchProfileMembers = membersController<LaunchProfileMembersProperties>({
  idOf: ({ StudioId, LaunchProfileId }) => `${StudioId}/${LaunchProfileId}`,
  membershipOf(id, client) {
    const [studioId, launchProfileId] = id.split('/');
    const profile = { studioId, launchProfileId };
    return {
      list: () => paginateListLaunchProfileMembers({ client }, profile),
      put: (identityStoreId, principalIds) => client.send(new PutLaunchProfileMembersCommand({
        ...profile, identityStoreId, members: principalIds.map((principalId) => ({ principalId, persona: LaunchProfilePersona.USER })),
      })),
      remove: (principalId) => client.send(new DeleteLaunchProfileMemberCommand({ ...profile, principalId })),
    };
  },
});
