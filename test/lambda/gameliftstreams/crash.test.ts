import { type Made, Playtest, PRIMARY } from './playtest';
import { gameliftstreams } from '../../../src';

/** A second application in the group, and a session of it. */
function add({ stack, group, second }: Made): gameliftstreams.StreamSession {
  group.addApplication(second);
  return new gameliftstreams.StreamSession(stack, 'Session', { streamGroup: group, application: second, locations: [PRIMARY] });
}

const AS_IT_SHOULD_BE = { created: 'CREATE_COMPLETE', updated: 'UPDATE_COMPLETE', sessions: 2, destroyed: 'DELETE_COMPLETE', left: [] };

/** Creates, replaces and destroys. Whatever `disturb` arranges may happen on the way. */
async function liveThrough(disturb: (playtest: Playtest) => void) {
  const playtest = await Playtest.start();
  disturb(playtest);
  const { status: created } = await playtest.deploy({ add });
  const { status: updated } = await playtest.deploy({ version: '2', add });
  const { status: destroyed } = await playtest.destroy();
  const sessions = (await playtest.call('ListStreamSessionsByAccount', {})).Items.length;
  await playtest.stop();
  const disturbed = playtest.loopback.endpoint.calls.of('gameliftstreams').filter(({ fault }) => fault !== undefined).length;
  return { world: { created, updated, sessions, destroyed, left: playtest.remains() }, disturbed };
}

/** Every so many calls of the function are its last: more than it makes in one step. The lives begin at different ones, so that each call has its turn. */
const STRIDE = 11;

test.each([...Array(STRIDE).keys()])('applications come and go, and sessions start and end once, however often their function dies: from call %i on', async (first) => {
  const { world, disturbed } = await liveThrough(({ loopback }) => {
    for (let kill = 0; kill < 20; kill += 1) {
      // A rule does not count the calls that the rules before it were played on.
      loopback.endpoint.faults.add({
        service: 'gameliftstreams', lambdaOnly: true, skip: first + kill * (STRIDE - 1), fault: { kind: 'kill-caller', when: 'after' },
      });
    }
  });
  expect(world).toEqual(AS_IT_SHOULD_BE);
  expect(disturbed).toBeGreaterThan(3);
}, 60_000);

test.each(['drop-answer', 'drop-request', 'throttle'] as const)('and whatever befalls three calls of each kind: %s', async (kind) => {
  const operations = [
    'GetStreamGroup', 'GetApplication', 'AssociateApplications', 'DisassociateApplications', 'StartStreamSession', 'GetStreamSession', 'ListStreamSessions',
    'TerminateStreamSession',
  ];
  const { world, disturbed } = await liveThrough(({ loopback }) => operations.forEach((operation) => loopback.endpoint.faults.add({
    operation, lambdaOnly: true, times: 3, fault: { kind },
  })));
  expect(world).toEqual(AS_IT_SHOULD_BE);
  expect(disturbed).toBeGreaterThan(operations.length);
});

test('events that are delivered twice have one effect', async () => {
  const { world } = await liveThrough(({ loopback }) => loopback.lambda.deliverTwice(20));
  expect(world).toEqual(AS_IT_SHOULD_BE);
});
