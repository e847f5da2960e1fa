import * as cdk from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Deployment } from './deployment';
import { deploying, type Life, needsEach, overtake, type Step, usesExactly } from './exact-permissions';
import { appstream } from '../../src';

/** Images in a bucket that is made with the theme's stack would want a second life to be filled. */
const fill: Step = async ({ loopback }: Deployment) => {
  await loopback.call('s3', 'CreateBucket', { Bucket: 'brand' });
  await Promise.all(['logo.png', 'favicon.ico'].map((Key) => loopback.call('s3', 'PutObject', { Bucket: 'brand', Key, Body: Key })));
  const Statement = [{ Effect: 'Allow', Principal: { Service: 'appstream.amazonaws.com' }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::brand/*' }];
  await loopback.call('s3', 'PutBucketPolicy', { Bucket: 'brand', Policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
  return [];
};

function themed(app: cdk.App): cdk.Stack {
  const scope = new cdk.Stack(app, 'Branded');
  const bucket = s3.Bucket.fromBucketName(scope, 'Bucket', 'brand');
  const image = (key: string) => appstream.FileSource.fromBucket(bucket, key);
  new appstream.Stack(scope, 'Desks').brand({ title: 'Desks', logo: image('logo.png'), favicon: image('favicon.ico') });
  return scope;
}

function account(app: cdk.App): cdk.Stack {
  const scope = new cdk.Stack(app, 'Account');
  new appstream.User(scope, 'Ann', { userName: 'ann@example.com', enabled: false });
  new appstream.UsageReportSubscription(scope, 'Reports');
  return scope;
}

describe('a theme', () => {
  const life: Life = {
    holder: 'AppStreamLifecycleEngine',
    make: themed,
    steps: [fill, deploying(themed)],
  };
  usesExactly({ ...life, steps: [...life.steps, (deployment) => overtake(deployment, 'appstream', { TitleText: 'Tables' })] });
  needsEach({ ...life, policies: ['AppStreamLifecycleEngineAppStreamStackTheme'] });
});

describe('a disabled user and usage reports', () => {
  const life: Life = {
    holder: 'AppStreamAccountLifecycleEngine',
    make: account,
    steps: [deploying(account)],
  };
  usesExactly({ ...life, steps: [...life.steps, (deployment) => overtake(deployment, 'appstream')] });
  needsEach({ ...life, policies: ['AppStreamAccountLifecycleEngineAppStream'] });
});
