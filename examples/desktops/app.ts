import * as cdk from 'aws-cdk-lib';
import { DesktopsStack } from './desktops-stack';

const app = new cdk.App();

// cdk deploy -c desktops=…: another fleet takes the place of the one that runs. -c training=…: fails while the training room is open.
new DesktopsStack(app, 'Desktops', {
  desktops: app.node.tryGetContext('desktops') ?? 'Desktops of all of us',
  training: app.node.tryGetContext('training') ?? 'Training room',
});
