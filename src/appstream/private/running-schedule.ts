import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { Switching, switchings } from './running-week';
import { fail } from '../../private/errors';
import { RunningHours } from '../running-hours';

/** What is started and stopped by the hours. */
export interface RunningScheduleProps {
  readonly hours: readonly RunningHours[];
  /** As a deployment was asked to bring it to, if it was. */
  readonly desiredState: string | undefined;
  readonly noun: 'fleet' | 'image builder' | 'app block builder';
  readonly name: string;
  readonly arn: string;
  /** AppStream's operations. */
  readonly start: string;
  readonly stop: string;
  /** Makes what stops it when it is deleted. */
  readonly stopOnDelete: () => Construct;
}

/** A switch that comes later than this is worse than one that does not come: somebody may have started or stopped it by hand since. */
const LONGEST_RETRY_MINUTES = 30;

/** Starts and stops something by EventBridge Scheduler: a role, and two schedules for each period. */
export class RunningSchedule extends Construct {
  /** Its id in what it starts and stops. */
  public static readonly ID = 'RunningHours';

  private readonly role: iam.IRole;

  constructor(scope: Construct, private readonly props: RunningScheduleProps) {
    if (scope.node.tryFindChild(RunningSchedule.ID)) {
      fail(scope, 'runDuring takes all running hours at once, got a second call');
    }
    super(scope, RunningSchedule.ID);
    const plan = this.plan(scope);

    // Both the schedules and the role go before it stops for the last time: nothing that Scheduler still tries can start it again.
    const stopOnDelete = props.stopOnDelete();
    this.role = this.makeRole();
    plan.forEach(({ switching, timeZone }, index) => this.makeSchedule(switching, timeZone, index));
    this.node.addDependency(stopOnDelete);
  }

  private plan(scope: Construct) {
    const { desiredState, hours, noun } = this.props;
    if (desiredState === 'RUNNING' || desiredState === 'STOPPED') {
      fail(scope, `running hours start and stop the ${noun}, so the desiredState must be "UNMANAGED" or left out, got ${JSON.stringify(desiredState)}`);
    }
    if (hours.length === 0) {
      fail(scope, 'runDuring takes at least one period of running hours, got none');
    }
    const periods = hours.map((each) => each._bind(scope));
    return switchings(scope, periods).map((switching) => ({ switching, timeZone: periods[0].timeZone }));
  }

  private makeRole(): iam.IRole {
    const { arn, noun, start, stop } = this.props;
    const stack = cdk.Stack.of(this);
    return new iam.Role(this, 'Role', {
      description: `Starts and stops the ${noun} at its running hours`,
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
          statements: [new iam.PolicyStatement({ actions: [start, stop].map((operation) => `appstream:${operation}`), resources: [arn] })],
        }),
      },
    });
  }

  private makeSchedule({ to, hour, minute, days, minutesToOpposite }: Switching, timeZone: string, index: number): void {
    const operation = this.props[to];
    new scheduler.Schedule(this, `${to === 'start' ? 'Start' : 'Stop'}${index}`, {
      schedule: scheduler.ScheduleExpression.cron({
        minute: String(minute), hour: String(hour), weekDay: days.join(','), timeZone: cdk.TimeZone.of(timeZone),
      }),
      // Not aws-cdk-lib's universal target, which would add the permission to a policy of its own, and load the targets of all services.
      target: {
        bind: () => ({
          arn: `arn:${cdk.Aws.PARTITION}:scheduler:::aws-sdk:appstream:${operation[0].toLowerCase()}${operation.slice(1)}`,
          role: this.role,
          input: scheduler.ScheduleTargetInput.fromObject({ Name: this.props.name }),
          // As often as it takes within that time: AppStream takes neither call while it is on its way.
          retryPolicy: { maximumEventAgeInSeconds: Math.min(LONGEST_RETRY_MINUTES, minutesToOpposite) * 60, maximumRetryAttempts: 185 },
        }),
      },
    });
  }
}
