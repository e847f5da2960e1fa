import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IEnvironmentAware } from 'aws-cdk-lib/interfaces';
import { Construct, IConstruct } from 'constructs';
import { operationsOn, STARTABLE_KINDS, StartableKind } from './startable-kinds';
import { StateProperties } from './state-contract';
import { fail } from '../../private/errors';
import { STACK_TAG } from '../../private/lifecycle-contract';
import { LifecycleEngine, Permission } from '../../private/lifecycle-engine';
import { checkSameEnvironment, resourceOf, tagWithStack } from '../../private/references';
import { decideAlone } from '../../private/sole';

/** Something that a lifecycle resource starts and stops. */
export interface Startable {
  readonly kind: StartableKind;
  readonly thing: IConstruct & IEnvironmentAware;
  /** As the template has it and not as a reference: one thing may wait for the lifecycle of another, and both share a policy. */
  readonly literalName: string;
  readonly resourceType: string;
  /** The properties of the controller's contract, made of those that all have and of the thing's name. */
  readonly propertiesOf: (state: StateProperties) => StateProperties;
}

/** What is wanted of it, in the words of the users. */
export interface StateWish {
  readonly desiredState: string;
  readonly stopOnDelete?: boolean;
  readonly revision?: string;
  readonly timeout?: cdk.Duration;
}

/** Adds the lifecycle resource that brings something to a state. */
export function addState(scope: Construct, startable: Startable, wish: StateWish): void {
  const { thing, resourceType, propertiesOf } = startable;
  const { stopOnDelete = false, revision, timeout } = wish;
  checkSameEnvironment(scope, thing);
  decideAlone(scope, thing, 'the state');
  const desiredState = wireState(scope, wish.desiredState, stopOnDelete);
  LifecycleEngine.of(scope, 'AppStream').addResource(scope, 'Resource', {
    resourceType,
    properties: { ...propertiesOf({ DesiredState: desiredState, StopOnDelete: stopOnDelete ? 'true' : 'false', Revision: revision }) },
    permissions: permissionsFor(scope, startable, desiredState, stopOnDelete),
    dependsOn: [resourceOf(thing)],
    timeout,
  });
}

/** A state that a thing can be brought to, or none for what is only stopped in the end. */
function wireState(scope: Construct, desiredState: string, stopOnDelete: boolean): StateProperties['DesiredState'] {
  if (desiredState === 'UNMANAGED' && stopOnDelete) {
    return desiredState;
  }
  if (desiredState !== 'RUNNING' && desiredState !== 'STOPPED') {
    fail(scope, `a lifecycle resource brings to RUNNING or STOPPED, got ${JSON.stringify(desiredState)}; leave the resource out instead`);
  }
  return desiredState;
}

/**
 * Permission to start and stop by name; where the thing is stopped when it is deleted, to stop by the stack's tag as well:
 * what was replaced must be stopped too, under a name that no template knows by then.
 */
function permissionsFor(
  scope: Construct, { kind, thing, literalName }: Startable, desiredState: StateProperties['DesiredState'], stopOnDelete: boolean,
): Permission[] {
  const { resource, tagged } = STARTABLE_KINDS[kind];
  const { describe, start, stop } = operationsOn(kind);
  const actions = (...operations: string[]) => operations.map((operation) => `appstream:${operation}`);
  const arn = (resourceName: string) => cdk.Stack.of(scope).formatArn({ service: 'appstream', resource, resourceName });
  const permissions: Permission[] = [
    // AppStream's Describe actions take no resource.
    { statement: new iam.PolicyStatement({ actions: actions(describe), resources: ['*'] }), finding: 'describeActions' },
  ];
  if (desiredState !== 'UNMANAGED') {
    permissions.push({ statement: new iam.PolicyStatement({ actions: actions(start, stop), resources: [arn(literalName)] }) });
  }
  if (stopOnDelete) {
    if (cdk.CfnResource.isCfnResource(resourceOf(thing)) && cdk.Stack.of(thing) !== cdk.Stack.of(scope)) {
      fail(scope, `stopOnDelete is for what is in the same CloudFormation stack, whose tag it bears, got ${JSON.stringify(thing.node.path)}`);
    }
    tagWithStack(thing);
    permissions.push({
      statement: new iam.PolicyStatement({
        actions: actions(stop),
        resources: [arn('*')],
        conditions: { StringEquals: { [`aws:ResourceTag/${STACK_TAG}`]: cdk.Aws.STACK_NAME } },
      }),
      finding: tagged,
    });
  }
  return permissions;
}
