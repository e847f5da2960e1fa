import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import { IConstruct } from 'constructs';
import { noteEntitlementBypass } from './private/entitlement-bypass';
import { FleetAssociation } from './private/fleet-association';
import { fail } from '../private/errors';
import { checkSameEnvironment, resourceOf } from '../private/references';

/** How users are assigned to a stack. */
export interface UserAssignmentOptions {
  /**
   * Whether AppStream writes to the users that they have the stack now.
   *
   * @default false
   */
  readonly sendEmailNotification?: boolean;
}

/** Assigns users of the user pool to a stack. */
export function assignUsers(stack: appstream.IStackRef, users: appstream.IUserRef[], options: UserAssignmentOptions): void {
  if (users.length === 0) return;
  if (!stack.node.children.some((child) => appstream.CfnStackUserAssociation.isCfnStackUserAssociation(child))) {
    noteEntitlementBypass(stack, 'as users of the user pool');
    stack.node.addValidation({ validate: () => domainOf(stack) });
  }
  for (const user of users) {
    assignUser(stack, user, options);
  }
}

function assignUser(stack: appstream.IStackRef, user: appstream.IUserRef, options: UserAssignmentOptions): void {
  // By its address in the tree and not by its place in the list: who comes and goes leaves the others alone.
  const id = `User${user.node.addr}`;
  if (stack.node.tryFindChild(id)) {
    fail(stack, `a user is added to a stack once, got ${JSON.stringify(user.node.path)} again`);
  }
  checkSameEnvironment(stack, user, 'the assignment of a user');
  const { userName, authenticationType } = user.userRef;
  const association = new appstream.CfnStackUserAssociation(stack, id, {
    stackName: stack.stackRef.stackName,
    userName,
    authenticationType,
    sendEmailNotification: options.sendEmailNotification,
  });
  for (const resource of [resourceOf(stack), resourceOf(user)]) {
    if (cdk.CfnResource.isCfnResource(resource)) association.addResourceDependency(resource);
  }
}

/** AppStream assigns no users to a stack whose fleet is joined to a domain. Looked at when all is said: the fleet may be added later. */
function domainOf(stack: appstream.IStackRef): string[] {
  const association = stack.node.children.find(isFleetAssociation);
  if (!association) return [];
  const written = (name: string) => JSON.stringify(cdk.Stack.of(stack).resolve(name));
  const joined = cdk.Stack.of(stack).node.findAll().find((construct) => appstream.CfnFleet.isCfnFleet(construct) && construct.domainJoinInfo
    && [construct.ref, construct.name].some((name) => written(name) === written(association.fleetName)));
  return joined ? [`a stack with users of the user pool takes no fleet that is joined to a domain, got ${JSON.stringify(joined.node.path)}`] : [];
}

/** CloudFormation's, or that of a fleet which may be replaced. */
function isFleetAssociation(construct: IConstruct): construct is appstream.CfnStackFleetAssociation | FleetAssociation {
  return appstream.CfnStackFleetAssociation.isCfnStackFleetAssociation(construct) || construct instanceof FleetAssociation;
}
