import { Cron } from './cron';
import type { TimeZone } from './time-zone';

/** When something is due. */
export interface Expression {
  /** The first moment that is due for a schedule made or changed then; undefined when there is none. */
  first(made: number): number | undefined;
  /** The one after it. */
  next(after: number): number | undefined;
}

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 60 * 60_000, day: 24 * 60 * 60_000 };

/**
 * Reads `cron(…)`, `rate(…)` or `at(…)`; undefined for anything else.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function parseExpression(text: string, zone: TimeZone): Expression | undefined {
  const [, kind, content] = /^(cron|rate|at)\((.*)\)$/.exec(text) ?? [];
  switch (kind) {
    case 'cron':
      return cron(content, zone);
    case 'rate':
      return rate(content);
    case 'at':
      return at(content, zone);
    default:
      return undefined;
  }
}

/** A time that the clocks leap over is left out, and one that they show twice counts once: documented. */
function cron(content: string, zone: TimeZone): Expression | undefined {
  const expression = Cron.parse(content);
  if (!expression) {
    return undefined;
  }
  const next = (after: number) => {
    for (const time of expression.timesFrom(zone.wallTime(after))) {
      const moment = zone.moment(time);
      if (moment !== undefined && moment > after) {
        return moment;
      }
    }
    return undefined;
  };
  return { first: next, next };
}

/** Time by the clock and not by the calendar, so a day is 24 hours also when the clocks change. It begins at once, for want of a start date. */
function rate(content: string): Expression | undefined {
  const [, value, unit, plural] = /^([1-9]\d*) (minute|hour|day)(s?)$/.exec(content) ?? [];
  // Inferred: as in the expressions of EventBridge's rules, one is singular and more are plural.
  if (value === undefined || (value === '1') !== (plural === '')) {
    return undefined;
  }
  const interval = Number(value) * UNITS[unit];
  return { first: (made) => made, next: (after) => after + interval };
}

function at(content: string, zone: TimeZone): Expression | undefined {
  const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(content) ? Date.parse(`${content}Z`) : NaN;
  // A date that there is not, e.g. the 30th of February, is read as another.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 19) !== content) {
    return undefined;
  }
  const moment = zone.moment(time);
  return { first: (made) => moment !== undefined && moment > made ? moment : undefined, next: () => undefined };
}
