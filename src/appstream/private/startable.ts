import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { fail } from '../../private/errors';
import { Permission } from '../../private/lifecycle-engine';

/** What is on the wire of every lifecycle resource that starts and stops something. */
export type WireState = 'RUNNING' | 'STOPPED';

/** Names the CloudFormation stack that stops the thing when it deletes it. */
const STACK_TAG = 'cdk-app-streaming:stack';

/** A state that a thing can be brought to. */
export function wireState(scope: Construct, desiredState: string): WireState {
  if (desiredState !== 'RUNNING' && desiredState !== 'STOPPED') {
    fail(scope, `a lifecycle resource brings to RUNNING or STOPPED, got ${JSON.stringify(desiredState)}; leave the resource out instead`);
  }
  return desiredState;
}

/** The part of a construct that must be there first. Not the whole construct, which may contain the lifecycle resource itself. */
export function resourceOf(construct: IConstruct): IConstruct {
  return construct.node.defaultChild ?? construct;
}

/** What is needed to start and stop one thing. */
export interface StartStopPermissions {
  readonly thing: IConstruct;
  /** The resource type in its ARN. */
  readonly kind: 'fleet' | 'image-builder';
  readonly name: string;
  readonly stopOnDelete: boolean;
  readonly describe: string;
  readonly start: string;
  readonly stop: string;
}

/**
 * Permission to start and stop by name, or, where the thing is stopped when it is deleted, by the stack's tag:
 * what was replaced under an old name must be stopped too, and by then no template knows that name.
 */
export function startStopPermissions(scope: Construct, { thing, kind, name, ...props }: StartStopPermissions): Permission[] {
  const stack = cdk.Stack.of(scope);
  // AppStream's Describe actions take no resource.
  const read: Permission = { statement: new iam.PolicyStatement({ actions: [props.describe], resources: ['*'] }), finding: 'describeActions' };
  if (!props.stopOnDelete) {
    return [read, { statement: new iam.PolicyStatement({ actions: [props.start, props.stop], resources: [arnOf(stack, kind, name)] }) }];
  }
  cdk.Tags.of(resourceOf(thing)).add(STACK_TAG, cdk.Aws.STACK_NAME);
  const move = new iam.PolicyStatement({
    actions: [props.start, props.stop],
    resources: [arnOf(stack, kind, '*')],
    conditions: { StringEquals: { [`aws:ResourceTag/${STACK_TAG}`]: cdk.Aws.STACK_NAME } },
  });
  return [read, { statement: move, finding: kind === 'fleet' ? 'taggedFleets' : 'taggedImageBuilders' }];
}

function arnOf(stack: cdk.Stack, resource: string, resourceName: string): string {
  return stack.formatArn({ service: 'appstream', resource, resourceName });
}
