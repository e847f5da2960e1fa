import { hoursAt, hoursBefore } from '../../../lambda/appstream/hours';
import type { RunningHoursPlan } from '../../../src/appstream/private/running-hours-contract';

const OFFICE = { days: ['MON', 'TUE', 'WED', 'THU', 'FRI'], from: '07:00', to: '19:00' };
const NIGHT = { days: ['SAT'], from: '22:00', to: '02:30' };
const PLAN: RunningHoursPlan = { noun: 'fleet', name: 'office', periods: [OFFICE, NIGHT], timeZone: 'Europe/Berlin', holidays: '', waitSeconds: 0 };
const at = (time: string, plan: Partial<RunningHoursPlan> = {}) => hoursAt({ ...PLAN, ...plan }, Date.parse(time));

test.each<[string, string, string | undefined]>([
  ['before they begin', '2026-01-05T06:59:59+01:00', undefined],
  ['when they begin', '2026-01-05T07:00:00+01:00', '2026-01-05 07:00'],
  ['before they end', '2026-01-05T18:59:59+01:00', '2026-01-05 07:00'],
  ['when they end', '2026-01-05T19:00:00+01:00', undefined],
  ['on a day without', '2026-01-04T12:00:00+01:00', undefined],
  ['over midnight, before it', '2026-01-03T23:59:00+01:00', '2026-01-03 22:00'],
  ['over midnight, after it', '2026-01-04T00:00:00+01:00', '2026-01-03 22:00'],
  ['over midnight, when they end', '2026-01-04T02:30:00+01:00', undefined],
  ['over midnight, on another night', '2026-01-05T00:00:00+01:00', undefined],
  ['in summer', '2026-07-06T07:00:00+02:00', '2026-07-06 07:00'],
  ['after the clocks leapt over the end', '2026-03-29T03:00:00+02:00', undefined],
  ['when the clocks are put back, the first time', '2026-10-25T02:30:00+02:00', undefined],
  ['when the clocks are put back, the second time', '2026-10-25T02:00:00+01:00', '2026-10-24 22:00'],
])('hours %s', (_when, time, expected) => {
  expect(at(time)).toBe(expected);
});

test.each<[string, string, string | undefined]>([
  ['when they begin', '2026-01-05T07:00:00+01:00', undefined],
  ['when they end', '2026-01-05T19:00:00+01:00', '2026-01-05 07:00'],
  ['when they end in the night', '2026-01-04T02:30:00+01:00', '2026-01-03 22:00'],
])('before a moment there were, %s', (_when, time, expected) => {
  expect(hoursBefore(PLAN, Date.parse(time))).toBe(expected);
});

// Which of the two moments EventBridge Scheduler takes is not documented.
test.each(['2026-10-25T02:00:00+02:00', '2026-10-25T02:00:00+01:00'])('hours begin and end at a time that the clocks show twice, also at %s', (time) => {
  const party = { ...PLAN, periods: [{ days: ['SAT'], from: '20:00', to: '02:00' }] };
  const early = { ...PLAN, periods: [{ days: ['SUN'], from: '02:00', to: '09:00' }] };
  const bounds = (plan: RunningHoursPlan) => [hoursBefore(plan, Date.parse(time)), hoursAt(plan, Date.parse(time))];
  expect([bounds(party), bounds(early)]).toEqual([['2026-10-24 20:00', undefined], [undefined, '2026-10-25 02:00']]);
});

test.each<[string, string, string, string | undefined]>([
  ['does not begin', '2026-12-24', '2026-12-24T12:00:00+01:00', undefined],
  ['does not begin, among others', '2026-01-01,2026-12-24,2026-12-25', '2026-12-24T12:00:00+01:00', undefined],
  ['begins on the next day', '2026-12-24', '2026-12-25T12:00:00+01:00', '2026-12-25 07:00'],
  ['goes on that began the day before', '2026-01-04', '2026-01-04T01:00:00+01:00', '2026-01-03 22:00'],
  ['does not go on that did not begin the day before', '2026-01-03', '2026-01-04T01:00:00+01:00', undefined],
])('with holidays what %s', (_what, holidays, time, expected) => {
  expect(at(time, { holidays })).toBe(expected);
});

test('a holiday is a day in the zone of the hours', () => {
  const newYork = { timeZone: 'America/New_York', periods: [{ ...OFFICE, to: '24:00' }], holidays: '2026-12-24' };
  expect(at('2026-12-24T04:59:00Z', newYork)).toBe('2026-12-23 07:00');
  expect(at('2026-12-25T04:59:00Z', newYork)).toBeUndefined();
});

test('hours until midnight end with the day', () => {
  const periods = [{ ...OFFICE, from: '00:00', to: '24:00' }];
  expect(at('2026-01-06T23:59:00+01:00', { periods })).toBe('2026-01-06 00:00');
  expect(at('2026-01-07T00:00:00+01:00', { periods })).toBe('2026-01-07 00:00');
  expect(at('2026-01-10T00:00:00+01:00', { periods })).toBeUndefined();
});
