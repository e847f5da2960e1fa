import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { fail } from '../../private/errors';
import { STACK_TAG } from '../../private/lifecycle-contract';
import { Permission } from '../../private/lifecycle-engine';
import { tagWithStack } from '../../private/references';

/** What is on the wire of every lifecycle resource that starts and stops something. */
export type WireState = 'RUNNING' | 'STOPPED' | 'UNMANAGED';

/** A state that a thing can be brought to, or none for what is only stopped in the end. */
export function wireState(scope: Construct, desiredState: string, stopOnDelete: boolean): WireState {
  if (desiredState === 'UNMANAGED' && stopOnDelete) {
    return desiredState;
  }
  if (desiredState !== 'RUNNING' && desiredState !== 'STOPPED') {
    fail(scope, `a lifecycle resource brings to RUNNING or STOPPED, got ${JSON.stringify(desiredState)}; leave the resource out instead`);
  }
  return desiredState;
}

/** What can be started and stopped, with what a checker finds in a permission by tag. */
const TAGGED = {
  'fleet': 'taggedFleets',
  'image-builder': 'taggedImageBuilders',
  'app-block-builder': 'taggedAppBlockBuilders',
} as const;

/** What is needed to start and stop one thing. */
export interface StartStopPermissions {
  readonly thing: IConstruct;
  /** The resource type in its ARN. */
  readonly kind: keyof typeof TAGGED;
  /** As the template has it and not as a reference: one thing may wait for the lifecycle of another, and both share a policy. */
  readonly name: string;
  readonly desiredState: WireState;
  readonly stopOnDelete: boolean;
  readonly describe: string;
  readonly start: string;
  readonly stop: string;
}

/**
 * Permission to start and stop by name; where the thing is stopped when it is deleted, to stop by the stack's tag as well:
 * what was replaced must be stopped too, under a name that no template knows by then.
 */
export function startStopPermissions(scope: Construct, { thing, kind, name, ...props }: StartStopPermissions): Permission[] {
  const stack = cdk.Stack.of(scope);
  const arn = (resourceName: string) => stack.formatArn({ service: 'appstream', resource: kind, resourceName });
  const permissions: Permission[] = [
    // AppStream's Describe actions take no resource.
    { statement: new iam.PolicyStatement({ actions: [props.describe], resources: ['*'] }), finding: 'describeActions' },
  ];
  if (props.desiredState !== 'UNMANAGED') {
    permissions.push({ statement: new iam.PolicyStatement({ actions: [props.start, props.stop], resources: [arn(name)] }) });
  }
  if (props.stopOnDelete) {
    tagWithStack(thing);
    permissions.push({
      statement: new iam.PolicyStatement({
        actions: [props.stop],
        resources: [arn('*')],
        conditions: { StringEquals: { [`aws:ResourceTag/${STACK_TAG}`]: cdk.Aws.STACK_NAME } },
      }),
      finding: TAGGED[kind],
    });
  }
  return permissions;
}
