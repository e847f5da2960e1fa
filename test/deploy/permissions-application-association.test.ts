import * as cdk from 'aws-cdk-lib';
import { deploying, type Life, needsEach, overtake, usesExactly } from './exact-permissions';
import { fillGames, type Made, playtestStack, type Wish } from '../lambda/gameliftstreams/playtest';

const add = ({ group, second }: Made) => group.addApplication(second);

const deploy = (wish: Wish) => deploying((app) => playtestStack(app, wish));

const life: Life = {
  holder: 'GameLiftStreamsLifecycleEngine',
  make: (app: cdk.App) => playtestStack(app, { add }),
  steps: [
    (deployment) => fillGames(deployment).then(() => []),
    deploy({ add }),
    // What is replaced is not named in the template any more.
    deploy({ add, version: '2' }),
    deploy({ add, version: '3', generation: '2' }),
    (deployment) => overtake(deployment, 'gameliftstreams'),
  ],
};

usesExactly(life);
needsEach(life);
