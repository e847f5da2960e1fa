import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { deploying, type Life, needsEach, overtake, type Step, usesExactly } from './exact-permissions';
import { appstream, LifecycleSettings, type LifecycleSettingsProps } from '../../src';

const { FleetState, ImageBuilderState } = appstream;

interface Wish {
  readonly fleet: appstream.FleetState;
  readonly builder: appstream.ImageBuilderState;
  readonly description?: string;
}

const FIRST: Wish = { fleet: FleetState.RUNNING, builder: ImageBuilderState.STOPPED };
const SECOND: Wish = { fleet: FleetState.STOPPED, builder: ImageBuilderState.RUNNING };
/** Let through by the gate of the fleet, which clears up after itself. */
const THIRD: Wish = { ...SECOND, description: 'Stopped, and so to be changed' };

/** Starts and stops of both kinds, an update of the fleet, and an older request that is ended. */
function stepsOf(make: (app: cdk.App, wish: Wish) => cdk.Stack): Step[] {
  const deploy = (wish: Wish) => deploying((app) => make(app, wish));
  return [deploy(FIRST), deploy(SECOND), deploy(THIRD), (deployment) => overtake(deployment, 'appstream')];
}

function everything(app: cdk.App, { fleet, builder, description }: Wish, settings?: (stack: cdk.Stack) => LifecycleSettingsProps): cdk.Stack {
  const stack = new cdk.Stack(app, 'Everything');
  if (settings) {
    LifecycleSettings.apply(stack, settings(stack));
  }
  const instance = { image: appstream.Image.fromName('AppStream-WinServer2022-06-17-2024'), instanceType: appstream.InstanceType.STANDARD_LARGE };
  new appstream.Fleet(stack, 'Fleet', { ...instance, capacity: appstream.Capacity.instances(1), desiredState: fleet, description });
  new appstream.ImageBuilder(stack, 'Builder', { ...instance, desiredState: builder });
  return stack;
}

describe('without settings', () => {
  const life: Life = {
    holder: 'AppStreamLifecycleEngine',
    make: (app) => everything(app, FIRST),
    steps: stepsOf(everything),
  };

  usesExactly(life);
  needsEach(life);
});

describe('with all settings', () => {
  const withSettings = (app: cdk.App, wish: Wish) => everything(app, wish, (stack) => ({
    vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 1, restrictDefaultSecurityGroup: false }),
    encryptionKey: new kms.Key(stack, 'Key'),
    tracing: true,
  }));
  const joinsVpc = 'Lambda checks these before it knows which network interface it will make, so they take no narrower resource';

  usesExactly({
    holder: 'AppStreamLifecycleEngine',
    make: (app) => withSettings(app, FIRST),
    steps: stepsOf(withSettings),
    wide: Object.fromEntries([
      'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses',
    ].map((action) => [action, joinsVpc])),
  });
});
