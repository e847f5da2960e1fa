import * as path from 'path';
import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledgements';
import { LifecycleSettings, LifecycleSettingsProps } from '../lifecycle-settings';

/** A function whose code comes with the library. */
export interface BundledFunctionProps {
  /** The folder of `assets` that its bundle is in. */
  readonly bundle: string;
  readonly handler: string;
  readonly description: string;
  readonly timeout: cdk.Duration;
  readonly environment: Record<string, string>;
  readonly roleDescription: string;
  readonly policyName: string;
  /** What it may do, beside what the settings take. */
  readonly statements: iam.PolicyStatement[];
}

/** A function and the role that it has. */
export interface BundledFunction {
  readonly function: lambda.Function;
  readonly role: iam.Role;
}

/** What a function writes its traces with. */
export const FUNCTION_TRACING = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'];

/** Makes a function with its role and its log, run as the settings of the scope say. */
export function bundledFunction(scope: Construct, props: BundledFunctionProps): BundledFunction {
  const settings = LifecycleSettings._read(scope);
  if (settings.encryptionKey) {
    openForLogs(settings.encryptionKey, cdk.Stack.of(scope));
  }
  const logGroup = new logs.LogGroup(scope, 'Log', {
    retention: settings.logRetention ?? logs.RetentionDays.ONE_MONTH,
    encryptionKey: settings.encryptionKey,
    removalPolicy: cdk.RemovalPolicy.DESTROY,
  });
  const role = roleOf(scope, props, settings, logGroup);
  const fn = new lambda.Function(scope, 'Function', {
    description: props.description,
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    code: lambda.Code.fromAsset(path.join(__dirname, '..', '..', 'assets', props.bundle)),
    handler: props.handler,
    timeout: props.timeout,
    memorySize: 256,
    environment: props.environment,
    role: role.withoutPolicyUpdates(),
    logGroup,
    vpc: settings.vpc,
    vpcSubnets: settings.vpcSubnets,
    securityGroups: settings.securityGroups,
    environmentEncryption: settings.encryptionKey,
    tracing: settings.tracing ? lambda.Tracing.ACTIVE : undefined,
  });
  acknowledge(fn, 'functionRuntime');
  return { function: fn, role };
}

/** What a role needs for the settings. */
export function settingsStatements({ encryptionKey, tracing }: LifecycleSettingsProps, tracingActions: string[]): iam.PolicyStatement[] {
  const statements: iam.PolicyStatement[] = [];
  if (encryptionKey) {
    statements.push(new iam.PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [encryptionKey.keyArn] }));
  }
  if (tracing) {
    statements.push(new iam.PolicyStatement({ actions: tracingActions, resources: ['*'] }));
  }
  return statements;
}

function roleOf(scope: Construct, props: BundledFunctionProps, settings: LifecycleSettingsProps, logGroup: logs.ILogGroup): iam.Role {
  const statements = [
    new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
    ...props.statements,
    ...settingsStatements(settings, FUNCTION_TRACING),
  ];
  if (settings.vpc) {
    statements.push(new iam.PolicyStatement({
      actions: [
        'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface',
        'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses',
      ],
      resources: ['*'],
    }));
  }
  const role = new iam.Role(scope, 'Role', {
    description: props.roleDescription,
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { [props.policyName]: new iam.PolicyDocument({ statements }) },
  });
  if (settings.vpc || settings.tracing) {
    acknowledge(role, 'networkInterfacesAndTracing');
  }
  return role;
}

/** Lets CloudWatch Logs use the key for the log groups of the stack; without effect on an imported key. */
function openForLogs(key: kms.IKey, stack: cdk.Stack): void {
  key.addToResourcePolicy(new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
    actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    resources: ['*'],
    conditions: {
      ArnLike: { 'kms:EncryptionContext:aws:logs:arn': stack.formatArn({ service: 'logs', resource: 'log-group', resourceName: '*', arnFormat: cdk.ArnFormat.COLON_RESOURCE_NAME }) },
    },
  }));
}
