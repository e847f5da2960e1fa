import {
  NimbleClient, paginateListLaunchProfiles, paginateListStreamingImages, paginateListStreamingSessions, paginateListStudioComponents,
  paginateListStudios, type Studio,
} from '@aws-sdk/client-nimble';
import type { ClientSettings, Reader, Thing } from './reader';

/** Studios with all their parts and sessions. */
export function nimbleThings(settings: ClientSettings): Reader {
  const client = new NimbleClient(settings);

  const parts = async ({ studioId }: Studio): Promise<Thing[]> => {
    const input = { studioId };
    const [profiles, images, components, sessions] = await Promise.all([
      all(paginateListLaunchProfiles({ client }, input), ({ launchProfiles }) => launchProfiles),
      all(paginateListStreamingImages({ client }, input), ({ streamingImages }) => streamingImages),
      all(paginateListStudioComponents({ client }, input), ({ studioComponents }) => studioComponents),
      all(paginateListStreamingSessions({ client }, input), ({ sessions: items }) => items),
    ]);
    return [
      ...images.map((image) => ({ kind: 'image', name: image.name!, facts: image })),
      ...components.map((component) => ({ kind: 'component', name: component.name!, facts: component })),
      ...profiles.map((profile) => ({ kind: 'profile', name: profile.name!, facts: profile })),
      ...sessions.filter(({ state }) => state !== 'DELETED').map((session) => ({
        kind: 'session', name: session.sessionId!, state: session.state, detail: `${session.ec2InstanceType} of ${session.ownedBy}`, facts: session,
      })),
    ];
  };

  return async () => {
    const studios = await all(paginateListStudios({ client }, {}), ({ studios: items }) => items);
    return [
      ...studios.map((studio) => ({ kind: 'studio', name: studio.studioName!, state: studio.state, facts: studio })),
      ...(await Promise.all(studios.map(parts))).flat(),
    ];
  };
}

async function all<Page, T>(list: AsyncIterable<Page>, itemsOf: (page: Page) => T[] | undefined): Promise<T[]> {
  const items: T[] = [];
  for await (const page of list) {
    items.push(...itemsOf(page) ?? []);
  }
  return items;
}
