import type { DemoApp } from '../demo-app';
import { changesBetween } from '../picture';
import { deploy, DESTROY, lambdasWorked, outputOf, type Scene, secretOf, user } from '../step';

/** In virtual milliseconds. */
const CONNECTED_AFTER = 5 * 60_000;
const PLAYING = 'application READY, application READY, group ACTIVE';

/** A playtest: players are invited and play, a developer opens a shell, more players are invited in vain, and all is given up. */
export const playtest: DemoApp = {
  name: 'playtest',
  about: 'GameLift Streams: two games and their testers',
  service: 'gameliftstreams',
  // The clock of the demo runs too fast for people: nobody would get to the session in time.
  loopback: { gameliftstreams: { readings: { connectionTimeoutWithoutClient: 'waits' } } },
  steps: [
    {
      title: 'first deploy',
      action: deploy(),
      expected: `CREATE_COMPLETE, ${PLAYING}, session ACTIVE, URL ACTIVE`,
      verify: lambdasWorked,
    },
    {
      title: 'somebody plays',
      action: user('a player opens the URL that the secret holds', plays),
      expected: `CREATE_COMPLETE, ${PLAYING}, session ACTIVE, session CONNECTED, URL ACTIVE`,
      verify: () => [],
    },
    {
      title: 'somebody looks into a session',
      action: user('a developer invokes the admin shell, and hands its answer to the Session Manager plugin', async ({ loopback, before }) => {
        const { Payload } = await loopback.call('lambda', 'Invoke', {
          FunctionName: outputOf(before, 'ShellFunction'), Payload: JSON.stringify({ session: outputOf(before, 'SessionArn') }),
        });
        const { SessionId, StreamUrl, TokenValue } = JSON.parse(Payload);
        loopback.gameliftstreams.openAdminShell({ SessionId, StreamUrl, TokenValue });
        return [`the shell is open: ${SessionId}`];
      }),
      expected: `CREATE_COMPLETE, ${PLAYING}, session ACTIVE, session CONNECTED, URL ACTIVE`,
      verify: ({ lambdaInvocations }) => lambdaInvocations === 1 ? [] : [`${lambdaInvocations} invocations opened it`],
    },
    {
      title: 'invite more players, but the game does not start',
      action: deploy('-c', 'players=12'),
      expected: `UPDATE_ROLLBACK_COMPLETE, ${PLAYING}, session ACTIVE, session CONNECTED, URL ACTIVE`,
      exitCode: 1,
      prepare: (loopback) => loopback.gameliftstreams.script.failingSession('Playtest/Group', 'applicationExit'),
      verify: (seen) => [...lambdasWorked(seen), ...changesBetween(seen.before, seen.after)],
    },
    {
      title: 'somebody else plays',
      action: user('another player opens the URL that the secret holds', plays),
      expected: `UPDATE_ROLLBACK_COMPLETE, ${PLAYING}, session ACTIVE, session CONNECTED, session CONNECTED, URL ACTIVE`,
      verify: () => [],
    },
    DESTROY,
  ],
  reserves: { 'states:StopExecution': 'for requests that are overtaken by newer ones' },
};

async function plays(scene: Scene): Promise<string[]> {
  const { gameliftstreams, clock } = scene.loopback;
  const { StreamUrl } = await secretOf(scene, 'InvitationSecret');
  const session = gameliftstreams.openStreamUrl(StreamUrl);
  // A session takes its time to begin.
  await clock.sleep(CONNECTED_AFTER);
  return [`the browser is in ${session}`];
}
