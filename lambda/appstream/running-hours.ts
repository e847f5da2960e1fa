import { appBlockBuilders } from './app-block-builders';
import { refusalOf } from './errors';
import { fleets } from './fleets';
import { hoursAt, hoursBefore } from './hours';
import { imageBuilders } from './image-builders';
import { sentenceOf, type Reading, type Startable } from './running-state';
import { sessionsOn } from './sessions';
import {
  LOOK_AGAIN_SECONDS, PATIENCE_SECONDS, RUNNING_HOURS_ENVIRONMENT,
  type RunningHoursAnswer, type RunningHoursPlan, type RunningHoursRequest, type RunningHoursState,
} from '../../src/appstream/private/running-hours-contract';

const THINGS: Readonly<Record<RunningHoursPlan['noun'], Startable>> = {
  'fleet': fleets, 'image builder': imageBuilders, 'app block builder': appBlockBuilders,
};
/** How long nobody looks while users stay on. Shorter than a stop and a start together, so that somebody else's are seen. */
const STAYING_INTERVAL_SECONDS = 2 * 60;

/**
 * Looks what is to be done about hours that began or ended at a moment, and does it. It is asked again until nothing is left to do.
 *
 * What is to be done follows from the hours and not from the one who asks, so that it may be asked twice, or late.
 */
export async function runningHours({ state, now }: RunningHoursRequest): Promise<RunningHoursAnswer> {
  const plan: RunningHoursPlan = JSON.parse(process.env[RUNNING_HOURS_ENVIRONMENT.plan]!);
  const answer = await new Look(plan, state, Date.parse(now)).take();
  const { outcome, why } = answer;
  console.log(JSON.stringify({ at: 'running hours', due: state.due, outcome, why }));
  return answer;
}

class Look {
  private readonly thing: Startable;
  private readonly due: number;

  constructor(private readonly plan: RunningHoursPlan, private readonly state: RunningHoursState, private readonly now: number) {
    this.thing = THINGS[plan.noun];
    this.due = Date.parse(state.due);
  }

  public async take(): Promise<RunningHoursAnswer> {
    const { plan, due, now } = this;
    const ended = hoursBefore(plan, due);
    const begun = hoursAt(plan, due);
    const current = hoursAt(plan, now);
    if (begun !== undefined) {
      if (ended !== undefined) {
        return this.done('is left as it is: its hours go on');
      }
      return current === begun ? this.start() : this.done('is left as it is: the hours are over');
    }
    if (ended === undefined) {
      return this.done('is left as it is: on holidays no hours begin');
    }
    // Those that have ended may be on again by the clock, when it is put back.
    return current === undefined || current === ended ? this.stop() : this.done('is left as it is: the next hours have begun');
  }

  private async start(): Promise<RunningHoursAnswer> {
    const reading = await this.read();
    switch (reading?.phase) {
      case 'running':
      case 'starting':
        return this.done(sentenceOf(reading));
      case 'stopped':
        return this.ask('start', reading, this.due);
      default:
        return this.unless(reading, this.due);
    }
  }

  private async stop(): Promise<RunningHoursAnswer> {
    const { plan: { name, waitSeconds }, state: { seen }, now } = this;
    const end = this.due + waitSeconds * 1000;
    const reading = await this.read();
    switch (reading?.phase) {
      case 'stopped':
        return this.done(sentenceOf(reading));
      case 'starting':
        if (seen !== undefined && seen !== 'starting') {
          // Not by the hours: whoever did it knows why.
          return this.done('has been started anew');
        }
        return this.ask('stop', reading, end);
      case 'running': {
        const sessions = now < end ? await sessionsOn(name) : [];
        if (sessions.length > 0) {
          const why = `has ${sessions.length} ${sessions.length === 1 ? 'session' : 'sessions'} left`;
          return this.waiting(why, reading, Math.min(Math.ceil((end - now) / 1000), STAYING_INTERVAL_SECONDS));
        }
        return this.ask('stop', reading, end);
      }
      default:
        return this.unless(reading, end);
    }
  }

  private async read(): Promise<Reading | undefined> {
    return this.thing.read(this.plan.name);
  }

  /** Tells it to start or stop, if it is not too late for that. */
  private async ask(what: 'start' | 'stop', reading: Reading, since: number): Promise<RunningHoursAnswer> {
    if (this.isLate(since)) {
      return this.failed(`${sentenceOf(reading)}, and it is too late to ${what} it`);
    }
    const refusal = await refusalOf(() => this.thing[what](this.plan.name));
    return refusal === undefined ? this.done(`was told to ${what}`) : this.waiting(`cannot be told to ${what}: ${refusal}`, reading);
  }

  /** Neither to be started nor stopped, now or ever. */
  private unless(reading: Reading | undefined, since: number): RunningHoursAnswer {
    if (reading?.phase !== 'busy') {
      return this.failed(reading ? sentenceOf(reading) : 'is not there');
    }
    return this.isLate(since) ? this.failed(`${sentenceOf(reading)} for too long`) : this.waiting(sentenceOf(reading), reading);
  }

  private isLate(since: number): boolean {
    return this.now - since > PATIENCE_SECONDS * 1000;
  }

  private done(why: string): RunningHoursAnswer {
    return this.answer('done', why);
  }

  private failed(why: string): RunningHoursAnswer {
    return this.answer('failed', why);
  }

  private waiting(why: string, { phase }: Reading, wait = LOOK_AGAIN_SECONDS): RunningHoursAnswer {
    return { ...this.answer('waiting', why), seen: phase, wait };
  }

  private answer(outcome: RunningHoursAnswer['outcome'], why: string): RunningHoursAnswer {
    return { outcome, why: `${this.plan.noun} ${this.plan.name} ${why}`, due: this.state.due, wait: LOOK_AGAIN_SECONDS };
  }
}
