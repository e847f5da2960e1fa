import * as cdk from 'aws-cdk-lib';
import * as gameliftstreams from 'aws-cdk-lib/aws-gameliftstreams';
import { Construct, IConstruct } from 'constructs';
import { checkPlatform } from './platform';
import { fail } from '../../private/errors';
import { checkSameEnvironment, resourceOf } from '../../private/references';

/** The associations of each CloudFormation stack, by the ARNs of stream group and application. */
const ASSOCIATIONS = new WeakMap<cdk.Stack, Map<string, Construct>>();

/** Fails for what a stream group would refuse, or has already. */
export function checkAssociable(scope: Construct, streamGroup: gameliftstreams.IStreamGroupRef, application: gameliftstreams.IApplicationRef): void {
  checkSameEnvironment(scope, streamGroup);
  checkSameEnvironment(scope, application);
  const group = resourceOf(streamGroup);
  if (gameliftstreams.CfnStreamGroup.isCfnStreamGroup(group)) {
    checkPlatform(scope, group.streamClass, application);
    if (isDefault(group, application)) {
      fail(scope, `application ${JSON.stringify(application.node.path)} is the default of the stream group already, got it once more: remove one of the two`);
    }
  }
  if (associationOf(scope, streamGroup, application)) {
    fail(scope, `application ${JSON.stringify(application.node.path)} is associated with the stream group already, got it once more: remove one of the two`);
  }
}

/** Remembers an association, for what comes later. */
export function noteAssociation(
  association: Construct, streamGroup: gameliftstreams.IStreamGroupRef, application: gameliftstreams.IApplicationRef,
): void {
  const stack = cdk.Stack.of(association);
  ASSOCIATIONS.set(stack, (ASSOCIATIONS.get(stack) ?? new Map()).set(keyOf(association, streamGroup, application), association));
}

/** The association of the two in the CloudFormation stack of a construct, or in that of the stream group. */
export function associationOf(
  scope: Construct, streamGroup: gameliftstreams.IStreamGroupRef, application: gameliftstreams.IApplicationRef,
): Construct | undefined {
  const [here, there] = [scope, streamGroup].map((each) => ASSOCIATIONS.get(cdk.Stack.of(each))?.get(keyOf(each, streamGroup, application)));
  return here ?? there;
}

function isDefault({ stack, defaultApplication }: gameliftstreams.CfnStreamGroup, application: gameliftstreams.IApplicationRef): boolean {
  const resource = resourceOf(application);
  const names = gameliftstreams.CfnApplication.isCfnApplication(resource) ? [resource.ref, resource.attrArn, resource.attrId] : [];
  const known = [application.applicationRef.applicationArn, ...names].map((name) => JSON.stringify(stack.resolve(name)));
  const { arn, id } = stack.resolve(defaultApplication) ?? {};
  return [arn, id].some((name) => known.includes(JSON.stringify(name)));
}

function keyOf(scope: IConstruct, streamGroup: gameliftstreams.IStreamGroupRef, application: gameliftstreams.IApplicationRef): string {
  return JSON.stringify(cdk.Stack.of(scope).resolve([streamGroup.streamGroupRef.streamGroupArn, application.applicationRef.applicationArn]));
}
