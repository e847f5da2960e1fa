import * as cdk from 'aws-cdk-lib';
import { RenderStudioStack } from './render-studio-stack';

const app = new cdk.App();

// cdk deploy -c night=true: the workstation is stopped, and its volumes are kept for the morning.
new RenderStudioStack(app, 'RenderStudio', {
  night: app.node.tryGetContext('night') === 'true',
  film: app.node.tryGetContext('film') ?? 'Harbour',
});
