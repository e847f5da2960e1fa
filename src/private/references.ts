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

/** Just above that of `cdk.Tags`, whose tags of the same key from further outside must not win. */
const TAG_PRIORITY = 101;

/**
 * Lets the permissions of a CloudFormation stack find what belongs to it.
 *
 * Directly and not by an aspect, of which an app with a thousand fleets would have a thousand.
 */
export function tagWithStack(thing: IConstruct): void {
  cdk.TagManager.of(resourceOf(thing))?.setTag(STACK_TAG, cdk.Aws.STACK_NAME, TAG_PRIORITY);
}
