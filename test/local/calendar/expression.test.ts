import { parseExpression } from '../../../local/calendar/expression';
import { TimeZone } from '../../../local/calendar/time-zone';

/** The first moments of a schedule that is made at some time, as UTC without the seconds. */
function moments(text: string, zone: string, made: string, count: number): string[] {
  const expression = parseExpression(text, new TimeZone(zone))!;
  const found: string[] = [];
  for (let moment = expression.first(Date.parse(made)); moment !== undefined && found.length < count; moment = expression.next(moment)) {
    found.push(new Date(moment).toISOString().slice(0, 16));
  }
  return found;
}

test.each<[string, string, string, string[]]>([
  // 5 January 2026 is a Monday.
  ['cron(0 7 ? * MON-FRI *)', 'UTC', '2026-01-08T08:00:00Z', ['2026-01-09T07:00', '2026-01-12T07:00', '2026-01-13T07:00']],
  ['cron(0 7 ? * 2,6 *)', 'UTC', '2026-01-05T07:00:00Z', ['2026-01-09T07:00', '2026-01-12T07:00']],
  ['cron(30 22 1 JAN,JUL ? *)', 'Europe/Berlin', '2026-01-05T08:00:00Z', ['2026-07-01T20:30', '2027-01-01T21:30']],
  ['cron(0/20 6-7 ? * SAT *)', 'UTC', '2026-01-09T06:30:00Z', ['2026-01-10T06:00', '2026-01-10T06:20', '2026-01-10T06:40', '2026-01-10T07:00']],
  ['cron(*/30 0 ? 2 2 2027)', 'UTC', '2026-01-09T06:30:00Z', ['2027-02-01T00:00', '2027-02-01T00:30', '2027-02-08T00:00']],
  ['cron(0 12 31 4 ? *)', 'UTC', '2026-01-09T06:30:00Z', []],
  ['cron(0 12 1 4 ? 2020)', 'UTC', '2026-01-09T06:30:00Z', []],
  ['rate(1 minute)', 'UTC', '2026-01-05T08:00:30Z', ['2026-01-05T08:00', '2026-01-05T08:01']],
  ['rate(12 hours)', 'UTC', '2026-01-05T08:00:00Z', ['2026-01-05T08:00', '2026-01-05T20:00', '2026-01-06T08:00']],
  ['at(2026-01-05T09:00:00)', 'Asia/Kolkata', '2026-01-05T00:00:00Z', ['2026-01-05T03:30']],
  ['at(2026-01-05T09:00:00)', 'UTC', '2026-01-05T09:00:00Z', []],
])('%s in %s, made at %s', (text, zone, made, expected) => {
  expect(moments(text, zone, made, expected.length || 1)).toEqual(expected);
});

describe('when the clocks change', () => {
  test.each<[string, string, string[]]>([
    ['a daily time keeps to the clock', 'cron(0 7 ? * * *)', ['2026-03-28T06:00', '2026-03-29T05:00', '2026-03-30T05:00']],
    ['a time that is leapt over in spring is left out', 'cron(30 2 ? * * *)', ['2026-03-28T01:30', '2026-03-30T00:30']],
    ['a day of a rate has 24 hours', 'rate(1 day)', ['2026-03-27T12:00', '2026-03-28T12:00', '2026-03-29T12:00']],
    ['one moment that is leapt over never comes', 'at(2026-03-29T02:30:00)', []],
  ])('%s', (_what, text, expected) => {
    expect(moments(text, 'Europe/Berlin', '2026-03-27T12:00:00Z', expected.length || 1)).toEqual(expected);
  });

  test.each<[string, string, string, string[]]>([
    ['Europe/Berlin', 'cron(30 2 ? * * *)', '2026-10-24T12:00:00Z', ['2026-10-25T00:30', '2026-10-26T01:30']],
    ['America/New_York', 'cron(30 1 ? * * *)', '2026-10-31T12:00:00Z', ['2026-11-01T05:30', '2026-11-02T06:30']],
    ['Australia/Lord_Howe', 'cron(45 1 ? * * *)', '2026-04-03T18:00:00Z', ['2026-04-04T14:45', '2026-04-05T15:15']],
  ])('a time that comes twice in autumn counts once, in %s', (zone, text, made, expected) => {
    expect(moments(text, zone, made, expected.length)).toEqual(expected);
  });
});

test.each([
  'cron(0 7 * * MON-FRI *)', 'cron(0 7 ? * ? *)', 'cron(0 7 * * * *)', 'cron(0 7 1 * MON *)', 'cron(? 7 ? * MON *)', 'cron(0 7 ? * MON)',
  'cron(60 7 ? * MON *)', 'cron(0 24 ? * MON *)', 'cron(0 7 0 * ? *)', 'cron(0 7 32 * ? *)', 'cron(0 7 ? 13 MON *)', 'cron(0 7 ? * 0 *)',
  'cron(0 7 ? * 8 *)', 'cron(0 7 ? * FRI-MON *)', 'cron(0 7 ? * MON 1969)', 'cron(0 7 ? * MON 2200)', 'cron(0/0 7 ? * MON *)', 'cron(0 7 ? * MON, *)',
  'cron(0 7 ? * mon *)', 'cron(0 1-2-3 ? * MON *)', 'rate(0 minutes)', 'rate(5 minute)', 'rate(1 hours)', 'rate(5 seconds)', 'rate(5minutes)',
  'at(2026-01-05T09:00)', 'at(2026-02-30T09:00:00)', 'at(2026-01-05T09:00:00Z)', 'at(2026-01-05T25:00:00)', 'every day', 'cron(0 7 ? * MON *) ',
])('fails for %s', (text) => {
  expect(parseExpression(text, new TimeZone('UTC'))).toBeUndefined();
});

test.each(['cron(0 7 L * ? *)', 'cron(0 7 ? * FRIL *)', 'cron(0 7 ? * 2#1 *)', 'cron(0 7 15W * ? *)'])('fails loudly for %s, which is not imitated', (text) => {
  expect(() => parseExpression(text, new TimeZone('UTC'))).toThrow('the loopback does not imitate the wildcards L, W and # in cron');
});
