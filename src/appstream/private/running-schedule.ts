import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { checkHolidays } from './holidays';
import { LOOK_AGAIN_SECONDS, PATIENCE_SECONDS, RunningHoursPlan, RunningHoursState } from './running-hours-contract';
import { RunningHoursMachine } from './running-hours-machine';
import { Switching, switchings } from './running-week';
import { operationsOn, STARTABLE_KINDS, StartableKind } from './startable-kinds';
import { checkMinutes, fail } from '../../private/errors';
import { RunningHours } from '../running-hours';

/** What is started and stopped by the hours. */
export interface RunningScheduleProps {
  readonly hours: readonly RunningHours[];
  readonly holidays?: string[];
  /** Of fleets alone: nothing else has sessions that can be seen. */
  readonly waitForSessions?: cdk.Duration;
  /** As a deployment was asked to bring it to, if it was. */
  readonly desiredState: string | undefined;
  readonly kind: StartableKind;
  readonly name: string;
  readonly arn: string;
  /** Makes what stops it when it is deleted. */
  readonly stopOnDelete: () => Construct;
}

/** What is called at a moment at which something is switched. */
interface Target {
  readonly arn: string;
  readonly input: object;
}

/**
 * Starts and stops something by EventBridge Scheduler: a role, and two schedules for each period.
 *
 * They call AppStream themselves. Where it takes a look to know what is to be done, they start a state machine instead.
 */
export class RunningSchedule extends Construct {
  /** Its id in what it starts and stops. */
  public static readonly ID = 'RunningHours';

  private readonly role: iam.IRole;
  private readonly machine?: RunningHoursMachine;

  constructor(scope: Construct, private readonly props: RunningScheduleProps) {
    if (scope.node.tryFindChild(RunningSchedule.ID)) {
      fail(scope, 'runDuring takes all running hours at once, got a second call');
    }
    super(scope, RunningSchedule.ID);
    const { plan, moments } = this.plan(scope);

    // Both the schedules and the role go before it stops for the last time: nothing that Scheduler still tries can start it again.
    const stopOnDelete = props.stopOnDelete();
    this.machine = plan.holidays !== '' || props.waitForSessions ? new RunningHoursMachine(this, 'Machine', { ...props, plan }) : undefined;
    this.role = this.makeRole();
    moments.forEach((switching, index) => this.makeSchedule(switching, plan.timeZone, index));
    this.node.addDependency(stopOnDelete);
  }

  private plan(scope: Construct): { readonly plan: RunningHoursPlan; readonly moments: Switching[] } {
    const { desiredState, holidays = [], hours, kind, name, waitForSessions } = this.props;
    const { noun } = STARTABLE_KINDS[kind];
    if (desiredState === 'RUNNING' || desiredState === 'STOPPED') {
      fail(scope, `running hours start and stop the ${noun}, so the desiredState must be "UNMANAGED" or left out, got ${JSON.stringify(desiredState)}`);
    }
    if (hours.length === 0) {
      fail(scope, 'runDuring takes at least one period of running hours, got none');
    }
    const bound = hours.map((each) => each._bind(scope));
    const zones = [...new Set(bound.map(({ timeZone }) => timeZone))];
    if (zones.length > 1) {
      fail(scope, `running hours must all have one timeZone, since zones that change their clocks on different days overlap on some, got ${JSON.stringify(zones)}`);
    }
    checkHolidays(scope, holidays);
    checkMinutes(scope, 'waitForSessions', waitForSessions, { min: 1, max: 24 * 60 });
    const periods = bound.map(({ days, from, to }) => ({ days, from, to }));
    return {
      plan: {
        noun,
        name,
        periods,
        timeZone: zones[0],
        holidays: cdk.Token.isUnresolved(holidays) ? cdk.Fn.join(',', holidays) : holidays.join(','),
        waitSeconds: waitForSessions?.toSeconds() ?? 0,
      },
      moments: switchings(scope, periods, holidays.length > 0),
    };
  }

  private makeRole(): iam.IRole {
    const { machine, props: { arn, kind } } = this;
    const { start, stop } = operationsOn(kind);
    const stack = cdk.Stack.of(this);
    return new iam.Role(this, 'Role', {
      description: `Starts and stops the ${STARTABLE_KINDS[kind].noun} at its running hours`,
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: {
            'aws:SourceAccount': stack.account,
            'aws:SourceArn': stack.formatArn({ service: 'scheduler', resource: 'schedule-group', resourceName: 'default' }),
          },
        },
      }),
      inlinePolicies: {
        StartStop: new iam.PolicyDocument({
          statements: machine?.startStatements
            ?? [new iam.PolicyStatement({ actions: [start, stop].map((operation) => `appstream:${operation}`), resources: [arn] })],
        }),
      },
    });
  }

  private makeSchedule(switching: Switching, timeZone: string, index: number): void {
    const { to, hour, minute, days, minutesToOpposite } = switching;
    const { arn, input } = this.targetOf(to);
    new scheduler.Schedule(this, `${to === 'start' ? 'Start' : 'Stop'}${index}`, {
      schedule: scheduler.ScheduleExpression.cron({
        minute: String(minute), hour: String(hour), weekDay: days.join(','), timeZone: cdk.TimeZone.of(timeZone),
      }),
      // Not aws-cdk-lib's targets, which would add the permission to a policy of its own, and load the targets of all services.
      target: {
        bind: () => ({
          arn,
          role: this.role,
          input: scheduler.ScheduleTargetInput.fromObject(input),
          // As often as it takes within that time: AppStream takes neither call while it is on its way.
          retryPolicy: { maximumEventAgeInSeconds: Math.min(PATIENCE_SECONDS, minutesToOpposite * 60), maximumRetryAttempts: 185 },
        }),
      },
    });
  }

  private targetOf(to: Switching['to']): Target {
    if (this.machine) {
      const state: RunningHoursState = { due: scheduler.ContextAttribute.scheduledTime, wait: LOOK_AGAIN_SECONDS };
      return { arn: this.machine.machineArn, input: state };
    }
    const operation = operationsOn(this.props.kind)[to];
    return {
      arn: `arn:${cdk.Aws.PARTITION}:scheduler:::aws-sdk:appstream:${operation[0].toLowerCase()}${operation.slice(1)}`,
      input: { Name: this.props.name },
    };
  }
}
