import type { EventInvokeConfig } from './deployed-function';
import type { Outcome } from './invocation';
import type { Cloud } from '../../cloud';
import { AwsError, NotImitated } from '../../wire/aws-error';

/** An event that waits for its function, or for another try. */
export interface QueuedEvent {
  readonly functionName: string;
  readonly requestId: string;
  readonly payload: string;
}

/** An event that Lambda gave up. */
export interface DroppedEvent extends QueuedEvent {
  readonly reason: string;
}

export interface AsyncInvocationsOptions {
  /** Undefined once the function is gone. */
  readonly configOf: (functionName: string) => EventInvokeConfig | undefined;
  readonly invoke: (event: QueuedEvent, attempt: number) => Promise<Outcome>;
  /** Told when it was the loopback that failed. */
  readonly onFault: (error: unknown) => void;
}

/** Virtual milliseconds before the second and the third try. */
const RETRY_DELAYS = [60_000, 120_000];

/** The queue of asynchronous invocations: at least once, and again after an error of the function. */
export class AsyncInvocations {
  public readonly dropped: DroppedEvent[] = [];
  /** The next so many events are delivered twice. */
  public duplicates = 0;
  private readonly deliveries = new Set<Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(private readonly cloud: Cloud, private readonly options: AsyncInvocationsOptions) {}

  public enqueue(event: QueuedEvent): void {
    const times = this.duplicates > 0 ? 2 : 1;
    this.duplicates = Math.max(0, this.duplicates - 1);
    for (let copy = 0; copy < times; copy += 1) {
      const delivery: Promise<void> = this.deliver(event).finally(() => this.deliveries.delete(delivery));
      this.deliveries.add(delivery);
    }
  }

  /** Resolves when no event waits or runs. */
  public async idle(): Promise<void> {
    while (this.deliveries.size > 0) {
      await Promise.all(this.deliveries);
    }
  }

  public async stop(): Promise<void> {
    this.stopping.abort();
    await this.idle();
  }

  private async deliver(event: QueuedEvent): Promise<void> {
    const arrived = this.cloud.clock.now();
    for (let attempt = 1; !this.stopping.signal.aborted; attempt += 1) {
      const config = this.options.configOf(event.functionName);
      if (!config) {
        return this.drop(event, 'the function is gone');
      }
      if (this.cloud.clock.now() - arrived > config.MaximumEventAgeInSeconds * 1000) {
        return this.drop(event, 'EventAgeExceeded');
      }
      let outcome: Outcome;
      try {
        outcome = await this.cloud.clock.during(() => this.options.invoke(event, attempt));
      } catch (error) {
        // No error of the function: Lambda's own, e.g. of a role that cannot be assumed any more.
        if (!(error instanceof AwsError) || error instanceof NotImitated) {
          this.options.onFault(error);
        }
        return this.drop(event, String(error));
      }
      if (!outcome.functionError) {
        return undefined;
      }
      if (attempt > config.MaximumRetryAttempts) {
        return this.drop(event, 'RetriesExhausted');
      }
      await this.cloud.clock.sleep(RETRY_DELAYS[attempt - 1], this.stopping.signal);
    }
    return undefined;
  }

  private drop(event: QueuedEvent, reason: string): void {
    this.dropped.push({ ...event, reason });
  }
}
