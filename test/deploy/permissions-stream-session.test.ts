import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { deploying, type Life, needsEach, overtake, usesExactly } from './exact-permissions';
import { gameliftstreams } from '../../src';
import { fillGames, type Made, playtestStack, PRIMARY, type Wish } from '../lambda/gameliftstreams/playtest';

/** A session with a role. */
const session = (revision: string) => ({ stack, group, first }: Made): gameliftstreams.StreamSession => {
  const role = new iam.Role(stack, 'Role', { roleName: 'GameLiftStreams-Game', assumedBy: new iam.ServicePrincipal('gameliftstreams.amazonaws.com') });
  return new gameliftstreams.StreamSession(stack, 'Session', { streamGroup: group, application: first, locations: [PRIMARY], role, revision });
};

const deploy = (wish: Wish) => deploying((app) => playtestStack(app, wish));

const life: Life = {
  holder: 'GameLiftStreamsLifecycleEngine',
  make: (app: cdk.App) => playtestStack(app, { add: session('1') }),
  steps: [
    (deployment) => fillGames(deployment).then(() => []),
    deploy({ add: session('1') }),
    (deployment) => overtake(deployment, 'gameliftstreams'),
    deploy({ add: session('2') }),
    // What is replaced is not named in the template any more.
    deploy({ add: session('2'), generation: '2' }),
  ],
};

usesExactly(life);
needsEach(life);
