/** Why something has failed, as a resource shows it. */
export interface Failure {
  readonly statusCode: string;
  readonly statusMessage: string;
}

/** What a test has go wrong inside Nimble Studio. Keyed by operation, so that it can be written before the resource has an id. */
export class Script {
  private readonly failures = new Map<string, Failure>();
  private readonly times = new Map<string, number>();

  /** The next call of this operation is accepted, and what it begins ends in the matching `…_FAILED` state. */
  public fail(operation: string, failure: Failure): void {
    this.failures.set(operation, failure);
  }

  /** What the next call of this operation begins takes this long. */
  public slow(operation: string, ms: number): void {
    this.times.set(operation, ms);
  }

  public takeFailure(operation: string): Failure | undefined {
    return take(this.failures, operation);
  }

  public takeTime(operation: string): number | undefined {
    return take(this.times, operation);
  }
}

function take<T>(script: Map<string, T>, operation: string): T | undefined {
  const entry = script.get(operation);
  script.delete(operation);
  return entry;
}
