import { parsePolicy, type PolicyDocument, type Statement } from './policy-document';
import { AwsError, NotImitated } from '../../wire/aws-error';

const allow = (...actions: string[]): Statement[] =>
  parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });

/** AWS's own policies, by content. */
const awsManaged: Readonly<Record<string, readonly Statement[]>> = {
  'service-role/AWSLambdaBasicExecutionRole': allow('logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'),
  'service-role/AWSLambdaVPCAccessExecutionRole': allow(
    'logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents',
    'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface',
    'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses',
  ),
  'AWSXRayDaemonWriteAccess': allow(
    'xray:PutTraceSegments', 'xray:PutTelemetryRecords',
    'xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:GetSamplingStatisticSummaries',
  ),
};

/** The managed policies that roles can be given: those of AWS that are known here, and the account's own. */
export class ManagedPolicies {
  private readonly own = new Map<string, readonly Statement[]>();

  public create(arn: string, document: PolicyDocument): readonly Statement[] {
    if (this.own.has(arn)) {
      throw new AwsError('EntityAlreadyExists', `A policy called ${arn.split('/').pop()} already exists. Duplicate names are not allowed.`, 409);
    }
    const statements = parsePolicy(document);
    this.own.set(arn, statements);
    return statements;
  }

  public delete(arn: string): void {
    this.statements(arn);
    this.own.delete(arn);
  }

  public statements(arn: string): readonly Statement[] {
    const name = /^arn:aws[\w-]*:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
    const statements = name ? awsManaged[name] : this.own.get(arn);
    if (statements) {
      return statements;
    }
    throw name
      ? new NotImitated(`the managed policy ${name}`)
      : new AwsError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`, 404);
  }

  /** AWS's policies are not ours to narrow: what they grant and nobody uses is no finding. */
  public isOwn(arn: string): boolean {
    return this.own.has(arn);
  }
}
