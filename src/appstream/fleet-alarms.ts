import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { FleetMetrics } from './fleet-metrics';
import { capacityMetrics, isElastic } from './private/fleet-capacity';

/** Who is told. */
export interface RecommendedAlarmsOptions {
  /** Where an alarm is sent to when it goes off. */
  readonly topic: sns.ITopicRef;
}

/** Properties of the alarms of a fleet. */
export interface FleetAlarmsProps extends RecommendedAlarmsOptions {
  /** The fleet to watch: of this library, an imported one or an L1. */
  readonly fleet: appstream.IFleetRef;
}

/**
 * The alarms that every fleet should have: users are turned away, the capacity is nearly or wholly used, or no instance comes up.
 *
 * AppStream has neither a metric nor an event that says that a start has failed. The alarm looks for what such a start looks like:
 * capacity has been pending for half an hour, twice what AppStream takes as a rule, and there is still none at all.
 *
 * A fleet that is stopped, and so sends nothing, sets off none of them. Of an Elastic fleet AppStream says only that users are turned away.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/monitoring-with-cloudwatch.html
 */
export class FleetAlarms extends Construct {
  /** All of them, for an `AlarmStatusWidget` or further actions. */
  public readonly alarms: cloudwatch.Alarm[] = [];

  private readonly topicArn: string;

  constructor(scope: Construct, id: string, props: FleetAlarmsProps) {
    super(scope, id);

    this.topicArn = props.topic.topicRef.topicArn;
    const metrics = FleetMetrics.fromFleet(props.fleet);

    this.add('InsufficientCapacity', metrics.insufficientCapacityError(), {
      threshold: 1,
      evaluationPeriods: 1,
      alarmDescription: 'Users were turned away since no capacity was left: give the fleet more, or let it scale earlier',
    });
    if (isElastic(props.fleet)) {
      this.add('InsufficientConcurrency', metrics.insufficientConcurrencyLimitError(), {
        threshold: 1,
        evaluationPeriods: 1,
        alarmDescription: 'Users were turned away since the Elastic fleet had reached its highest number of concurrent sessions: raise it',
      });
    } else {
      this.addCapacityAlarms(props.fleet, metrics);
    }
  }

  private addCapacityAlarms(fleet: appstream.IFleetRef, metrics: FleetMetrics): void {
    this.add('HighUtilization', metrics.capacityUtilization(), {
      threshold: 80,
      evaluationPeriods: 3,
      alarmDescription: 'At least 80 percent of the capacity have been in use for 15 minutes: new capacity takes 10 to 20 minutes',
    });
    // Not AvailableCapacity: that is 0 for a stopped fleet too, and has another name where users share instances.
    this.add('NoAvailableCapacity', metrics.capacityUtilization({ statistic: cloudwatch.Stats.MINIMUM }), {
      threshold: 100,
      evaluationPeriods: 1,
      alarmDescription: 'All capacity has been in use for 5 minutes: the next user will be turned away',
    });
    for (const { unit, actual, pending } of capacityMetrics(fleet)) {
      const noneComesUp = new cloudwatch.MathExpression({
        expression: 'IF(pending > 0 AND actual < 1, 1, 0)',
        label: `capacity of ${unit} is pending and there is none`,
        usingMetrics: {
          actual: actual.with({ statistic: cloudwatch.Stats.MAXIMUM }),
          pending: pending.with({ statistic: cloudwatch.Stats.MINIMUM }),
        },
      });
      this.add(unit === 'instances' ? 'FailedStart' : 'FailedStartOfSessions', noneComesUp, {
        threshold: 1,
        evaluationPeriods: 6,
        alarmDescription: 'Capacity has been pending for 30 minutes and there is none: see the errors of the fleet, its start has probably failed',
      });
    }
  }

  private add(id: string, metric: cloudwatch.IMetric, props: cloudwatch.CreateAlarmOptions): void {
    const alarm = new cloudwatch.Alarm(this, id, {
      metric,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      ...props,
    });
    alarm.addAlarmAction({ bind: () => ({ alarmActionArn: this.topicArn }) });
    this.alarms.push(alarm);
  }
}
