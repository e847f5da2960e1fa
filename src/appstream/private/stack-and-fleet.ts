import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import { Construct, Dependable, IConstruct, IDependable } from 'constructs';
import { FLEET_LIFECYCLE_TYPE } from './fleet-lifecycle-contract';
import { resourceOf } from '../../private/references';

/** The name of a fleet as the template has it and not as a reference: a policy that several resources share must wait for none of their fleets. */
export function literalFleetName(fleet: appstream.IFleetRef): string {
  const resource = resourceOf(fleet);
  return appstream.CfnFleet.isCfnFleet(resource) ? resource.name : fleet.fleetRef.fleetName;
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

/** What somebody who streams needs: stack and fleet, their association, and what starts the fleet. */
const NEEDED_TO_STREAM = [
  appstream.CfnStack.CFN_RESOURCE_TYPE_NAME,
  appstream.CfnFleet.CFN_RESOURCE_TYPE_NAME,
  appstream.CfnStackFleetAssociation.CFN_RESOURCE_TYPE_NAME,
  FLEET_LIFECYCLE_TYPE,
];

/**
 * All that has to be there before anybody streams from a fleet through a stack, as something to depend on.
 *
 * It is looked for at synthesis, since a fleet can be added to the stack at any time before. What else is below the two does not
 * count: it may be what depends on this.
 */
export function neededToStream(stack: appstream.IStackRef, fleet: appstream.IFleetRef): IDependable {
  const dependable: IDependable = {};
  Dependable.implement(dependable, {
    get dependencyRoots(): IConstruct[] {
      return [stack, fleet].flatMap((construct) => construct.node.findAll())
        .filter((construct) => cdk.CfnResource.isCfnResource(construct) && NEEDED_TO_STREAM.includes(construct.cfnResourceType));
    },
  });
  return dependable;
}
