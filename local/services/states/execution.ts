import { matches } from './choice';
import type { Catcher, Definition, Retrier, State } from './definition';
import { History } from './history';
import { render } from './payload-template';
import { type Json, read, type Scope, write } from './reference-path';
import { named, StateError } from './state-error';
import { type InvokeFunction, runTask } from './task';
import type { Clock } from '../../clock';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** What an execution is started with. A later change of its machine does not reach it. */
export interface ExecutionOptions {
  readonly arn: string;
  readonly name: string;
  /** JSON, as it was given. */
  readonly input: string;
  readonly machine: { readonly arn: string; readonly name: string; readonly roleArn: string; readonly definition: Definition };
  readonly clock: Clock;
  readonly invoke: InvokeFunction;
  /** Whether the machine was deleted: then the execution ends with its next transition. */
  readonly isTerminated: () => boolean;
}

const DATA_LIMIT = 256 * 1024;

/** One run of a state machine. */
export class Execution {
  public status: ExecutionStatus = 'RUNNING';
  /** Virtual time, in milliseconds since the epoch. */
  public readonly startDate: number;
  public stopDate?: number;
  public output?: string;
  public error?: string;
  public cause?: string;
  public readonly history: History;
  private readonly aborting = new AbortController();
  private readonly aborted = new Promise<void>((resolve) => this.aborting.signal.addEventListener('abort', () => resolve(), { once: true }));
  private entered = 0;

  constructor(readonly options: ExecutionOptions) {
    this.startDate = options.clock.now();
    this.history = new History(options.clock);
  }

  /** Runs to the end. Throws only what is a fault of the loopback. */
  public async run(): Promise<void> {
    const { machine, input } = this.options;
    this.history.add('ExecutionStarted', 'executionStarted', { input, roleArn: machine.roleArn });
    try {
      const output = await this.transitions(machine.definition, JSON.parse(input));
      this.end('SUCCEEDED', { output: JSON.stringify(output) });
    } catch (error) {
      if (!(error instanceof StateError)) {
        this.end('FAILED', { error: 'LoopbackFault', cause: String(error) });
        throw error;
      }
      const timedOut = error.error === 'States.Timeout' && this.late();
      this.end(timedOut ? 'TIMED_OUT' : 'FAILED', { error: error.error, cause: error.cause });
    }
  }

  /** Ends it from outside. What a function does meanwhile has no effect any more. */
  public abort(error?: string, cause?: string): void {
    this.end('ABORTED', { error, cause });
    this.aborting.abort();
  }

  private end(status: ExecutionStatus, details: { output?: string; error?: string; cause?: string }): void {
    if (this.status !== 'RUNNING') {
      return;
    }
    const type = { RUNNING: '', SUCCEEDED: 'Succeeded', FAILED: 'Failed', TIMED_OUT: 'TimedOut', ABORTED: 'Aborted' }[status];
    this.history.close(`Execution${type}`, `execution${type}`, details);
    Object.assign(this, { status, ...details, stopDate: this.options.clock.now() });
  }

  private async transitions(definition: Definition, input: Json): Promise<Json> {
    let data = input;
    for (let name: string | undefined = definition.StartAt; name !== undefined;) {
      this.checkEnd();
      const state: State = definition.States[name];
      this.entered = this.options.clock.now();
      this.history.add(`${state.Type}StateEntered`, 'stateEntered', { name, input: JSON.stringify(data) });
      const step: { next?: string; output: Json } = await this.enter(name, state, data);
      this.checkEnd();
      this.checkSize(name, step.output);
      this.history.add(`${state.Type}StateExited`, 'stateExited', { name, output: JSON.stringify(step.output) });
      data = step.output;
      name = step.next;
    }
    return data;
  }

  private checkEnd(): void {
    if (this.options.isTerminated()) {
      this.abort();
    }
    if (this.status !== 'RUNNING') {
      throw new StateError('States.Aborted', 'the execution has ended');
    }
    if (this.late()) {
      throw new StateError('States.Timeout', '');
    }
  }

  private checkSize(name: string, data: Json): void {
    if (Buffer.byteLength(JSON.stringify(data)) > DATA_LIMIT) {
      throw new StateError('States.DataLimitExceeded', `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`);
    }
  }

  private get deadline(): number {
    return this.startDate + (this.options.machine.definition.TimeoutSeconds ?? Infinity) * 1000;
  }

  private late(): boolean {
    return this.options.clock.now() >= this.deadline;
  }

