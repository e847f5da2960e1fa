import { checkMetricAlarm } from './metric-alarm';
import type { Handler, Service } from '../../wire/service';

/** An alarm as it was put, as far as somebody looks at it. */
export interface MetricAlarm {
  readonly AlarmName: string;
  readonly AlarmActions?: readonly string[];
  readonly ComparisonOperator: string;
  readonly Threshold: number;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
  readonly Period?: number;
  readonly Statistic?: string;
}

/** CloudWatch's alarms. They are evaluated by those alone whom they act on: nobody else notices whether one goes off. */
export class Alarms implements Service {
  public readonly name = 'cloudwatch';
  /** CloudFormation puts alarms, and nobody else asks for them. */
  public readonly signingNames = [];
  public readonly protocols = [];
  public readonly operations: Readonly<Record<string, Handler>> = {
    PutMetricAlarm: (input) => this.put(input),
    DeleteAlarms: ({ AlarmNames }: { readonly AlarmNames: string[] }) => this.delete(AlarmNames),
  };

  private readonly alarms = new Map<string, MetricAlarm>();

  /** The alarms that call something when they go off. */
  public actingOn(arn: string): MetricAlarm[] {
    return [...this.alarms.values()].filter(({ AlarmActions = [] }) => AlarmActions.includes(arn));
  }

  private put(alarm: MetricAlarm): object {
    checkMetricAlarm({ ...alarm });
    this.alarms.set(alarm.AlarmName, alarm);
    return {};
  }

  private delete(names: readonly string[]): object {
    names.forEach((name) => this.alarms.delete(name));
    return {};
  }
}
