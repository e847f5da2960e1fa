import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { RUNNING_HOURS_ENVIRONMENT, RunningHoursPlan } from './running-hours-contract';
import { operationsOn, StartableKind } from './startable-kinds';
import { LifecycleSettings } from '../../lifecycle-settings';
import { acknowledge } from '../../private/acknowledgements';
import { bundledFunction, settingsStatements } from '../../private/bundled-function';
import { functionMachine } from '../../private/function-machine';

/** What looks before it starts and stops. */
export interface RunningHoursMachineProps {
  readonly plan: RunningHoursPlan;
  readonly kind: StartableKind;
  readonly arn: string;
  readonly waitForSessions?: cdk.Duration;
}

/** For the calls of one look, one after the other. */
const TIMEOUT = cdk.Duration.minutes(2);
/** For what AppStream refuses for a while; of users who stay on, after the longest wait for them. The function itself ends before. */
const MACHINE_TIMEOUT = cdk.Duration.hours(1);
const WAITING_MACHINE_TIMEOUT = cdk.Duration.hours(25);

/**
 * Switches at a moment where it takes a look to know what is to be done. A state machine calls a function until that has nothing more to do.
 * Decision record 0010 says why.
 */
export class RunningHoursMachine extends Construct {
  public readonly machineArn: string;

  /** What it takes to call it. */
  public readonly startStatements: iam.PolicyStatement[];

  constructor(scope: Construct, id: string, props: RunningHoursMachineProps) {
    super(scope, id);
    const { noun } = props.plan;
    const { function: fn, role } = bundledFunction(this, {
      bundle: 'appstream',
      handler: 'index.runningHours',
      description: `Starts and stops the ${noun} at its running hours`,
      timeout: TIMEOUT,
      environment: { [RUNNING_HOURS_ENVIRONMENT.plan]: cdk.Stack.of(this).toJsonString(props.plan) },
      roleDescription: `Starts and stops the ${noun} at its running hours`,
      policyName: 'StartStop',
      statements: statements(this, props),
    });
    acknowledge(role, 'describeActions');
    if (props.waitForSessions) {
      acknowledge(role, 'sessionsOfAssociatedStacks');
    }
    const machine = functionMachine(this, {
      function: fn, definition: definition(fn.functionArn, props.waitForSessions ? WAITING_MACHINE_TIMEOUT : MACHINE_TIMEOUT), roleDescription: `Looks whether the ${noun} is to be started or stopped`,
    });
    acknowledge(machine, 'runningHoursLog');

    this.machineArn = machine.stateMachineArn;
    this.startStatements = [
      new iam.PolicyStatement({ actions: ['states:StartExecution'], resources: [machine.stateMachineArn] }),
      // What starts an execution encrypts its input; it traces nothing.
      ...settingsStatements({ encryptionKey: LifecycleSettings._read(this).encryptionKey }, []),
    ];
  }
}

function statements(scope: Construct, { arn, kind, waitForSessions }: RunningHoursMachineProps): iam.PolicyStatement[] {
  const { describe, start, stop } = operationsOn(kind);
  const allow = (operations: string[], resource: string) => new iam.PolicyStatement({
    actions: operations.map((operation) => `appstream:${operation}`), resources: [resource],
  });
  return [
    // AppStream's Describe actions take no resource.
    allow([describe], '*'),
    allow([start, stop, ...waitForSessions ? ['DescribeSessions', 'ListAssociatedStacks'] : []], arn),
    ...waitForSessions
      ? [allow(['DescribeSessions'], cdk.Stack.of(scope).formatArn({ service: 'appstream', resource: 'stack', resourceName: '*' }))]
      : [],
  ];
}

/** Looks until nothing is left to do. A look that fails, for whatever reason, is taken again: time is read anew for each. */
function definition(functionArn: string, timeout: cdk.Duration): object {
  return {
    Comment: 'Starts or stops something at its running hours',
    StartAt: 'Look',
    TimeoutSeconds: timeout.toSeconds(),
    States: {
      'Look': {
        Type: 'Task',
        Resource: functionArn,
        Parameters: { 'state.$': '$', 'now.$': '$$.State.EnteredTime' },
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.fault', Next: 'Wait' }],
        Next: 'More?',
      },
      'More?': {
        Type: 'Choice',
        Choices: [{ Variable: '$.outcome', StringEquals: 'waiting', Next: 'Wait' }, { Variable: '$.outcome', StringEquals: 'done', Next: 'Done' }],
        Default: 'Given up',
      },
      'Wait': { Type: 'Wait', SecondsPath: '$.wait', Next: 'Look' },
      'Done': { Type: 'Succeed' },
      'Given up': { Type: 'Fail', Error: 'GivenUp', CausePath: '$.why' },
    },
  };
}
