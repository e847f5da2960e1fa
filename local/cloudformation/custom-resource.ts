import { UNKNOWN } from './intrinsics';
import type { Random } from './random';
import {
  Cancelled, type CreateRequest, type DeleteRequest, type Provisioned, type ResourceRequest, type ResourceType, type UpdateRequest,
} from './resource-type';
import type { ResponseUrls } from './response-urls';
import type { Json } from './template';
import { NotImitated } from '../wire/aws-error';

export interface CustomResourceOptions {
  /**
   * What happens to a custom resource that is being made when another resource fails.
   *
   * Inferred, hence both: the real CloudFormation reports "Resource creation cancelled" at once; whether the Delete
   * that follows waits for the answer of the Create is not documented.
   */
  readonly cancelled: 'overtaken' | 'awaited';
}

const MAX_ANSWER_BYTES = 4096;
const MAX_ID_BYTES = 1024;
const DEFAULT_TIMEOUT_SECONDS = 3600;

interface Answer {
  readonly Status?: unknown;
  readonly Reason?: unknown;
  readonly PhysicalResourceId?: unknown;
  readonly StackId?: unknown;
  readonly RequestId?: unknown;
  readonly LogicalResourceId?: unknown;
  readonly NoEcho?: unknown;
  readonly Data?: Json;
}

/** Whether CloudFormation leaves resources of this type to a Lambda function. */
export function isCustom(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}

/** The handler behind every custom resource: it passes the request on and waits for the answer. */
export class CustomResourceHandler implements ResourceType {
  public readonly name = 'AWS::CloudFormation::CustomResource';
  public readonly properties = { '*': 'json' } as const;
  public readonly required = ['ServiceToken'];
  public readonly createOnly = [];
  public readonly attributes = 'any';

  constructor(
    private readonly urls: ResponseUrls,
    private readonly random: Random,
    private readonly options: CustomResourceOptions,
  ) {}

  public refusesUpdate(changed: ReadonlySet<string>): string | undefined {
    return changed.has('ServiceToken') ? 'Modifying service token is not allowed.' : undefined;
  }

  public async create(request: CreateRequest): Promise<Provisioned> {
    const answer = await this.invoke(request, { RequestType: 'Create' });
    try {
      return provisioned(await answer(request.signal), (id) => request.identify(id));
    } catch (error) {
      if (!(error instanceof ProviderFailed && error.physicalId !== undefined)) {
        // The provider may have made something, so it gets a Delete; without a name from it, under one of our own.
        request.identify(request.generatedName(MAX_ID_BYTES));
      }
      throw error;
    }
  }

  public async update(request: UpdateRequest): Promise<Provisioned> {
    const { physicalId, previous } = request;
    const answer = await this.invoke(request, { RequestType: 'Update', PhysicalResourceId: physicalId, OldResourceProperties: previous });
    // Inferred: a physical id that comes with FAILED changes nothing.
    return provisioned(await answer(request.signal), () => undefined);
  }

  public async delete(request: DeleteRequest): Promise<void> {
    const answer = await this.invoke(request, { RequestType: 'Delete', PhysicalResourceId: request.physicalId });
    provisioned(await answer(request.signal), () => undefined);
  }

  private async invoke(request: ResourceRequest, event: Json): Promise<(signal: AbortSignal) => Promise<Answer>> {
    const { cloud, properties, stackId, logicalId, type } = request;
    const token = functionOf(properties.ServiceToken);
    const timeout = timeoutOf(properties.ServiceTimeout);
    const requestId = this.random.uuid();
    const { url, answer } = this.urls.issue(`${stackId}|${logicalId}|${requestId}`);
    const Payload = JSON.stringify({
      ...event,
      ServiceToken: token,
      ResponseURL: url,
      StackId: stackId,
      RequestId: requestId,
      LogicalResourceId: logicalId,
      ResourceType: type,
      ResourceProperties: properties,
    });
    await cloud.call('lambda', 'Invoke', { FunctionName: token, InvocationType: 'Event', Payload });
    const deadline = cloud.clock.now() + timeout * 1000;
    return async (signal) => {
      const body = await this.wait(request, answer, deadline, signal);
      if (!body) {
        throw new Error(`CloudFormation did not receive a response from your custom resource. Please check your logs for requestId [${requestId}]. If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.`);
      }
      return read(body, { StackId: stackId, RequestId: requestId, LogicalResourceId: logicalId });
    };
  }

