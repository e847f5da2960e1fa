import { type Expression, parseExpression } from '../../calendar/expression';
import { TimeZone } from '../../calendar/time-zone';
import type { Clock } from '../../clock';
import { AwsError } from '../../wire/aws-error';

/** What PutScheduledAction takes. */
export interface ScheduledActionSettings {
  readonly ScheduledActionName: string;
  readonly Schedule?: string;
  readonly Timezone?: string;
  readonly StartTime?: Date;
  readonly EndTime?: Date;
  readonly ScalableTargetAction?: { readonly MinCapacity?: number; readonly MaxCapacity?: number };
}

/** New limits at certain times. Each change is a new one. */
export class ScheduledAction {
  /** Aborted when the action is deleted or changed. */
  public readonly ended = new AbortController();
  private readonly expression: Expression;

  constructor(readonly settings: ScheduledActionSettings, private readonly made: number) {
    const { Schedule, Timezone = 'UTC', ScalableTargetAction: { MinCapacity, MaxCapacity } = {} } = settings;
    const zone = TimeZone.find(Timezone);
    if (!zone) {
      throw new AwsError('ValidationException', `Invalid time zone ${Timezone}.`);
    }
    const expression = Schedule === undefined ? undefined : parseExpression(Schedule, zone);
    if (!expression) {
      throw new AwsError('ValidationException', `Invalid schedule expression ${Schedule}.`);
    }
    if (MinCapacity === undefined && MaxCapacity === undefined) {
      throw new AwsError('ValidationException', 'ScalableTargetAction must have a MinCapacity or a MaxCapacity.');
    }
    this.expression = expression;
  }

  /** Lies in wait for one moment after the other, within the times of its start and end. */
  public async run(clock: Clock, stop: AbortSignal, act: () => void): Promise<void> {
    const { StartTime, EndTime } = this.settings;
    const signal = AbortSignal.any([stop, this.ended.signal]);
    let due = this.expression.first(Math.max(this.made, StartTime?.getTime() ?? -Infinity));
    for (; due !== undefined && due <= (EndTime?.getTime() ?? Infinity); due = this.expression.next(due)) {
      await clock.lieInWait(due - clock.now(), signal);
      if (signal.aborted) {
        return;
      }
      act();
    }
  }
}
