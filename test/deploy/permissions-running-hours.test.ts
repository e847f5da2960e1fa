import * as cdk from 'aws-cdk-lib';
import { type Life, needsEach, overtake, type Step, usesExactly } from './exact-permissions';
import { appstream } from '../../src';

const instance = { image: appstream.Image.fromName('AppStream-WinServer2022-06-17-2024'), instanceType: appstream.InstanceType.STANDARD_LARGE };
const timeZone = cdk.TimeZone.ETC_UTC;

function withFleet(app: cdk.App): cdk.Stack {
  const stack = new cdk.Stack(app, 'Scheduled');
  new appstream.Fleet(stack, 'Fleet', { ...instance, capacity: appstream.Capacity.instances(1) })
    .runDuring({ hours: [appstream.RunningHours.weekly({ from: '09:00', to: '17:00', timeZone })] });
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
  await clock.sleep(26 * 60 * 60_000);
  return loopback.scheduler.attempts.flatMap(({ error, dropped }) => error && dropped ? [error] : []);
};

const life = (holder: string, make: (app: cdk.App) => cdk.Stack, ...more: Step[]): Life => ({
  holder, make, steps: [async (deployment, change) => (await deployment.deploy(make, change)).failures, aDay, ...more],
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

describe('the engine of a fleet with running hours', () => {
  usesExactly(life('AppStreamLifecycleEngine', withFleet, (deployment) => overtake(deployment, 'appstream', { DesiredState: 'STOPPED' })));
});
