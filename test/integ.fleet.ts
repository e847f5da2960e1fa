/**
 * A fleet, its stack and an image builder, each held in a state by the library, deployed to AWS.
 *
 * Deploying it takes the better part of an hour and costs a few dollars: by integ-runner.
 */
import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { appstream } from '../src';

const app = new cdk.App();
const stack = new cdk.Stack(app, 'cdk-app-streaming-fleet');

const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0, restrictDefaultSecurityGroup: false });
const image = appstream.Image.fromName('AppStream-WinServer2022-06-17-2024');
const instanceType = appstream.InstanceType.STANDARD_SMALL;

const fleet = new appstream.Fleet(stack, 'Fleet', {
  image,
  instanceType,
  capacity: appstream.Capacity.instances(1),
  fleetType: appstream.FleetType.ON_DEMAND,
  vpc,
  desiredState: appstream.FleetState.RUNNING,
});
new appstream.Stack(stack, 'Applications').addFleet(fleet);
new appstream.ImageBuilder(stack, 'Builder', { image, instanceType, vpc, desiredState: appstream.ImageBuilderState.STOPPED });

const integ = new IntegTest(app, 'Integ', { testCases: [stack] });
integ.assertions.awsApiCall('AppStream', 'describeFleets', { Names: [fleet.fleetName] })
  .assertAtPath('Fleets.0.State', ExpectedResult.stringLikeRegexp('RUNNING'));
