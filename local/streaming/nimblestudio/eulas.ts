import type {
  AcceptEulasRequest, AcceptEulasResponse, Eula, EulaAcceptance,
  GetEulaRequest, GetEulaResponse, ListEulaAcceptancesRequest, ListEulaAcceptancesResponse,
  ListEulasRequest, ListEulasResponse, StreamingImage,
} from '@aws-sdk/client-nimble';
import type { NimbleAccount } from './account';
import { readyStudio } from './studios';

/** The agreements of the service. Which there were is inferred. */
const EULAS: readonly (Eula & { readonly eulaId: string })[] = [
  { eulaId: 'NIMBLE-STUDIO-TERMS', name: 'Nimble Studio', content: 'the terms of the service' },
  { eulaId: 'NICE-DCV-TERMS', name: 'NICE DCV', content: 'the terms of the streaming protocol' },
];

/** What has to be accepted before an image can be streamed. */
export const EULA_IDS = EULAS.map(({ eulaId }) => eulaId);

export function eulaOperations(account: NimbleAccount) {
  const epoch = account.now();
  const dated = (eula: Eula): Eula => ({ ...eula, createdAt: epoch, updatedAt: epoch });
  const eula = (id: string): Eula => EULAS.find(({ eulaId }) => eulaId === id) ?? account.notFound('EULA', id);
  return {
    AcceptEulas({ studioId, eulaIds = [] }: AcceptEulasRequest): AcceptEulasResponse {
      readyStudio(account, studioId!);
      const accepted = account.acceptances.get(studioId!) ?? [];
      // Nothing takes an acceptance back, and one that is there already is answered again (inferred).
      const eulaAcceptances = eulaIds.map((eulaId) => {
        eula(eulaId);
        return accepted.find((acceptance) => acceptance.eulaId === eulaId) ?? {
          eulaAcceptanceId: account.newId('acceptance'), eulaId, acceptedAt: account.now(), acceptedBy: 'operator', accepteeId: studioId,
        };
      });
      account.acceptances.set(studioId!, [...new Set([...accepted, ...eulaAcceptances])]);
      return { eulaAcceptances };
    },

    GetEula({ eulaId }: GetEulaRequest): GetEulaResponse {
      return { eula: dated(eula(eulaId!)) };
    },

    ListEulas({ eulaIds, nextToken }: ListEulasRequest): ListEulasResponse {
      const { items, ...rest } = account.page(EULAS.filter(({ eulaId }) => eulaIds?.includes(eulaId) ?? true), nextToken);
      return { eulas: items.map(dated), ...rest };
    },

    ListEulaAcceptances({ studioId, eulaIds, nextToken }: ListEulaAcceptancesRequest): ListEulaAcceptancesResponse {
      readyStudio(account, studioId!);
      const accepted: EulaAcceptance[] = account.acceptances.get(studioId!) ?? [];
      const { items, ...rest } = account.page(accepted.filter(({ eulaId }) => eulaIds?.includes(eulaId!) ?? true), nextToken);
      return { eulaAcceptances: items, ...rest };
    },
  };
}

/**
 * Verified: "The list of EULAs that must be accepted before a Streaming Session can be started using this streaming image".
 * The code is inferred.
 */
export function checkEulas(account: NimbleAccount, studioId: string, image: StreamingImage): void {
  const accepted = account.acceptances.get(studioId)?.map(({ eulaId }) => eulaId) ?? [];
  const missing = image.eulaIds?.filter((eulaId) => !accepted.includes(eulaId)) ?? [];
  if (missing.length > 0) {
    account.refuse('ValidationException',
      `The studio has not accepted the EULAs ${missing.join(', ')} of the streaming image ${image.streamingImageId}.`);
  }
}
