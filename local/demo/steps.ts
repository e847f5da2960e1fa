import { type FleetError, FleetErrorCode } from '@aws-sdk/client-appstream';
import type { CdkRun } from './cdk-cli';
import { changesBetween } from './picture';
import type { World } from './world';
import type { StackEvent } from '../cloudformation';
import type { Loopback } from '../loopback';

/** What was seen of a step. */
export interface Seen {
  readonly run: CdkRun;
  readonly before: World;
  readonly after: World;
  /** CloudFormation's, the oldest first. */
  readonly events: readonly StackEvent[];
  readonly lambdaInvocations: number;
  /** Of the deployed functions. */
  readonly appstreamCalls: number;
  readonly realSeconds: number;
  /** From CloudFormation's first event to its last. */
  readonly virtualMinutes: number;
}

/** One command at the terminal, and what is to come of it. */
export interface Step {
  readonly title: string;
  /** Of the CDK CLI. */
  readonly command: readonly string[];
  /** As `outcomeOf` puts it. */
  readonly expected: string;
  /** @default 0 */
  readonly exitCode?: number;
  /** Sets up what is to go wrong. */
  readonly prepare?: (loopback: Loopback, before: World) => void;
  /** What else is wrong with what was seen. */
  readonly verify: (seen: Seen) => string[];
}

const DEPLOY = ['deploy', '--require-approval', 'never'];

const START_ERROR: FleetError = {
  ErrorCode: FleetErrorCode.SUBNET_HAS_INSUFFICIENT_IP_ADDRESSES,
  ErrorMessage: 'The subnet does not have enough free IP addresses',
};

export const STEPS: readonly Step[] = [
  {
    title: 'first deploy',
    command: DEPLOY,
    expected: 'CREATE_COMPLETE, fleet RUNNING, builder STOPPED',
    verify: lambdasWorked,
  },
  {
    title: 'deploy without a change',
    command: DEPLOY,
    expected: 'CREATE_COMPLETE, fleet RUNNING, builder STOPPED',
    verify: nothingHappened,
  },
  {
    title: 'look at what closing changes',
    command: ['diff', '-c', 'office=closed'],
    expected: 'CREATE_COMPLETE, fleet RUNNING, builder STOPPED',
    verify: (seen) => [
      ...nothingHappened(seen),
      ...seen.run.output.includes('DesiredState') ? [] : ['the difference does not name DesiredState'],
    ],
  },
  {
    title: 'close the office',
    command: [...DEPLOY, '-c', 'office=closed'],
    expected: 'UPDATE_COMPLETE, fleet STOPPED, builder STOPPED',
    verify: lambdasWorked,
  },
  {
    title: 'open it, but the start fails',
    command: [...DEPLOY, '-c', 'description=A better office'],
    expected: 'UPDATE_ROLLBACK_COMPLETE, fleet STOPPED, builder STOPPED',
    exitCode: 1,
    prepare: (loopback, { fleets }) => fleets.forEach(({ Name }) => loopback.appstream.script.stuckStart(Name!, [START_ERROR])),
    verify: (seen) => [...lambdasWorked(seen), ...rolledBack(seen)],
  },
  {
    title: 'open it again',
    command: DEPLOY,
    expected: 'UPDATE_COMPLETE, fleet RUNNING, builder STOPPED',
    verify: lambdasWorked,
  },
  {
    title: 'destroy',
    command: ['destroy', '--force'],
    expected: 'nothing is left',
    verify: lambdasWorked,
  },
];

function lambdasWorked({ lambdaInvocations, appstreamCalls }: Seen): string[] {
  return [
    ...lambdaInvocations > 0 ? [] : ['no Lambda was invoked'],
    ...appstreamCalls > 0 ? [] : ['no Lambda called AppStream'],
  ];
}

function nothingHappened({ lambdaInvocations, events, before, after }: Seen): string[] {
  const changes = events.filter(({ ResourceType }) => ResourceType !== 'AWS::CloudFormation::Stack');
  return [
    ...lambdaInvocations > 0 ? [`${lambdaInvocations} Lambda invocations`] : [],
    ...changes.map(({ LogicalResourceId, ResourceStatus }) => `${LogicalResourceId} ${ResourceStatus}`),
    ...changesBetween(before, after),
  ];
}

/** The failure came from AppStream's own errors, after something else had been changed; and all of it was undone. */
function rolledBack({ run, events, before, after }: Seen): string[] {
  const failed = events.findIndex(({ ResourceStatus, ResourceStatusReason }) =>
    ResourceStatus === 'UPDATE_FAILED' && ResourceStatusReason?.includes(`${START_ERROR.ErrorCode}: ${START_ERROR.ErrorMessage}`));
  const halfWay = events.slice(0, Math.max(0, failed)).some(({ ResourceStatus, ResourceType }) =>
    ResourceStatus === 'UPDATE_COMPLETE' && ResourceType === 'AWS::AppStream::Fleet');
  return [
    ...failed >= 0 ? [] : [`no resource failed with ${START_ERROR.ErrorCode}`],
    ...halfWay ? [] : ['the update had not changed the fleet before it failed'],
    ...run.output.includes(START_ERROR.ErrorCode!) ? [] : [`the CLI does not show ${START_ERROR.ErrorCode}`],
    ...run.output.includes('Could not fetch logs') ? ['the CLI cannot show the log of the function'] : [],
    ...changesBetween(before, after),
  ];
}
