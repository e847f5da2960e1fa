import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import { Construct } from 'constructs';
import { resourceOf } from '../../private/references';

/** The name of a fleet as the template has it and not as a reference: a policy that several resources share must wait for none of their fleets. */
export function literalFleetName(fleet: appstream.IFleetRef): string {
  const resource = resourceOf(fleet);
  return appstream.CfnFleet.isCfnFleet(resource) ? resource.name : fleet.fleetRef.fleetName;
}

/** The ARN of a fleet by its name. The attribute is not in every description of CloudFormation's type, and CDK's own check warns of it. */
export function fleetArn(fleet: appstream.IFleetRef): string {
  const { env: { account, region }, fleetRef: { fleetName } } = fleet;
  return cdk.Stack.of(fleet).formatArn({ service: 'appstream', account, region, resource: 'fleet', resourceName: fleetName });
}

/** The ARN of a fleet by its name in the template. */
export function literalFleetArn(scope: Construct, fleet: appstream.IFleetRef): string {
  return cdk.Stack.of(scope).formatArn({ service: 'appstream', resource: 'fleet', resourceName: literalFleetName(fleet) });
}

/** The ARN of a stack by its name in the template. An L1 without a name has one that only CloudFormation knows. */
export function literalStackArn(scope: Construct, stack: appstream.IStackRef): string {
  const resource = resourceOf(stack);
  const name = appstream.CfnStack.isCfnStack(resource) ? resource.name : undefined;
  return cdk.Stack.of(scope).formatArn({ service: 'appstream', resource: 'stack', resourceName: name ?? stack.stackRef.stackName });
}
