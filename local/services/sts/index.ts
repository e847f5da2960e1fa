import type { Cloud } from '../../cloud';
import { AwsError, NotImitated } from '../../wire/aws-error';
import { awsQuery } from '../../wire/aws-query';
import type { CallContext, Service } from '../../wire/service';

/** The credentials that stand for the operator at the terminal, whatever bootstrap role the CDK CLI assumes. */
export const OPERATOR_CREDENTIALS = {
  AccessKeyId: 'ASIALOOPBACKOPERATOR',
  SecretAccessKey: 'loopback',
  SessionToken: 'loopback-operator',
} as const;

const SESSION_SECONDS = 3600;
const BOOTSTRAP_ROLE = /^arn:aws:iam::\d{12}:role\/cdk-hnb659fds-(deploy|file-publishing|image-publishing|lookup|cfn-exec)-role-\d{12}-[a-z0-9-]+$/;

/** Security Token Service: as far as the CDK CLI's way to its roles. */
export function sts(cloud: Cloud): Service {
  return {
    name: 'sts',
    signingNames: ['sts'],
    protocols: [awsQuery({
      namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
      version: '2011-06-15',
      lists: ['PolicyArns', 'Tags', 'TransitiveTagKeys'],
    })],
    operations: {
      AssumeRole({ RoleArn, RoleSessionName }: { RoleArn: string; RoleSessionName: string }, { caller }: CallContext) {
        if (caller.roleArn !== undefined) {
          throw new NotImitated('sts:AssumeRole by a deployed Lambda');
        }
        if (!BOOTSTRAP_ROLE.test(RoleArn)) {
          throw new AwsError('AccessDenied', `User is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`, 403);
        }
        const name = RoleArn.slice(RoleArn.lastIndexOf('/') + 1);
        return {
          Credentials: {
            ...OPERATOR_CREDENTIALS,
            // The client compares it with the time on its own wall.
            Expiration: new Date(Date.now() + SESSION_SECONDS * 1000),
          },
          AssumedRoleUser: {
            AssumedRoleId: `AROALOOPBACK:${RoleSessionName}`,
            Arn: `arn:aws:sts::${cloud.account}:assumed-role/${name}/${RoleSessionName}`,
          },
        };
      },
      GetCallerIdentity(_input: object, { caller }: CallContext) {
        return {
          Account: cloud.account,
          UserId: caller.accessKeyId,
          Arn: caller.roleArn === undefined
            ? `arn:aws:iam::${cloud.account}:user/operator`
            : `arn:aws:sts::${cloud.account}:assumed-role/${caller.roleArn.slice(caller.roleArn.lastIndexOf('/') + 1)}/session`,
        };
      },
    },
  };
}
