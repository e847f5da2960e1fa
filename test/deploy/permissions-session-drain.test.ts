import * as cdk from 'aws-cdk-lib';
import type { Deployment } from './deployment';
import { deploying, type Life, needsEach, overtake, type Step, usesExactly } from './exact-permissions';
import { appstream } from '../../src';

const { SessionDrainMethod } = appstream;

function drained(app: cdk.App, method: appstream.SessionDrainMethod, trigger: string): cdk.Stack {
  const scope = new cdk.Stack(app, 'Drained');
  const fleet = new appstream.Fleet(scope, 'Fleet', {
    fleetName: 'office',
    image: appstream.Image.fromName('AppStream-WinServer2022-06-17-2024'),
    instanceType: appstream.InstanceType.STANDARD_LARGE,
    capacity: appstream.Capacity.sessions(4, { sessionsPerInstance: 2 }),
    disconnectTimeout: cdk.Duration.minutes(5),
  });
  const stack = new appstream.Stack(scope, 'Stack', { stackName: 'office' });
  stack.addFleet(fleet);
  new appstream.SessionDrain(scope, 'Drain', { stack, fleet, trigger, method });
  return scope;
}

/** A user comes, and will leave soon. */
const come: Step = async ({ loopback, clock }: Deployment) => {
  const { Id } = loopback.appstream.signIn('office', 'anna', 'SAML');
  clock.advance(60_000);
  loopback.appstream.disconnect(Id!);
  return [];
};

const BEYOND = 'takes no resource';

describe.each([
  ['expires sessions', SessionDrainMethod.expire()],
  ['drains instances', SessionDrainMethod.drainInstances()],
])('a drain that %s', (_, method) => {
  const deploy = (trigger: string) => deploying((app) => drained(app, method, trigger));
  const life: Life = {
    holder: 'AppStreamSessionsLifecycleEngine',
    make: (app) => drained(app, method, 'one'),
    steps: [deploy('one'), come, deploy('two'), (deployment) => overtake(deployment, 'appstream', { Trigger: 'three' })],
    wide: {
      'appstream:DescribeSessions': 'what was replaced is drained under a name that no template knows by then, and IAM knows no condition for the action',
      'appstream:ExpireSession': BEYOND,
      'appstream:DrainSessionInstance': BEYOND,
    },
  };

  usesExactly(life);
  needsEach(life);
});
