import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { appstream } from '../../src';

const { AppBlockBuilder, Capacity, ElasticFleet, ElasticPlatform, Fleet, FleetState, Image, ImageBuilder, InstanceType, RunningHours } = appstream;
const { CDK_VALIDATION } = process.env;

beforeAll(() => {
  process.env.CDK_VALIDATION = 'true';
});

afterAll(() => {
  process.env.CDK_VALIDATION = CDK_VALIDATION;
});

test('aws-cdk-lib finds nothing against the templates, where that lets a synthesis fail', () => {
  const app = new cdk.App({ context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
  const scope = new cdk.Stack(app, 'Test', { env: { account: '111111111111', region: 'eu-west-1' } });
  const vpc = ec2.Vpc.fromVpcAttributes(scope, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0', availabilityZones: ['eu-west-1a', 'eu-west-1b'], privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  });
  const hours = [RunningHours.weekly({ from: '09:00', to: '17:00', timeZone: cdk.TimeZone.ETC_UTC })];
  const instance = { image: Image.fromName('image'), instanceType: InstanceType.STANDARD_MEDIUM, vpc };

  const fleet = new Fleet(scope, 'Fleet', { ...instance, capacity: Capacity.instances(1) });
  fleet.runDuring({ hours });
  const elastic = new ElasticFleet(scope, 'Elastic', {
    platform: ElasticPlatform.WINDOWS_SERVER_2019,
    instanceType: InstanceType.STANDARD_MEDIUM,
    maxConcurrentSessions: 2,
    vpc,
    desiredState: FleetState.RUNNING,
  });
  new AppBlockBuilder(scope, 'AppBlockBuilder', { instanceType: InstanceType.STANDARD_MEDIUM, vpc });
  new ImageBuilder(scope, 'ImageBuilder', instance).runDuring({ hours });
  new appstream.Stack(scope, 'Desks').addFleet(fleet);
  new cdk.CfnOutput(scope, 'FleetArn', { value: fleet.fleetArn });
  new cdk.CfnOutput(scope, 'ElasticArn', { value: elastic.fleetArn });

  expect(() => app.synth()).not.toThrow();
});
