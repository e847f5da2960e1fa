import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { STACK_TAG } from '../../private/lifecycle-contract';
import { Permission } from '../../private/lifecycle-engine';
import { resourceOf } from '../../private/references';

/** The resource types of GameLift Streams in IAM. */
type Kind = 'streamgroup' | 'application';

const FINDINGS = { streamgroup: 'taggedStreamGroups', application: 'taggedApplications' } as const;

/** What a controller does with a stream group or an application. */
export interface Actions {
  /** On the one that it is given. */
  readonly all: string[];
  /** What takes back the rest. It is allowed on everything with the stack's tag: nobody knows the ARN of what was replaced. */
  readonly undoing: string[];
}

/** Permission to act on a stream group or an application, and to take that back also when it has been replaced. */
export function permissionsOn(scope: Construct, kind: Kind, arn: string, { all, undoing }: Actions): Permission[] {
  const named = (actions: string[]) => actions.map((action) => `gameliftstreams:${action}`);
  const permission = { statement: new iam.PolicyStatement({ actions: named(all), resources: [arn] }) };
  if (undoing.length === 0) {
    return [permission];
  }
  return [
    permission,
    {
      statement: new iam.PolicyStatement({
        actions: named(undoing),
        resources: [cdk.Stack.of(scope).formatArn({ service: 'gameliftstreams', resource: kind, resourceName: '*' })],
        conditions: { StringEquals: { [`aws:ResourceTag/${STACK_TAG}`]: cdk.Aws.STACK_NAME } },
      }),
      finding: FINDINGS[kind],
    },
  ];
}

/**
 * Those of the actions for which the tag is not enough: all, for what another stack has made and may not have tagged, and for an L1.
 * The constructs of this library have the tag always; an L1 has it from the deployment that gives it to a lifecycle resource, and a rollback
 * takes it away before it deletes what that deployment has made.
 */
export function unlessTagged(scope: Construct, thing: IConstruct, ...actions: string[]): string[] {
  const resource = resourceOf(thing);
  const isTagged = resource !== thing && cdk.CfnResource.isCfnResource(resource) && cdk.Stack.of(thing) === cdk.Stack.of(scope);
  return isTagged ? [] : actions;
}
