import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as iam from 'aws-cdk-lib/aws-iam';

/** The properties that the library gives a fleet, a stack and a role by default, for those who write them by hand. */
export function fleetProps(name: string, iamRoleArn: string): appstream.CfnFleetProps {
  return {
    name,
    iamRoleArn,
    imageName: 'image',
    instanceType: 'stream.standard.medium',
    computeCapacity: { desiredInstances: 1 },
    fleetType: 'ALWAYS_ON',
    disableImdsv1: true,
    enableDefaultInternetAccess: false,
    disconnectTimeoutInSeconds: 300,
    idleDisconnectTimeoutInSeconds: 600,
    maxUserDurationInSeconds: 36_000,
    tags: [{ key: 'cdk-app-streaming:stack', value: cdk.Aws.STACK_NAME }],
  };
}

const FORBIDDEN = [
  'CLIPBOARD_COPY_FROM_LOCAL_DEVICE', 'CLIPBOARD_COPY_TO_LOCAL_DEVICE', 'FILE_UPLOAD', 'FILE_DOWNLOAD', 'PRINTING_TO_LOCAL_DEVICE',
  'DOMAIN_SMART_CARD_SIGNIN', 'AUTO_TIME_ZONE_REDIRECTION',
];

export function stackProps(name: string): appstream.CfnStackProps {
  return {
    name,
    userSettings: [
      { action: 'DOMAIN_PASSWORD_SIGNIN', permission: 'ENABLED' },
      ...FORBIDDEN.map((action) => ({ action, permission: 'DISABLED' })),
    ],
    applicationSettings: { enabled: false },
  };
}

export const ROLE_DESCRIPTION = 'Applications and scripts on the streaming instances of Amazon AppStream';

export function roleProps(scope: cdk.Stack, fleetName: string): iam.CfnRoleProps {
  return {
    description: ROLE_DESCRIPTION,
    assumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{
        Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'appstream.amazonaws.com' }, Condition: conditions(scope, fleetName),
      }],
    },
  };
}

export function conditions(scope: cdk.Stack, fleetName: string): Record<string, Record<string, string>> {
  return {
    StringEquals: { 'aws:SourceAccount': scope.account },
    ArnLike: { 'aws:SourceArn': scope.formatArn({ service: 'appstream', resource: 'fleet', resourceName: fleetName }) },
  };
}
