import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { appstream } from '../../src';

/** The library's constructs, with nothing given but what they need. */
export function libraryPair(scope: cdk.Stack, index: number, givenRoleArn: string | undefined): void {
  const fleet = new appstream.Fleet(scope, `Fleet${index}`, {
    image: appstream.Image.fromName('image'),
    instanceType: appstream.InstanceType.STANDARD_MEDIUM,
    capacity: appstream.Capacity.instances(1),
    role: givenRoleArn === undefined ? undefined : givenRole(scope, givenRoleArn),
  });
  new appstream.Stack(scope, `Stack${index}`).addFleet(fleet);
}

/** One for each CloudFormation stack, as an app would have it. */
function givenRole(scope: cdk.Stack, arn: string): iam.IRole {
  const existing = scope.node.tryFindChild('Role') as iam.IRole | undefined;
  return existing ?? iam.Role.fromRoleArn(scope, 'Role', arn);
}
