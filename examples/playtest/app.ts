import * as cdk from 'aws-cdk-lib';
import { PlaytestStack } from './playtest-stack';

const app = new cdk.App();

// cdk deploy -c players=12: another URL, for more players; the one before is revoked.
new PlaytestStack(app, 'Playtest', { players: Number(app.node.tryGetContext('players') ?? 4) });
