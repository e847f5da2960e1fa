import * as cdk from 'aws-cdk-lib';
import { OfficeStack } from './office-stack';

const app = new cdk.App();

// cdk deploy -c office=closed: the desktops are stopped, and everything else stays.
// cdk deploy -c team=Apprentices: they are stopped for their new role, and run again.
new OfficeStack(app, 'Office', {
  open: app.node.tryGetContext('office') !== 'closed',
  team: app.node.tryGetContext('team') ?? 'Staff',
  description: app.node.tryGetContext('description') ?? 'Desktops of the office',
  displayName: app.node.tryGetContext('name') ?? 'Desktops',
});
