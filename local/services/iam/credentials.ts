import type { Cloud } from '../../cloud';

/** Temporary credentials. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** The credentials that stand for the operator at the terminal, whatever bootstrap role the CDK CLI assumes. */
export const OPERATOR_CREDENTIALS: Credentials = {
  accessKeyId: 'ASIALOOPBACKOPERATOR',
  secretAccessKey: 'loopback',
  sessionToken: 'loopback-operator',
};

/** The operator at the terminal, who may do everything. */
export function operatorArn({ account }: Cloud): string {
  return `arn:aws:iam::${account}:user/operator`;
}
