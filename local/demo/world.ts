import {
  AppStreamClient, DescribeFleetsCommand, DescribeImageBuildersCommand, DescribeStacksCommand, type Fleet, type ImageBuilder,
  ListAssociatedFleetsCommand, ListTagsForResourceCommand, type Stack,
} from '@aws-sdk/client-appstream';
import * as cfn from '@aws-sdk/client-cloudformation';

/** What there is in the account, as AWS tells it. */
export interface World {
  readonly fleets: readonly Fleet[];
  readonly builders: readonly ImageBuilder[];
  readonly stacks: readonly (Stack & { readonly associatedFleets: readonly string[] })[];
  /** By the ARN of what carries them. */
  readonly tags: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly deployments: readonly Deployment[];
}

/** A CloudFormation stack. */
export interface Deployment {
  readonly name: string;
  readonly status: string;
  readonly resources: readonly { readonly logicalId: string; readonly physicalId: string; readonly type: string }[];
  readonly outputs: Readonly<Record<string, string>>;
}

/** Looks at the account from outside, as any client does. */
export class Observer {
  private readonly appstream: AppStreamClient;
  private readonly cloudformation: cfn.CloudFormationClient;

  constructor(endpoint: string, region: string) {
    const settings = { endpoint, region, credentials: { accessKeyId: 'loopback', secretAccessKey: 'loopback' } };
    this.appstream = new AppStreamClient(settings);
    this.cloudformation = new cfn.CloudFormationClient(settings);
  }

  public async read(): Promise<World> {
    const [states, stacks, deployments] = await Promise.all([this.readStates(), this.readStacks(), this.readDeployments()]);
    const arns = [...states.fleets, ...states.builders, ...stacks].map(({ Arn }) => Arn!);
    const tags = await Promise.all(arns.map(async (arn) => [arn, await this.readTags(arn)] as const));
    return { ...states, stacks, tags: Object.fromEntries(tags), deployments };
  }

  /** Only what starts and stops. */
  public async readStates(): Promise<Pick<World, 'fleets' | 'builders'>> {
    const [fleets, builders] = await Promise.all([
      pages(async (NextToken) => {
        const { Fleets, NextToken: next } = await this.appstream.send(new DescribeFleetsCommand({ NextToken }));
        return { items: Fleets, next };
      }),
      pages(async (NextToken) => {
        const { ImageBuilders, NextToken: next } = await this.appstream.send(new DescribeImageBuildersCommand({ NextToken }));
        return { items: ImageBuilders, next };
      }),
    ]);
    return { fleets, builders };
  }

  private async readStacks(): Promise<World['stacks']> {
    const stacks = await pages(async (NextToken) => {
      const { Stacks, NextToken: next } = await this.appstream.send(new DescribeStacksCommand({ NextToken }));
      return { items: Stacks, next };
    });
    return Promise.all(stacks.map(async (stack) => ({
      ...stack,
      associatedFleets: await pages(async (NextToken) => {
        const { Names, NextToken: next } = await this.appstream.send(new ListAssociatedFleetsCommand({ StackName: stack.Name, NextToken }));
        return { items: Names, next };
      }),
    })));
  }

  private async readTags(arn: string): Promise<Record<string, string>> {
    const { Tags = {} } = await this.appstream.send(new ListTagsForResourceCommand({ ResourceArn: arn }));
    return Tags;
  }

  private async readDeployments(): Promise<readonly Deployment[]> {
    const { Stacks = [] } = await this.cloudformation.send(new cfn.DescribeStacksCommand({}));
    return Promise.all(Stacks.map(async ({ StackName, StackStatus, Outputs = [] }) => {
      const { StackResourceSummaries = [] } = await this.cloudformation.send(new cfn.ListStackResourcesCommand({ StackName }));
      return {
        name: StackName!,
        status: StackStatus!,
        resources: StackResourceSummaries.map(({ LogicalResourceId, PhysicalResourceId, ResourceType }) =>
          ({ logicalId: LogicalResourceId!, physicalId: PhysicalResourceId!, type: ResourceType! })),
        outputs: Object.fromEntries(Outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue])),
      };
    }));
  }
}

async function pages<T>(read: (token: string | undefined) => Promise<{ readonly items?: T[]; readonly next?: string }>): Promise<T[]> {
  const all: T[] = [];
  let token: string | undefined;
  do {
    const { items = [], next } = await read(token);
    all.push(...items);
    token = next;
  } while (token !== undefined);
  return all;
}
