import * as cdk from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { AwsSolutionsChecks } from 'cdk-nag';
import { appstream } from '../../src';

/** The app that the README starts with. */
function office(app: cdk.App): cdk.Stack {
  const stack = new cdk.Stack(app, 'Office');
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const image = appstream.Image.fromName('AppStream-WinServer2022-06-17-2024');
  const instanceType = appstream.InstanceType.STANDARD_LARGE;
  const fleet = new appstream.Fleet(stack, 'Fleet', {
    image,
    instanceType,
    capacity: appstream.Capacity.instances(2),
    vpc,
    desiredState: appstream.FleetState.RUNNING,
  });
  new appstream.Stack(stack, 'Stack', {
    displayName: 'Office',
    userSettings: appstream.UserSettings.locked().allow(appstream.UserAction.PRINTING_TO_LOCAL_DEVICE),
  }).addFleet(fleet);
  new appstream.ImageBuilder(stack, 'Builder', { image, instanceType, vpc, desiredState: appstream.ImageBuilderState.STOPPED });
  return stack;
}

/** What a new bundle changes is not what the snapshot is about. */
function withoutAssetHashes(template: object): object {
  return JSON.parse(JSON.stringify(template).replace(/[0-9a-f]{64}/g, '<asset>'));
}

test('the office app', () => {
  expect(withoutAssetHashes(Template.fromStack(office(new cdk.App())).toJSON())).toMatchSnapshot();
});

test('the logical ids of the office app', () => {
  const { Resources } = Template.fromStack(office(new cdk.App())).toJSON();
  const ids = Object.entries<{ Type: string }>(Resources)
    .filter(([, { Type }]) => Type.startsWith('AWS::AppStream::')).map(([id, { Type }]) => [Type, id]);
  expect(ids).toEqual([
    ['AWS::AppStream::Fleet', 'Fleet30813DF3'],
    ['AWS::AppStream::Stack', 'Stack8A423254'],
    ['AWS::AppStream::StackFleetAssociation', 'StackFleetAssociation991474F9'],
    ['AWS::AppStream::ImageBuilder', 'BuilderB630A0FA'],
  ]);
});

test('cdk-nag finds nothing in fleets, stacks and image builders', () => {
  const app = new cdk.App();
  cdk.Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const stack = new cdk.Stack(app, 'Office');
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'], privateSubnetRouteTableIds: ['table-1'] });
  const instance = { image: appstream.Image.fromName('image'), instanceType: appstream.InstanceType.STANDARD_SMALL, vpc };
  const fleet = new appstream.Fleet(stack, 'Fleet', { ...instance, capacity: appstream.Capacity.instances(1) });
  new appstream.Stack(stack, 'Stack').addFleet(fleet);
  new appstream.ImageBuilder(stack, 'Builder', { ...instance, desiredState: appstream.ImageBuilderState.UNMANAGED });

  expect(() => app.synth()).not.toThrow();
});
