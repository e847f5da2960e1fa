import * as cdk from 'aws-cdk-lib';
import { IEnvironmentAware } from 'aws-cdk-lib/interfaces';
import { Construct, IConstruct } from 'constructs';
import { fail } from './errors';
import { STACK_TAG } from './lifecycle-contract';

/** Fails for a thing that a function, which works in its own account and Region, would look for in the wrong place. */
export function checkSameEnvironment(scope: Construct, { env }: IEnvironmentAware & IConstruct, who = 'a lifecycle resource'): void {
  const { account, region } = cdk.Stack.of(scope);
  for (const [what, theirs, ours] of [['account', env.account, account], ['Region', env.region, region]]) {
    if (cdk.Token.isUnresolved(theirs) || cdk.Token.isUnresolved(ours) || theirs === ours) continue;
    fail(scope, `${who} works in the ${what} of its stack, ${JSON.stringify(ours)}, got a resource of ${JSON.stringify(theirs)}`);
  }
}

/** The part of a construct that must be there first. Not the whole construct, which may contain the lifecycle resource itself. */
export function resourceOf(construct: IConstruct): IConstruct {
  return construct.node.defaultChild ?? construct;
}

/** Lets the permissions of a CloudFormation stack find what belongs to it. */
export function tagWithStack(thing: IConstruct): void {
  cdk.Tags.of(resourceOf(thing)).add(STACK_TAG, cdk.Aws.STACK_NAME);
}
