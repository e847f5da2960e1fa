import * as cdk from 'aws-cdk-lib';
import { appstream } from '../../../src';
import type { RunningHoursAnswer } from '../../../src/appstream/private/running-hours-contract';
import { Deployment, type Template } from '../../deploy/deployment';

const { RunningHours, Weekday } = appstream;
const STACK = 'Hours';
const MINUTE = 60_000;

let deployment: Deployment;

/** Monday to Friday from 7 to 12 and from 12 to 19; New Year is a holiday. Users may stay on for two hours. */
function stackOf(app: cdk.App): cdk.Stack {
  const scope = new cdk.Stack(app, STACK);
  const timeZone = cdk.TimeZone.EUROPE_BERLIN;
  const instance = { image: appstream.Image.fromName('AppStream-WinServer2022-06-17-2024'), instanceType: appstream.InstanceType.STANDARD_LARGE };
  const hours = [RunningHours.weekly({ from: '07:00', to: '12:00', timeZone }), RunningHours.weekly({ from: '12:00', to: '19:00', timeZone })];
  const holidays = ['2026-01-01', '2026-01-06'];
  const fleet = new appstream.Fleet(scope, 'Fleet', { ...instance, fleetName: 'office', capacity: appstream.Capacity.instances(4) });
  fleet.runDuring({ hours, holidays, waitForSessions: cdk.Duration.hours(2) });
  new appstream.Stack(scope, 'Stack', { stackName: 'office' }).addFleet(fleet);
  new appstream.ImageBuilder(scope, 'Builder', { ...instance, imageBuilderName: 'builder' })
    .runDuring({ hours: [RunningHours.weekly({ days: [Weekday.MONDAY], from: '07:00', to: '19:00', timeZone })], holidays });
  return scope;
}

/** The tests ask at moments of their own. */
function disable({ Resources }: Template): void {
  Object.values(Resources).filter(({ Type }) => Type === 'AWS::Scheduler::Schedule').forEach(({ Properties }) => {
    Properties.State = 'DISABLED';
  });
}

beforeAll(async () => {
  deployment = await Deployment.start({ appstream: { durations: { fleetStart: 10 * MINUTE, fleetStop: 3 * MINUTE } } });
  expect(await deployment.deploy(stackOf, disable)).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
}, 120_000);

afterAll(() => deployment.stop());

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each operation has its own output
const call = (operation: string, input: object): Promise<any> => deployment.loopback.call('appstream', operation, input);
const pass = (minutes: number) => deployment.clock.advance(minutes * MINUTE);

/** Asks the function what to do about a moment of Berlin's winter. */
async function look(due: string, now = due, { seen, of = 'Fleet' }: { seen?: string; of?: string } = {}): Promise<RunningHoursAnswer> {
  const { physicalId } = deployment.loopback.cloudformation.stackResources(STACK)
    .find(({ type, logicalId }) => type === 'AWS::Lambda::Function' && logicalId.startsWith(`${of}RunningHours`))!;
  const utc = (time: string) => new Date(`${time}+01:00`).toISOString();
  const { Payload, FunctionError } = await deployment.loopback.call('lambda', 'Invoke', {
    FunctionName: physicalId, Payload: JSON.stringify({ state: { due: utc(due), wait: 60, seen }, now: utc(now) }),
  });
  expect(FunctionError).toBeUndefined();
  return JSON.parse(Payload);
}

const says = ({ outcome, why }: RunningHoursAnswer) => `${outcome}: ${why}`;
const state = async () => (await call('DescribeFleets', { Names: ['office'] })).Fleets[0].State;

/** Brings the fleet to a state, whatever the test before has left. */
async function fleetIs(wanted: 'STOPPED' | 'STARTING' | 'RUNNING' | 'STOPPING'): Promise<void> {
  pass(20);
  if (await state() === 'RUNNING') {
    await call('StopFleet', { Name: 'office' });
    pass(20);
  }
  if (wanted !== 'STOPPED') {
    await call('StartFleet', { Name: 'office' });
    pass(wanted === 'STARTING' ? 0 : 20);
  }
  if (wanted === 'STOPPING') {
    await call('StopFleet', { Name: 'office' });
  }
  expect(await state()).toBe(wanted);
}

describe('when hours begin', () => {
  test.each([
    ['STOPPED', 'done: fleet office was told to start', 'STARTING'],
    ['STARTING', 'done: fleet office is STARTING', 'STARTING'],
    ['RUNNING', 'done: fleet office is RUNNING', 'RUNNING'],
    ['STOPPING', 'waiting: fleet office is STOPPING', 'STOPPING'],
  ] as const)('a fleet that is %s: %s', async (before, answer, after) => {
    await fleetIs(before);
    expect(says(await look('2026-01-05T07:00'))).toBe(answer);
    expect(await state()).toBe(after);
  });

  test.each<[string, string, string, string]>([
    ['on a holiday', '2026-01-06T07:00', '2026-01-06T07:00', 'done: fleet office is left as it is: on holidays no hours begin'],
    ['right after others', '2026-01-05T12:00', '2026-01-05T12:00', 'done: fleet office is left as it is: its hours go on'],
    ['and have ended meanwhile', '2026-01-05T07:00', '2026-01-05T19:00', 'done: fleet office is left as it is: the hours are over'],
    ['too late to be told', '2026-01-05T07:00', '2026-01-05T07:31', 'failed: fleet office is STOPPED, and it is too late to start it'],
  ])('%s a stopped fleet is not started', async (_when, due, now, answer) => {
    await fleetIs('STOPPED');
    expect(says(await look(due, now))).toBe(answer);
    expect(await state()).toBe('STOPPED');
  });

  test('half an hour is not too late', async () => {
    await fleetIs('STOPPED');
    expect(says(await look('2026-01-05T07:00', '2026-01-05T07:30'))).toBe('done: fleet office was told to start');
  });

  test('a fleet that takes too long to stop is given up', async () => {
    await fleetIs('STOPPING');
    expect(says(await look('2026-01-05T07:00', '2026-01-05T07:31'))).toBe('failed: fleet office is STOPPING for too long');
  });

  test('a start that AppStream refuses is tried again', async () => {
    await fleetIs('STOPPED');
    deployment.loopback.endpoint.faults.add({ operation: 'StartFleet', fault: { kind: 'error', code: 'ConcurrentModificationException', message: 'Later.', status: 400 } });
    expect(await look('2026-01-05T07:00')).toMatchObject({ outcome: 'waiting', why: 'fleet office cannot be told to start: Later.', wait: 60, seen: 'stopped' });
    expect(says(await look('2026-01-05T07:00', '2026-01-05T07:01'))).toBe('done: fleet office was told to start');
  });
});

