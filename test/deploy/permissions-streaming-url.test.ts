import * as cdk from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { deploying, needsEach, overtake, type Step, usesExactly } from './exact-permissions';
import { appstream, LifecycleSettings } from '../../src';

/** A fleet that CloudFormation starts, so that the only lifecycle resource is the URL. */
function kiosk(app: cdk.App, revision: string, encrypted: boolean): cdk.Stack {
  const scope = new cdk.Stack(app, 'Kiosk');
  if (encrypted) {
    LifecycleSettings.apply(scope, { encryptionKey: new kms.Key(scope, 'Key') });
  }
  const fleet = new appstream.Fleet(scope, 'Fleet', {
    image: appstream.Image.fromName('AppStream-WinServer2022-06-17-2024'),
    instanceType: appstream.InstanceType.STANDARD_LARGE,
    capacity: appstream.Capacity.instances(1),
  });
  const stack = new appstream.Stack(scope, 'Stack');
  stack.addFleet(fleet);
  new appstream.StreamingUrl(scope, 'Url', { stack, fleet, userId: 'kiosk', revision });
  return scope;
}

function lifeOf(encrypted: boolean) {
  const deploy = (revision: string) => deploying((app) => kiosk(app, revision, encrypted));
  return {
    holder: 'AppStreamLifecycleEngine',
    make: (app: cdk.App) => kiosk(app, '1', encrypted),
    // Back to what was there, as a rollback goes.
    steps: [deploy('1'), deploy('2'), deploy('1'), (deployment: Parameters<Step>[0]) => overtake(deployment, 'secretsmanager', { Revision: '3' })],
  };
}

describe('a streaming URL', () => {
  usesExactly(lifeOf(false));
  needsEach(lifeOf(false));
});

describe('a streaming URL whose secret is encrypted with a key of the customer', () => {
  usesExactly(lifeOf(true));
});