  /** A state with its retries and catchers. */
  private async enter(name: string, state: State, input: Json): Promise<{ next?: string; output: Json }> {
    const attempts = new Map<Retrier, number>();
    for (let retryCount = 0; ; retryCount += 1) {
      const context = this.context(name, retryCount);
      try {
        return await this.execute(name, state, { data: input, context });
      } catch (error) {
        if (!(error instanceof StateError) || this.status !== 'RUNNING') {
          throw error;
        }
        // The time-out of the whole machine is nothing that a state could catch.
        this.checkEnd();
        const retrier = state.Retry?.find(({ ErrorEquals }) => named(ErrorEquals, error));
        const attempt = retrier ? attempts.get(retrier) ?? 0 : 0;
        if (retrier && attempt < (retrier.MaxAttempts ?? 3)) {
          attempts.set(retrier, attempt + 1);
          await this.sleep(delay(retrier, attempt));
          this.checkEnd();
          continue;
        }
        const catcher = state.Catch?.find(({ ErrorEquals }) => named(ErrorEquals, error));
        if (!catcher) {
          throw error;
        }
        return { next: catcher.Next, output: caught(catcher, input, error) };
      }
    }
  }

  private async execute(name: string, state: State, raw: Scope): Promise<{ next?: string; output: Json }> {
    const { context } = raw;
    const data = state.InputPath === null ? {} : read(state.InputPath ?? '$', raw);
    const scope = { data, context };
    const leave = (result: Json, next = state.Next) => {
      const merged = state.ResultPath === null ? raw.data : write(state.ResultPath ?? '$', raw.data, result);
      return { next, output: state.OutputPath === null ? {} : read(state.OutputPath ?? '$', { data: merged, context }) };
    };
    // Only Task and Pass have a result; the others pass on what InputPath leaves.
    const pass = (next = state.Next) => ({ next, output: state.OutputPath === null ? {} : read(state.OutputPath ?? '$', scope) });
    switch (state.Type) {
      case 'Task': {
        const parameters = state.Parameters === undefined ? data : render(state.Parameters, scope);
        this.checkSize(name, parameters);
        const result = await this.unlessAborted(runTask(state, parameters, this.history, this.options.invoke));
        this.checkSize(name, result);
        return leave(state.ResultSelector === undefined ? result : render(state.ResultSelector, { data: result, context }));
      }
      case 'Pass':
        return leave(state.Result ?? (state.Parameters === undefined ? data : render(state.Parameters, scope)));
      case 'Choice':
        return pass(this.choose(state, scope));
      case 'Wait':
        await this.sleep(this.waitingTime(state, scope));
        return pass();
      case 'Fail':
        throw new StateError(
          state.ErrorPath === undefined ? state.Error ?? '' : read(state.ErrorPath, scope),
          state.CausePath === undefined ? state.Cause ?? '' : read(state.CausePath, scope),
        );
      default:
        return pass();
    }
  }

  private choose(state: State, scope: Scope): string {
    const next = state.Choices!.find((rule) => matches(rule, scope))?.Next ?? state.Default;
    if (next === undefined) {
      throw new StateError('States.NoChoiceMatched', 'Failed to transition out of the state. The state output does not match any choices and no Default is given.');
    }
    return next;
  }

  private waitingTime(state: State, scope: Scope): number {
    const seconds = state.Seconds ?? (state.SecondsPath === undefined ? undefined : read(state.SecondsPath, scope));
    const timestamp = state.Timestamp ?? (state.TimestampPath === undefined ? undefined : read(state.TimestampPath, scope));
    const ms = seconds === undefined ? Date.parse(timestamp) - this.options.clock.now() : seconds * 1000;
    if (Number.isNaN(ms) || (seconds !== undefined && (!Number.isInteger(seconds) || seconds < 0 || seconds > 99_999_999))) {
      throw new StateError('States.Runtime', `The value ${JSON.stringify(seconds ?? timestamp)} is not one to wait for.`);
    }
    return Math.max(0, ms);
  }

  private async sleep(ms: number): Promise<void> {
    await this.options.clock.sleep(Math.min(ms, Math.max(0, this.deadline - this.options.clock.now())), this.aborting.signal);
    this.checkAborted();
  }

  private async unlessAborted<T>(work: Promise<T>): Promise<T> {
    await Promise.race([work, this.aborted]);
    this.checkAborted();
    return work;
  }

  private checkAborted(): void {
    if (this.aborting.signal.aborted) {
      throw new StateError('States.Aborted', 'the execution has ended');
    }
  }

  private context(state: string, retryCount: number): Json {
    const { arn, name, input, machine } = this.options;
    return {
      Execution: {
        Id: arn,
        Input: JSON.parse(input),
        Name: name,
        RedriveCount: 0,
        RoleArn: machine.roleArn,
        StartTime: new Date(this.startDate).toISOString(),
      },
      State: { EnteredTime: new Date(this.entered).toISOString(), Name: state, RetryCount: retryCount },
      StateMachine: { Id: machine.arn, Name: machine.name },
    };
  }
}

function delay({ IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = Infinity, JitterStrategy = 'NONE' }: Retrier, attempt: number): number {
  const ms = Math.min(IntervalSeconds * BackoffRate ** attempt, MaxDelaySeconds) * 1000;
  return JitterStrategy === 'FULL' ? Math.random() * ms : ms;
}

function caught({ ResultPath }: Catcher, input: Json, { error, cause }: StateError): Json {
  return ResultPath === null ? input : write(ResultPath ?? '$', input, { Error: error, Cause: cause });
}
