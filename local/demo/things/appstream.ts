import {
  type Application, AppStreamClient, DescribeAppBlockBuildersCommand, DescribeAppBlocksCommand, DescribeApplicationFleetAssociationsCommand,
  DescribeApplicationsCommand, DescribeFleetsCommand, DescribeImageBuildersCommand, DescribeImagesCommand, DescribeSessionsCommand,
  DescribeStacksCommand, type Fleet, ListAssociatedFleetsCommand, ListTagsForResourceCommand, type Stack,
} from '@aws-sdk/client-appstream';
import { catalogThings } from './appstream-catalog';
import { type ClientSettings, pages, type Reader, type Thing } from './reader';

/** Where the examples have images, beside the Region of their stacks. */
const ABROAD = 'eu-west-1';

/** Fleets and what they stream, builders, images, stacks and their catalogs, and sessions, with their tags. */
export function appstreamThings(settings: ClientSettings): Reader {
  const client = new AppStreamClient(settings);

  const thing = async (kind: string, resource: { Arn?: string; Name?: string; State?: string }, detail?: string): Promise<Thing> => {
    const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceArn: resource.Arn }));
    return { kind, name: resource.Name!, state: resource.State, detail, facts: { ...resource, Tags } };
  };

  const stackThings = async (stack: Stack): Promise<Thing[]> => {
    const fleets = await pages(async (NextToken) => {
      const { Names, NextToken: next } = await client.send(new ListAssociatedFleetsCommand({ StackName: stack.Name, NextToken }));
      return { items: Names, next };
    });
    const sessions = await Promise.all(fleets.map((FleetName) => pages(async (NextToken) => {
      const { Sessions, NextToken: next } = await client.send(new DescribeSessionsCommand({ StackName: stack.Name, FleetName, NextToken }));
      return { items: Sessions, next };
    })));
    const { facts, ...rest } = await thing('stack', stack, fleets.length > 0 ? `streams ${fleets.join(', ')}` : undefined);
    return [
      { ...rest, state: fleets.length > 0 ? undefined : 'without a fleet', facts: { ...facts, fleets } },
      ...sessions.flat().map((session) => ({
        kind: 'session', name: session.Id!, state: session.State, detail: `of ${session.UserId}, ${session.ConnectionState}`, facts: session,
      })),
      ...await catalogThings(client, stack.Name!),
    ];
  };

  const applicationThing = async (application: Application): Promise<Thing> => {
    const { Arn: ApplicationArn, DisplayName, AppBlockArn } = application;
    const associations = await pages(async (NextToken) => {
      const command = new DescribeApplicationFleetAssociationsCommand({ ApplicationArn, NextToken });
      const { ApplicationFleetAssociations: items, NextToken: next } = await client.send(command);
      return { items, next };
    });
    const fleets = associations.map(({ FleetName }) => FleetName);
    const { facts, ...rest } = await thing('application', application, `${DisplayName}, of ${AppBlockArn?.split('/')[1]}`);
    return { ...rest, state: fleets.length > 0 ? undefined : 'without a fleet', facts: { ...facts, fleets } };
  };

  /** What Elastic fleets stream. */
  const elasticThings = async (): Promise<Thing[]> => {
    const [appBlocks, appBlockBuilders, applications] = await Promise.all([
      pages(async (NextToken) => {
        const { AppBlocks, NextToken: next } = await client.send(new DescribeAppBlocksCommand({ NextToken }));
        return { items: AppBlocks, next };
      }),
      pages(async (NextToken) => {
        const { AppBlockBuilders, NextToken: next } = await client.send(new DescribeAppBlockBuildersCommand({ NextToken }));
        return { items: AppBlockBuilders, next };
      }),
      pages(async (NextToken) => {
        const { Applications, NextToken: next } = await client.send(new DescribeApplicationsCommand({ NextToken }));
        return { items: Applications, next };
      }),
    ]);
    return Promise.all([
      ...appBlocks.map((appBlock) => thing('app block', appBlock)),
      ...appBlockBuilders.map((builder) => thing('app block builder', builder)),
      ...applications.map(applicationThing),
    ]);
  };

  const imageThings = async (region: string): Promise<Thing[]> => {
    const there = new AppStreamClient({ ...settings, region });
    const images = await pages(async (NextToken) => {
      const { Images, NextToken: next } = await there.send(new DescribeImagesCommand({ Type: 'PRIVATE', NextToken }));
      return { items: Images, next };
    });
    return images.map((image) => ({
      kind: 'image', name: image.Name!, state: image.State, detail: `in ${region}${image.ImageSharedWithOthers === 'TRUE' ? ', shared' : ''}`, facts: image,
    }));
  };

  return async () => {
    const [elastic, fleets, builders, stacks] = await Promise.all([
      elasticThings(),
      pages(async (NextToken) => {
        const { Fleets, NextToken: next } = await client.send(new DescribeFleetsCommand({ NextToken }));
        return { items: Fleets, next };
      }),
      pages(async (NextToken) => {
        const { ImageBuilders, NextToken: next } = await client.send(new DescribeImageBuildersCommand({ NextToken }));
        return { items: ImageBuilders, next };
      }),
      pages(async (NextToken) => {
        const { Stacks, NextToken: next } = await client.send(new DescribeStacksCommand({ NextToken }));
        return { items: Stacks, next };
      }),
    ]);
    const things = await Promise.all([
      ...fleets.map((fleet) => thing('fleet', fleet, detailOf(fleet))),
      ...builders.map((builder) => thing('builder', builder)),
    ]);
    const images = await Promise.all([settings.region, ABROAD].map(imageThings));
    return [...things, ...elastic, ...images.flat(), ...(await Promise.all(stacks.map(stackThings))).flat()];
  };
}

function detailOf({ FleetType, ComputeCapacityStatus: capacity, Description, FleetErrors = [] }: Fleet): string {
  return [
    FleetType === 'ELASTIC' ? `${capacity?.Desired} sessions at most` : `${capacity?.Running ?? 0} of ${capacity?.Desired} instances run`,
    ...Description === undefined ? [] : [JSON.stringify(Description)],
    ...FleetErrors.map(({ ErrorCode }) => ErrorCode),
  ].join(', ');
}
