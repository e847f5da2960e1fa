import { type FleetError, FleetErrorCode } from '@aws-sdk/client-appstream';
import { anEvening } from './office-evening';
import type { DemoApp } from '../demo-app';
import { changesBetween } from '../picture';
import { cdk, deploy, DESTROY, lambdasWorked, nothingHappened, outputOf, secretOf, type Seen, user } from '../step';
import type { World } from '../world';

/** In virtual milliseconds: a session takes its time to begin, and scaling to notice. */
const SCALED_AFTER = 10 * 60_000;

const START_ERROR: FleetError = {
  ErrorCode: FleetErrorCode.SUBNET_HAS_INSUFFICIENT_IP_ADDRESSES,
  ErrorMessage: 'The subnet does not have enough free IP addresses',
};

/** The desktops of an office: opened, changed, changed in vain, closed, filled, and given up. */
export const office: DemoApp = {
  name: 'office',
  about: 'AppStream 2.0: the desktops of an office',
  service: 'appstream',
  // In the strict reading a fleet whose start hangs can neither be started nor stopped, and no rollback could succeed.
  loopback: { appstream: { readings: { stopWhileStarting: 'accepted-once-stuck' } } },
  steps: [
    {
      title: 'first deploy',
      action: deploy(),
      expected: 'CREATE_COMPLETE, fleet STOPPED, fleet RUNNING, builder STOPPED',
      verify: lambdasWorked,
    },
    {
      title: 'deploy without a change',
      action: deploy(),
      expected: 'CREATE_COMPLETE, fleet STOPPED, fleet RUNNING, builder STOPPED',
      verify: nothingHappened,
    },
    {
      title: 'look at what closing changes',
      action: cdk('diff', '-c', 'office=closed'),
      expected: 'CREATE_COMPLETE, fleet STOPPED, fleet RUNNING, builder STOPPED',
      verify: (seen) => [
        ...nothingHappened(seen),
        ...seen.run.output.includes('DesiredState') ? [] : ['the difference does not name DesiredState'],
      ],
    },
    {
      title: 'change what only a stopped fleet lets be changed, while it runs',
      action: deploy('-c', 'team=Apprentices', '-c', 'description=A good office'),
      expected: 'UPDATE_COMPLETE, fleet STOPPED, fleet RUNNING, builder STOPPED',
      verify: (seen) => [...lambdasWorked(seen), ...stoppedAndStarted(seen), ...handedOver(seen)],
    },
    {
      title: 'change it again, but the fleet does not come back',
      action: deploy('-c', 'team=Engineers', '-c', 'description=A better office'),
      expected: 'UPDATE_ROLLBACK_COMPLETE, fleet STOPPED, fleet RUNNING, builder STOPPED',
      exitCode: 1,
      prepare: (loopback, world) => loopback.appstream.script.stuckStart(outputOf(world, 'FleetName'), [START_ERROR]),
      verify: (seen) => [...lambdasWorked(seen), ...rolledBack(seen)],
    },
    {
      title: 'close the office',
      action: deploy('-c', 'office=closed'),
      expected: 'UPDATE_COMPLETE, fleet STOPPED, fleet STOPPED, builder STOPPED',
      verify: lambdasWorked,
    },
    {
      title: 'open it again',
      action: deploy(),
      expected: 'UPDATE_COMPLETE, fleet STOPPED, fleet RUNNING, builder STOPPED',
      verify: lambdasWorked,
    },
    {
      title: 'it becomes evening on a working day, and later',
      action: user('somebody works in the evening, longer than its hours', anEvening),
      expected: 'UPDATE_COMPLETE, fleet STOPPED, fleet RUNNING, builder STOPPED',
      verify: keptTheHours,
    },
    {
      title: 'all desktops are taken, and the fleet scales',
      action: user('a visitor opens the URL that the secret holds, and somebody signs in', async (scene) => {
        const { StreamingURL } = await secretOf(scene, 'ReceptionSecret');
        const { appstream, clock } = scene.loopback;
        const sessions = [appstream.openStreamingUrl(StreamingURL), appstream.signIn(outputOf(scene.before, 'StackName'), 'anna', 'SAML')];
        await clock.sleep(SCALED_AFTER);
        return sessions.map(({ UserId }) => `${UserId} streams`);
      }),
      expected: 'UPDATE_COMPLETE, fleet STOPPED, fleet RUNNING, builder STOPPED, session ACTIVE',
      verify: ({ after }) => capacityOf(after) === 3 ? [] : [`the fleet has not scaled to 3 instances: ${capacityOf(after)}`],
    },
    {
      title: 'change a fleet that has scaled',
      action: deploy('-c', 'name=Big office'),
      expected: 'UPDATE_COMPLETE, fleet STOPPED, fleet RUNNING, builder STOPPED, session ACTIVE',
      verify: (seen) => [...lambdasWorked(seen), ...renamedAlone(seen)],
    },
    { ...DESTROY, verify: (seen) => [...lambdasWorked(seen), ...drained(seen)] },
  ],
  reserves: {
    'states:StopExecution': 'for requests that are overtaken by newer ones',
    'secretsmanager:UpdateSecretVersionStage': 'for the URL of before, when a rollback finds another one in the secret',
    'appstream:StartImageBuilder': 'an image builder starts when it is made, and the office wants it stopped',
  },
};

