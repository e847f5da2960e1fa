import { randomBytes, randomUUID } from 'crypto';
import { AsyncInvocations, type DroppedEvent, type QueuedEvent } from './async-invocations';
import { CodeStore } from './code-store';
import { FunctionRegistry } from './function-registry';
import { FunctionUrls } from './function-urls';
import { errorType, type Invocation, type Outcome } from './invocation';
import { type InvokeOutput, invokeProtocol } from './invoke-protocol';
import { Layers } from './layers';
import { SandboxPool } from './sandbox-pool';
import { UrlGateway, urlProtocol } from './url-gateway';
import type { Cloud } from '../../cloud';
import { AwsError, NotImitated } from '../../wire/aws-error';
import type { Caller, CallContext, Handler, Operation, Requirement, Service, WireRequest, WireResponse } from '../../wire/service';
import type { Logs } from '../cloudwatch-logs/logs';
import type { Iam } from '../iam/iam';

export interface LambdaOptions {
  /** How many processes may run at a time, for all functions together. @default 6 */
  readonly maxProcesses?: number;
}

interface InvokeInput {
  readonly FunctionName: string;
  readonly InvocationType?: string;
  /** JSON. */
  readonly Payload?: string;
  readonly Qualifier?: string;
  readonly LogType?: string;
  readonly ClientContext?: string;
}

const PAYLOAD_LIMITS = { RequestResponse: 6 * 1024 * 1024, Event: 256 * 1024 };

/** Lambda: functions whose code runs in processes of their own, behind the Lambda Runtime API. */
export class Lambda implements Service {
  public readonly name = 'lambda';
  public readonly signingNames = ['lambda'];
  public readonly protocols = [invokeProtocol, urlProtocol];
  /** Every invocation that reached a function, also of functions that are gone. */
  public readonly invocations: Invocation[] = [];
  /** What functions tried to reach beyond the loopback, and what the loopback itself broke. A run that ends with any has failed. */
  public readonly faults: string[] = [];
  public readonly operations: Readonly<Record<string, Handler>> = {
    Invoke: (input) => this.invoke(input),
    CreateFunction: (input) => this.functions.create(input),
    UpdateFunctionCode: (input) => this.replace(input.FunctionName, () => this.functions.updateCode(input)),
    UpdateFunctionConfiguration: (input) => this.replace(input.FunctionName, () => this.functions.updateConfiguration(input)),
    GetFunction: ({ FunctionName }) => ({ Configuration: this.functions.describe(FunctionName), Tags: this.functions.tags(FunctionName) }),
    GetFunctionConfiguration: ({ FunctionName }) => this.functions.describe(FunctionName),
    DeleteFunction: ({ FunctionName }) => this.replace(FunctionName, () => this.remove(FunctionName)),
    PutFunctionEventInvokeConfig: (input) => this.functions.putEventInvokeConfig(input),
    UpdateFunctionEventInvokeConfig: (input) => this.functions.updateEventInvokeConfig(input),
    DeleteFunctionEventInvokeConfig: (input) => this.functions.deleteEventInvokeConfig(input),
    InvokeFunctionUrl: ({ UrlId }, { caller, request }: CallContext) => this.gateway.pass(this.urls.find(UrlId)!, request!, caller),
    CreateFunctionUrlConfig: (input) => this.urls.create(input),
    GetFunctionUrlConfig: (input) => this.urls.get(input),
    UpdateFunctionUrlConfig: (input) => this.urls.update(input),
    DeleteFunctionUrlConfig: (input) => this.urls.delete(input),
    AddPermission: (input) => this.functions.addPermission(input),
    RemovePermission: (input) => this.functions.removePermission(input),
    PublishLayerVersion: (input) => this.layers.publish(input),
    DeleteLayerVersion: (input) => this.layers.delete(input),
    TagResource: ({ Resource, Tags }) => this.functions.tag(Resource, Tags),
    UntagResource: ({ Resource, TagKeys }) => this.functions.untag(Resource, TagKeys),
  };

  private readonly code: CodeStore;
  private readonly layers: Layers;
  private readonly functions: FunctionRegistry;
  private readonly urls: FunctionUrls;
  private readonly gateway: UrlGateway;
  private readonly sandboxes: SandboxPool;
  private readonly queue: AsyncInvocations;

  constructor(private readonly cloud: Cloud, iam: Iam, logs: Logs, options: LambdaOptions = {}) {
    this.code = new CodeStore(cloud);
    this.layers = new Layers(cloud, this.code);
    this.functions = new FunctionRegistry(cloud, iam, this.code, this.layers);
    this.urls = new FunctionUrls(cloud, this.functions);
    this.gateway = new UrlGateway(cloud, iam, this.functions, this.urls, (input) => this.invoke(input));
    this.sandboxes = new SandboxPool(cloud, iam, logs, {
      maxProcesses: options.maxProcesses ?? 6,
      isCurrent: (deployed) => this.functions.isCurrent(deployed),
      onReport: (what) => this.faults.push(what),
    });
    this.queue = new AsyncInvocations(cloud, {
      configOf: (functionName) => this.functions.eventInvokeConfig(functionName),
      invoke: (event, attempt) => this.run(event, 'Event', attempt),
      onFault: (error) => this.faults.push(error instanceof Error ? error.stack ?? error.message : String(error)),
    });
  }

