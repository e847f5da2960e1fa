import type { Clock } from '../clock';

/** A state that a resource passes on to when it has been in the one before it for some time. */
export interface Passage<S> {
  readonly to: S;
  /** Virtual milliseconds in the state before it. */
  readonly after: number;
}

/** The state of a resource. It changes by itself as virtual time goes by, and is worked out when it is read: there are no timers. */
export class TimedState<S extends string> {
  /** The state that was left when the present course began. */
  public before: S;
  private reached: S;
  private ahead: { readonly to: S; readonly at: number }[] = [];

  constructor(private readonly clock: Clock, initial: S) {
    this.before = initial;
    this.reached = initial;
  }

  public get now(): S {
    while (this.ahead.length > 0 && this.ahead[0].at <= this.clock.now()) {
      this.reached = this.ahead.shift()!.to;
    }
    return this.reached;
  }

  /** Enters a state at once, and others after it in their time. What lay ahead until now is off. */
  public enter(state: S, ...passages: Passage<S>[]): void {
    this.before = this.now;
    this.reached = state;
    let at = this.clock.now();
    this.ahead = passages.map(({ to, after }) => ({ to, at: at += after }));
  }
}
