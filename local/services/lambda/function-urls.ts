import { randomBytes } from 'crypto';
import type { FunctionRegistry } from './function-registry';
import type { Cloud } from '../../cloud';
import { AwsError, NotImitated } from '../../wire/aws-error';

/** Where the paths of function URLs begin at the loopback's endpoint; on AWS each has a host of its own. */
export const URL_PREFIX = '/lambda-url/';

/** A function URL. */
export interface FunctionUrl {
  /** What stands in its address. */
  readonly id: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly authType: 'AWS_IAM' | 'NONE';
  readonly cors?: object;
  /** Virtual time, in milliseconds since the epoch. */
  readonly created: number;
}

interface UrlInput {
  readonly FunctionName: string;
  readonly AuthType?: string;
  readonly Cors?: object;
  readonly InvokeMode?: string;
  readonly Qualifier?: string;
}

/** The URLs of functions: one for each at most. */
export class FunctionUrls {
  private readonly urls = new Map<string, FunctionUrl>();

  constructor(private readonly cloud: Cloud, private readonly functions: FunctionRegistry) {}

  public find(id: string): FunctionUrl | undefined {
    return [...this.urls.values()].find((url) => url.id === id);
  }

  public create(input: UrlInput) {
    refuseUnknown(input);
    const { name: functionName, arn: functionArn } = this.functions.get(input.FunctionName);
    if (this.urls.has(functionName)) {
      throw new AwsError('ResourceConflictException', `Failed to create function url config for [functionArn = ${functionArn}].`
        + ' Error message:  FunctionUrlConfig exists for this Lambda function', 409);
    }
    const url: FunctionUrl = {
      id: randomBytes(16).toString('hex'), functionName, functionArn, authType: authTypeOf(input), cors: input.Cors, created: this.cloud.clock.now(),
    };
    this.urls.set(functionName, url);
    return this.describe(url);
  }

  public get({ FunctionName }: UrlInput) {
    return this.describe(this.of(FunctionName));
  }

  /** The address stays what it was. */
  public update(input: UrlInput) {
    refuseUnknown(input);
    const before = this.of(input.FunctionName);
    const url = { ...before, authType: authTypeOf({ AuthType: before.authType, ...input }), cors: input.Cors ?? before.cors };
    this.urls.set(before.functionName, url);
    return this.describe(url);
  }

  public delete({ FunctionName }: UrlInput): void {
    this.urls.delete(this.of(FunctionName).functionName);
  }

  /** A URL goes with its function. */
  public forget(functionName: string): void {
    this.urls.delete(functionName);
  }

  private of(functionName: string): FunctionUrl {
    const { name } = this.functions.get(functionName);
    const url = this.urls.get(name);
    if (!url) {
      throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', 404);
    }
    return url;
  }

  /** FunctionUrlConfig of the API. */
  private describe({ id, functionArn, authType, cors, created }: FunctionUrl) {
    return {
      FunctionUrl: `${this.cloud.url}${URL_PREFIX}${id}/`,
      FunctionArn: functionArn,
      AuthType: authType,
      Cors: cors,
      CreationTime: new Date(created).toISOString(),
      InvokeMode: 'BUFFERED',
    };
  }
}

function authTypeOf({ AuthType }: Pick<UrlInput, 'AuthType'>): FunctionUrl['authType'] {
  if (AuthType !== 'AWS_IAM' && AuthType !== 'NONE') {
    throw new AwsError('ValidationException', `1 validation error detected: Value '${AuthType}' at 'authType' failed to satisfy constraint: `
      + 'Member must satisfy enum value set: [NONE, AWS_IAM]');
  }
  return AuthType;
}

function refuseUnknown({ Qualifier, InvokeMode = 'BUFFERED' }: UrlInput): void {
  if (Qualifier !== undefined || InvokeMode !== 'BUFFERED') {
    throw new NotImitated(`a function URL with ${JSON.stringify({ Qualifier, InvokeMode })}`);
  }
}