  public action({ name }: Operation): string {
    return name === 'Invoke' ? 'InvokeFunction' : name;
  }

  public resources({ name, input }: Operation): readonly string[] {
    // A caller without permission does not learn whether the function exists.
    return [name === 'InvokeFunctionUrl' ? this.urls.find(input.UrlId)!.functionArn : this.functions.arnOf(input.FunctionName)];
  }

  public context({ name, input }: Operation): Readonly<Record<string, string>> {
    return name === 'InvokeFunctionUrl' ? { 'lambda:functionurlauthtype': this.urls.find(input.UrlId)!.authType } : {};
  }

  public requires({ name, input }: Operation): readonly Requirement[] {
    return name === 'InvokeFunctionUrl' ? this.gateway.requires(this.urls.find(input.UrlId)!) : [];
  }

  public resourceTags(arn: string): Readonly<Record<string, string>> {
    return this.functions.tags(arn);
  }

  /** Takes what comes to a function URL; to be registered for unsigned requests under `URL_PREFIX`. */
  public receive(request: WireRequest): Promise<WireResponse | undefined> {
    return this.gateway.receive(request);
  }

  /** Delivers each of the next asynchronous invocations twice, as Lambda may. */
  public deliverTwice(times: number): void {
    this.queue.duplicates += times;
  }

  /** Events that were given up. */
  public get dropped(): readonly DroppedEvent[] {
    return this.queue.dropped;
  }

  /** Kills the process that holds these credentials. */
  public kill(caller: Caller): void {
    this.sandboxes.find((sandbox) => sandbox.caller.accessKeyId === caller.accessKeyId).forEach((sandbox) => sandbox.kill());
  }

  /** Kills the processes of a function that are at work. */
  public killBusy(functionName: string): void {
    this.sandboxes.find(({ busy, deployed }) => busy && deployed.name === functionName).forEach((sandbox) => sandbox.kill());
  }

  /** Resolves when no asynchronous invocation waits or runs. */
  public idle(): Promise<void> {
    return this.queue.idle();
  }

  /** Ends all processes, whatever they do. */
  public async stop(): Promise<void> {
    const queue = this.queue.stop();
    await this.sandboxes.stop();
    await queue;
    this.code.clear();
  }

  private remove(functionName: string): void {
    const { name } = this.functions.get(functionName);
    this.functions.delete(name);
    this.urls.forget(name);
  }

  private async replace<T>(functionName: string, change: () => T | Promise<T>): Promise<T> {
    const before = this.functions.get(functionName);
    const result = await change();
    this.sandboxes.retire(before);
    return result;
  }

  private async invoke(input: InvokeInput): Promise<InvokeOutput> {
    const { FunctionName, InvocationType: type = 'RequestResponse', Qualifier = '$LATEST', LogType = 'None', ClientContext } = input;
    const { name: functionName } = this.functions.get(FunctionName);
    if ((type !== 'RequestResponse' && type !== 'Event') || Qualifier !== '$LATEST' || LogType !== 'None' || ClientContext) {
      throw new NotImitated(`an invocation with ${JSON.stringify({ type, Qualifier, LogType, ClientContext })}`);
    }
    const event = { functionName, requestId: randomUUID(), payload: checked(input.Payload || '{}', PAYLOAD_LIMITS[type]) };
    if (type === 'Event') {
      this.queue.enqueue(event);
      return { StatusCode: 202, Payload: '' };
    }
    const { payload, functionError } = await this.run(event, type, 1);
    return { StatusCode: 200, FunctionError: functionError, ExecutedVersion: '$LATEST', Payload: payload };
  }

  private async run({ functionName, requestId, payload }: QueuedEvent, type: Invocation['type'], attempt: number): Promise<Outcome> {
    const deployed = this.functions.get(functionName);
    const record: Invocation = { functionName, requestId, type, attempt, at: this.cloud.clock.now() };
    this.invocations.push(record);
    const headers = {
      'lambda-runtime-aws-request-id': requestId,
      'lambda-runtime-invoked-function-arn': deployed.arn,
      'lambda-runtime-trace-id': `Root=1-00000000-${randomBytes(12).toString('hex')};Sampled=0`,
    };
    const outcome = await this.cloud.clock.during(() => this.sandboxes.run(deployed, requestId, { headers, payload }));
    record.error = errorType(outcome);
    return outcome;
  }
}

function checked(payload: string, limit: number): string {
  if (Buffer.byteLength(payload) > limit) {
    throw new AwsError('RequestTooLargeException', `Request must be smaller than ${limit} bytes for the InvokeFunction operation`, 413);
  }
  try {
    JSON.parse(payload);
  } catch {
    throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json');
  }
  return payload;
}
