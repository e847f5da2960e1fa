import { refusalOf } from './errors';
import type { StateProperties } from '../../src/appstream/private/state-contract';
import type { Controller, Memory, Progress, Request } from '../engine/controller';
import { leftBehind } from '../engine/left-behind';

/** What a state of the service means to somebody who wants to start or stop. */
export type Phase =
  | 'running'
  | 'stopped'
  /** On its way to running, and may be stopped before it is there. */
  | 'starting'
  /** Neither to be started nor stopped until it is done. */
  | 'busy'
  /** On its way out of existence. */
  | 'going'
  /** Will never run or stop again. */
  | 'failed';

/** What was read of the thing. */
export interface Reading {
  /** The state in the service's own words. */
  readonly state: string;
  readonly phase: Phase;
  /** What the service reports against it, each as one sentence. */
  readonly errors: readonly string[];
  /** Whether all the errors are such that the service overcomes by itself. Only of what is on its way to running. */
  readonly errorsPass?: boolean;
}

/** Something that AppStream starts and stops: a fleet, a builder of images or app blocks. */
export interface Startable {
  /** What it is called in a sentence. */
  readonly noun: string;
  /** Undefined when there is none of this name. */
  read(name: string): Promise<Reading | undefined>;
  start(name: string): Promise<void>;
  stop(name: string): Promise<void>;
}

/** A read may be this much older than the call before it. */
const STALE_READ_MS = 60_000;
/** What CloudFormation has just made may not be there for every reader. */
export const NOT_FOUND_PATIENCE_MS = 2 * 60_000;
/** How long a start may report errors before it has failed. */
const ERROR_PATIENCE_MS = 2 * 60_000;
const PASSING_ERROR_PATIENCE_MS = 15 * 60_000;

/** Takes the steps towards what a lifecycle resource says of a startable thing; what is to be deleted is stopped first, if asked for. */
export function stateController<Properties extends StateProperties>(
  thing: Startable, nameOf: (properties: Properties) => string,
): Controller<Properties> {
  const bring: Controller<Properties> = async (request) => {
    const properties = request.wanted ?? request.before!;
    const { DesiredState, StopOnDelete } = properties;
    // The id that was answered names the thing that a Delete is about, whatever the properties say by then.
    const deleting = request.wanted === undefined;
    const name = deleting ? request.id ?? nameOf(properties) : nameOf(properties);
    if (deleting ? StopOnDelete !== 'true' : DesiredState === 'UNMANAGED') {
      return { kind: 'ready', id: name };
    }
    const step = new Step(thing, name, request);
    const reading = await thing.read(name);
    if (!reading) {
      return deleting ? step.ready() : step.missing();
    }
    return deleting || DesiredState === 'STOPPED' ? step.towardsStopped(reading, deleting) : step.towardsRunning(reading);
  };

  return async (request) => {
    const progress = await bring(request);
    // An update that was given up may have started another thing, which CloudFormation deletes without a word to us.
    const left = leftBehind(request, nameOf);
    const stops = progress.kind === 'ready' && left?.StopOnDelete === 'true';
    return stops ? await stopMeanwhile(thing, nameOf(left), request) ?? progress : progress;
  };
}

/** Takes the next step towards a stop of something that goes. Undefined when it has stopped, or is not there. */
async function stopMeanwhile(thing: Startable, name: string, request: Request<unknown>): Promise<Unfinished | undefined> {
  const reading = await thing.read(name);
  const progress = reading && await new Step(thing, name, request).towardsStopped(reading, true);
  // The id is that of what stays.
  return progress === undefined || progress.kind === 'ready' ? undefined : { ...progress, id: request.id };
}

/** Not there yet, or never. */
export type Unfinished = Exclude<Progress, { kind: 'ready' }>;

/** Takes the next step towards a state of something that is there, on the way to something else. Undefined when it is in that state. */
export async function bringMeanwhile(
  thing: Startable, name: string, target: 'RUNNING' | 'STOPPED', reading: Reading, request: Request<unknown>,
): Promise<Unfinished | undefined> {
  const step = new Step(thing, name, request);
  const progress = await (target === 'RUNNING' ? step.towardsRunning(reading) : step.towardsStopped(reading, false));
  // The id is that of whoever asks.
  return progress.kind === 'ready' ? undefined : { ...progress, id: request.id };
}

class Step {
  constructor(private readonly thing: Startable, private readonly name: string, private readonly request: Request<unknown>) {}

  public ready(): Progress {
    return { kind: 'ready', id: this.name };
  }

