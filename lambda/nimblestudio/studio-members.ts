import { DeleteStudioMemberCommand, paginateListStudioMembers, PutStudioMembersCommand, StudioPersona } from '@aws-sdk/client-nimble';
import { membersController } from './members';
import type { StudioMembersProperties } from '../../src/nimblestudio/private/members-contract';

/** Makes users administrators of a studio. */
export const studioMembers = membersController<StudioMembersProperties>({
  idOf: ({ StudioId }) => StudioId,
  membershipOf: (studioId, client) => ({
    list: () => paginateListStudioMembers({ client }, { studioId }),
    put: (identityStoreId, principalIds) => client.send(new PutStudioMembersCommand({
      studioId, identityStoreId, members: principalIds.map((principalId) => ({ principalId, persona: StudioPersona.ADMINISTRATOR })),
    })),
    remove: (principalId) => client.send(new DeleteStudioMemberCommand({ studioId, principalId })),
  }),
});
