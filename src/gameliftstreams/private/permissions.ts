import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { STACK_TAG } from '../../private/lifecycle-contract';
import { Permission } from '../../private/lifecycle-engine';

/** The resource types of GameLift Streams in IAM. */
type Kind = 'streamgroup' | 'application';

const FINDINGS = { streamgroup: 'taggedStreamGroups', application: 'taggedApplications' } as const;

/** What a controller does with a stream group or an application. */
export interface Actions {
  /** On the one that it is given. */
  readonly all: string[];
  /** Those of them that undo the rest. They are allowed on everything with the stack's tag: nobody knows the ARN of what was replaced. */
  readonly undoing: string[];
}

/** Permission to act on a stream group or an application, and to undo that also when it has been replaced. */
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
