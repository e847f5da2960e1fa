import type { AwsError } from './aws-error';

/** An HTTP request, read to its end. */
export interface WireRequest {
  readonly method: string;
  /** The path as it was sent, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** An HTTP answer. */
export interface WireResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Who signed a request. */
export interface Caller {
  readonly accessKeyId: string;
  /** Names the process that was given the credentials, as a session token does. */
  readonly sessionToken?: string;
  /** The role behind the credentials; the operator at the terminal and CloudFormation have none and may do everything. */
  readonly roleArn?: string;
}

/** What a request asks for, as its protocol has it. */
export interface Operation {
  readonly name: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each service knows the shape of its own inputs
  readonly input: any;
  /** The Region that is asked; the loopback's own where it is not said. */
  readonly region?: string;
}

/** How requests become operations, and outputs become answers. */
export interface Protocol {
  /** Whether this protocol speaks the request (a service may speak several). */
  accepts(request: WireRequest): boolean;
  /** Throws an {@link AwsError} for what cannot be read. */
  parse(request: WireRequest): Operation;
  success(operation: Operation, output: unknown): WireResponse;
  failure(error: AwsError, request: WireRequest): WireResponse;
}

/** What an operation knows beside its input. */
export interface CallContext {
  readonly caller: Caller;
  readonly request?: WireRequest;
  /** The Region that is asked; the loopback's own where it is not said. */
  readonly region?: string;
}

/** One operation of a service; throws an {@link AwsError} to refuse. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each service knows the shape of its own inputs
export type Handler = (input: any, context: CallContext) => unknown;

/** What a call needs of IAM beside its own action, e.g. the key of what it reads. */
export interface Requirement {
  readonly action: string;
  readonly resource: string;
  /** Values of condition keys, by their names in small letters. */
  readonly context?: Readonly<Record<string, string>>;
  /** The policy of the resource, in JSON. */
  readonly policy?: string;
  /** How the service says no, where it does not repeat what IAM says. */
  readonly refusal?: string;
}

/** One AWS service of the loopback. */
export interface Service {
  /** The prefix of its IAM actions, e.g. `states`. */
  readonly name: string;
  /** The SigV4 signing names that lead to it. */
  readonly signingNames: readonly string[];
  readonly protocols: readonly Protocol[];
  /** Whether it answers in other Regions than the loopback's own. */
  readonly isInEveryRegion?: true;
  readonly operations: Readonly<Record<string, Handler>>;
  /** The IAM action of an operation, where it is not the operation's own name. */
  action?(operation: Operation): string;
  /** The ARNs that IAM looks at for a call; none for actions that take only `*`. */
  resources?(operation: Operation): readonly string[];
  /** Values of condition keys that IAM sees of a call, by their names in small letters. */
  context?(operation: Operation): Readonly<Record<string, string>>;
  /** What a call needs beside its own action. */
  requires?(operation: Operation): readonly Requirement[];
  /** What the log of calls may hold of an input; all of it unless given. */
  loggable?(operation: Operation): unknown;
  /** The tags of one of its resources, for conditions on `aws:ResourceTag`. */
  resourceTags?(arn: string): Readonly<Record<string, string>>;
  /** The policy that is attached to one of its resources, as JSON. */
  resourcePolicy?(arn: string): string | undefined;
}
