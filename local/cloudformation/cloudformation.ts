import { StackControl } from './control';
import { CustomResourceHandler, type CustomResourceOptions } from './custom-resource';
import type { Engine } from './engine';
import { StackEvents, type StackEvent } from './events';
import { operations } from './operations';
import { Random } from './random';
import { resourceTypes } from './resource-types';
import type { AppStreamReadings } from './resource-types/appstream';
import type { GameLiftStreamsReadings } from './resource-types/gameliftstreams';
import { ResponseUrls } from './response-urls';
import type { Stack, StackResource, Tag } from './stack';
import { Stacks } from './stacks';
import { ValidationError } from './validation-error';
import type { Cloud } from '../cloud';
import { awsQuery } from '../wire/aws-query';
import type { Handler, Service, WireRequest, WireResponse } from '../wire/service';

/** How CloudFormation behaves where AWS leaves it open or does not say. May be changed between operations. */
export interface CloudFormationOptions extends CustomResourceOptions, AppStreamReadings, GameLiftStreamsReadings {
  /** Tells which of the orders that dependencies allow is taken. */
  readonly seed: number;
  /** How many resources are worked on at the same time. */
  readonly concurrency: number;
  /** Told of everything that turned out not to be imitated while no request was waiting. */
  readonly onNotImitated: (what: string) => void;
}

const DEFAULTS: CloudFormationOptions = {
  seed: 1,
  concurrency: Infinity,
  cancelled: 'overtaken',
  fleetUpdate: 'strict',
  fleetUpdateMembers: 'changed',
  fleetDeletion: 'stops',
  appBlockBuilderHandler: 'strict',
  imageBuilderUpdate: 'refused',
  imageBuilderDeletion: 'stops',
  defaultApplication: 'strict',
  locationVpc: 'strict',
  conflictingDeletion: 'strict',
  onNotImitated: () => undefined,
};

/** How an operation on a stack ended. */
export interface StackResult {
  readonly stackId: string;
  readonly status: string;
  /** Whether anything was done at all. */
  readonly changed: boolean;
  /** The reasons of all failed resources, as `LogicalId: reason`, and those of the stack itself. */
  readonly failures: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
}

/** AWS CloudFormation. */
export class CloudFormation implements Service {
  public readonly name = 'cloudformation';
  public readonly signingNames = ['cloudformation'];
  public readonly protocols = [awsQuery({
    namespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
    version: '2010-05-15',
    lists: ['Parameters', 'Tags', 'Capabilities', 'NotificationARNs', 'RetainResources', 'StackStatusFilter'],
  })];
  public readonly operations: Readonly<Record<string, Handler>>;
  /** The behaviour in force; tests change it between operations. */
  public readonly options: { -readonly [name in keyof CloudFormationOptions]: CloudFormationOptions[name] };
  private readonly stacks = new Stacks();
  private readonly control: StackControl;
  private readonly engine: Engine;
  private readonly urls: ResponseUrls;
  private readonly stopping = new AbortController();

  constructor(cloud: Cloud, options: Partial<CloudFormationOptions> = {}) {
    this.options = { ...DEFAULTS, ...options };
    const random = new Random(this.options.seed);
    const stoppable = stoppableCloud(cloud, this.stopping.signal);
    this.urls = new ResponseUrls(stoppable, random);
    this.engine = {
      cloud: stoppable,
      random,
      events: new StackEvents(cloud.clock, random),
      types: resourceTypes(this.options),
      customResources: new CustomResourceHandler(this.urls, random, this.options),
      concurrency: this.options.concurrency,
      exportedValue: (name) => this.stacks.all().flatMap(({ outputs }) => outputs).find(({ exportName }) => exportName === name)?.value,
      importersOf: (name) => this.stacks.all()
        .filter(({ status, deployed }) => status !== 'DELETE_COMPLETE' && deployed?.imports.has(name))
        .map((stack) => stack.name),
      notImitated: (what) => this.options.onNotImitated(what),
    };
    this.control = new StackControl(this.engine, this.stacks);
    this.operations = operations(this.engine, this.stacks, this.control);
  }

