import type { RunningHoursPlan } from '../../src/appstream/private/running-hours-contract';

const DAY_MS = 24 * 60 * 60_000;
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * The hours that are on at a moment, by the day and the time at which they began; undefined outside of all hours.
 *
 * None begin on a holiday. Where clocks are put back, hours that are over are on again for the time that comes twice: by the same name.
 */
export function hoursAt({ periods, timeZone, holidays }: RunningHoursPlan, moment: number): string | undefined {
  const { today, time } = wallClock(moment, timeZone);
  const begun = periods.flatMap(({ days, from, to }) => {
    const overNight = to <= from;
    const date = overNight && time < to ? dayBefore(today) : today;
    const on = date === today ? time >= from && (overNight || time < to) : true;
    return on && days.includes(dayOf(date)) && !holidays.split(',').includes(date) ? [`${date} ${from}`] : [];
  });
  return begun[0];
}

function wallClock(moment: number, timeZone: string): { readonly today: string; readonly time: string } {
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
