import * as cdk from 'aws-cdk-lib';
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import { FEW, HANDLERS, ScaledOffice, scaledOffice, type Wish } from './scaled-office';
import { appstream } from '../../src';

const MINUTE = 60_000;
const SUNDAY = Date.parse('2026-01-11T12:00:00Z');
const TICK_MINUTES = 15;
const timeZone = cdk.TimeZone.EUROPE_BERLIN;

let office: ScaledOffice;

afterEach(() => office.stop());

/** Monday to Friday from 7 to 19, with at least three desktops from 8 to 18. */
function scheduled(app: cdk.App, wish: Wish): cdk.Stack {
  const { stack, capacity } = scaledOffice(app, { limits: FEW, ...wish });
  const fleet = stack.node.findChild('Fleet') as appstream.Fleet;
  fleet.runDuring({ hours: [appstream.RunningHours.weekly({ from: '07:00', to: '19:00', timeZone })] });
  capacity!.scaleOnUtilization({ targetUtilizationPercent: 75 });
  const at = (hour: string) => appscaling.Schedule.cron({ minute: '0', hour, weekDay: 'MON-FRI' });
  capacity!.scaleOnSchedule('Morning', { schedule: at('8'), minCapacity: 3, timeZone });
  capacity!.scaleOnSchedule('Evening', { schedule: at('18'), minCapacity: 1, timeZone });
  return stack;
}

/** By the clocks of the office, as "Mon 07:15". */
const timeOf = (moment: number) => new Date(moment).toLocaleString('en-GB', { timeZone: timeZone.timezoneName, weekday: 'short', hour: '2-digit', minute: '2-digit' });

/** How many people want to work at a time: few early and at noon, four in between. */
function people(time: string): number {
  if (!/Mon|Tue|Wed|Thu|Fri/.test(time)) return 0;
  const hour = time.slice(4);
  return hour < '07:15' || hour >= '17:00' ? 0 : hour < '09:00' ? 1 : hour >= '12:00' && hour < '13:00' ? 2 : 4;
}

/** A start takes a minute here, and a stop half of one: a quarter past both are over. */
function runs(time: string): boolean {
  return /Mon|Tue|Wed|Thu|Fri/.test(time) && time.slice(4) >= '07:00' && time.slice(4) < '19:00';
}

/** What is deployed, and how that ends. */
const DEPLOYMENTS: Readonly<Record<string, Wish>> = {
  'Mon 10:30': { displayName: 'Monday' },
  // The limits of the morning hold.
  'Tue 08:15': { displayName: 'Tuesday' },
  // The fleet is stopped.
  'Wed 02:15': { displayName: 'Wednesday', description: 'night' },
  'Thu 11:15': { displayName: 'Thursday', description: 'night', last: true },
  'Fri 13:30': { displayName: 'Friday', description: 'night', capacity: appstream.Capacity.instances(4) },
};

test.each(Object.entries(HANDLERS))('in a week a fleet runs in its hours, with what its users need, whatever is deployed, where CloudFormation sends %s', async (_what, options) => {
  office = await ScaledOffice.start(options);
  const { deployment: { clock }, loopback } = office;
  clock.advance(SUNDAY - clock.now());
  const deploy = (wish: Wish) => office.deployment.deploy((app) => scheduled(app, wish));
  expect(await deploy({})).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
  await office.call('AssociateFleet', { StackName: 'beside', FleetName: (await office.fleet()).Name });
  await office.call('CreateStack', { Name: 'last' });
  const limits = async () => (await loopback.call('application-autoscaling', 'DescribeScalableTargets', { ServiceNamespace: 'appstream' })).ScalableTargets
    .map(({ MinCapacity, MaxCapacity }: { MinCapacity: number; MaxCapacity: number }) => `${MinCapacity} to ${MaxCapacity}`).join();
  const scaling = async () => [(await office.fleet()).ComputeCapacityStatus.Desired, await limits()];

  const wrong: string[] = [];
  const seen: Record<string, unknown> = {};
  const sessions: string[] = [];
  for (let moment = SUNDAY + TICK_MINUTES * MINUTE; moment <= SUNDAY + 7 * 24 * 60 * MINUTE; moment += TICK_MINUTES * MINUTE) {
    await clock.sleep(moment - clock.now());
    const time = timeOf(moment);
    const { State, ComputeCapacityStatus: { Desired, Available } } = await office.fleet();
    wrong.push(...runs(time) === (State === 'RUNNING') || / (07|19):00/.test(time) ? [] : [`${time} ${State}`]);
    for (const SessionId of sessions.splice(State === 'RUNNING' ? people(time) : 0)) {
      await (State === 'RUNNING' && office.call('ExpireSession', { SessionId }));
    }
    for (let free = Available; free > 0 && sessions.length < people(time); free -= 1) {
      sessions.push(loopback.appstream.signIn('beside', `user${sessions.length}`, 'SAML').Id!);
    }
    seen[time] = Desired;
    const wish = DEPLOYMENTS[time];
    if (wish) {
      const before = await scaling();
      expect((await deploy(wish)).status).toBe(wish.last ? 'UPDATE_ROLLBACK_COMPLETE' : 'UPDATE_COMPLETE');
      expect([time, ...await scaling()]).toEqual([time, ...before]);
    }
  }
  expect(wrong).toEqual([]);
  for (const day of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri']) {
    const at = (hour: string) => seen[`${day} ${hour}`];
    // The least of the morning, four people of whom each has a third of a desktop to spare, and nobody.
    expect([day, at('08:45'), at('11:00'), at('16:45'), at('18:45')]).toEqual([day, 3, 6, 6, 1]);
  }
  expect(loopback.scheduler.attempts.filter(({ error }) => error)).toEqual([]);
}, 120_000);
