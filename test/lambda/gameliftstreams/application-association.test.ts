import { CREATED, DAY, DELETED, type Made, MINUTE, Playtest, REMOTE, STACK, UPDATED } from './playtest';
import { gameliftstreams } from '../../../src';

let playtest: Playtest;

async function start(options: Parameters<typeof Playtest.start>[0] = {}): Promise<void> {
  playtest = await Playtest.start(options);
}

afterEach(() => playtest.stop());

/** The second application, in the group. */
const second = ({ group, second: application }: Made) => group.addApplication(application);

const SEEDS = [1, 2, 3, 4];

describe('an application that is added to a group', () => {
  test('streams from all locations of the group when the deployment is over, and is taken away before it goes', async () => {
    await start();
    expect(await playtest.deploy({ locations: [REMOTE], add: second })).toMatchObject(CREATED);
    expect(await playtest.applicationsOfGroup()).toEqual(['first', 'second/1']);
    const { AssociatedApplications } = await playtest.call('GetStreamGroup', { Identifier: playtest.group() });
    const { ReplicationStatuses } = await playtest.call('GetApplication', { Identifier: AssociatedApplications[1] });
    expect(ReplicationStatuses).toEqual([{ Location: 'us-east-1', Status: 'COMPLETED' }, { Location: REMOTE, Status: 'COMPLETED' }]);
    const id = [playtest.group(), AssociatedApplications[1]].map((arn) => arn.split('/')[1]).join('/');
    expect(playtest.deployment.physicalId(STACK, 'Custom::GameLiftStreamsApplicationAssociation')).toBe(id);
    expect(await playtest.destroy()).toMatchObject(DELETED);
    expect(playtest.changes()).toEqual(['AssociateApplications', 'DisassociateApplications']);
    expect(playtest.remains()).toEqual([]);
  });

  test.each(SEEDS)('is replaced with its content, in whatever order CloudFormation works: seed %i', async (seed) => {
    await start({ cloudformation: { seed } });
    await playtest.deploy({ add: second });
    expect(await playtest.deploy({ version: '2', add: second })).toMatchObject(UPDATED);
    expect(await playtest.applicationsOfGroup()).toEqual(['first', 'second/2']);
    // The old one could be deleted.
    expect(playtest.remains().sort()).toEqual(['application', 'application', 'streamgroup']);
    expect(await playtest.destroy()).toMatchObject(DELETED);
    expect(playtest.remains()).toEqual([]);
  });

  test.each(SEEDS)('moves to a new generation of the group: seed %i', async (seed) => {
    await start({ cloudformation: { seed } });
    await playtest.deploy({ add: second });
    expect(await playtest.deploy({ version: '2', generation: '2', add: second })).toMatchObject(UPDATED);
    expect(await playtest.applicationsOfGroup()).toEqual(['first', 'second/2']);
    expect(playtest.remains().sort()).toEqual(['application', 'application', 'streamgroup']);
    expect(await playtest.destroy()).toMatchObject(DELETED);
  });

  test('may be removed from a group that stays, and is in another one then', async () => {
    await start();
    await playtest.deploy({ add: second });
    expect(await playtest.deploy({})).toMatchObject(UPDATED);
    expect(await playtest.applicationsOfGroup()).toEqual(['first']);
  });

  test('may be the first of a group without any, and its default', async () => {
    await start();
    expect(await playtest.deploy({ withDefault: false, add: second })).toMatchObject(CREATED);
    expect(await playtest.applicationsOfGroup()).toEqual(['second/1']);
    expect(await playtest.deploy({ withDefault: false, version: '2', add: second })).toMatchObject(UPDATED);
    expect(await playtest.applicationsOfGroup()).toEqual(['second/2']);
    expect(await playtest.destroy()).toMatchObject(DELETED);
    expect(playtest.remains()).toEqual([]);
  });

  test('is one of several that come at the same time', async () => {
    await start();
    playtest.loopback.endpoint.faults.add({
      operation: 'AssociateApplications', lambdaOnly: true, times: 3, fault: { kind: 'error', code: 'ConflictException', status: 409 },
    });
    playtest.loopback.endpoint.faults.add({ operation: 'GetStreamGroup', lambdaOnly: true, times: 3, fault: { kind: 'throttle' } });
    const add = ({ stack, group, second: application }: Made) => {
      group.addApplication(application);
      const third = gameliftstreams.Application.fromApplicationArn(stack, 'Third', thirdArn);
      return group.addApplication(third);
    };
    const { Arn: thirdArn } = await playtest.call('CreateApplication', {
      Description: 'third', ApplicationSourceUri: 's3://games/third', ExecutablePath: 'a.exe', RuntimeEnvironment: { Type: 'PROTON', Version: '20260204' },
    });
    expect(await playtest.deploy({ add })).toMatchObject(CREATED);
    expect(await playtest.applicationsOfGroup()).toEqual(['first', 'second/1', 'third']);
    expect(await playtest.destroy()).toMatchObject(DELETED);
    expect(playtest.remains()).toEqual(['application']);
  });
});