  /** Takes the answer of a custom resource; to be registered for unsigned requests under `RESPONSE_PREFIX`. */
  public receive(request: WireRequest): WireResponse {
    return this.urls.receive(request);
  }

  /** Ends everything that is under way, without tidying up. */
  public stop(): void {
    this.stopping.abort();
  }

  /** Calls back for each event of any stack. */
  public onEvent(listener: (event: StackEvent) => void): void {
    this.engine.events.onEvent(listener);
  }

  /** The resources of a stack; none for a stack that is not there. */
  public stackResources(stackName: string): readonly StackResource[] {
    return [...this.stacks.find(stackName)?.resources.values() ?? []];
  }

  /** The events of a stack, the oldest first. */
  public stackEvents(stackName: string): readonly StackEvent[] {
    return this.engine.events.of(this.stacks.get(stackName).id);
  }

  /** All that stacks show of themselves, those that are gone included: for a search for what none may show. */
  public shown(): readonly unknown[] {
    return this.stacks.all().map(({ id, deployed, outputs, resources, reason }) => [
      deployed?.template.text, outputs, reason, [...resources.values()].map(({ definition, ...resource }) => resource), this.engine.events.of(id),
    ]);
  }

  /** Waits for the end of what is being done to a stack. */
  public async settled(stackName: string): Promise<string> {
    const stack = this.stacks.get(stackName);
    await stack.settled;
    return stack.status;
  }

  /** Creates or updates a stack, without the command line, and waits for the end. Throws for what CloudFormation refuses at once. */
  public async deploy(
    stackName: string, template: object, options: { readonly parameters?: Readonly<Record<string, string>>; readonly tags?: readonly Tag[] } = {},
  ): Promise<StackResult> {
    const request = {
      stackName,
      template: JSON.stringify(template),
      parameters: Object.entries(options.parameters ?? {}).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
      tags: options.tags ?? [],
    };
    const existing = this.stacks.find(stackName);
    const since = existing ? this.engine.events.of(existing.id).length : 0;
    try {
      return await this.result(await (existing ? this.control.update(request) : this.control.create(request)), since);
    } catch (error) {
      if (existing && error instanceof ValidationError && error.message === 'No updates are to be performed.') {
        return { ...await this.result(existing, since), changed: false };
      }
      throw error;
    }
  }

  /** Deletes a stack and waits for the end. */
  public async destroy(stackName: string): Promise<StackResult> {
    const stack = this.stacks.get(stackName);
    const since = this.engine.events.of(stack.id).length;
    this.control.delete(stackName);
    return this.result(stack, since);
  }

  private async result(stack: Stack, since: number): Promise<StackResult> {
    await stack.settled;
    const failed = this.engine.events.of(stack.id).slice(since)
      .filter(({ ResourceStatus, ResourceStatusReason, LogicalResourceId }) => ResourceStatusReason !== undefined
        && (ResourceStatus.endsWith('_FAILED') || (LogicalResourceId === stack.name && ResourceStatus.includes('ROLLBACK'))));
    return {
      stackId: stack.id,
      status: stack.status,
      changed: true,
      failures: failed.map(({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId}: ${ResourceStatusReason}`),
      outputs: Object.fromEntries(stack.outputs.map(({ key, value }) => [key, value])),
    };
  }
}

/** The cloud as CloudFormation sees it, until it is stopped: then nobody waits any longer and nothing more is done. */
function stoppableCloud(cloud: Cloud, stop: AbortSignal): Cloud {
  return {
    clock: {
      now: () => cloud.clock.now(),
      async sleep(ms, signal) {
        await cloud.clock.sleep(ms, signal ? AbortSignal.any([signal, stop]) : stop);
        stop.throwIfAborted();
      },
      lieInWait: (ms, signal) => cloud.clock.lieInWait(ms, signal),
      advance: (ms) => cloud.clock.advance(ms),
      during: (work) => cloud.clock.during(work),
    },
    region: cloud.region,
    account: cloud.account,
    // Known only once the endpoint listens.
    get url() {
      return cloud.url;
    },
    call(service, operation, input) {
      stop.throwIfAborted();
      return cloud.call(service, operation, input);
    },
  };
}
