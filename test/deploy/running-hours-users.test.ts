import * as cdk from 'aws-cdk-lib';
import { Deployment } from './deployment';
import type { Fault } from '../../local/wire/faults';
import { appstream } from '../../src';

const STACK = 'Office';
const { RunningHours } = appstream;

let deployment: Deployment;

/** Monday to Friday from 7 to 19, but for the sixth; users may stay on until 21. */
function office(app: cdk.App, withHours = true): cdk.Stack {
  const stack = new cdk.Stack(app, STACK);
  const fleet = new appstream.Fleet(stack, 'Fleet', {
    image: appstream.Image.fromName('AppStream-WinServer2022-06-17-2024'),
    instanceType: appstream.InstanceType.STANDARD_LARGE,
    capacity: appstream.Capacity.instances(4),
    fleetName: 'office',
    // Longer than the hours: nobody is to go before somebody says so.
    maxUserDuration: cdk.Duration.days(1),
  });
  if (withHours) {
    fleet.runDuring({
      hours: [RunningHours.weekly({ from: '07:00', to: '19:00', timeZone: cdk.TimeZone.ETC_UTC })],
      holidays: ['2026-01-06'],
      waitForSessions: cdk.Duration.hours(2),
    });
  }
  new appstream.Stack(stack, 'Stack', { stackName: 'office' }).addFleet(fleet);
  return stack;
}

/** Sunday afternoon. */
beforeAll(async () => {
  deployment = await Deployment.start({ scheduler: { lateness: 59_000 } });
  const { clock } = deployment;
  clock.advance(Date.parse('2026-01-04T14:00:00Z') - clock.now());
  expect(await deployment.deploy((app) => office(app))).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
}, 120_000);

afterAll(() => deployment.stop());

beforeEach(() => deployment.loopback.endpoint.faults.clear());

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each operation has its own output
const call = (operation: string, input: object): Promise<any> => deployment.loopback.call('appstream', operation, input);
const comes = (user: string) => deployment.loopback.appstream.signIn('office', user, 'SAML').Id!;

/** The state of the fleet at a time of January. */
async function stateAt(time: string): Promise<string> {
  const { clock } = deployment;
  await clock.sleep(Date.parse(`2026-01-${time}:00Z`) - clock.now());
  return (await call('DescribeFleets', { Names: ['office'] })).Fleets[0].State;
}

const statesAt = async (...times: string[]) => {
  const states: string[] = [];
  for (const time of times) {
    states.push(await stateAt(time));
  }
  return states;
};

/** What the hours have asked AppStream on a day. */
const switchesOn = (day: string) => deployment.loopback.endpoint.calls.of('appstream')
  .filter(({ at, operation, caller, error }) => new Date(at).toISOString().startsWith(`2026-01-${day}`)
    && /^St(art|op)/.test(operation) && caller.roleArn?.includes('RunningHours') && error === undefined)
  .map(({ at, operation }) => `${new Date(at).toISOString().slice(11, 16)} ${operation}`);

const fail = (operation: string, fault: Fault, times = 1) => deployment.loopback.endpoint.faults.add({ operation, fault, times, lambdaOnly: true });

// One day after the other, as in life.
test('on Monday the fleet runs until the last user has left', async () => {
  expect(await statesAt('05T06:59', '05T07:12')).toEqual(['STOPPED', 'RUNNING']);
  const [anna, berta] = [comes('anna'), comes('berta')];
  expect(await statesAt('05T18:59', '05T19:30')).toEqual(['RUNNING', 'RUNNING']);
  await call('ExpireSession', { SessionId: anna });
  expect(await stateAt('05T20:00')).toBe('RUNNING');
  await call('ExpireSession', { SessionId: berta });
  expect(await statesAt('05T20:02', '05T20:08')).toEqual(['STOPPING', 'STOPPED']);
  expect(switchesOn('05')).toEqual(['07:00 StartFleet', '20:00 StopFleet']);
});

test('on Tuesday, a holiday, nothing starts, and who starts the fleet by hand keeps it', async () => {
  expect(await stateAt('06T12:00')).toBe('STOPPED');
  await call('StartFleet', { Name: 'office' });
  expect(await statesAt('06T12:30', '06T23:00')).toEqual(['RUNNING', 'RUNNING']);
  expect(switchesOn('06')).toEqual([]);
});

test('on Wednesday it is stopped under a user who stays for too long, and who starts it by hand keeps it', async () => {
  await stateAt('07T18:00');
  comes('anna');
  expect(await statesAt('07T20:58', '07T21:02')).toEqual(['RUNNING', 'STOPPING']);
  await stateAt('07T21:10');
  await call('StartFleet', { Name: 'office' });
  expect(await statesAt('07T21:30', '07T23:30')).toEqual(['RUNNING', 'RUNNING']);
  expect(switchesOn('07')).toEqual(['21:00 StopFleet']);
});

test('on Thursday faults of all kinds only make it late', async () => {
  await stateAt('08T06:30');
  await call('StopFleet', { Name: 'office' });
  await stateAt('08T06:59');
  fail('StartFleet', { kind: 'kill-caller', when: 'before' });
  fail('StartFleet', { kind: 'throttle' }, 2);
  fail('StartFleet', { kind: 'drop-answer' });
  expect(await stateAt('08T07:20')).toBe('RUNNING');
  // The answer to the fourth look is lost; the fifth finds the fleet on its way.
  expect(switchesOn('08')).toEqual(['07:03 StartFleet']);
  fail('DescribeSessions', { kind: 'kill-caller', when: 'after' });
  fail('StopFleet', { kind: 'kill-caller', when: 'after' });
  expect(await statesAt('08T18:59', '08T19:10')).toEqual(['RUNNING', 'STOPPED']);
  expect(switchesOn('08')).toEqual(['07:03 StartFleet', '19:01 StopFleet']);
});

test('on Friday every invocation comes twice, and the second changes nothing', async () => {
  const again = async () => {
    const [{ options: { machine, input } }] = [...deployment.loopback.states.executions].reverse();
    await deployment.loopback.call('states', 'StartExecution', { stateMachineArn: machine.arn, input });
  };
  await stateAt('09T07:01');
  await again();
  expect(await stateAt('09T07:12')).toBe('RUNNING');
  const anna = comes('anna');
  await stateAt('09T19:02');
  await again();
  await stateAt('09T19:30');
  await call('ExpireSession', { SessionId: anna });
  expect(await statesAt('09T19:40', '12T06:59')).toEqual(['STOPPED', 'STOPPED']);
  expect(switchesOn('09').map((each) => each.slice(6))).toEqual(['StartFleet', 'StopFleet']);
});

test('on Monday the hours are taken away while the fleet waits for a user, and it is stopped', async () => {
  await stateAt('12T18:00');
  comes('anna');
  expect(await stateAt('12T19:30')).toBe('RUNNING');
  expect(await deployment.deploy((app) => office(app, false))).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
  expect(await stateAt('12T20:00')).toBe('STOPPED');
  expect(deployment.loopback.scheduler.names()).toEqual([]);
  expect(deployment.loopback.states.executions.filter(({ status }) => status === 'RUNNING')).toEqual([]);
  expect(await deployment.destroy(STACK)).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
});
