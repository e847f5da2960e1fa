import * as cdk from 'aws-cdk-lib';
import { deploying, type Life, needsEach, overtake, type Step, usesExactly } from './exact-permissions';
import { office, type Wish } from './gated-office';
import { appstream } from '../../src';

const { UpdateStrategy } = appstream;
const strategy = UpdateStrategy.stopAndRestart({ waitForSessions: cdk.Duration.minutes(5) });

const deploy = (wish: Wish) => deploying((app) => office(app, wish));

/** Somebody is there, and leaves soon. */
const come: Step = async ({ loopback, clock }) => {
  const { Id } = loopback.appstream.signIn('office', 'anna', 'SAML');
  clock.advance(60_000);
  loopback.appstream.disconnect(Id!);
  return [];
};

describe('a fleet that is stopped, updated and started again', () => {
  const life: Life = {
    holder: 'AppStreamLifecycleEngine',
    make: (app) => office(app, { strategy }),
    steps: [deploy({ description: 'old', strategy }), come, deploy({ description: 'new', strategy }), (deployment) => overtake(deployment, 'appstream')],
    wide: { 'appstream:DescribeSessions': 'which stacks have the fleet is known only when it is to be stopped' },
  };

  usesExactly(life);
  needsEach(life);
});
