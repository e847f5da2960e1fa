import type { WallTime } from './time-zone';
import { NotImitated } from '../wire/aws-error';

const DAY = 24 * 60 * 60 * 1000;
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** What a field of a cron expression may hold. Names count from the lowest value. */
interface Field {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

/** In their order: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based */
const FIELDS: readonly Field[] = [
  { min: 0, max: 59 }, { min: 0, max: 23 }, { min: 1, max: 31 }, { min: 1, max: 12, names: MONTHS }, { min: 1, max: 7, names: WEEKDAYS },
  { min: 1970, max: 2199 },
];

/** The six fields of `cron(minutes hours day-of-month month day-of-week year)`. */
export class Cron {
  /** Undefined for what is no cron expression. */
  public static parse(text: string): Cron | undefined {
    const fields = text.split(/\s+/);
    // "You must use ? in the other": one of the two days, and only one.
    if (fields.length !== 6 || (fields[2] === '?') === (fields[4] === '?')) {
      return undefined;
    }
    if ([fields[2], fields[4]].some((day) => /[LW#]/.test(day.replace(/[A-Z]{3}/g, '')))) {
      throw new NotImitated(`the wildcards L, W and # in cron(${text})`);
    }
    // No other field has a range or a value of this form, so that the question mark is refused there.
    const sets = fields.map((field, index) => valuesOf(field === '?' && (index === 2 || index === 4) ? '*' : field, FIELDS[index]));
    return sets.every((set) => set !== undefined) ? new Cron(sets) : undefined;
  }

  private readonly timesOfDay: readonly number[];

  private constructor(private readonly sets: readonly ReadonlySet<number>[]) {
    const [minutes, hours] = sets.map((set) => [...set].sort((a, b) => a - b));
    this.timesOfDay = hours.flatMap((hour) => minutes.map((minute) => (hour * 60 + minute) * 60_000));
  }

  /** The times that the expression names from the day of `start` on, until no year is left. */
  public * timesFrom(start: WallTime): Generator<WallTime> {
    for (let day = start - (start % DAY); new Date(day).getUTCFullYear() <= FIELDS[5].max; day += DAY) {
      if (this.isDay(new Date(day))) {
        yield* this.timesOfDay.map((time) => day + time);
      }
    }
  }

  private isDay(day: Date): boolean {
    const [, , days, months, weekdays, years] = this.sets;
    return days.has(day.getUTCDate()) && months.has(day.getUTCMonth() + 1) && weekdays.has(day.getUTCDay() + 1) && years.has(day.getUTCFullYear());
  }
}

/** Lists, ranges and increments. */
function valuesOf(text: string, field: Field): Set<number> | undefined {
  const values = new Set<number>();
  for (const item of text.split(',')) {
    const [, range, step] = /^([^/]+)(?:\/(\d+))?$/.exec(item) ?? [];
    const bounds = range === undefined ? undefined : boundsOf(range, step !== undefined, field);
    if (!bounds || step === '0') {
      return undefined;
    }
    for (let value = bounds.from; value <= bounds.to; value += Number(step ?? 1)) {
      values.add(value);
    }
  }
  return values;
}

function boundsOf(range: string, stepped: boolean, field: Field): { readonly from: number; readonly to: number } | undefined {
  if (range === '*') {
    return { from: field.min, to: field.max };
  }
  const [from, to = stepped ? field.max : from, ...more] = range.split('-').map((text) => valueOf(text, field));
  return from === undefined || to === undefined || from > to || more.length > 0 ? undefined : { from, to };
}

function valueOf(text: string, { min, max, names = [] }: Field): number | undefined {
  const named = names.indexOf(text);
  const value = named >= 0 ? named + min : /^\d+$/.test(text) ? Number(text) : NaN;
  return value >= min && value <= max ? value : undefined;
}
