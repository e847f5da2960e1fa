import * as cdk from 'aws-cdk-lib';
import { ImageRolloutStack } from './image-rollout-stack';

const app = new cdk.App();

new ImageRolloutStack(app, 'ImageRollout', {
  // The account with the fleets of production.
  production: app.node.tryGetContext('production') ?? '222222222222',
});
