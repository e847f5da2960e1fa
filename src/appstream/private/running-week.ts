import { Construct } from 'constructs';
import { WeeklyPeriod } from './running-hours-contract';
import { fail } from '../../private/errors';

const HOUR = 60;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const DAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];

/** A time of day at which something is started or stopped, on some days of the week. */
export interface Switching {
  readonly to: 'start' | 'stop';
  readonly hour: number;
  readonly minute: number;
  readonly days: readonly string[];
  /** How many minutes pass at least until the opposite is due. */
  readonly minutesToOpposite: number;
}

/** One period on one day, in minutes since the beginning of the week. */
interface Span {
  readonly period: WeeklyPeriod;
  readonly start: number;
  readonly end: number;
}

/**
 * What is switched when, so that something runs in these periods: what goes on without a break is neither stopped nor started between.
 * Fails for periods that overlap or that have no end.
 *
 * @param everyStart whether moments count at which one period follows another, since one of the two may be left out.
 */
export function switchings(scope: Construct, periods: readonly WeeklyPeriod[], everyStart: boolean): Switching[] {
  const spans = periods.flatMap(spansOf).sort((a, b) => a.start - b.start);
  checkOverlaps(scope, spans);
  const starts = spans.map(({ start }) => start);
  const stops = spans.map(({ end }) => end % WEEK);
  const real = { start: starts.filter((start) => !stops.includes(start)), stop: stops.filter((stop) => !starts.includes(stop)) };
  if (real.start.length === 0) {
    fail(scope, 'running hours must have an end, got all hours of the week; take the desiredState "RUNNING" instead');
  }
  return periods.flatMap((period) => {
    const own = spans.filter((span) => span.period === period);
    return [
      ...switching('start', own.map(({ start }) => start).filter((start) => everyStart || real.start.includes(start)), real.stop),
      ...switching('stop', own.map(({ end }) => end % WEEK).filter((stop) => real.stop.includes(stop)), real.start),
    ];
  });
}

/** All of one period are at the same time of day. */
function switching(to: Switching['to'], moments: readonly number[], opposites: readonly number[]): Switching[] {
  if (moments.length === 0) return [];
  const time = moments[0] % DAY;
  const days = [...moments].sort((a, b) => a - b).map((moment) => DAYS[Math.floor(moment / DAY)]);
  const minutesToOpposite = Math.min(...moments.flatMap((moment) => opposites.map((opposite) => (opposite - moment + WEEK) % WEEK)));
  return [{ to, hour: Math.floor(time / HOUR), minute: time % HOUR, days, minutesToOpposite }];
}

function spansOf(period: WeeklyPeriod): Span[] {
  const from = minutesOf(period.from);
  const to = minutesOf(period.to);
  const length = to > from ? to - from : to - from + DAY;
  return period.days.map((day) => {
    const start = DAYS.indexOf(day) * DAY + from;
    return { period, start, end: start + length };
  });
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return hours * HOUR + minutes;
}

/** No span is longer than a day, so that it can only reach into the one after it, and the last of the week into the first. */
function checkOverlaps(scope: Construct, spans: readonly Span[]): void {
  spans.forEach((span, index) => {
    const next = spans[index + 1] ?? { ...spans[0], start: spans[0].start + WEEK };
    if (span.end > next.start) {
      fail(scope, `running hours must not overlap, got ${described(span)} and ${described(next)}`);
    }
  });
}

function described({ period, start }: Span): string {
  return JSON.stringify(`${DAYS[Math.floor((start % WEEK) / DAY)]} ${period.from} to ${period.to}`);
}
