import * as cdk from 'aws-cdk-lib';
import * as cfn from 'aws-cdk-lib/aws-gameliftstreams';
import { CREATED, DELETED, type Made, MINUTE, Playtest, PRIMARY, REMOTE, STACK, UPDATED } from './playtest';
import { gameliftstreams } from '../../../src';

const HOUR = 60 * MINUTE;
const SEEDS = [1, 2, 3, 4];

let playtest: Playtest;

async function start(options: Parameters<typeof Playtest.start>[0] = {}): Promise<void> {
  playtest = await Playtest.start(options);
}

afterEach(() => playtest.stop());

type Props = Partial<gameliftstreams.StreamSessionProps>;

/** A session of the first application. */
const session = (props: Props = {}) => ({ stack, group, first }: Made) => new gameliftstreams.StreamSession(stack, 'Session', {
  streamGroup: group, application: first, locations: [PRIMARY], ...props,
});

interface Summary {
  readonly Arn: string;
  readonly Status: string;
}

/** The sessions that are not over, or all that ever were. */
async function sessions(all = false): Promise<Summary[]> {
  const { Items } = await playtest.call('ListStreamSessionsByAccount', {});
  return Items.filter(({ Status }: Summary) => all || !['TERMINATED', 'ERROR'].includes(Status));
}

const physicalId = () => playtest.deployment.physicalId(STACK, 'Custom::GameLiftStreamsStreamSession');

describe('a session', () => {
  test('waits for its client when the deployment is over, and is ended with the stack', async () => {
    await start();
    expect(await playtest.deploy({ add: session() })).toMatchObject(CREATED);
    expect(await sessions()).toMatchObject([{ Arn: physicalId(), Status: 'ACTIVE', Location: PRIMARY }]);
    expect(await playtest.destroy()).toMatchObject(DELETED);
    expect(playtest.changes()).toEqual(['StartStreamSession', 'TerminateStreamSession']);
    expect(await sessions(true)).toMatchObject([{ Status: 'TERMINATED', StatusReason: 'apiTerminated' }]);
    expect(playtest.remains()).toEqual([]);
  });

  test('tells where it is and when it ends at the latest', async () => {
    await start();
    const outputs = (made: Made) => {
      const added = session({ sessionLength: cdk.Duration.hours(2) })(made);
      for (const name of ['streamSessionArn', 'status', 'location', 'expires'] as const) {
        new cdk.CfnOutput(made.stack, name, { value: added[name] });
      }
      return added;
    };
    await playtest.deploy({ add: outputs });
    const { Outputs } = (await playtest.loopback.call('cloudformation', 'DescribeStacks', { StackName: STACK })).Stacks[0];
    const { CreatedAt } = await playtest.call('GetStreamSession', { Identifier: playtest.group(), StreamSessionIdentifier: physicalId() });
    expect(Object.fromEntries(Outputs.map(({ OutputKey, OutputValue }: Record<string, string>) => [OutputKey, OutputValue]))).toEqual({
      streamSessionArn: physicalId(), status: 'ACTIVE', location: PRIMARY, expires: new Date(CreatedAt.getTime() + 2 * HOUR).toISOString(),
    });
  });

  test.each([
    ['in another location', { locations: [REMOTE, PRIMARY] }],
    ['with a new revision', { revision: '2' }],
    ['with other arguments', { additionalLaunchArgs: ['--level', '2'] }],
    ['for somebody', { userId: 'me' }],
  ])('takes the place of another, %s: first it starts, then the other is ended', async (_, change) => {
    await start();
    await playtest.deploy({ locations: [REMOTE], add: session() });
    const old = physicalId();
    expect(await playtest.deploy({ locations: [REMOTE], add: session(change) })).toMatchObject(UPDATED);
    expect(physicalId()).not.toBe(old);
    expect(await sessions()).toMatchObject([{ Arn: physicalId() }]);
    expect(playtest.changes()).toEqual(['StartStreamSession', 'StartStreamSession', 'TerminateStreamSession']);
    expect(await playtest.destroy()).toMatchObject(DELETED);
    expect(playtest.remains()).toEqual([]);
  });

  test('stays when only the time changes that a deployment waits for it', async () => {
    await start();
    await playtest.deploy({ add: session() });
    const old = physicalId();
    expect(await playtest.deploy({ add: session({ timeout: cdk.Duration.minutes(20) }) })).toMatchObject(UPDATED);
    expect(physicalId()).toBe(old);
    expect(playtest.changes()).toEqual(['StartStreamSession']);
  });

  test.each(SEEDS)('moves to a new generation of the group, and to new content: seed %i', async (seed) => {
    await start({ cloudformation: { seed } });
    const add = (made: Made) => {
      made.group.addApplication(made.second);
      return session({ application: made.second })(made);
    };
    expect(await playtest.deploy({ add })).toMatchObject(CREATED);
    expect(await playtest.deploy({ version: '2', generation: '2', add })).toMatchObject(UPDATED);
    expect(await playtest.deploy({ version: '3', generation: '2', add })).toMatchObject(UPDATED);
    expect(await sessions()).toMatchObject([{ Arn: physicalId(), Status: 'ACTIVE' }]);
    expect(playtest.remains().sort()).toEqual(['application', 'application', 'streamgroup', 'streamsession']);
    expect(await playtest.destroy()).toMatchObject(DELETED);
    expect(playtest.remains()).toEqual([]);
  });

  test('of a Windows application takes its minutes', async () => {
    await start({ gameliftstreams: { durations: { onDemandWindowsSessionStart: 9.5 * MINUTE } } });
    expect(await playtest.deploy({ runtimeEnvironment: gameliftstreams.RuntimeEnvironment.WINDOWS_2022, add: session() })).toMatchObject(CREATED);
    expect(await sessions()).toMatchObject([{ Status: 'ACTIVE' }]);
  });

  test('is ended with its client in it', async () => {
    await start();
    await playtest.deploy({ add: session() });
    await playtest.call('CreateStreamSessionConnection', { Identifier: playtest.group(), StreamSessionIdentifier: physicalId(), SignalRequest: '{"type":"offer"}' });
    playtest.loopback.gameliftstreams.users.connect(physicalId());
    expect(await sessions()).toMatchObject([{ Status: 'CONNECTED' }]);
    expect(await playtest.destroy()).toMatchObject(DELETED);
    expect(playtest.remains()).toEqual([]);
  });
});

