import type { RunningHoursPlan } from '../../src/appstream/private/running-hours-contract';

const DAY_MS = 24 * 60 * 60_000;
const MINUTE_MS = 60_000;
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * The hours that are on at a moment, by the day and the time at which they began; undefined outside of all hours.
 *
 * None begin on a holiday. Where clocks are put back, hours that are over are on again for the time that comes twice: by the same name.
 */
export function hoursAt(plan: RunningHoursPlan, moment: number): string | undefined {
  return hoursBy(wallClock(moment, plan.timeZone), plan);
}

/**
 * The hours that were on a minute before, by the clocks: where they are put back, a moment may be the second that shows its time, and the minute
 * before it shows another hour.
 */
export function hoursBefore(plan: RunningHoursPlan, moment: number): string | undefined {
  const { today, time } = wallClock(moment, plan.timeZone);
  const [date, shown] = new Date(Date.parse(`${today}T${time}Z`) - MINUTE_MS).toISOString().split('T');
  return hoursBy({ today: date, time: shown.slice(0, 'hh:mm'.length) }, plan);
}

/** What clocks show. */
interface WallClock {
  readonly today: string;
  readonly time: string;
}

function hoursBy({ today, time }: WallClock, { periods, holidays }: RunningHoursPlan): string | undefined {
  const begun = periods.flatMap(({ days, from, to }) => {
    const overNight = to <= from;
    const date = overNight && time < to ? dayBefore(today) : today;
    const on = date === today ? time >= from && (overNight || time < to) : true;
    return on && days.includes(dayOf(date)) && !holidays.split(',').includes(date) ? [`${date} ${from}`] : [];
  });
  return begun[0];
}

function wallClock(moment: number, timeZone: string): WallClock {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
  }).formatToParts(moment);
  const part = (name: string) => parts.find(({ type }) => type === name)?.value;
  return { today: `${part('year')}-${part('month')}-${part('day')}`, time: `${part('hour')}:${part('minute')}` };
}

function dayBefore(date: string): string {
  return new Date(Date.parse(date) - DAY_MS).toISOString().slice(0, 'yyyy-mm-dd'.length);
}

function dayOf(date: string): string {
  return DAYS[new Date(date).getUTCDay()];
}
