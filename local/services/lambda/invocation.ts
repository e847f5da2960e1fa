/** What a function answered. */
export interface Outcome {
  /** JSON. */
  readonly payload: string;
  /** The function failed; the payload says how. */
  readonly functionError?: 'Unhandled';
}

/** One invocation that reached a function. */
export interface Invocation {
  readonly functionName: string;
  readonly requestId: string;
  readonly type: 'RequestResponse' | 'Event';
  /** 1, or more for the retries of an asynchronous invocation. */
  readonly attempt: number;
  /** Virtual time, in milliseconds since the epoch. */
  readonly at: number;
  /** The type of the error it ended with; absent while it runs and when it succeeded. */
  error?: string;
}

/** A failure that Lambda reports, rather than the function. */
export function failure(requestId: string, type: string, message: string): Outcome {
  return { functionError: 'Unhandled', payload: JSON.stringify({ errorType: type, errorMessage: `RequestId: ${requestId} Error: ${message}` }) };
}

export function errorType({ functionError, payload }: Outcome): string | undefined {
  return functionError && (JSON.parse(payload).errorType ?? 'Unknown');
}
