import type { DemoApp } from '../demo-app';
import { changesBetween } from '../picture';
import { deploy, DESTROY, lambdasWorked, outputOf, type Scene, secretOf, type Seen, user } from '../step';

/** In virtual milliseconds. */
const ACTIVE_AFTER = 5 * 60_000;

const DESKTOPS = ['-c', 'desktops=Desktops with a new role'];
const REFUSAL = 'AppStream changes Description only while it is stopped: stop it and deploy again';
const QUOTA = 'The limit for the number of running instances has been reached';

/** Desktops that are replaced while somebody is there, and a training room that is left alone. */
export const desktops: DemoApp = {
  name: 'desktops',
  about: 'AppStream 2.0: desktops that are replaced under their users',
  service: 'appstream',
  steps: [
    {
      title: 'first deploy',
      action: deploy(),
      expected: 'CREATE_COMPLETE, fleet RUNNING, fleet RUNNING',
      verify: lambdasWorked,
    },
    {
      title: 'somebody comes',
      action: user('somebody at the kiosk opens the URL that the secret holds', comes),
      expected: 'CREATE_COMPLETE, fleet RUNNING, fleet RUNNING, session ACTIVE',
      verify: () => [],
    },
    {
      title: 'change what only a stopped fleet lets be changed',
      action: deploy(...DESKTOPS),
      expected: 'UPDATE_COMPLETE, fleet RUNNING, fleet RUNNING',
      verify: (seen) => [...lambdasWorked(seen), ...replaced(seen)],
    },
    {
      title: 'somebody comes back',
      action: user('somebody at the kiosk opens the URL that the secret holds now', comes),
      expected: 'UPDATE_COMPLETE, fleet RUNNING, fleet RUNNING, session ACTIVE',
      verify: () => [],
    },
    {
      title: 'change it again, but the new fleet cannot start',
      action: deploy('-c', 'desktops=Desktops that will never be'),
      expected: 'UPDATE_ROLLBACK_COMPLETE, fleet RUNNING, fleet RUNNING, session ACTIVE',
      exitCode: 1,
      prepare: ({ endpoint }) => void endpoint.faults.add({
        service: 'appstream', operation: 'StartFleet', lambdaOnly: true, fault: { kind: 'error', code: 'LimitExceededException', message: QUOTA, status: 400 },
      }),
      verify: (seen) => [...lambdasWorked(seen), ...untouched(seen, QUOTA)],
    },
    {
      title: 'change the training room while it is open',
      action: deploy(...DESKTOPS, '-c', 'training=Training room for beginners'),
      expected: 'UPDATE_ROLLBACK_COMPLETE, fleet RUNNING, fleet RUNNING, session ACTIVE',
      exitCode: 1,
      verify: (seen) => [...lambdasWorked(seen), ...untouched(seen, REFUSAL)],
    },
    DESTROY,
  ],
  reserves: {
    'states:StopExecution': 'for requests that are overtaken by newer ones',
    'secretsmanager:UpdateSecretVersionStage': 'for the URL of before, when a rollback finds another one in the secret',
    'appstream:StopFleet': 'by name: a fleet that was replaced is stopped by its tag',
    'appstream:StartFleet': 'for the fleet that could not start',
    'appstream:CreateStreamingURL': 'for the fleet that could not start',
    'appstream:ListTagsForResource': 'for desktops that were deployed before they could be replaced',
    'appstream:DescribeFleets': 'for desktops that were deployed before they could be replaced',
  },
};

async function comes(scene: Scene): Promise<string[]> {
  const { StreamingURL } = await secretOf(scene, 'KioskSecret');
  const { Id, FleetName } = scene.loopback.appstream.openStreamingUrl(StreamingURL);
  // A session takes its time to begin.
  await scene.loopback.clock.sleep(ACTIVE_AFTER);
  return [`the browser shows session ${Id} of fleet ${FleetName}`];
}

/** Another fleet has taken the place of the one before, whose user was out before it stopped. */
function replaced({ before, after, calls }: Seen): string[] {
  // The old fleet is let go of in between, after AppStream has refused that for the user who is there.
  const inOrder = ['ExpireSession', 'AssociateFleet', 'StopFleet'];
  const done = calls.filter((call) => inOrder.includes(call));
  return [
    ...outputOf(before, 'FleetName') === outputOf(after, 'FleetName') ? ['the fleet is the same'] : [],
    ...done.join() === inOrder.join() ? [] : [`the fleets were not swapped as they should be: ${done.join(', ')}`],
  ];
}

/** The deployment has failed with a sentence, and nobody has noticed. */
function untouched({ run, before, after }: Seen, sentence: string): string[] {
  return [...run.output.includes(sentence) ? [] : [`the CLI does not say ${JSON.stringify(sentence)}`], ...changesBetween(before, after)];
}
