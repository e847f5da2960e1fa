/** What `runDuring` and its function say to each other. Both sides import this file, so it imports nothing. */

/** What starts and stops, as it is called in a sentence. Each has its operations in the function. */
export type RunningNoun = 'fleet' | 'image builder' | 'app block builder';

/** Hours on some days of the week; those that end before they begin end on the next day. */
export interface WeeklyPeriod {
  readonly days: readonly string[];
  readonly from: string;
  readonly to: string;
}

/** What the function is told once and for all. */
export interface RunningHoursPlan {
  readonly noun: RunningNoun;
  readonly name: string;
  readonly periods: readonly WeeklyPeriod[];
  /** Of all periods and holidays. */
  readonly timeZone: string;
  /** Dates with commas between them. */
  readonly holidays: string;
  /** How long sessions are waited for when hours end. */
  readonly waitSeconds: number;
}

/** The function's environment variables. */
export const RUNNING_HOURS_ENVIRONMENT = {
  /** A `RunningHoursPlan` in JSON. */
  plan: 'RUNNING_HOURS',
} as const;

/** What one moment at which hours begin or end has come to; travels through the state machine. */
export interface RunningHoursState {
  /** The moment, as EventBridge Scheduler writes it. */
  readonly due: string;
  /** Seconds until the next look. */
  readonly wait: number;
  /** What the last look has found. */
  readonly seen?: string;
}

/** What the state machine asks the function. */
export interface RunningHoursRequest {
  readonly state: RunningHoursState;
  /** The machine's clock. */
  readonly now: string;
}

/** What the function answers. */
export interface RunningHoursAnswer extends RunningHoursState {
  readonly outcome: 'waiting' | 'done' | 'failed';
  readonly why: string;
}

/** A switch that comes later than this is worse than one that does not come: somebody may have started or stopped it by hand since. */
export const PATIENCE_SECONDS = 30 * 60;

/** The first look comes at once; this is how long the next one waits if it comes to nothing. */
export const LOOK_AGAIN_SECONDS = 60;
