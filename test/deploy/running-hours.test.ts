import * as cdk from 'aws-cdk-lib';
import { Deployment } from './deployment';
import type { LoopbackOptions } from '../../local/loopback';
import { appstream } from '../../src';

const STACK = 'Office';
const MINUTE = 60_000;
/** Nothing of a destroy takes longer than the lifecycle resource, which is at work then. */
const BEFORE = 3000;
const { RunningHours, Weekday } = appstream;

interface Wish {
  readonly timeZone: cdk.TimeZone;
  readonly displayName?: string;
  readonly description?: string;
  readonly withSunday?: boolean;
}

/** Monday to Friday from 7 to 19, and the night after Saturday, when the clocks change. */
function office(app: cdk.App, { timeZone, withSunday = true, ...texts }: Wish): cdk.Stack {
  const stack = new cdk.Stack(app, STACK);
  const fleet = new appstream.Fleet(stack, 'Fleet', {
    image: appstream.Image.fromName('AppStream-WinServer2022-06-17-2024'),
    instanceType: appstream.InstanceType.STANDARD_LARGE,
    capacity: appstream.Capacity.instances(1),
    ...texts,
  });
  fleet.runDuring({
    hours: [
      RunningHours.weekly({ from: '07:00', to: '19:00', timeZone }),
      ...withSunday ? [RunningHours.weekly({ days: [Weekday.SATURDAY], from: '23:00', to: '04:30', timeZone })] : [],
    ],
  });
  return stack;
}

/** A loopback at some time, with the stack in it. */
async function deployed(wish: Wish, at: string, options: Omit<LoopbackOptions, 'clock'> = {}): Promise<Deployment> {
  const deployment = await Deployment.start(options);
  deployment.clock.advance(Date.parse(at) - deployment.clock.now());
  expect(await deployment.deploy((app) => office(app, wish))).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
  return deployment;
}

const sleepUntil = ({ clock }: Deployment, moment: number) => clock.sleep(moment - clock.now());
const fleets = async ({ loopback }: Deployment) => (await loopback.call('appstream', 'DescribeFleets', {})).Fleets;

/** The state at a moment by the clocks of the zone: a start takes 10 minutes and a stop 3, and either may be a minute late. */
function expected(moment: number, timeZone: cdk.TimeZone): string {
  const inHours = (at: number) => {
    const [day, time] = new Date(at).toLocaleString('en-GB', { timeZone: timeZone.timezoneName, weekday: 'short', hour: '2-digit', minute: '2-digit' }).split(' ');
    return (/Mon|Tue|Wed|Thu|Fri/.test(day) && time >= '07:00' && time < '19:00') || (/Sat/.test(day) && time >= '23:00') || (/Sun/.test(day) && time < '04:30');
  };
  const [now, before] = [inHours(moment), inHours(moment - (inHours(moment) ? 11 : 4) * MINUTE)];
  return now ? (before ? 'RUNNING' : 'STARTING') : before ? 'STOPPING' : 'STOPPED';
}

test.each<[string, cdk.TimeZone, string, number]>([
  ['an ordinary week', cdk.TimeZone.ETC_UTC, '2026-01-10T12:00:00Z', 59_000],
  ['the week in which the clocks are put forward', cdk.TimeZone.EUROPE_BERLIN, '2026-03-28T12:00:00Z', 0],
  ['the week in which the clocks are put back', cdk.TimeZone.AMERICA_NEW_YORK, '2026-10-31T12:00:00Z', 59_000],
])('in %s a fleet runs in its hours exactly, whatever is deployed in between', async (_week, timeZone, from, lateness) => {
  const deployment = await deployed({ timeZone }, from, { scheduler: { lateness } });
  const texts: [number, Partial<Wish>][] = [
    // Of a running fleet the display name may be changed, of a stopped one the description too.
    [2 * 24 + 3, { displayName: 'Monday at work' }],
    [3 * 24 + 14, { displayName: 'Tuesday at work', description: 'Tuesday night' }],
    [5 * 24 + 6, { displayName: 'Thursday at work', description: 'Tuesday night' }],
  ];
  const seen: string[] = [];
  for (let minutes = 2; minutes <= 7 * 24 * 60; minutes += 5) {
    const moment = Date.parse(from) + minutes * MINUTE;
    await sleepUntil(deployment, moment);
    const [{ State }] = await fleets(deployment);
    seen.push(...State === expected(moment, timeZone) ? [] : [`${new Date(moment).toISOString()} ${State}`]);
    const wish = texts.find(([hour]) => Math.floor(minutes / 60) === hour && minutes % 60 < 5);
    if (wish) {
      expect(await deployment.deploy((app) => office(app, { timeZone, ...wish[1] }))).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    }
  }
  expect(seen).toEqual([]);
  const calls = deployment.loopback.endpoint.calls.of('appstream').map(({ operation }) => operation).filter((operation) => /^St(art|op)/.test(operation));
  expect(calls).toEqual(Array.from({ length: 6 }, () => ['StartFleet', 'StopFleet']).flat());
  expect(deployment.loopback.scheduler.attempts.filter(({ error }) => error)).toEqual([]);
  await deployment.stop();
}, 120_000);

