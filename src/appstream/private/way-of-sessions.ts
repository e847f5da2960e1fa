import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import { Construct, Dependable, IConstruct, IDependable } from 'constructs';
import { FleetAssociation } from './fleet-association';
import { fail } from '../../private/errors';
import { resourceOf } from '../../private/references';
import { FleetLifecycle } from '../fleet-lifecycle';

/**
 * What sessions are streamed through: the stack, the fleet, their association, and what starts and stops the fleet. For what lets users in
 * when all of it is there, and for what must end sessions before anything is taken from under them. Looked for when the app is synthesized,
 * so that an association which is made later counts too.
 *
 * The L1s alone, for a dependency on a construct is one on all that is below it, where other things may be that wait for this.
 */
export class WayOfSessions implements IDependable {
  /** Fails for a scope that is part of what it is to wait for. */
  constructor(private readonly scope: Construct, private readonly stack: appstream.IStackRef, private readonly fleet: appstream.IFleetRef) {
    const l1 = scope.node.scopes.find((each) => cdk.CfnResource.isCfnResource(each));
    if (l1) {
      fail(scope, `what waits for a stack and a fleet cannot be in the scope of an L1, got ${JSON.stringify(l1.node.path)}: it might wait for itself`);
    }
    Dependable.implement(this, this);
  }

  /** What stands in CloudFormation's template. */
  public get dependencyRoots(): IConstruct[] {
    const stackResource = resourceOf(this.stack);
    const fleetResource = resourceOf(this.fleet);
    const stackNames = [this.stack.stackRef.stackName, ...appstream.CfnStack.isCfnStack(stackResource) ? [stackResource.name] : []];
    const fleetNames = [this.fleet.fleetRef.fleetName, ...appstream.CfnFleet.isCfnFleet(fleetResource) ? [fleetResource.name] : []];
    // This template, and what belongs to a stack or fleet of another one.
    const candidates = new Set([cdk.Stack.of(this.scope), this.stack, this.fleet].flatMap((construct) => construct.node.findAll()));
    const between = [...candidates].filter((candidate) =>
      appstream.CfnStackFleetAssociation.isCfnStackFleetAssociation(candidate) || candidate instanceof FleetAssociation
        ? isOneOf(candidate, candidate.stackName, stackNames) && isOneOf(candidate, candidate.fleetName, fleetNames)
        : candidate instanceof FleetLifecycle && isOneOf(candidate, candidate._fleetName, fleetNames));
    return [stackResource, fleetResource, ...between.map((each) => each.node.tryFindChild('Resource') ?? each)]
      // An imported stack or fleet has none, but may have an association below it.
      .filter((each) => each !== this.stack && each !== this.fleet || cdk.CfnResource.isCfnResource(each));
  }
}

/** Whether a name is one of these, as the template of its user has them. */
function isOneOf(user: IConstruct, name: string, names: readonly (string | undefined)[]): boolean {
  const written = (value: string | undefined) => JSON.stringify(cdk.Stack.of(user).resolve(value));
  return names.some((each) => each !== undefined && written(each) === written(name));
}
