import { nimbleAt } from './client';
import type { Controller, Memory } from '../engine/controller';
import { isError, isUnanswered } from '../engine/errors';

/** What every lifecycle resource of Nimble Studio says. */
interface Reachable {
  readonly EndpointUrl?: string;
}

/** What passes of broken connections and names that are not found does so in this time. */
const PATIENCE_MS = 60_000;
const RETRY_SECONDS = 10;

/**
 * Makes a controller aware that AWS shut the service down. Where nobody answers, Create and Update fail in about a minute and
 * not at the deadline, and Delete succeeds: nothing of a service that is gone can be left behind.
 *
 * What a closed service answers whose endpoint is still there is not known. From AWS's own endpoint an AccessDeniedException counts
 * as closed unless it is about permissions: IAM, and Nimble Studio as it was, say that somebody is not authorized to perform something.
 * Such a denial is never taken for the end of the service, and neither is an UnrecognizedClientException, which is about credentials:
 * a Delete that succeeded for want of a permission would leave sessions that are billed.
 */
export function unlessShutDown<Properties extends Reachable>(controller: Controller<Properties>): Controller<Properties> {
  return async (request) => {
    const { silentSince, silentAt, ...memory } = request.memory;
    const { now, wanted, before, id, owner } = request;
    try {
      const progress = await controller({ ...request, memory });
      return progress.kind === 'pending' ? { memory, ...progress } : progress;
    } catch (thrown) {
      const { EndpointUrl } = wanted ?? before!;
      if (!isSilence(thrown, EndpointUrl)) {
        throw thrown;
      }
      // The engine waits out other errors in between; a silence after those is a new one.
      const since = silentAt !== undefined && now - Number(silentAt) <= PATIENCE_MS ? Number(silentSince) : now;
      const why = `Amazon Nimble Studio does not answer at ${EndpointUrl ?? await ownEndpoint()} (${thrown.message})`;
      if (now - since < PATIENCE_MS) {
        const remembered: Memory = { ...memory, silentSince: since, silentAt: now };
        return { kind: 'pending', why, memory: remembered, waitSeconds: RETRY_SECONDS };
      }
      return wanted === undefined ? { kind: 'ready', id: id ?? owner.logicalId } : {
        kind: 'failed',
        reason: `${why}: AWS shut the service down on 24 October 2024; set endpointUrl to an implementation of its API, or remove this resource`,
      };
    }
  };
}

function isSilence(thrown: unknown, endpointUrl: string | undefined): thrown is Error {
  if (isUnanswered(thrown)) {
    return true;
  }
  return endpointUrl === undefined && thrown instanceof Error && isError(thrown, 'AccessDeniedException')
    && !/authorized to perform/.test(thrown.message);
}

/** Where AWS had it. */
async function ownEndpoint(): Promise<string> {
  return `nimble.${await nimbleAt(undefined).config.region()}.amazonaws.com`;
}
