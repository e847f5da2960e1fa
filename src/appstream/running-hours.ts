import * as cdk from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { WeeklyPeriod } from './private/running-hours-contract';
import { checkTimeZone } from './private/time-zone';
import { checkPattern, fail } from '../private/errors';

/** A day of the week. */
export enum Weekday {
  /** Monday. */
  MONDAY = 'MON',
  /** Tuesday. */
  TUESDAY = 'TUE',
  /** Wednesday. */
  WEDNESDAY = 'WED',
  /** Thursday. */
  THURSDAY = 'THU',
  /** Friday. */
  FRIDAY = 'FRI',
  /** Saturday. */
  SATURDAY = 'SAT',
  /** Sunday. */
  SUNDAY = 'SUN',
}

/** Hours that come again every week. */
export interface WeeklyHours {
  /**
   * The days on which the hours begin.
   *
   * @default - Monday to Friday
   */
  readonly days?: Weekday[];

  /** When they begin: "00:00" to "23:59". */
  readonly from: string;

  /** When they end: "00:00" to "24:00". A time before `from` is one of the next day. */
  readonly to: string;

  /**
   * Whose clocks show these times, also when they change for summer and winter.
   *
   * A time that the clocks leap over in spring does not come on that day: EventBridge Scheduler leaves it out.
   */
  readonly timeZone: cdk.TimeZone;
}

/** When something runs that is stopped at all other times. */
export class RunningHours {
  /** The same hours every week. */
  public static weekly(hours: WeeklyHours): RunningHours {
    return new RunningHours(hours);
  }

  private constructor(private readonly hours: WeeklyHours) {}

  /**
   * Fails for hours that there are not.
   *
   * @internal
   */
  public _bind(scope: Construct): WeeklyPeriod & { readonly timeZone: string } {
    const { from, to, timeZone: { timezoneName: timeZone } } = this.hours;
    const days = this.hours.days ?? Object.values(Weekday).slice(0, 5);
    checkPattern(scope, 'from', from, /^([01]\d|2[0-3]):[0-5]\d$/, 'be a time from "00:00" to "23:59"');
    checkPattern(scope, 'to', to, /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'be a time from "00:00" to "24:00"');
    if (cdk.Token.isUnresolved(from) || cdk.Token.isUnresolved(to)) {
      fail(scope, 'from and to must be known at synthesis, got a token: schedules are made of them');
    }
    if (from === to) {
      fail(scope, `running hours must not be empty, got ${JSON.stringify(from)} to ${JSON.stringify(to)}; whole days are from "00:00" to "24:00"`);
    }
    if (days.length === 0 || new Set(days).size < days.length) {
      fail(scope, `days must have each day once, and at least one, got ${JSON.stringify(days)}`);
    }
    checkTimeZone(scope, timeZone);
    return { days, from, to, timeZone };
  }
}

/** When an image builder runs. */
export interface RunDuringOptions {
  /** One or more, all in one time zone. */
  readonly hours: RunningHours[];

  /**
   * Dates such as "2026-12-25" in the time zone of the hours, at most 100: no hours begin on them.
   *
   * What began the day before ends when it would have ended anyway.
   *
   * @default - none
   */
  readonly holidays?: string[];
}

/** When a fleet runs. */
export interface FleetRunDuringOptions extends RunDuringOptions {
  /**
   * How long users may stay on when hours end, 1 to 1440 whole minutes.
   *
   * The fleet is stopped as soon as nobody is left. Who is there when the time is over loses the session, unless the next hours have begun.
   *
   * @default - the fleet is stopped when hours end, and sessions end with them
   */
  readonly waitForSessions?: cdk.Duration;
}