describe('when hours end', () => {
  test.each([
    ['STOPPED', 'done: fleet office is STOPPED', 'STOPPED'],
    ['RUNNING', 'done: fleet office was told to stop', 'STOPPING'],
    ['STOPPING', 'waiting: fleet office is STOPPING', 'STOPPING'],
    ['STARTING', 'waiting: fleet office cannot be told to stop: The fleet office cannot be stopped while it is STARTING.', 'STARTING'],
  ] as const)('a fleet that is %s: %s', async (before, answer, after) => {
    await fleetIs(before);
    expect(says(await look('2026-01-05T19:00'))).toBe(answer);
    expect(await state()).toBe(after);
  });

  test.each<[string, string, string]>([
    ['that did not begin, on a holiday', '2026-01-06T19:00', '2026-01-06T19:00'],
    ['that go on', '2026-01-05T12:00', '2026-01-05T12:00'],
    ['before the next that have begun', '2026-01-07T19:00', '2026-01-08T07:00'],
  ])('%s a running fleet is not stopped', async (_which, due, now) => {
    await fleetIs('RUNNING');
    expect(says(await look(due, now))).toMatch(/^done: fleet office is left as it is: /);
    expect(await state()).toBe('RUNNING');
  });

  test('a fleet can be told to stop until half an hour after the time that users have, though no hours begin on a holiday', async () => {
    await fleetIs('RUNNING');
    expect(says(await look('2026-01-05T19:00', '2026-01-06T07:30'))).toBe('failed: fleet office is RUNNING, and it is too late to stop it');
    expect(says(await look('2026-01-05T19:00', '2026-01-05T21:31'))).toBe('failed: fleet office is RUNNING, and it is too late to stop it');
    expect(says(await look('2026-01-05T19:00', '2026-01-05T21:30'))).toBe('done: fleet office was told to stop');
  });

  test('a fleet that somebody has stopped and started since is left alone', async () => {
    await fleetIs('STARTING');
    expect(says(await look('2026-01-05T19:00', '2026-01-05T19:20', { seen: 'running' }))).toBe('done: fleet office has been started anew');
  });

  describe('and users stay on', () => {
    beforeEach(() => fleetIs('RUNNING'));

    test.each(['SAML', 'USERPOOL', 'AWS_AD'] as const)('the fleet waits for those who came by %s, and looks every other minute', async (type) => {
      const { Id } = deployment.loopback.appstream.signIn('office', 'anna', type);
      expect(await look('2026-01-05T19:00')).toMatchObject({ outcome: 'waiting', why: 'fleet office has 1 session left', wait: 120, seen: 'running' });
      await call('ExpireSession', { SessionId: Id });
      expect(says(await look('2026-01-05T19:00', '2026-01-05T19:02'))).toBe('done: fleet office was told to stop');
    });

    test('the last look comes when their time is over, and stops the fleet', async () => {
      ['anna', 'berta'].forEach((user) => deployment.loopback.appstream.signIn('office', user, 'SAML'));
      expect(await look('2026-01-05T19:00', '2026-01-05T20:59:30')).toMatchObject({ outcome: 'waiting', why: 'fleet office has 2 sessions left', wait: 30 });
      expect(says(await look('2026-01-05T19:00', '2026-01-05T21:00'))).toBe('done: fleet office was told to stop');
    });
  });
});

describe('an image builder', () => {
  const builder = async () => (await call('DescribeImageBuilders', { Names: ['builder'] })).ImageBuilders[0].State;

  test('is stopped and started', async () => {
    pass(20);
    expect(says(await look('2026-01-05T19:00', undefined, { of: 'Builder' }))).toBe('done: image builder builder was told to stop');
    expect(says(await look('2026-01-12T07:00', undefined, { of: 'Builder' }))).toBe('waiting: image builder builder is STOPPING');
    pass(20);
    expect(says(await look('2026-01-12T07:00', '2026-01-12T07:01', { of: 'Builder' }))).toBe('done: image builder builder was told to start');
    expect(await builder()).toBe('PENDING');
  });

  test('that is gone is told', async () => {
    pass(20);
    await call('StopImageBuilder', { Name: 'builder' });
    pass(20);
    await call('DeleteImageBuilder', { Name: 'builder' });
    pass(20);
    expect(says(await look('2026-01-12T07:00', undefined, { of: 'Builder' }))).toBe('failed: image builder builder is not there');
  });
});

test('the log says what has come of each look', () => {
  const lines = deployment.loopback.logs.lines().flatMap(({ message }) => /{"at":"running hours".*}/.exec(message)?.[0] ?? []);
  expect(JSON.parse(lines[0])).toEqual({
    at: 'running hours', due: '2026-01-05T06:00:00.000Z', outcome: 'done', why: 'fleet office was told to start',
  });
});
