import * as cdk from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IStudio, Studio } from '../../src/nimblestudio';

export function aStack(): cdk.Stack {
  return new cdk.Stack(new cdk.App(), 'Test');
}

export function importedStudio(stack: cdk.Stack): IStudio {
  return Studio.fromStudioAttributes(stack, 'Studio', { studioId: 'us-west-2-studio', acknowledgeServiceShutdown: true });
}

export function aVpc(stack: cdk.Stack, privateSubnets = 2): ec2.IVpc {
  const subnets = Array.from({ length: privateSubnets }, (_, index) => `private-${index + 1}`);
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: subnets.map((_, index) => `az${index}`), privateSubnetIds: subnets });
}

export function onlyResource(stack: cdk.Stack, type: string) {
  return Object.values(Template.fromStack(stack).findResources(`AWS::NimbleStudio::${type}`))[0];
}

/** The ARN of something in the test's stack, as the template has it. */
export function arn(type: string, id: unknown): object {
  const ends = typeof id === 'string' ? [`:${type}/${id}`] : [`:${type}/`, id];
  return {
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':nimble:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ...ends]],
  };
}
