import { StateError } from './state-error';
import type { Clock } from '../../clock';

/** An event as GetExecutionHistory answers it. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  /** Seconds since the epoch. */
  readonly timestamp: number;
  readonly type: string;
  /** One member with the details, named after the type. */
  readonly [details: string]: unknown;
}

const LIMIT = 25_000;

/** What happened in an execution, in order. */
export class History {
  public readonly events: HistoryEvent[] = [];
  private closed = false;

  constructor(private readonly clock: Clock) {}

  /** @param details the name of the member with the details, and the details */
  public add(type: string, ...details: [string, object] | []): void {
    // A function may go on after the execution was stopped.
    if (this.closed) {
      return;
    }
    const id = this.events.length + 1;
    if (id >= LIMIT && !type.startsWith('Execution')) {
      throw new StateError('States.Runtime', `The execution reached the maximum number of history events (${LIMIT}).`);
    }
    const timestamp = this.clock.now() / 1000;
    this.events.push({ id, previousEventId: id - 1, timestamp, type, ...(details.length > 0 && { [`${details[0]}EventDetails`]: details[1] }) });
  }

  /** Adds the last event. */
  public close(type: string, name: string, details: object): void {
    this.add(type, name, details);
    this.closed = true;
  }
}