describe('a session that has ended by itself', () => {
  test.each(['same', 'new'] as const)('is deleted, and followed by another one with a new revision: a token finds the %s one', async (tokenOfEnded) => {
    await start({ gameliftstreams: { readings: { tokenOfEnded } } });
    await playtest.deploy({ add: session() });
    playtest.clock.advance(23 * HOUR);
    expect(await sessions()).toEqual([]);
    expect(await playtest.deploy({ add: session({ revision: '2' }) })).toMatchObject(UPDATED);
    // Back to what there was, whose token the service still knows.
    expect(await playtest.deploy({ add: session() })).toMatchObject(UPDATED);
    expect(await sessions()).toMatchObject([{ Arn: physicalId(), Status: 'ACTIVE' }]);
    playtest.clock.advance(23 * HOUR);
    expect(await playtest.destroy()).toMatchObject(DELETED);
    expect(await sessions(true)).toHaveLength(3);
  });

  test.each(['same', 'new'] as const)('is started anew by the second try of what has failed: a token finds the %s one', async (tokenOfEnded) => {
    await start({ gameliftstreams: { readings: { tokenOfEnded } } });
    await playtest.deploy({});
    for (const _ of [1, 2]) {
      playtest.script.failingSession('Playtest/Group', 'internalError');
      expect(await playtest.deploy({ add: session() })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    }
    expect(await playtest.deploy({ add: session() })).toMatchObject(UPDATED);
    expect((await sessions(true)).map(({ Status }) => Status).sort()).toEqual(['ACTIVE', 'ERROR', 'ERROR']);
  });

  test.each([
    ['applies', 0],
    ['waits', 1],
  ] as const)('may have missed a client that did not come within an hour: the service\'s timeout %s', async (connectionTimeoutWithoutClient, left) => {
    await start({ gameliftstreams: { readings: { connectionTimeoutWithoutClient } } });
    await playtest.deploy({ add: session() });
    playtest.clock.advance(58 * MINUTE);
    expect(await sessions()).toHaveLength(1);
    playtest.clock.advance(3 * MINUTE);
    expect(await sessions()).toHaveLength(left);
    expect(await playtest.destroy()).toMatchObject(DELETED);
  });
});

describe('what fails', () => {
  test.each([
    ['internalError', 'the service failed: deploy again'],
    ['assumeRoleFailed', 'its role could not be assumed: let the role trust gameliftstreams.amazonaws.com'],
    ['applicationLogS3DestinationError', 'the logs of the application could not be written: look at their bucket and its policy'],
  ] as const)('is a session in ERROR, by its reason, and once: %s', async (reason, sentence) => {
    await start();
    playtest.script.failingSession('Playtest/Group', reason);
    const { status, failures } = await playtest.deploy({ add: session() });
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(failures[0]).toMatch(/stream session arn:aws:gameliftstreams:us-east-1:\d+:streamsession\/sg-\w+\/\w+ is ERROR: /);
    expect(failures[0]).toContain(`is ERROR: ${reason}, ${sentence}`);
    expect(playtest.changes()).toEqual(['StartStreamSession']);
    expect(playtest.remains()).toEqual([]);
  });

  test('is a session for which no machine is free', async () => {
    await start();
    const five = (made: Made) => [1, 2, 3, 4, 5].map((index) => new gameliftstreams.StreamSession(made.stack, `Session${index}`, {
      streamGroup: made.group, application: made.first, locations: [PRIMARY],
    }))[0];
    const { status, failures } = await playtest.deploy({ add: five });
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(failures.join('\n')).toContain('is ERROR: placementTimeout, no machine was free in time: raise the capacity of the stream group at its locations, or deploy again later');
    expect(playtest.remains()).toEqual([]);
  });

  test('is a session that is over before it was seen to be there', async () => {
    await start({ gameliftstreams: { durations: { onDemandSessionStart: 65_000 } } });
    const { failures } = await playtest.deploy({ add: session({ connectionTimeout: cdk.Duration.seconds(1) }) });
    expect(failures[0]).toContain('is TERMINATED: connectionTimeout, no client came in time: give it a longer connectionTimeout');
    expect(playtest.remains()).toEqual([]);
  });

  test('is a session in a location that the group does not have', async () => {
    await start();
    const { failures } = await playtest.deploy({ add: session({ locations: [REMOTE] }) });
    expect(failures[0]).toMatch(/stream group sg-\w+ does not have eu-west-1, but us-east-1: stream from those, or add the others to it/);
    expect(playtest.remains()).toEqual([]);
  });

  test.each(SEEDS)('with another resource leaves no session of a stack that was not there before: seed %i', async (seed) => {
    await start({ cloudformation: { seed } });
    expect(await playtest.deploy({ add: session(), failsLate: true })).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
    expect(playtest.remains()).toEqual([]);
  });

  test.each(SEEDS)('with another resource keeps the session that there was, and ends the new one: seed %i', async (seed) => {
    await start({ cloudformation: { seed } });
    await playtest.deploy({ add: session() });
    const old = physicalId();
    expect(await playtest.deploy({ generation: '2', add: session({ revision: '2' }), failsLate: true })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(await sessions()).toMatchObject([{ Arn: old, Status: 'ACTIVE' }]);
    expect(physicalId()).toBe(old);
    expect(await playtest.destroy()).toMatchObject(DELETED);
    expect(playtest.remains()).toEqual([]);
  });

  test('with another resource leaves no session in a group that is an L1, whose tag the rollback takes away first', async () => {
    await start();
    const l1 = (add: (streamGroup: cfn.CfnStreamGroup, application: cfn.CfnApplication, stack: cdk.Stack) => void) => playtest.deployOnly((stack) => {
      const application = new cfn.CfnApplication(stack, 'Game', {
        description: 'L1', applicationSourceUri: 's3://games/first', executablePath: 'game.exe', runtimeEnvironment: { type: 'PROTON', version: '20260204' },
      });
      const streamGroup = new cfn.CfnStreamGroup(stack, 'Group', {
        description: 'L1',
        streamClass: 'gen6n_ultra',
        defaultApplication: { arn: application.attrArn },
        locationConfigurations: [{ locationName: PRIMARY, maximumCapacity: 4 }],
      });
      add(streamGroup, application, stack);
    });
    expect(await l1(() => {})).toMatchObject(CREATED);
    playtest.script.failingApplication('latecomer', 'internalError');
    expect(await l1((streamGroup, application, stack) => {
      const added = new gameliftstreams.StreamSession(stack, 'Session', { streamGroup, application, locations: [PRIMARY] });
      new cfn.CfnApplication(stack, 'Latecomer', {
        description: 'latecomer', applicationSourceUri: 's3://games/latecomer', executablePath: 'game.exe', runtimeEnvironment: { type: 'PROTON', version: '20260204' },
      }).node.addDependency(added);
    })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(await sessions()).toEqual([]);
    await playtest.destroy();
  });

  test('by a location in ERROR does not wait for the application there', async () => {
    await start();
    const application = await playtest.makeApplication();
    playtest.clock.advance(10 * MINUTE);
    playtest.script.failingLocation('made elsewhere', REMOTE);
    playtest.script.hangingReplication('made elsewhere', REMOTE);
    const group = await playtest.makeGroup({
      DefaultApplicationIdentifier: application,
      LocationConfigurations: [PRIMARY, REMOTE].map((LocationName) => ({ LocationName, MaximumCapacity: 4 })),
    });
    playtest.clock.advance(10 * MINUTE);
    const begun = playtest.clock.now();
    const { failures } = await playtest.deployOnly((stack) => {
      new gameliftstreams.StreamSession(stack, 'Session', {
        streamGroup: gameliftstreams.StreamGroup.fromStreamGroupArn(stack, 'Group', group),
        application: gameliftstreams.Application.fromApplicationArn(stack, 'Game', application),
        locations: [PRIMARY, REMOTE],
      });
    });
    const id = group.split('/')[1];
    expect(failures[0]).toContain(`stream group ${id} has ${REMOTE} in ERROR: remove it from the group and add it again, or stream from other locations`);
    expect(playtest.clock.now() - begun).toBeLessThan(5 * MINUTE);
  });

  test('itself keeps the session that there was', async () => {
    await start();
    await playtest.deploy({ add: session() });
    const old = physicalId();
    playtest.script.failingSession('Playtest/Group', 'internalError');
    expect(await playtest.deploy({ add: session({ revision: '2' }) })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(await sessions()).toMatchObject([{ Arn: old, Status: 'ACTIVE' }]);
    expect(physicalId()).toBe(old);
  });

  test('by its deadline is ended when it can be, and the session that there was is kept', async () => {
    await start({ gameliftstreams: { durations: { onDemandSessionStart: 80_000 } } });
    await playtest.deploy({ add: session() });
    const old = physicalId();
    const { status, failures } = await playtest.deploy({ add: session({ revision: '2', timeout: cdk.Duration.minutes(1) }) });
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failures[0]).toMatch(/gave up after 1 minutes, when stream session arn:\S+ is ACTIVATING/);
    expect(await sessions()).toMatchObject([{ Arn: old, Status: 'ACTIVE' }]);
    expect(await sessions(true)).toHaveLength(2);
  });

  test('by its deadline at first is ended when it can be', async () => {
    await start({ gameliftstreams: { durations: { onDemandSessionStart: 80_000 } } });
    expect(await playtest.deploy({ add: session({ timeout: cdk.Duration.minutes(1) }) })).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
    expect(playtest.changes()).toEqual(['StartStreamSession', 'TerminateStreamSession']);
    expect(playtest.remains()).toEqual([]);
  });
});
