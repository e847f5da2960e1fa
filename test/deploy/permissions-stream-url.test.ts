import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Deployment } from './deployment';
import { deploying, type Life, needsEach, overtake, type Step, usesExactly } from './exact-permissions';
import { gameliftstreams } from '../../src';
import { fillBucket, type Share, stackOf } from '../lambda/gameliftstreams/shared-game';

/** A stream URL with all that can be granted for one: it ends sessions, and they have a role. */
function shared(app: cdk.App, share: Share = {}): cdk.Stack {
  return stackOf(app, {
    revocationMode: gameliftstreams.RevocationMode.REVOKE_AND_TERMINATE_SESSIONS,
    roleOf: (stack) => new iam.Role(stack, 'Role', { roleName: 'GameLiftStreams-chess', assumedBy: new iam.ServicePrincipal('gameliftstreams.amazonaws.com') }),
    ...share,
  });
}

const deploy = (share?: Share) => deploying((app) => shared(app, share));

/** Somebody begins the only session that the URL is for: it cannot be revoked any more, but its session can be ended. */
const useUp: Step = async ({ loopback, clock }: Deployment) => {
  const { Items: [{ StreamUrl }] } = await loopback.call('gameliftstreams', 'ListStreamUrls', { Status: 'ACTIVE' });
  loopback.gameliftstreams.openStreamUrl(StreamUrl);
  clock.advance(5 * 60_000);
  return [];
};

const life: Life = {
  holder: 'GameLiftStreamsLifecycleEngine',
  make: (app) => shared(app),
  steps: [
    (deployment) => fillBucket(deployment).then(() => []),
    deploy(), useUp, deploy({ revision: '2' }), deploy({ revision: '3' }),
    deploy({ generation: 'v2' }), useUp, deploy({ generation: 'v2', revision: '4' }), deploy({ generation: 'v2', revision: '5' }),
    deploy({ generation: 'v2', revision: '5', timeout: cdk.Duration.minutes(30) }),
    (deployment) => overtake(deployment, 'gameliftstreams'),
  ],
};

usesExactly(life);
needsEach(life);
