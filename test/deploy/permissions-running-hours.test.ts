import * as cdk from 'aws-cdk-lib';
import { deploying, type Life, needsEach, overtake, type Step, usesExactly } from './exact-permissions';
import { appstream } from '../../src';

const instance = { image: appstream.Image.fromName('AppStream-WinServer2022-06-17-2024'), instanceType: appstream.InstanceType.STANDARD_LARGE };
const timeZone = cdk.TimeZone.ETC_UTC;
const HOUR = 60 * 60_000;

function withFleet(app: cdk.App): cdk.Stack {
  const stack = new cdk.Stack(app, 'Scheduled');
  new appstream.Fleet(stack, 'Fleet', { ...instance, capacity: appstream.Capacity.instances(1) })
    .runDuring({ hours: [appstream.RunningHours.weekly({ from: '09:00', to: '17:00', timeZone })] });
  return stack;
}

/** With a user who stays on. */
function withUsers(app: cdk.App): cdk.Stack {
  const stack = new cdk.Stack(app, 'Scheduled');
  const fleet = new appstream.Fleet(stack, 'Fleet', { ...instance, capacity: appstream.Capacity.instances(1) });
  fleet.runDuring({
    hours: [appstream.RunningHours.weekly({ from: '08:30', to: '08:40', timeZone })],
    holidays: ['2026-12-25'],
    waitForSessions: cdk.Duration.minutes(3),
  });
  new appstream.Stack(stack, 'Stack', { stackName: 'office' }).addFleet(fleet);
  return stack;
}

function withBuilder(app: cdk.App): cdk.Stack {
  const stack = new cdk.Stack(app, 'Scheduled');
  // A new builder runs, so that its first switch is a stop.
  const days = Object.values(appstream.Weekday);
  new appstream.ImageBuilder(stack, 'Builder', instance)
    .runDuring({ hours: [appstream.RunningHours.weekly({ days, from: '22:00', to: '09:00', timeZone })] });
  return stack;
}

/** It gets ten on the next day: hours have ended and begun, and what the schedules could not do is told. */
const aDay: Step = async ({ loopback, clock }) => {
  await clock.sleep(26 * HOUR);
  return loopback.scheduler.attempts.flatMap(({ error, dropped }) => error && dropped ? [error] : []);
};

/** Hours begin, somebody comes, and is still there when they end. What a look could not do is told by its execution. */
const anHour: readonly Step[] = [35, 38, 45].map((minute) => async ({ loopback, clock }) => {
  await clock.sleep(Date.parse(`2026-01-05T08:${minute}:00Z`) - clock.now());
  if (minute === 38) {
    loopback.appstream.signIn('office', 'anna', 'SAML');
  }
  const own = loopback.states.executions.filter(({ options }) => options.machine.name.includes('RunningHours'));
  return [
    ...own.flatMap(({ history }) => history.events.filter(({ type }) => /Failed$/.test(type))).map((event) => JSON.stringify(event)),
    ...loopback.scheduler.attempts.flatMap(({ error }) => error ?? []),
  ];
});

const life = (holder: string, make: (app: cdk.App) => cdk.Stack, ...more: Step[]): Life => ({
  holder, make, steps: [deploying(make), aDay, ...more],
});

describe('the role of the schedules of a fleet', () => {
  const own = life('FleetRunningHours', withFleet);
  usesExactly(own);
  needsEach(own);
});

describe('the role of the schedules of an image builder', () => {
  const own = life('BuilderRunningHours', withBuilder);
  usesExactly(own);
  needsEach(own);
});

describe('what looks after a fleet whose users stay on', () => {
  const own: Life = {
    holder: 'FleetRunningHours',
    options: { appstream: { durations: { fleetStart: 45_000, fleetStop: 30_000 } } },
    make: withUsers,
    steps: [deploying(withUsers), ...anHour],
    wide: { 'appstream:DescribeSessions': 'which stacks have the fleet is known only when it is to be stopped' },
  };
  usesExactly(own);
  needsEach(own);
});

describe('the engine of a fleet with running hours', () => {
  usesExactly(life('AppStreamLifecycleEngine', withFleet, (deployment) => overtake(deployment, 'appstream', { DesiredState: 'STOPPED' })));
});
