import { CfnStack } from 'aws-cdk-lib/aws-appstream';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { checkCount } from '../private/errors';

/** The interface endpoints through which alone a stack or an image builder can be reached. */
export function accessEndpoints(scope: Construct, endpoints: ec2.IVPCEndpointRef[] | undefined): CfnStack.AccessEndpointProperty[] | undefined {
  checkCount(scope, 'accessEndpoints', endpoints, { min: 1, max: 4 });
  return endpoints?.map((endpoint) => ({ endpointType: 'STREAMING', vpceId: endpoint.vpcEndpointRef.vpcEndpointId }));
}
