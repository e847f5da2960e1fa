/**
 * The one source of time in the loopback: simulators, the state-machine runner and CloudFormation read it,
 * so that a fleet that starts for ten minutes and a machine that waits thirty seconds stay in proportion.
 */
export interface Clock {
  /** Milliseconds since the epoch, in virtual time. */
  now(): number;
  /** Resolves when virtual time has moved on by `ms`, or at once when `signal` is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Virtual time that runs `scale` times as fast as real time. */
export class ScaledClock implements Clock {
  private readonly origin = Date.now();

  constructor(readonly scale: number) {}

  public now(): number {
    return this.origin + (Date.now() - this.origin) * this.scale;
  }

  public sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) {
        return resolve();
      }
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, Math.max(0, ms / this.scale));
      signal?.addEventListener('abort', done, { once: true });
    });
  }
}

/** Virtual time that jumps: whoever sleeps moves it on, so that nobody waits. For tests. */
export class LeapingClock implements Clock {
  private time = Date.parse('2026-01-05T08:00:00Z');

  public now(): number {
    return this.time;
  }

  public advance(ms: number): void {
    this.time += ms;
  }

  public async sleep(ms: number): Promise<void> {
    this.time += ms;
    // Everything else that is due gets its turn first.
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
