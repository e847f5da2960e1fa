import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { InstanceType } from '../../src/appstream';

const stack = new cdk.Stack(new cdk.App(), 'Test');
const constants = Object.entries(InstanceType).filter((entry): entry is [string, InstanceType] => entry[1] instanceof InstanceType);

test('each constant is called like its type', () => {
  expect(constants).toHaveLength(55);
  for (const [constant, type] of constants) {
    expect(`stream.${constant.toLowerCase()}`).toBe(type.name.replace(/(?<=stream\..*)[.-]/g, '_'));
    expect(type._bind(stack)).toBe(type.name);
  }
});

test.each([
  ['a type without a constant', InstanceType.of('stream.graphics.g7.xlarge'), 'stream.graphics.g7.xlarge'],
  ['general purpose', InstanceType.generalPurpose(ec2.InstanceType.of(ec2.InstanceClass.M7I_FLEX, ec2.InstanceSize.LARGE)), 'GeneralPurpose.m7i-flex.large'],
  ['compute optimized', InstanceType.computeOptimized(ec2.InstanceType.of(ec2.InstanceClass.C7I, ec2.InstanceSize.XLARGE)), 'ComputeOptimized.c7i.xlarge'],
  ['memory optimized', InstanceType.memoryOptimized(ec2.InstanceType.of(ec2.InstanceClass.R7A, ec2.InstanceSize.XLARGE2)), 'MemoryOptimized.r7a.2xlarge'],
  ['with a GPU', InstanceType.accelerated(ec2.InstanceType.of(ec2.InstanceClass.G6E, ec2.InstanceSize.XLARGE)), 'Accelerated.g6e.xlarge'],
])('the name of %s', (_, type, name) => {
  expect(type._bind(stack)).toBe(name);
});

test('a token is taken as it is', () => {
  const parameter = new cdk.CfnParameter(stack, 'Parameter');
  expect(InstanceType.of(parameter.valueAsString)._bind(stack)).toBe(parameter.valueAsString);
});

test.each(['', 'large', 'stream.standard', 'stream.standard.huge', 'stream.standard.large '])('fails for the type %p', (name) => {
  expect(() => InstanceType.of(name)._bind(stack)).toThrow(new Error(
    `instanceType must be the name of an instance type like "stream.standard.large", got ${JSON.stringify(name)} [at Test]`,
  ));
});
