import { NimbleClient } from '@aws-sdk/client-nimble';
import { CLIENT_SETTINGS } from '../engine/client';

const clients = new Map<string | undefined, NimbleClient>();

/** The client of an endpoint, or of the one that the SDK chooses where none is given. */
export function nimbleAt(endpoint: string | undefined): NimbleClient {
  const client = clients.get(endpoint) ?? new NimbleClient({ ...CLIENT_SETTINGS, endpoint });
  clients.set(endpoint, client);
  return client;
}
