/** What Scheduler's documents leave open. Each default is the reading that asks more of the caller. */
export interface Readings {
  /** Which failures are tried again: the documents speak of a retry policy, and not of what it is about. */
  readonly retried: 'every-failure' | 'passing-failures';
  /** What becomes of an invocation that is being retried when its schedule is deleted or changed. */
  readonly retriesOfDeleted: 'go-on' | 'end';
}

export const STRICT: Readings = { retried: 'every-failure', retriesOfDeleted: 'go-on' };

export interface SchedulerOptions {
  /** @default STRICT */
  readonly readings?: Partial<Readings>;
  /** Virtual milliseconds by which each invocation is late: documented to be less than a minute. @default 0 */
  readonly lateness?: number;
}
