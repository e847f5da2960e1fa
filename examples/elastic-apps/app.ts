import * as cdk from 'aws-cdk-lib';
import { ElasticAppsStack } from './elastic-apps-stack';

const app = new cdk.App();

// cdk deploy -c release=2: the next disk of editors, which new sessions get; nobody's session ends.
new ElasticAppsStack(app, 'ElasticApps', { release: app.node.tryGetContext('release') ?? '1' });
