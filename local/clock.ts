/**
 * The one source of time in the loopback: simulators, the state-machine runner and CloudFormation read it,
 * so that a fleet that starts for ten minutes and a machine that waits thirty seconds stay in proportion.
 */
export interface Clock {
  /** Milliseconds since the epoch, in virtual time. */
  now(): number;
  /** Resolves when virtual time has moved on by `ms`, or at once when `signal` is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** As `sleep`, for what has no end, e.g. a schedule: time does not leap for its sake alone. */
  lieInWait(ms: number, signal?: AbortSignal): Promise<void>;
  /** Moves time on by hand, and wakes whoever is due. */
  advance(ms: number): void;
  /** Runs something that takes real time and no virtual time, e.g. the process of a function. */
  during<T>(work: () => Promise<T>): Promise<T>;
}

/** Virtual time that runs `scale` times as fast as real time. */
export class ScaledClock implements Clock {
  private readonly begun = Date.now();
  private leapt = 0;
  /** Each sets the alarm of one who sleeps. */
  private readonly alarms = new Set<() => void>();

  /** @param origin where it begins: now, unless given */
  constructor(readonly scale: number, private readonly origin = Date.now()) {}

  public now(): number {
    return this.origin + this.leapt + (Date.now() - this.begun) * this.scale;
  }

  public advance(ms: number): void {
    this.leapt += ms;
    this.alarms.forEach((set) => set());
  }

  public sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) {
        return resolve();
      }
      const due = this.now() + ms;
      let timer: NodeJS.Timeout | undefined;
      const set = () => {
        clearTimeout(timer);
        timer = setTimeout(done, Math.max(0, (due - this.now()) / this.scale));
      };
      const done = () => {
        clearTimeout(timer);
        this.alarms.delete(set);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      this.alarms.add(set);
      signal?.addEventListener('abort', done, { once: true });
      set();
    });
  }

  public lieInWait(ms: number, signal?: AbortSignal): Promise<void> {
    return this.sleep(ms, signal);
  }

  public during<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }
}

/** How many turns of the event loop without a new sleeper make sure that everybody sleeps. */
const IDLE_TURNS = 20;

interface Sleeper {
  readonly due: number;
  /** Whether time leaps only for the sake of others. */
  readonly patient: boolean;
  readonly wake: () => void;
}

/**
 * Virtual time that leaps: when nothing real is under way and everybody sleeps, it moves on to the first who wakes.
 * So an hour passes in no time, and in the same order each time. For tests.
 */
export class LeapingClock implements Clock {
  private time = Date.parse('2026-01-05T08:00:00Z');
  private sleepers: Sleeper[] = [];
  private underWay = 0;
  private idleTurns: number | undefined;

  public now(): number {
    return this.time;
  }

  public advance(ms: number): void {
    this.time += ms;
    const due = this.sleepers.filter((sleeper) => sleeper.due <= this.time);
    this.sleepers = this.sleepers.filter((sleeper) => sleeper.due > this.time);
    due.sort((a, b) => a.due - b.due).forEach(({ wake }) => wake());
  }

  public sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return this.wait(ms, false, signal);
  }

  public lieInWait(ms: number, signal?: AbortSignal): Promise<void> {
    return this.wait(ms, true, signal);
  }

  public async during<T>(work: () => Promise<T>): Promise<T> {
    this.underWay += 1;
    try {
      return await work();
    } finally {
      this.underWay -= 1;
      this.watch();
    }
  }

  private wait(ms: number, patient: boolean, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted || ms <= 0) {
        return resolve();
      }
      const sleeper: Sleeper = {
        due: this.time + ms,
        patient,
        wake: () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      };
      const abort = () => {
        this.sleepers = this.sleepers.filter((other) => other !== sleeper);
        resolve();
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.sleepers.push(sleeper);
      this.watch();
    });
  }

  /** Waits until everybody sleeps, then leaps. */
  private watch(): void {
    const watching = this.idleTurns !== undefined;
    this.idleTurns = 0;
    if (!watching) {
      setImmediate(() => this.turn());
    }
  }

  private turn(): void {
    if (this.underWay > 0 || this.sleepers.every(({ patient }) => patient)) {
      // Whoever ends the work, or sleeps next, watches again.
      this.idleTurns = undefined;
      return;
    }
    this.idleTurns = (this.idleTurns ?? 0) + 1;
    if (this.idleTurns > IDLE_TURNS) {
      this.idleTurns = 0;
      this.advance(Math.max(0, Math.min(...this.sleepers.map(({ due }) => due)) - this.time));
    }
    setImmediate(() => this.turn());
  }
}