describe('what fails', () => {
  test('with another resource is undone: nothing is left of a stack that was not there before', async () => {
    await start();
    expect(await playtest.deploy({ add: second, failsLate: true })).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
    expect(playtest.remains()).toEqual([]);
  });

  test.each(SEEDS)('with another resource brings back the application that was replaced: seed %i', async (seed) => {
    await start({ cloudformation: { seed } });
    await playtest.deploy({ add: second });
    expect(await playtest.deploy({ version: '2', add: second, failsLate: true })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(await playtest.applicationsOfGroup()).toEqual(['first', 'second/1']);
    expect(playtest.remains().sort()).toEqual(['application', 'application', 'streamgroup']);
    expect(await playtest.destroy()).toMatchObject(DELETED);
    expect(playtest.remains()).toEqual([]);
  });

  test.each(SEEDS)('itself, half done, brings back the application that was replaced: seed %i', async (seed) => {
    await start({ cloudformation: { seed } });
    await playtest.deploy({ add: second });
    playtest.script.hangingReplication('Playtest/Second', 'us-east-1');
    const { status, failures } = await playtest.deploy({ version: '2', add: second });
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failures[0]).toMatch(/gave up after 45 minutes, when application a-\w+ is not yet replicated to us-east-1/);
    expect(await playtest.applicationsOfGroup()).toEqual(['first', 'second/1']);
    expect(playtest.remains().sort()).toEqual(['application', 'application', 'streamgroup']);
  });

  test('itself at first is cleaned up', async () => {
    await start();
    playtest.script.hangingReplication('Playtest/Second', REMOTE);
    const { status, failures } = await playtest.deploy({ locations: [REMOTE], add: second });
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(failures[0]).toMatch(/gave up after 45 minutes, when application a-\w+ is not yet replicated to eu-west-1/);
    expect(playtest.remains()).toEqual([]);
  });
});

