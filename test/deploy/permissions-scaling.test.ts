import type * as cdk from 'aws-cdk-lib';
import { deploying, type Life, needsEach, overtake, usesExactly } from './exact-permissions';
import { FEW, scaledOffice } from './scaled-office';

const make = (app: cdk.App) => scaledOffice(app, { limits: FEW }).stack;

describe('the engine of a fleet that is scaled', () => {
  const life: Life = {
    holder: 'AppStreamLifecycleEngine',
    make,
    steps: [deploying(make), (deployment) => overtake(deployment, 'appstream')],
  };

  usesExactly(life);
  needsEach(life);
});
