import { LeapingClock } from '../../../local/clock';
import type { Cloud } from '../../../local/cloud';
import { CloudFormation, type CloudFormationOptions } from '../../../local/cloudformation';
import { S3 } from '../../../local/services/s3';
import { ssm } from '../../../local/services/ssm';
import { NotImitated } from '../../../local/wire/aws-error';
import type { Handler, Service, WireResponse } from '../../../local/wire/service';

export const SERVICE_TOKEN = 'arn:aws:lambda:eu-west-1:111122223333:function:provider';

/** A request as a provider gets it. */
export interface ProviderEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ServiceToken: string;
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceType: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever the template says
  readonly ResourceProperties: any;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever the template says
  readonly OldResourceProperties?: any;
}

/** What a provider answers; nothing, when it is `undefined`. */
export type Provider = (event: ProviderEvent) => object | undefined | Promise<object | undefined>;

/** CloudFormation over a provider function, with S3 and SSM, and whatever other services a test brings. */
export class World {
  public readonly clock = new LeapingClock();
  /** Every request that a provider got, in order. */
  public readonly requests: ProviderEvent[] = [];
  /** Every call of another service, as `service:Operation`. */
  public readonly calls: string[] = [];
  public readonly notImitated: string[] = [];
  public readonly cloud: Cloud;
  public readonly cloudformation: CloudFormation;
  private readonly services = new Map<string, Readonly<Record<string, Handler>>>();

  constructor(options: Partial<CloudFormationOptions> = {}) {
    this.cloud = {
      clock: this.clock,
      region: 'eu-west-1',
      account: '111122223333',
      url: 'http://127.0.0.1:4566',
      call: async (service, operation, input) => {
        const handler = this.services.get(service)?.[operation];
        if (!handler) {
          throw new NotImitated(`${service}:${operation}`);
        }
        this.calls.push(`${service}:${operation}`);
        return handler(input, { caller: { accessKeyId: 'cloudformation' } });
      },
    };
    this.cloudformation = new CloudFormation(this.cloud, { onNotImitated: (what) => this.notImitated.push(what), ...options });
    this.add(new S3(this.cloud));
    this.add(ssm(this.cloud));
    this.services.set('lambda', { Invoke: ({ Payload }) => void this.invoke(JSON.parse(Payload)) });
  }

  // A function, and so after the constructor in the order of members.
  public provider: Provider = () => ({});

  public add({ name, operations }: Pick<Service, 'name' | 'operations'>): void {
    this.services.set(name, operations);
  }

  /** The requests as `Create Thing`, with the id that came along. */
  public get story(): string[] {
    return this.requests.map(({ RequestType, LogicalResourceId, PhysicalResourceId }) =>
      [RequestType, LogicalResourceId, ...PhysicalResourceId === undefined ? [] : [PhysicalResourceId]].join(' '));
  }

  /** The resource events of a stack as `CREATE_COMPLETE Thing`, without the stack's own. */
  public statuses(stackName = 'stack'): string[] {
    return this.cloudformation.stackEvents(stackName)
      .filter(({ LogicalResourceId }) => LogicalResourceId !== stackName)
      .map(({ ResourceStatus, LogicalResourceId }) => `${ResourceStatus} ${LogicalResourceId}`);
  }

  public put(url: string, body: string, method = 'PUT'): WireResponse {
    const { pathname: path, searchParams: query } = new URL(url);
    return this.cloudformation.receive({ method, path, query, headers: {}, body: Buffer.from(body) });
  }

  /** Answers a request, by default with success and the id that is known or the logical id. */
  public answer(event: ProviderEvent, answer: object = {}): WireResponse {
    const { StackId, RequestId, LogicalResourceId, PhysicalResourceId = LogicalResourceId.toLowerCase() } = event;
    return this.put(event.ResponseURL, JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId, StackId, RequestId, LogicalResourceId, ...answer }));
  }

  private async invoke(event: ProviderEvent): Promise<void> {
    this.requests.push(event);
    const answer = await this.provider(event);
    if (answer) {
      await this.clock.sleep(1000);
      this.answer(event, answer);
    }
  }
}

/** A custom resource. */
export function custom(properties: object = {}, attributes: object = {}) {
  return { Type: 'Custom::Thing', Properties: { ServiceToken: SERVICE_TOKEN, ...properties }, ...attributes };
}

/** A resource that is only remembered. */
export function gateway(tag = 'a', attributes: object = {}) {
  return { Type: 'AWS::EC2::InternetGateway', Properties: { Tags: [{ Key: 'tag', Value: tag }] }, ...attributes };
}