describe('of a group and an application that are made elsewhere', () => {
  let group: string;
  let application: string;

  const associate = () => playtest.deployOnly((stack) => new gameliftstreams.StreamGroupApplicationAssociation(stack, 'Association', {
    streamGroup: gameliftstreams.StreamGroup.fromStreamGroupArn(stack, 'Group', group),
    application: gameliftstreams.Application.fromApplicationArn(stack, 'Game', application),
  }));
  const associated = async () => (await playtest.call('GetStreamGroup', { Identifier: group })).AssociatedApplications;
  const idOf = (arn: string) => arn.split('/')[1];

  async function make(options: Parameters<typeof start>[0] = {}, input: object = {}): Promise<void> {
    await start(options);
    application = await playtest.makeApplication();
    group = await playtest.makeGroup(input);
  }

  async function settle(minutes = 10): Promise<void> {
    playtest.clock.advance(minutes * MINUTE);
  }

  test.each(['ConflictException', 'ValidationException'] as const)('both are waited for, however the service refuses a status: %s', async (wrongStatus) => {
    await make({ gameliftstreams: { readings: { wrongStatus } } });
    expect(await associate()).toMatchObject(CREATED);
    expect(await associated()).toEqual([application]);
    await playtest.call('AddStreamGroupLocations', { Identifier: group, LocationConfigurations: [{ LocationName: REMOTE, MaximumCapacity: 1 }] });
    expect(await playtest.destroy()).toMatchObject(DELETED);
    expect(await associated()).toEqual([]);
    expect(playtest.changes()).toEqual(['AssociateApplications', 'DisassociateApplications']);
  });

  test.each(['AssociateApplications', 'DisassociateApplications'])('a status that changes just before %s is waited out', async (operation) => {
    await make();
    await settle();
    playtest.loopback.endpoint.faults.add({
      operation, lambdaOnly: true, times: 2, fault: { kind: 'error', code: 'ValidationException', message: 'It must be in ACTIVE status.', status: 400 },
    });
    expect(await associate()).toMatchObject(CREATED);
    expect(await playtest.destroy()).toMatchObject(DELETED);
    expect(await associated()).toEqual([]);
  });

  test('a group with a location in ERROR takes it, and lets it go, where the service does', async () => {
    await make({ gameliftstreams: { readings: { activeWithErrors: 'accepted' } } });
    await brokenLocation();
    expect(await associate()).toMatchObject(CREATED);
    expect(await playtest.destroy()).toMatchObject(DELETED);
    expect(await associated()).toEqual([]);
  });

  test.each(['ConflictException', 'ValidationException'] as const)('a group with a location in ERROR fails by the location, where the service refuses: %s', async (wrongStatus) => {
    await make({ gameliftstreams: { readings: { wrongStatus } } });
    await brokenLocation();
    const { status, failures } = await associate();
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(failures[0]).toContain(`stream group ${idOf(group)} is ACTIVE_WITH_ERRORS: remove its locations in ERROR, eu-west-1 (The stream group`);
    expect(await associated()).toEqual([]);
  });

  async function brokenLocation(): Promise<void> {
    await settle();
    playtest.script.failingLocation('made elsewhere', REMOTE);
    await playtest.call('AddStreamGroupLocations', { Identifier: group, LocationConfigurations: [{ LocationName: REMOTE, MaximumCapacity: 1 }] });
    await settle();
    expect(await playtest.call('GetStreamGroup', { Identifier: group })).toMatchObject({ Status: 'ACTIVE_WITH_ERRORS' });
  }

  test.each([
    [180, 'is 180 days old, and after 180 days it takes no more applications: replace it, with a new `generation`'],
    [365, 'is EXPIRED, 365 days after it was made: replace it, with a new `generation`'],
  ])('a group that is %i days old fails by its age', async (days, reason) => {
    await make();
    playtest.clock.advance(days * DAY + MINUTE);
    const { status, failures } = await associate();
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(failures[0]).toContain(`stream group ${idOf(group)} ${reason}`);
  });

  test('a group that is 179 days old takes it', async () => {
    await make();
    playtest.clock.advance(179 * DAY);
    expect(await associate()).toMatchObject(CREATED);
  });

  test('a group in ERROR fails by its reason', async () => {
    await start();
    playtest.script.failingStreamGroup('made elsewhere', 'noAvailableInstances');
    application = await playtest.makeApplication();
    group = await playtest.makeGroup();
    const { failures } = await associate();
    expect(failures[0]).toContain(`stream group ${idOf(group)} is in ERROR: noAvailableInstances; replace it, with a new \`generation\`, or delete it`);
  });

  test('an application in ERROR fails by its reason', async () => {
    await start();
    playtest.script.failingApplication('made elsewhere', 'accessDenied');
    application = await playtest.makeApplication();
    group = await playtest.makeGroup();
    const { failures } = await associate();
    expect(failures[0]).toContain(`application ${idOf(application)} is in ERROR: accessDenied; make another one of its content`);
  });

  test.each([['stream group', 'DeleteStreamGroup', 'is being deleted'], ['application', 'DeleteApplication', 'is being deleted']])(
    'the %s is going: fails by that', async (what, operation, reason) => {
      await make();
      await settle();
      await playtest.call(operation, { Identifier: what === 'application' ? application : group });
      const { failures } = await associate();
      expect(failures[0]).toContain(`${what} ${idOf(what === 'application' ? application : group)} ${reason}`);
    });

  test.each(['stream group', 'application'])('the %s is not there: fails by that', async (what) => {
    await make();
    await settle();
    if (what === 'application') {
      application = application.replace(idOf(application), 'a-none');
    } else {
      group = group.replace(idOf(group), 'sg-none');
    }
    const { failures } = await associate();
    expect(failures[0]).toContain(`there is no ${what} ${what === 'application' ? 'a-none' : 'sg-none'} in this account and Region`);
  });

  test('the default application is refused, and stays what it is', async () => {
    await start();
    application = await playtest.makeApplication();
    await settle();
    group = await playtest.makeGroup({ DefaultApplicationIdentifier: application });
    const { status, failures } = await associate();
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(failures[0]).toContain(`application ${idOf(application)} is the default of stream group ${idOf(group)}, which has it without an association: remove the association`);
    expect(await associated()).toEqual([application]);
    expect(playtest.changes()).toEqual([]);
  });

  test('an association that somebody has made is taken over: it goes with the resource', async () => {
    const first = async () => {
      const arn = await playtest.makeApplication('default');
      await settle();
      return arn;
    };
    await make();
    await settle();
    const defaultApplication = await first();
    await playtest.call('AssociateApplications', { Identifier: group, ApplicationIdentifiers: [defaultApplication, application] });
    expect(await associate()).toMatchObject(CREATED);
    expect(await playtest.destroy()).toMatchObject(DELETED);
    expect(await associated()).toEqual([defaultApplication]);
    expect(playtest.changes()).toEqual(['DisassociateApplications']);
  });

  test.each([
    ['the association', async () => void await playtest.call('DisassociateApplications', { Identifier: group, ApplicationIdentifiers: [application] })],
    ['the group', async () => {
      await playtest.call('DeleteStreamGroup', { Identifier: group });
      await settle();
    }],
    ['a group that is going', async () => void await playtest.call('DeleteStreamGroup', { Identifier: group })],
    ['application and association', async () => {
      await playtest.call('DisassociateApplications', { Identifier: group, ApplicationIdentifiers: [application] });
      await playtest.call('DeleteApplication', { Identifier: application });
      await settle();
    }],
    ['a group that has expired', async () => playtest.clock.advance(366 * DAY)],
  ])('a delete of what is gone succeeds: %s', async (_, go) => {
    await make();
    await associate();
    await go();
    expect(await playtest.destroy()).toMatchObject(DELETED);
    expect(playtest.changes()).toEqual(['AssociateApplications']);
  });
});

describe('in a group that has expired', () => {
  test.each(SEEDS)('nothing keeps the stack from being deleted: seed %i', async (seed) => {
    await start({ cloudformation: { seed } });
    await playtest.deploy({ add: second });
    playtest.clock.advance(366 * DAY);
    expect(await playtest.destroy()).toMatchObject(DELETED);
    expect(playtest.remains()).toEqual([]);
  });

  test.each(SEEDS)('nothing keeps a new generation from taking its place: seed %i', async (seed) => {
    await start({ cloudformation: { seed } });
    await playtest.deploy({ add: second });
    playtest.clock.advance(366 * DAY);
    expect(await playtest.deploy({ version: '2', generation: '2', add: second })).toMatchObject(UPDATED);
    expect(await playtest.applicationsOfGroup()).toEqual(['first', 'second/2']);
    expect(playtest.remains().sort()).toEqual(['application', 'application', 'streamgroup']);
  });

  test('a new generation that fails leaves all as it was', async () => {
    await start();
    await playtest.deploy({ add: second });
    playtest.clock.advance(366 * DAY);
    expect(await playtest.deploy({ generation: '2', add: second, failsLate: true })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(playtest.remains().sort()).toEqual(['application', 'application', 'streamgroup']);
  });
});
