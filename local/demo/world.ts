import * as cfn from '@aws-sdk/client-cloudformation';
import { appstreamThings } from './things/appstream';
import { gameliftstreamsThings } from './things/gameliftstreams';
import { nimbleThings } from './things/nimblestudio';
import type { Reader, Thing } from './things/reader';

/** A streaming service, by its IAM prefix. */
export type Service = 'appstream' | 'gameliftstreams' | 'nimble';

/** What there is in the account, as AWS tells it. */
export interface World {
  readonly things: readonly Thing[];
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
  private readonly readers: Readonly<Record<Service, Reader>>;
  private readonly cloudformation: cfn.CloudFormationClient;

  constructor(endpoint: string, region: string) {
    const settings = { endpoint, region, credentials: { accessKeyId: 'loopback', secretAccessKey: 'loopback' } };
    this.readers = { appstream: appstreamThings(settings), gameliftstreams: gameliftstreamsThings(settings), nimble: nimbleThings(settings) };
    this.cloudformation = new cfn.CloudFormationClient(settings);
  }

  public async read(): Promise<World> {
    const [deployments, ...things] = await Promise.all([this.readDeployments(), ...Object.values(this.readers).map((reader) => reader())]);
    return { things: things.flat(), deployments };
  }

  /** What one service has. */
  public readThings(service: Service): Promise<Thing[]> {
    return this.readers[service]();
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
