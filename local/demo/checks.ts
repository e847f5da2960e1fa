import { outcomeOf, pictureOf } from './picture';
import type { Observer, World } from './world';
import { RESPONSE_PREFIX, type StackEvent } from '../cloudformation';
import type { Loopback } from '../loopback';
import type { LogLine } from '../services/cloudwatch-logs/logs';
import type { Denial, Grant } from '../services/iam/grant-ledger';
import type { DroppedEvent } from '../services/lambda/async-invocations';
import type { Invocation } from '../services/lambda/invocation';
import { AwsError, NotImitated } from '../wire/aws-error';

/**
 * The functions that aws-cdk-lib brings along, their roles and log groups. What they log and what they are granted is not the library's
 * business, and the log groups, which Lambda makes, stay behind on AWS too.
 */
const OF_CDK_LIB = /-Custom(S3AutoDeleteObjects|CDKBucketDeployment)/;

/** What functions may do and have no occasion for in a demo, and why, by action. */
export type Reserves = Readonly<Record<string, string>>;

/** What the demo has left behind, and what is known of its course. */
export interface Evidence {
  readonly world: World;
  /** What CloudFormation made and is still there though no stack has it, as `type physical-id`. */
  readonly orphans: readonly string[];
  readonly runningExecutions: readonly string[];
  /** The names of all functions that were deployed. */
  readonly functions: readonly string[];
  readonly invocations: readonly Invocation[];
  readonly dropped: readonly DroppedEvent[];
  readonly logLines: readonly LogLine[];
  readonly denials: readonly Denial[];
  readonly unusedGrants: readonly Grant[];
  readonly faults: readonly string[];
}

export async function gatherEvidence(loopback: Loopback, observer: Observer, events: readonly StackEvent[]): Promise<Evidence> {
  const { states, lambda, logs, iam } = loopback;
  return {
    world: await observer.read(),
    orphans: await orphansOf(loopback, events),
    runningExecutions: states.executions.filter(({ status }) => status === 'RUNNING').map(({ options }) => options.name),
    functions: physicalIds(events, 'AWS::Lambda::Function').filter((name) => !OF_CDK_LIB.test(name)),
    invocations: lambda.invocations,
    dropped: lambda.dropped,
    logLines: logs.lines().filter(({ group }) => !OF_CDK_LIB.test(group)),
    denials: iam.denials,
    unusedGrants: iam.unusedGrants().filter(({ roleArn }) => !OF_CDK_LIB.test(roleArn)),
    faults: loopback.faults(),
  };
}

/** What of it must not be, each as one line. */
export function problemsOf(evidence: Evidence, reserves: Reserves): string[] {
  const { world, functions, invocations } = evidence;
  const ran = (functionName: string, type: Invocation['type']) => invocations.some((each) => each.functionName === functionName && each.type === type);
  return [
    ...outcomeOf(world) === 'nothing is left' ? [] : pictureOf(world).map((line) => `left: ${line}`),
    ...evidence.orphans.map((orphan) => `left: ${orphan}`),
    ...evidence.runningExecutions.map((execution) => `still running: the execution ${execution}`),
    ...functions.length > 0 ? [] : ['no function was ever deployed'],
    ...functions.filter((name) => !ran(name, 'Event') && !ran(name, 'RequestResponse')).map((name) => `nobody ever invoked ${name}`),
    ...functions.filter((name) => ran(name, 'Event') && !ran(name, 'RequestResponse')).map((name) => `no state machine ever invoked ${name}`),
    ...invocations.filter(({ error }) => error !== undefined).map(({ functionName, error }) => `${functionName} ended with ${error}`),
    ...evidence.dropped.map(({ functionName, reason }) => `an event for ${functionName} was dropped: ${reason}`),
    ...evidence.logLines.filter(({ message }) => message.includes('ResponseURL') || message.includes(RESPONSE_PREFIX))
      .map(({ group }) => `a line in ${group} holds a ResponseURL`),
    ...evidence.denials.map(({ message }) => message),
    ...evidence.unusedGrants.filter(({ action }) => !(action in reserves)).map(({ action, resource, roleArn }) => `granted and never used: ${action} on ${resource} for ${roleArn}`),
    ...evidence.faults.map((fault) => `loopback fault: ${fault}`),
  ];
}

/** The grants that were not used and need not be, each as one line. */
export function reservesOf(unusedGrants: readonly Grant[], reserves: Reserves): string[] {
  return [...new Set(unusedGrants.map(({ action }) => action))].flatMap((action) =>
    action in reserves ? [`granted, and not used in the demo: ${action} (${reserves[action]})`] : []);
}

/** How to ask a service for one of its resources; the types that are missing here are records of CloudFormation alone. */
const LOOKUPS: Readonly<Record<string, (physicalId: string) => readonly [service: string, operation: string, input: object]>> = {
  'AWS::IAM::Role': (RoleName) => ['iam', 'GetRole', { RoleName }],
  'AWS::Lambda::Function': (FunctionName) => ['lambda', 'GetFunctionConfiguration', { FunctionName }],
  'AWS::S3::Bucket': (Bucket) => ['s3', 'HeadBucket', { Bucket }],
  'AWS::SecretsManager::Secret': (SecretId) => ['secretsmanager', 'DescribeSecret', { SecretId }],
  'AWS::StepFunctions::StateMachine': (stateMachineArn) => ['states', 'DescribeStateMachine', { stateMachineArn }],
};

async function orphansOf(loopback: Loopback, events: readonly StackEvent[]): Promise<string[]> {
  const { logGroups } = await loopback.call('logs', 'DescribeLogGroups', {}) as { logGroups: { logGroupName: string }[] };
  const orphans = logGroups.filter(({ logGroupName }) => !OF_CDK_LIB.test(logGroupName)).map(({ logGroupName }) => `AWS::Logs::LogGroup ${logGroupName}`);
  for (const [type, lookup] of Object.entries(LOOKUPS)) {
    for (const physicalId of physicalIds(events, type)) {
      if (await exists(loopback, lookup(physicalId))) {
        orphans.push(`${type} ${physicalId}`);
      }
    }
  }
  return orphans;
}

async function exists(loopback: Loopback, lookup: readonly [string, string, object]): Promise<boolean> {
  try {
    await loopback.call(...lookup);
    return true;
  } catch (error) {
    if (error instanceof AwsError && !(error instanceof NotImitated)) {
      return false;
    }
    throw error;
  }
}

function physicalIds(events: readonly StackEvent[], type: string): string[] {
  const ids = events.filter(({ ResourceType }) => ResourceType === type).flatMap(({ PhysicalResourceId: id }) => id === undefined ? [] : [id]);
  return [...new Set(ids)];
}
