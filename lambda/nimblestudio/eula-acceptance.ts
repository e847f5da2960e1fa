import { AcceptEulasCommand, type NimbleClient, paginateListEulaAcceptances } from '@aws-sdk/client-nimble';
import { nimbleAt } from './client';
import type { EulaAcceptanceProperties } from '../../src/nimblestudio/private/eula-acceptance-contract';
import type { Controller } from '../engine/controller';
import { isError } from '../engine/errors';

/** Has a studio accept agreements. Nothing takes an acceptance back, so there is nothing to do when they are to go. */
export const eulaAcceptance: Controller<EulaAcceptanceProperties> = async ({ wanted, before, id }) => {
  if (wanted === undefined) {
    return { kind: 'ready', id: id ?? before!.StudioId };
  }
  const client = nimbleAt(wanted.EndpointUrl);
  const studioId = wanted.StudioId;
  const eulaIds = wanted.EulaIds.split(',').filter((eulaId) => eulaId !== '');
  const accepted = eulaIds.length === 0 ? [] : await readAccepted(client, studioId, eulaIds);
  const missing = eulaIds.filter((eulaId) => !accepted.includes(eulaId));
  if (missing.length === 0) {
    return { kind: 'ready', id: studioId };
  }
  try {
    await client.send(new AcceptEulasCommand({ studioId, eulaIds: missing }));
  } catch (error) {
    if (error instanceof Error && isError(error, 'ResourceNotFoundException')) {
      // The studio is there, its acceptances were read: an agreement is not.
      return { kind: 'failed', reason: `${error.message.replace(/\.$/, '')}: correct eulaIds, then deploy again` };
    }
    throw error;
  }
  return { kind: 'pending', why: `accepted ${missing.join(', ')}`, waitSeconds: 2 };
};

async function readAccepted(client: NimbleClient, studioId: string, eulaIds: string[]): Promise<(string | undefined)[]> {
  const accepted: (string | undefined)[] = [];
  for await (const { eulaAcceptances = [] } of paginateListEulaAcceptances({ client }, { studioId, eulaIds })) {
    accepted.push(...eulaAcceptances.map(({ eulaId }) => eulaId));
  }
  return accepted;
}
