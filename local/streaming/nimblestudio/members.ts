import type {
  DeleteLaunchProfileMemberRequest, DeleteStudioMemberRequest, GetLaunchProfileMemberRequest, GetLaunchProfileMemberResponse, GetStudioMemberRequest,
  GetStudioMemberResponse, ListLaunchProfileMembersRequest, ListLaunchProfileMembersResponse, ListStudioMembersRequest, ListStudioMembersResponse,
  PutLaunchProfileMembersRequest, PutStudioMembersRequest, UpdateLaunchProfileMemberRequest, UpdateLaunchProfileMemberResponse,
} from '@aws-sdk/client-nimble';
import type { NimbleAccount } from './account';
import { findLiving } from './resource';
import { readyStudio } from './studios';

/** Who may administer a studio, and who may use a launch profile: at once, without states. */
export function memberOperations(account: NimbleAccount) {
  const profile = (studioId: string, id: string) => findLiving(account, account.profiles, 'launch profile', id, studioId);
  return {
    PutStudioMembers({ studioId, identityStoreId, members }: PutStudioMembersRequest): object {
      readyStudio(account, studioId!);
      put(account.studioMembers, studioId!, members!.map((member) => ({ ...member, identityStoreId })));
      return {};
    },

    GetStudioMember({ studioId, principalId }: GetStudioMemberRequest): GetStudioMemberResponse {
      return { member: get(account, account.studioMembers, studioId!, principalId!) };
    },

    ListStudioMembers({ studioId, maxResults, nextToken }: ListStudioMembersRequest): ListStudioMembersResponse {
      findLiving(account, account.studios, 'studio', studioId!);
      const { items, ...rest } = account.page([...account.studioMembers.get(studioId!)?.values() ?? []], nextToken, maxResults);
      return { members: items, ...rest };
    },

    DeleteStudioMember({ studioId, principalId }: DeleteStudioMemberRequest): object {
      get(account, account.studioMembers, studioId!, principalId!);
      account.studioMembers.get(studioId!)!.delete(principalId!);
      return {};
    },

    PutLaunchProfileMembers({ studioId, launchProfileId, identityStoreId, members }: PutLaunchProfileMembersRequest): object {
      profile(studioId!, launchProfileId!).checkReady();
      put(account.profileMembers, launchProfileId!, members!.map((member) => ({ ...member, identityStoreId })));
      return {};
    },

    GetLaunchProfileMember({ studioId, launchProfileId, principalId }: GetLaunchProfileMemberRequest): GetLaunchProfileMemberResponse {
      profile(studioId!, launchProfileId!);
      return { member: get(account, account.profileMembers, launchProfileId!, principalId!) };
    },

    ListLaunchProfileMembers(
      { studioId, launchProfileId, maxResults, nextToken }: ListLaunchProfileMembersRequest,
    ): ListLaunchProfileMembersResponse {
      profile(studioId!, launchProfileId!);
      const { items, ...rest } = account.page([...account.profileMembers.get(launchProfileId!)?.values() ?? []], nextToken, maxResults);
      return { members: items, ...rest };
    },

    UpdateLaunchProfileMember(input: UpdateLaunchProfileMemberRequest): UpdateLaunchProfileMemberResponse {
      const { studioId, launchProfileId, principalId, persona } = input;
      profile(studioId!, launchProfileId!);
      const member = { ...get(account, account.profileMembers, launchProfileId!, principalId!), persona };
      put(account.profileMembers, launchProfileId!, [member]);
      return { member };
    },

    DeleteLaunchProfileMember({ studioId, launchProfileId, principalId }: DeleteLaunchProfileMemberRequest): object {
      profile(studioId!, launchProfileId!);
      get(account, account.profileMembers, launchProfileId!, principalId!);
      account.profileMembers.get(launchProfileId!)!.delete(principalId!);
      return {};
    },
  };
}

function put<T extends { principalId?: string }>(all: Map<string, Map<string, T>>, id: string, members: readonly T[]): void {
  const known = all.get(id) ?? new Map<string, T>();
  members.forEach((member) => known.set(member.principalId!, member));
  all.set(id, known);
}

function get<T>(account: NimbleAccount, all: Map<string, Map<string, T>>, id: string, principalId: string): T {
  return all.get(id)?.get(principalId) ?? account.notFound('member', principalId);
}
