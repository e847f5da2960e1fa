/** How long an error may last before it is taken for a failure, in seconds. */
export type Patience = number;

/** Errors of one service that pass by themselves, with the patience that each deserves. */
export type TransientErrors = Readonly<Record<string, Patience>>;

/** As long as the request's own deadline allows. */
export const UNTIL_DEADLINE: Patience = Number.POSITIVE_INFINITY;

const ACCESS_DENIED = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation']);

const EVERYWHERE: TransientErrors = {
  // IAM is eventually consistent: a permission, or a role, that was just made may be missing for a while.
  ...Object.fromEntries([...ACCESS_DENIED, 'UnrecognizedClientException'].map((name) => [name, 60])),
  // The credentials or the clock of a sandbox that was used again after a while; the SDK puts its clock right by the answer.
  ExpiredTokenException: 60,
  InvalidSignatureException: 60,
  RequestExpired: 60,
  RequestThrottledException: UNTIL_DEADLINE,
  SlowDown: UNTIL_DEADLINE,
  ThrottlingException: UNTIL_DEADLINE,
  Throttling: UNTIL_DEADLINE,
  ThrottledException: UNTIL_DEADLINE,
  TooManyRequestsException: UNTIL_DEADLINE,
  RequestLimitExceeded: UNTIL_DEADLINE,
  ServiceUnavailable: UNTIL_DEADLINE,
  ServiceUnavailableException: UNTIL_DEADLINE,
  InternalFailure: UNTIL_DEADLINE,
  InternalServerError: UNTIL_DEADLINE,
  RequestTimeout: UNTIL_DEADLINE,
  TimeoutError: UNTIL_DEADLINE,
};

const TOO_MANY_REQUESTS = 429;

/** What sockets and name servers say when a connection fails. */
const CONNECTION_CODES = new Set(['ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN', 'ENOTFOUND']);

/** An error that a service, or the way to it, has answered with. */
export interface ServiceError {
  readonly name: string;
  /** One line, in the service's own words. */
  readonly message: string;
  /** Seconds that it may last; 0 for a permanent one. */
  readonly patience: Patience;
  /** The HTTP status of the answer; undefined where there was none. */
  readonly status?: number;
  /** When the service said it, by its own clock in milliseconds; undefined where it has not answered. */
  readonly saidAt?: number;
}

/** Reads a thrown value. Undefined for what no service has said: a fault of our own, which must not be waited for. */
export function serviceErrorOf(thrown: unknown, transientErrors: TransientErrors): ServiceError | undefined {
  if (!(thrown instanceof Error)) {
    return undefined;
  }
  const code = connectionCodeOf(thrown);
  const status = statusOf(thrown);
  const date = valueAt(thrown, '$response', 'headers', 'date');
  const saidAt = typeof date === 'string' ? Date.parse(date) : undefined;
  if (code !== undefined) {
    return { name: code, message: oneLine(thrown.message), patience: UNTIL_DEADLINE };
  }
  if (status === undefined && !(thrown.name in EVERYWHERE)) {
    return undefined;
  }
  const passes = status !== undefined && (status >= 500 || status === TOO_MANY_REQUESTS);
  const patience = transientErrors[thrown.name] ?? EVERYWHERE[thrown.name] ?? (passes ? UNTIL_DEADLINE : 0);
  return { name: thrown.name, message: oneLine(thrown.message), patience, status, saidAt };
}

/** Whether nobody has answered: the connection could not be made, broke, or took too long. */
export function isUnanswered(thrown: unknown): thrown is Error {
  return thrown instanceof Error && (connectionCodeOf(thrown) !== undefined || (thrown.name === 'TimeoutError' && statusOf(thrown) === undefined));
}

/** Whether a thrown value is the service's error of this name. */
export function isError(thrown: unknown, name: string): boolean {
  return thrown instanceof Error && thrown.name === name;
}

/** The answer of a read, or undefined when the service says that there is no such thing. */
export async function absentIfNotFound<Output>(read: () => Promise<Output>): Promise<Output | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isError(error, 'ResourceNotFoundException')) {
      return undefined;
    }
    throw error;
  }
}

/** How an error reads in a reason. */
export function sentenceOf(error: ServiceError): string {
  const advice = ACCESS_DENIED.has(error.name)
    ? '; where it stays so, look for a permissions boundary or a service control policy that denies it'
    : '';
  return `${error.message || 'no message'} (${error.name})${advice}`;
}

function connectionCodeOf(thrown: Error): string | undefined {
  const code = valueAt(thrown, 'code');
  return typeof code === 'string' && CONNECTION_CODES.has(code) ? code : undefined;
}

function statusOf(thrown: Error): number | undefined {
  const status = valueAt(thrown, '$metadata', 'httpStatusCode');
  return typeof status === 'number' ? status : undefined;
}

/** A member of the errors that SDK clients throw. */
function valueAt(value: unknown, ...path: string[]): unknown {
  return path.reduce((at: unknown, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined), value);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
