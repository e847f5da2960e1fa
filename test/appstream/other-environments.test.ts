import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { appstream } from '../../src';

const { AppVisibility, Application, AppBlock, Capacity, ElasticFleet, ElasticPlatform, Fleet, Image, InstanceType, Stack } = appstream;

let scope: cdk.Stack;

beforeEach(() => {
  scope = new cdk.Stack(new cdk.App(), 'Test', { env: { account: '111111111111', region: 'eu-west-1' } });
});

const arnOf = (resource: string) => `arn:aws:appstream:us-east-1:111111111111:${resource}`;
const application = () => Application.fromApplicationArn(scope, 'Foreign', arnOf('application/editor'));

function elasticFleet(): appstream.ElasticFleet {
  const vpc = ec2.Vpc.fromVpcAttributes(scope, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'] });
  return new ElasticFleet(scope, 'Fleet', {
    platform: ElasticPlatform.WINDOWS_SERVER_2019, instanceType: InstanceType.STANDARD_SMALL, maxConcurrentSessions: 1, vpc,
  });
}

// By its name it would be looked for in the Region of the stack, where another thing may have that name.
test.each<[string, () => unknown, string]>([
  ['a fleet that is added to a stack', () => new Stack(scope, 'Desks').addFleet(Fleet.fromFleetArn(scope, 'Foreign', arnOf('fleet/office'))),
    'an AppStream stack works in the Region of its stack, "eu-west-1", got a resource of "us-east-1" [at Test/Desks]'],
  ['an application of an entitlement', () => new Stack(scope, 'Desks').entitle('Finance', {
    attributes: [appstream.EntitlementAttribute.department('Finance')], appVisibility: AppVisibility.ASSOCIATED,
  }).addApplication(application()),
  'an entitlement works in the Region of its stack, "eu-west-1", got a resource of "us-east-1" [at Test/Desks/Finance]'],
  ['an application of an Elastic fleet', () => elasticFleet().addApplication(application()),
    'a fleet works in the Region of its stack, "eu-west-1", got a resource of "us-east-1" [at Test/Fleet]'],
  ['the app block of an application', () => new Application(scope, 'Editor', {
    appBlock: AppBlock.fromAppBlockArn(scope, 'Foreign', arnOf('app-block/editors')),
    launchPath: 'C:\\editor.exe',
    platforms: [ElasticPlatform.WINDOWS_SERVER_2019],
    icon: appstream.FileSource.fromBucket(s3.Bucket.fromBucketName(scope, 'Icons', 'icons'), 'editor.png'),
  }), 'an application works in the Region of its stack, "eu-west-1", got a resource of "us-east-1" [at Test/Editor]'],
  ['the image of a fleet', () => new Fleet(scope, 'Fleet', {
    image: Image.fromArn(arnOf('image/office')), instanceType: InstanceType.STANDARD_SMALL, capacity: Capacity.instances(1),
  }), 'image must be one of the Region of the stack, "eu-west-1", got "arn:aws:appstream:us-east-1:111111111111:image/office" [at Test/Fleet]'],
])('fails for %s if it is of another Region', (_, make, sentence) => {
  expect(make).toThrow(new Error(sentence));
});

test('a shared or public image is of another account', () => {
  for (const [index, account] of ['222222222222', ''].entries()) {
    new Fleet(scope, `Fleet${index}`, {
      image: Image.fromArn(`arn:aws:appstream:eu-west-1:${account}:image/office`), instanceType: InstanceType.STANDARD_SMALL, capacity: Capacity.instances(1),
    });
  }
});
