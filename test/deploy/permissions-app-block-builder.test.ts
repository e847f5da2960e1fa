import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { deploying, type Life, needsEach, overtake, type Step, usesExactly } from './exact-permissions';
import { appstream } from '../../src';

const { RUNNING, STOPPED } = appstream.AppBlockBuilderState;

function packed(app: cdk.App, desiredState?: appstream.AppBlockBuilderState): cdk.Stack {
  const stack = new cdk.Stack(app, 'Packed');
  const content = s3.Bucket.fromBucketName(stack, 'Content', 'content');
  const builder = new appstream.AppBlockBuilder(stack, 'Builder', {
    appBlock: new appstream.AppBlock(stack, 'Editors', {
      packaging: appstream.AppBlockPackaging.appStreamPackage(appstream.FileSource.fromBucket(content, 'app.vhdx')),
    }),
    instanceType: appstream.InstanceType.STANDARD_SMALL,
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'] }),
    securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')],
    desiredState,
  });
  if (desiredState === undefined) {
    builder.runDuring({ hours: [appstream.RunningHours.weekly({ from: '09:00', to: '17:00', timeZone: cdk.TimeZone.ETC_UTC })] });
  }
  return stack;
}

const deploy = (state?: appstream.AppBlockBuilderState) => deploying((app) => packed(app, state));

const options = {
  appstream: { readings: { unreadableObject: 'accepted' as const }, durations: { appBlockBuilderStart: 15_000, appBlockBuilderStop: 15_000 } },
};

describe('an app block builder that is started and stopped', () => {
  const life: Life = {
    holder: 'AppStreamLifecycleEngine',
    options,
    make: (app) => packed(app, RUNNING),
    steps: [deploy(RUNNING), deploy(STOPPED), (deployment) => overtake(deployment, 'appstream')],
  };

  usesExactly(life);
  needsEach(life, /^appstream:/);
});

/** Hours have ended and begun, and what the schedules could not do is told. */
const aDay: Step = async ({ loopback, clock }) => {
  await clock.sleep(26 * 60 * 60_000);
  return loopback.scheduler.attempts.flatMap(({ error, dropped }) => error && dropped ? [error] : []);
};

describe('the role of the schedules of an app block builder', () => {
  const life: Life = { holder: 'BuilderRunningHours', options, make: (app) => packed(app), steps: [deploy(), aDay] };

  usesExactly(life);
  needsEach(life);
});
