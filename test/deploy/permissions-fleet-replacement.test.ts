import * as cdk from 'aws-cdk-lib';
import * as cfn from 'aws-cdk-lib/aws-appstream';
import { Deployment } from './deployment';
import { deploying, type Life, needsEach, overtake, type Step, usesExactly } from './exact-permissions';
import { office, type Wish } from './gated-office';
import { appstream } from '../../src';

const { UpdateStrategy } = appstream;
const unseen: Wish = { fleetName: undefined, strategy: UpdateStrategy.failIfRunning() };
const replaced: Wish = { fleetName: undefined, strategy: UpdateStrategy.replace() };

const deploy = (wish: Wish) => deploying((app) => office(app, wish));

/** Somebody is there. */
const come: Step = async ({ loopback, clock }) => {
  loopback.appstream.signIn('office', 'anna', 'SAML');
  clock.advance(60_000);
  return [];
};

const LOOKED_UP = 'the stack and the fleet that were before have names that no template knows by then, and IAM knows no condition for the action';

describe('a fleet that is replaced', () => {
  const life: Life = {
    holder: 'AppStreamSessionsLifecycleEngine',
    make: (app: cdk.App) => office(app, replaced),
    // From CloudFormation's own association, with a user.
    steps: [deploy(unseen), come, deploy(replaced), (deployment) => overtake(deployment, 'appstream', { WaitSeconds: '1' }, 'AppStreamSessions')],
    wide: {
      'appstream:DescribeSessions': LOOKED_UP,
      'appstream:ListAssociatedFleets': LOOKED_UP,
      'appstream:ExpireSession': 'takes no resource',
    },
  };

  usesExactly(life);
  needsEach(life);

  describe('and what it is started and stopped by', () => {
    usesExactly({
      holder: 'AppStreamLifecycleEngine',
      make: life.make,
      steps: [deploy({ ...replaced, description: 'old' }), deploy({ ...replaced, description: 'new' }), (deployment) => overtake(deployment, 'appstream')],
    });
  });
});

/** A stack in use, beside one whose fleet has been replaced before. */
function two(app: cdk.App, second: appstream.UpdateStrategy, broken: boolean): cdk.Stack {
  const scope = office(app, replaced);
  const fleet = new appstream.Fleet(scope, 'Second', {
    image: appstream.Image.fromName('AppStream-WinServer2022-06-17-2024'),
    instanceType: appstream.InstanceType.STANDARD_LARGE,
    capacity: appstream.Capacity.instances(1),
    updateStrategy: second,
  });
  const stack = appstream.Stack.fromStackName(scope, 'Theirs', 'theirs');
  stack.addFleet(fleet);
  if (broken) {
    // A name that AppStream refuses.
    new cfn.CfnStack(scope, 'Bad', { name: '-' }).node.addDependency(stack);
  }
  return scope;
}

test('what gives a fleet back may do so although a rollback has taken the permissions of others back', async () => {
  const deployment = await Deployment.start({ appstream: { durations: { fleetStart: 45_000, fleetStop: 30_000 } } });
  const associated = async () => (await deployment.loopback.call('appstream', 'ListAssociatedFleets', { StackName: 'theirs' })).Names;
  await deployment.loopback.call('appstream', 'CreateStack', { Name: 'theirs' });
  await deployment.deploy((app) => two(app, UpdateStrategy.failIfRunning(), false));
  const before = await associated();
  expect(before).toHaveLength(1);
  const { status, failures } = await deployment.deploy((app) => two(app, UpdateStrategy.replace(), true));
  expect(failures.join()).not.toContain('not authorized');
  expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await associated()).toEqual(before);
  expect((await deployment.loopback.call('appstream', 'DescribeFleets', {})).Fleets).toHaveLength(2);
  await deployment.stop();
});
