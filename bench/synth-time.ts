import * as cdk from 'aws-cdk-lib';
import * as cfn from 'aws-cdk-lib/aws-appstream';
import type { Row } from './row';
import { appstream } from '../src';

const SIZES = [1, 10, 100];

function constructs(stack: cdk.Stack, index: number): void {
  const fleet = new appstream.Fleet(stack, `Fleet${index}`, {
    image: appstream.Image.fromName('image'),
    instanceType: appstream.InstanceType.STANDARD_MEDIUM,
    capacity: appstream.Capacity.instances(1),
  });
  new appstream.Stack(stack, `Stack${index}`).addFleet(fleet);
}

function l1s(stack: cdk.Stack, index: number): void {
  const fleet = new cfn.CfnFleet(stack, `Fleet${index}`, {
    name: `fleet${index}`, imageName: 'image', instanceType: 'stream.standard.medium', computeCapacity: { desiredInstances: 1 },
  });
  const applications = new cfn.CfnStack(stack, `Stack${index}`, { name: `stack${index}` });
  new cfn.CfnStackFleetAssociation(stack, `Association${index}`, { fleetName: fleet.ref, stackName: applications.ref });
}

/** How long a synthesis of N fleets with their stacks takes, beside the same as L1s. Ten pairs share a CloudFormation stack's limit easily. */
export function synthTime(): Row[] {
  // The first synthesis of a process pays for loading aws-cdk-lib.
  synthesize(l1s, 1);
  return SIZES.map((size): Row => {
    const [library, bare] = [synthesize(constructs, size), synthesize(l1s, size)];
    return [`synthesis of ${size} fleets with their stacks; the same as L1s`, `${library.toFixed(0)} ms; ${bare.toFixed(0)} ms`];
  });
}

function synthesize(add: (stack: cdk.Stack, index: number) => void, size: number): number {
  const begin = performance.now();
  const app = new cdk.App();
  const stack = new cdk.Stack(app, 'Stack');
  Array.from({ length: size }).forEach((_, index) => add(stack, index));
  app.synth();
  return performance.now() - begin;
}
