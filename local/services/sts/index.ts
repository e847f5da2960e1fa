import type { Cloud } from '../../cloud';
import { NotImitated } from '../../wire/aws-error';
import { awsQuery } from '../../wire/aws-query';
import type { CallContext, Service } from '../../wire/service';
import { OPERATOR_CREDENTIALS } from '../iam/credentials';
import type { Iam } from '../iam/iam';

const SESSION_SECONDS = 3600;
const BOOTSTRAP_ROLE = /^arn:aws:iam::\d{12}:role\/cdk-hnb659fds-(deploy|file-publishing|image-publishing|lookup|cfn-exec)-role-\d{12}-[a-z0-9-]+$/;

/** Security Token Service: the CDK CLI's way to its roles, and the operator's to those of templates. */
export function sts(cloud: Cloud, iam: Iam): Service {
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
        const credentials = BOOTSTRAP_ROLE.test(RoleArn) ? OPERATOR_CREDENTIALS : iam.assumeRole(RoleArn, RoleSessionName);
        const name = RoleArn.slice(RoleArn.lastIndexOf('/') + 1);
        return {
          Credentials: {
            AccessKeyId: credentials.accessKeyId,
            SecretAccessKey: credentials.secretAccessKey,
            SessionToken: credentials.sessionToken,
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
          Arn: iam.principalOf(caller).arn,
        };
      },
    },
  };
}