/** The fleet was stopped for its update and started again, each once. */
function stoppedAndStarted({ calls }: Seen): string[] {
  const moves = calls.filter((call) => call === 'StopFleet' || call === 'StartFleet');
  return moves.join() === 'StopFleet,StartFleet' ? [] : [`the fleet was not stopped and started once: ${calls.join(', ')}`];
}

/** The fleet has the role of the apprentices and another description, and nothing else of it has changed. */
function handedOver({ before, after }: Seen): string[] {
  const fleet = `world.fleet ${outputOf(after, 'FleetName')}.`;
  const changes = changesBetween(before, after).filter((change) => change.startsWith(fleet)).map((change) => change.slice(fleet.length));
  const role = after.deployments[0]?.resources.find(({ logicalId, type }) => type === 'AWS::IAM::Role' && logicalId.startsWith('Apprentices'));
  return [
    ...role && changes.some((change) => change.startsWith('IamRoleArn ') && change.endsWith(`:role/${role.physicalId}"`))
      ? [] : ['the fleet does not have the role of the apprentices'],
    ...changes.some((change) => change.startsWith('Description ')) ? [] : ['the fleet has no new description'],
    ...changes.filter((change) => !/^(IamRoleArn|Description) /.test(change)),
  ];
}

/** The function of the hours started the fleet, looked for users, and stopped it. */
function keptTheHours({ calls }: Seen): string[] {
  const moves = calls.filter((call, index) => ['StartFleet', 'DescribeSessions', 'StopFleet'].includes(call) && calls.indexOf(call) === index);
  return moves.join() === 'StartFleet,DescribeSessions,StopFleet' ? [] : [`the hours were not kept: ${calls.join(', ')}`];
}

/** The failure came from AppStream's own errors, after something else had been changed; and all of it was undone. */
function rolledBack({ run, events, before, after }: Seen): string[] {
  const failed = events.findIndex(({ ResourceStatus, ResourceStatusReason }) =>
    ResourceStatus === 'UPDATE_FAILED' && ResourceStatusReason?.includes(`${START_ERROR.ErrorCode}: ${START_ERROR.ErrorMessage}`));
  const halfWay = events.slice(0, Math.max(0, failed)).some(({ ResourceStatus, ResourceType }) =>
    ResourceStatus === 'UPDATE_COMPLETE' && ResourceType === 'AWS::AppStream::Fleet');
  return [
    ...failed >= 0 ? [] : [`no resource failed with ${START_ERROR.ErrorCode}`],
    ...halfWay ? [] : ['the update had not changed the fleet before it failed'],
    ...run.output.includes(START_ERROR.ErrorCode!) ? [] : [`the CLI does not show ${START_ERROR.ErrorCode}`],
    ...run.output.includes('Could not fetch logs') ? ['the CLI cannot show the log of the function'] : [],
    ...changesBetween(before, after),
  ];
}

function capacityOf(world: World): number | undefined {
  return world.things.filter(({ name }) => name === outputOf(world, 'FleetName')).map(({ facts }) => facts).find(isScaled)?.ComputeCapacityStatus.Desired;
}

function isScaled(facts: object): facts is { readonly ComputeCapacityStatus: { readonly Desired: number } } {
  return 'ComputeCapacityStatus' in facts;
}

/** Only the name: neither the capacity that scaling has come to nor anything else, and nobody was thrown out. */
function renamedAlone({ before, after }: Seen): string[] {
  const changes = changesBetween(before, after);
  return changes.some((change) => change.includes('.DisplayName ')) ? changes.filter((change) => !change.includes('.DisplayName ')) : ['the fleet has no new name'];
}

/** The visitor's session was ended before the fleet was stopped. */
function drained({ calls }: Seen): string[] {
  const [expired, stopped] = [calls.indexOf('ExpireSession'), calls.indexOf('StopFleet')];
  return expired >= 0 && expired < stopped ? [] : [`the session was not ended before the fleet stopped: ${calls.join(', ')}`];
}
