import { type AttemptContext, withAttributes } from './context-attributes';
import { type Target, targetOf, type Targets } from './target';
import { type Expression, parseExpression } from '../../calendar/expression';
import { TimeZone } from '../../calendar/time-zone';
import { AwsError, NotImitated } from '../../wire/aws-error';

/** A schedule as it is given. */
export interface ScheduleSettings {
  readonly Name: string;
  readonly ScheduleExpression: string;
  readonly ScheduleExpressionTimezone?: string;
  readonly FlexibleTimeWindow: { readonly Mode: 'OFF' | 'FLEXIBLE'; readonly MaximumWindowInMinutes?: number };
  readonly State?: 'ENABLED' | 'DISABLED';
  readonly Description?: string;
  readonly ActionAfterCompletion?: 'NONE' | 'DELETE';
  readonly Target: {
    readonly Arn: string;
    readonly RoleArn: string;
    readonly Input?: string;
    readonly RetryPolicy?: { readonly MaximumEventAgeInSeconds?: number; readonly MaximumRetryAttempts?: number };
  };
}

/** A schedule as it was last made or changed. Each change is a new one. */
export class Schedule {
  public readonly expression: Expression;
  public readonly target: Target;
  /** Aborted when the schedule is deleted or changed. */
  public readonly ended = new AbortController();

  /** Throws a ValidationException for what Scheduler would not take, beyond its model. */
  constructor(readonly arn: string, readonly settings: ScheduleSettings, targets: Targets, readonly created: number, readonly changed: number) {
    const { ScheduleExpression, ScheduleExpressionTimezone = 'UTC', FlexibleTimeWindow: { Mode, MaximumWindowInMinutes }, Target } = settings;
    const expression = parseExpression(ScheduleExpression, zoneOf(ScheduleExpressionTimezone));
    if (!expression) {
      throw new AwsError('ValidationException', `Invalid Schedule Expression ${ScheduleExpression}.`);
    }
    if (Mode === 'FLEXIBLE') {
      throw new NotImitated('flexible time windows');
    }
    if (MaximumWindowInMinutes !== undefined) {
      throw new AwsError('ValidationException', 'MaximumWindowInMinutes must not be set when the mode of the flexible time window is OFF.');
    }
    this.expression = expression;
    this.target = targetOf(targets, Target.Arn, this.payload);
  }

  /** What the target is called with in one try. */
  public inputOf(context: AttemptContext): object {
    return this.target.inputOf(withAttributes(this.payload, context));
  }

  private get payload(): string {
    return this.settings.Target.Input ?? '{}';
  }

  public get roleArn(): string {
    return this.settings.Target.RoleArn;
  }

  /** How long and how often an invocation is tried again; the API's own defaults unless given. */
  public get retries(): { readonly maxAge: number; readonly attempts: number } {
    const { MaximumEventAgeInSeconds = 86_400, MaximumRetryAttempts = 185 } = this.settings.Target.RetryPolicy ?? {};
    return { maxAge: MaximumEventAgeInSeconds * 1000, attempts: MaximumRetryAttempts };
  }
}

function zoneOf(name: string): TimeZone {
  const zone = TimeZone.find(name);
  if (!zone) {
    throw new AwsError('ValidationException', `Invalid Schedule Expression Timezone ${name}.`);
  }
  return zone;
}
