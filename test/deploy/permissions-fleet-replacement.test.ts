import * as cdk from 'aws-cdk-lib';
import { type Life, needsEach, overtake, type Step, usesExactly } from './exact-permissions';
import { office, type Wish } from './gated-office';
import { appstream } from '../../src';

const { UpdateStrategy } = appstream;
const unseen: Wish = { fleetName: undefined, strategy: UpdateStrategy.failIfRunning() };
const replaced: Wish = { fleetName: undefined, strategy: UpdateStrategy.replace() };

const deploy = (wish: Wish): Step => async (deployment, change) => (await deployment.deploy((app) => office(app, wish), change)).failures;

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
});
