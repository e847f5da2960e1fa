import type * as cdk from 'aws-cdk-lib';
import { type Life, needsEach, overtake, usesExactly } from './exact-permissions';
import { FEW, scaledOffice } from './scaled-office';

const make = (app: cdk.App) => scaledOffice(app, { limits: FEW }).stack;

describe('the engine of a fleet that is scaled', () => {
  const life: Life = {
    holder: 'AppStreamLifecycleEngine',
    make,
    steps: [async (deployment, change) => (await deployment.deploy(make, change)).failures, (deployment) => overtake(deployment, 'appstream')],
  };

  usesExactly(life);
  needsEach(life);
});
