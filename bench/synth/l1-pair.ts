import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as iam from 'aws-cdk-lib/aws-iam';
import { fleetProps, roleProps, stackProps } from './same-template';

/** What somebody writes who has the L1s alone: with names of their own, and without a construct around anything. */
export function l1Pair(scope: cdk.Stack, index: number, givenRoleArn: string | undefined): void {
  const name = `fleet${index}`;
  const roleArn = givenRoleArn ?? new iam.CfnRole(scope, `Role${index}`, roleProps(scope, name)).attrArn;
  const fleet = new appstream.CfnFleet(scope, `Fleet${index}`, fleetProps(name, roleArn));
  fleet.cfnOptions.creationPolicy = { startFleet: true };
  const stack = new appstream.CfnStack(scope, `Stack${index}`, stackProps(`stack${index}`));
  const association = new appstream.CfnStackFleetAssociation(scope, `Association${index}`, { stackName: stack.ref, fleetName: fleet.ref });
  association.addResourceDependency(stack);
  association.addResourceDependency(fleet);
}