test('hours that are taken away are not kept any more', async () => {
  const timeZone = cdk.TimeZone.ETC_UTC;
  const deployment = await deployed({ timeZone }, '2026-01-10T12:00:00Z');
  expect(await deployment.deploy((app) => office(app, { timeZone, withSunday: false }))).toMatchObject({ status: 'UPDATE_COMPLETE' });
  await sleepUntil(deployment, Date.parse('2026-01-12T06:59:00Z'));
  expect(deployment.loopback.scheduler.attempts).toEqual([]);
  expect(deployment.loopback.scheduler.names()).toHaveLength(2);
  await deployment.stop();
});

/** One resource goes after the other, each in its time, so that hours can begin between any two of them. */
describe.each([
  ['as its hours begin', 0],
  ['as its start is tried again', 30_000],
])('a fleet that is destroyed %s', (_when, retriedAfter) => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('is stopped and goes, in the order %i', async (seed) => {
    const start = Date.parse('2026-01-12T07:00:00Z');
    const deployment = await deployed({ timeZone: cdk.TimeZone.ETC_UTC, withSunday: false }, '2026-01-12T06:00:00Z', {
      cloudformation: { seed, concurrency: 1, fleetDeletion: 'strict' },
    });
    const { loopback } = deployment;
    if (retriedAfter > 0) {
      loopback.endpoint.faults.add({ operation: 'StartFleet', fault: { kind: 'throttle' } });
    }
    await sleepUntil(deployment, start + retriedAfter - BEFORE);
    expect(await deployment.destroy(STACK)).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
    await deployment.clock.sleep(24 * 60 * MINUTE);
    expect(await fleets(deployment)).toEqual([]);
    expect(loopback.scheduler.names()).toEqual([]);
    await deployment.stop();
  });
});

test('an image builder is stopped when its hours end, started when they begin, and goes with its stack', async () => {
  const deployment = await Deployment.start({ cloudformation: { imageBuilderDeletion: 'direct' } });
  expect(await deployment.deploy((app) => {
    const stack = new cdk.Stack(app, STACK);
    new appstream.ImageBuilder(stack, 'Builder', {
      image: appstream.Image.fromName('AppStream-WinServer2022-06-17-2024'), instanceType: appstream.InstanceType.STANDARD_LARGE,
    }).runDuring({ hours: [RunningHours.weekly({ from: '07:00', to: '19:00', timeZone: cdk.TimeZone.ETC_UTC })] });
    return stack;
  })).toMatchObject({ status: 'CREATE_COMPLETE' });
  const states: string[] = [];
  for (const at of ['2026-01-05T18:59:00Z', '2026-01-05T19:05:00Z', '2026-01-06T06:59:00Z', '2026-01-06T07:10:00Z']) {
    await sleepUntil(deployment, Date.parse(at));
    states.push((await deployment.loopback.call('appstream', 'DescribeImageBuilders', {})).ImageBuilders[0].State);
  }
  expect(states).toEqual(['RUNNING', 'STOPPED', 'STOPPED', 'RUNNING']);
  expect(await deployment.destroy(STACK)).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
  await deployment.stop();
});