  private async wait({ cloud }: ResourceRequest, answer: Promise<Buffer>, deadline: number, cancel: AbortSignal): Promise<Buffer | undefined> {
    const overtaken = this.options.cancelled === 'overtaken';
    const answered = new AbortController();
    void answer.then(() => answered.abort());
    await cloud.clock.sleep(deadline - cloud.clock.now(), overtaken ? AbortSignal.any([answered.signal, cancel]) : answered.signal);
    if (!answered.signal.aborted && overtaken && cancel.aborted) {
      throw new Cancelled();
    }
    return answered.signal.aborted ? answer : undefined;
  }
}

/** The provider answered FAILED, or something that CloudFormation does not take. */
class ProviderFailed extends Error {
  constructor(message: string, readonly physicalId?: string) {
    super(message);
  }
}

/** What a provider sees of properties: text, at every depth. */
export function stringified(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(stringified);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, stringified(member)]));
  }
  return value === UNKNOWN ? value : String(value);
}

function read(body: Buffer, expected: Json): Answer {
  if (body.length > MAX_ANSWER_BYTES) {
    throw new ProviderFailed('Response object is too long.');
  }
  let answer: Answer;
  try {
    answer = JSON.parse(body.toString('utf8'));
  } catch {
    throw new ProviderFailed(`Invalid Response object: ${body.toString('utf8')}`);
  }
  const wrong = Object.keys(expected).find((name) => answer[name as keyof Answer] !== expected[name]);
  if (wrong) {
    throw new ProviderFailed(`Invalid Response object: ${wrong} is not the one of the request`);
  }
  return answer;
}

function provisioned(answer: Answer, identify: (physicalId: string) => void): Provisioned {
  const { PhysicalResourceId, Status, Reason, Data = {}, NoEcho } = answer;
  const physicalId = typeof PhysicalResourceId === 'string' && PhysicalResourceId !== '' ? PhysicalResourceId : undefined;
  if (physicalId !== undefined) {
    identify(physicalId);
  }
  if (Status === 'FAILED') {
    throw new ProviderFailed(`Received response status [FAILED] from custom resource. Message returned: ${Reason} (RequestId: ${answer.RequestId})`, physicalId);
  }
  if (Status !== 'SUCCESS') {
    throw new ProviderFailed(`Invalid Response object: Value of property Status must be SUCCESS or FAILED, not ${JSON.stringify(Status)}`, physicalId);
  }
  if (physicalId === undefined || Buffer.byteLength(physicalId) > MAX_ID_BYTES) {
    throw new ProviderFailed(`Invalid PhysicalResourceId: ${JSON.stringify(PhysicalResourceId)}`);
  }
  if (typeof Data !== 'object' || Data === null || Array.isArray(Data)) {
    throw new ProviderFailed('Invalid Response object: Data must be an object', physicalId);
  }
  return { physicalId, attributes: Data, noEcho: NoEcho === true };
}

function functionOf(token: unknown): string {
  if (typeof token === 'string' && /^arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[^:]+(:[^:]+)?$/.test(token)) {
    return token;
  }
  if (typeof token === 'string' && token.startsWith('arn:aws:sns:')) {
    throw new NotImitated('custom resources behind SNS topics');
  }
  throw new Error('Invalid service token.');
}

function timeoutOf(value: unknown): number {
  if (value === undefined) {
    return DEFAULT_TIMEOUT_SECONDS;
  }
  const seconds = Number(value);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 3600) {
    throw new Error(`Invalid ServiceTimeout: ${JSON.stringify(value)}. It must be an integer between 1 and 3600.`);
  }
  return seconds;
}