  public async towardsRunning(reading: Reading): Promise<Progress> {
    switch (reading.phase) {
      case 'running':
        return this.ready();
      case 'starting':
        return this.starting(reading);
      case 'busy':
        return this.pending(sentenceOf(reading));
      case 'stopped':
        if (this.request.memory.failing !== undefined) {
          // The start that reported errors was ended, by us or by the service.
          return this.failed(String(this.request.memory.failing));
        }
        if (this.askedLately('start')) {
          return this.pending('was told to start and is still STOPPED');
        }
        if (this.request.memory.asked === 'start' && reading.errors.length > 0) {
          // Back where it was, and says why.
          return this.failed(sentenceOf(reading));
        }
        await this.thing.start(this.name);
        return this.pending('was told to start', { asked: 'start', askedAt: this.request.now });
      case 'going':
      case 'failed':
        return this.lost(reading);
    }
  }

  public async towardsStopped(reading: Reading, deleting: boolean): Promise<Progress> {
    switch (reading.phase) {
      case 'stopped':
        return this.ready();
      case 'busy':
        return this.pending(sentenceOf(reading));
      case 'running':
      case 'starting':
        if (this.askedLately('stop')) {
          return this.pending(`was told to stop and is still ${reading.state}`);
        }
        return this.stop(reading);
      case 'going':
      case 'failed':
        // Nothing runs that had to be stopped before the deletion.
        return deleting ? this.ready() : this.lost(reading);
    }
  }

  public missing(): Progress {
    const { startedAt, now } = this.request;
    return now - startedAt < NOT_FOUND_PATIENCE_MS
      ? this.pending('is not there')
      : { kind: 'failed', id: this.name, reason: absenceOf(this.thing, this.name) };
  }

  /** A start that fails does not change the state: it stays as it is for ever, with its errors set. */
  private async starting(reading: Reading): Promise<Progress> {
    const { memory: { failing: _failing, failingSince: since, ...asked }, now } = this.request;
    const sentence = sentenceOf(reading);
    if (this.askedLately('stop')) {
      return this.pending(`was told to stop and is still ${reading.state}`);
    }
    if (reading.errors.length === 0) {
      return this.pending(sentence, asked);
    }
    const failingSince = Number(since ?? now);
    if (now - failingSince < (reading.errorsPass ? PASSING_ERROR_PATIENCE_MS : ERROR_PATIENCE_MS)) {
      return this.pending(sentence, { ...asked, failingSince, failing: sentence });
    }
    if (asked.asked !== 'start') {
      return this.failed(sentence);
    }
    // What we started is not left behind half-way, where it may be billed. And it is told only when it has stopped:
    // until then AppStream refuses what a rollback would change.
    const refusal = await refusalOf(() => this.thing.stop(this.name));
    return refusal === undefined
      ? this.pending('was told to stop, because its start fails', { asked: 'stop', askedAt: now, failingSince, failing: sentence })
      : this.failed(`${sentence} (and cannot be stopped: ${refusal})`);
  }

  private async stop({ state, phase }: Reading): Promise<Progress> {
    const stopped: Memory = { asked: 'stop', askedAt: this.request.now };
    if (phase === 'running') {
      await this.thing.stop(this.name);
      return this.pending('was told to stop', stopped);
    }
    // AppStream may take no stop before the start is over: that is the time to wait for, however long.
    const refusal = await refusalOf(() => this.thing.stop(this.name));
    return refusal === undefined ? this.pending('was told to stop', stopped) : this.pending(`is ${state} and cannot be stopped before it runs`);
  }

  private lost(reading: Reading): Progress {
    return this.failed(sentenceOf(reading), 'it runs no more, so make another');
  }

  private failed(sentence: string, advice = 'mend what it names'): Progress {
    return { kind: 'failed', id: this.name, reason: `${this.thing.noun} ${this.name} ${sentence}: ${advice}, then deploy again` };
  }

  private pending(sentence: string, memory: Memory = this.request.memory): Progress {
    return { kind: 'pending', id: this.name, why: `${this.thing.noun} ${this.name} ${sentence}`, memory };
  }

  /** Asked so lately that the read may be from before it. */
  private askedLately(what: 'start' | 'stop'): boolean {
    const { memory, now } = this.request;
    return memory.asked === what && now - Number(memory.askedAt) < STALE_READ_MS;
  }
}

/** That there is none of this name, as a sentence. */
export function absenceOf({ noun }: Startable, name: string): string {
  return `there is no ${noun} ${name} in this account and Region`;
}

/** What was read, as it goes on after the name of the thing. */
export function sentenceOf({ state, errors }: Reading): string {
  // Most of AppStream's messages end in a full stop; the sentence goes on.
  return errors.length === 0 ? `is ${state}` : `is ${state} and reports ${errors.map((error) => error.replace(/\.$/, '')).join('; ')}`;
}
