import type { Caller } from './service';

/** One signed request and what came of it. */
export interface Call {
  /** Virtual time of its arrival, in milliseconds since the epoch. */
  readonly at: number;
  readonly service: string;
  readonly operation: string;
  readonly caller: Caller;
  readonly input: unknown;
  /** The error code of the answer; absent when the call succeeded. */
  readonly error?: string;
  /** The fault that was played on it, if any. */
  readonly fault?: string;
}

/** Everything that was asked of the loopback over HTTP. */
export class CallLog {
  private readonly calls: Call[] = [];

  public add(call: Call): void {
    this.calls.push(call);
  }

  public all(): readonly Call[] {
    return this.calls;
  }

  /** The calls of one service, all or of one operation. */
  public of(service: string, operation?: string): readonly Call[] {
    return this.calls.filter((call) => call.service === service && (operation === undefined || call.operation === operation));
  }
}
