import { AppStreamClient } from '@aws-sdk/client-appstream';
import { CLIENT_SETTINGS } from '../engine/client';

export const appstream = new AppStreamClient(CLIENT_SETTINGS);

const elsewhere = new Map<string, AppStreamClient>();

/** The client for a Region; the function's own where none is said. */
export function appstreamIn(region: string | undefined): AppStreamClient {
  if (region === undefined) {
    return appstream;
  }
  const client = elsewhere.get(region) ?? new AppStreamClient({ ...CLIENT_SETTINGS, region });
  elsewhere.set(region, client);
  return client;
}
