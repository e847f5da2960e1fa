import {
  type ApplicationSummary, GameLiftStreamsClient, GetStreamGroupCommand, type GetStreamGroupOutput, ListTagsForResourceCommand,
  paginateListApplications, paginateListStreamGroups, paginateListStreamSessions, paginateListStreamUrls,
} from '@aws-sdk/client-gameliftstreams';
import type { ClientSettings, Reader, Thing } from './reader';

/** Applications and stream groups, with their tags, and the groups' sessions and URLs. What has ended is left out: the service lists it for long. */
export function gameliftstreamsThings(settings: ClientSettings): Reader {
  const client = new GameLiftStreamsClient(settings);

  const tagsOf = async (arn: string) => (await client.send(new ListTagsForResourceCommand({ ResourceArn: arn }))).Tags;

  const application = async (summary: ApplicationSummary): Promise<Thing> => ({
    kind: 'application', name: summary.Id!, state: summary.Status, detail: summary.Description, facts: { ...summary, Tags: await tagsOf(summary.Arn!) },
  });

  const group = async (identifier: string): Promise<Thing[]> => {
    // What an update that was taken back leaves changed is no fact about the group.
    const { $metadata: _, LastUpdatedAt: _at, ...described } = await client.send(new GetStreamGroupCommand({ Identifier: identifier }));
    const sessions = await all(paginateListStreamSessions({ client }, { Identifier: identifier }));
    const urls = await all(paginateListStreamUrls({ client }, { StreamGroupIdentifier: identifier }));
    return [
      { kind: 'group', name: described.Id!, state: described.Status, detail: detailOf(described), facts: { ...described, Tags: await tagsOf(described.Arn!) } },
      ...sessions.filter(({ Status }) => Status !== 'TERMINATED' && Status !== 'ERROR').map((session) => ({
        kind: 'session', name: session.Arn!.split('/').pop()!, state: session.Status, detail: `in ${session.Location}`, facts: session,
      })),
      ...urls.filter(({ Status }) => Status === 'ACTIVE').map(({ StreamUrl: _secret, ...url }) => ({
        kind: 'URL', name: url.StreamUrlId!, state: url.Status, detail: `${url.RemainingUses} of ${url.UsageLimit} uses are left`, facts: url,
      })),
    ];
  };

  return async () => {
    const applications = await all(paginateListApplications({ client }, {}));
    const groups = await all(paginateListStreamGroups({ client }, {}));
    return [...await Promise.all(applications.map(application)), ...(await Promise.all(groups.map(({ Arn }) => group(Arn!)))).flat()];
  };
}

async function all<T>(list: AsyncIterable<{ readonly Items?: T[] }>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of list) {
    items.push(...page.Items ?? []);
  }
  return items;
}

function detailOf({ LocationStates = [], AssociatedApplications = [], DefaultApplication }: GetStreamGroupOutput): string {
  const applications = new Set([...AssociatedApplications, ...DefaultApplication?.Arn === undefined ? [] : [DefaultApplication.Arn]]);
  return `${applications.size} applications in ${LocationStates.map(({ LocationName }) => LocationName).join(', ')}`;
}
