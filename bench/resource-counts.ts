import * as cdk from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as customResources from 'aws-cdk-lib/custom-resources';
import type { Row } from './row';
import { appstream } from '../src';

/** Adds one more lifecycle resource to a stack. */
type Adder = (stack: cdk.Stack, id: string) => void;

const ours: Adder = (stack, id) => {
  const fleet = appstream.Fleet.fromFleetName(stack, `${id}Fleet`, 'fleet');
  new appstream.FleetLifecycle(stack, id, { fleet, desiredState: appstream.FleetState.RUNNING });
};

const provider: Adder = (stack, id) => {
  const handler = () => new lambda.Function(stack, `Handler${stack.node.children.length}`, {
    runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = () => {}'),
  });
  const existing = stack.node.tryFindChild('Provider') as customResources.Provider | undefined;
  const { serviceToken } = existing ?? new customResources.Provider(stack, 'Provider', { onEventHandler: handler(), isCompleteHandler: handler() });
  new cdk.CustomResource(stack, id, { serviceToken });
};

const awsCustomResource: Adder = (stack, id) => {
  new customResources.AwsCustomResource(stack, id, {
    onCreate: { service: 'AppStream', action: 'startFleet', parameters: { Name: 'fleet' }, physicalResourceId: customResources.PhysicalResourceId.of('fleet') },
    policy: customResources.AwsCustomResourcePolicy.fromSdkCalls({ resources: ['*'] }),
  });
};

/** How many CloudFormation resources the first lifecycle resource of a stack adds, and each next one. */
export function resourceCounts(): Row[] {
  return [
    ['CloudFormation resources: first lifecycle resource, each next', added(ours)],
    ['… with aws-cdk-lib\'s Provider (asynchronous)', added(provider)],
    ['… with aws-cdk-lib\'s AwsCustomResource', added(awsCustomResource)],
  ];
}

function added(add: Adder): string {
  const counts = [0, 1, 2].map((lifecycles) => {
    const stack = new cdk.Stack(new cdk.App(), 'Stack');
    Array.from({ length: lifecycles }).forEach((_, index) => add(stack, `Lifecycle${index}`));
    return Object.keys(Template.fromStack(stack).toJSON().Resources ?? {}).length;
  });
  return `${counts[1] - counts[0]}, ${counts[2] - counts[1]}`;
}
