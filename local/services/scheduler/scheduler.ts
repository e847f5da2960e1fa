import { join } from 'path';
import { type Attempt, assumptionOf, Invoker } from './invocation';
import type { SchedulerOptions } from './options';
import { Schedule, type ScheduleSettings } from './schedule';
import type { Targets } from './target';
import type { Cloud } from '../../cloud';
import { AwsError } from '../../wire/aws-error';
import { ServiceModel } from '../../wire/model';
import { restJson } from '../../wire/rest-json';
import type { Operation, Service } from '../../wire/service';
import type { Iam } from '../iam/iam';

type ScheduleInput = ScheduleSettings & { readonly GroupName?: string; readonly ClientToken?: string };

/** EventBridge Scheduler: schedules of the default group, whose targets are API operations and state machines of the loopback. */
export class Scheduler implements Service {
  public readonly name = 'scheduler';
  public readonly signingNames = ['scheduler'];
  private readonly model = ServiceModel.load(join(__dirname, 'model.json'));
  public readonly protocols = [restJson(this.model)];
  public readonly operations = this.model.guard({
    CreateSchedule: (input) => this.create(input),
    DeleteSchedule: (input) => this.delete(input),
    GetSchedule: (input) => this.get(input),
    UpdateSchedule: (input) => this.update(input),
  });

  private readonly schedules = new Map<string, { readonly schedule: Schedule; readonly token?: string }>();
  private readonly stopped = new AbortController();
  private readonly running = new Set<Promise<void>>();
  private readonly invoker: Invoker;

  constructor(
    private readonly cloud: Cloud, private readonly iam: Iam, private readonly targets: Targets, private readonly options: SchedulerOptions = {},
  ) {
    this.invoker = new Invoker(cloud, iam, targets, options);
  }

  /** Every try to call a target, also of schedules that are gone. */
  public get attempts(): readonly Attempt[] {
    return this.invoker.attempts;
  }

  /** What the loopback itself broke. A run that ends with any has failed. */
  public get faults(): readonly string[] {
    return this.invoker.faults;
  }

  /** The names of all schedules. */
  public names(): string[] {
    return [...this.schedules.keys()];
  }

  public resources({ input: { Name } }: Operation): readonly string[] {
    return [this.arn(Name)];
  }

  /** Ends what waits. */
  public async stop(): Promise<void> {
    this.stopped.abort();
    await Promise.all(this.running);
  }

  private arn(name: string): string {
    return `arn:aws:scheduler:${this.cloud.region}:${this.cloud.account}:schedule/default/${name}`;
  }

  private create({ ClientToken: token, ...input }: ScheduleInput) {
    const known = this.schedules.get(input.Name);
    if (known && (token === undefined || known.token !== token)) {
      throw new AwsError('ConflictException', `Schedule ${input.Name} already exists.`, 409);
    }
    return { ScheduleArn: known?.schedule.arn ?? this.set(input, token).arn };
  }

  /** All settings are as this call has them: what it leaves out gets its default. */
  private update({ ClientToken: _token, ...input }: ScheduleInput) {
    const { schedule } = this.find(input);
    const changed = this.set(input, undefined, schedule.created);
    schedule.ended.abort();
    return { ScheduleArn: changed.arn };
  }

  private get(input: { readonly Name: string; readonly GroupName?: string }) {
    const { settings, arn, created, changed } = this.find(input).schedule;
    return {
      ScheduleExpressionTimezone: 'UTC',
      State: 'ENABLED',
      ActionAfterCompletion: 'NONE',
      ...settings,
      Arn: arn,
      GroupName: 'default',
      CreationDate: new Date(created),
      LastModificationDate: new Date(changed),
    };
  }

  private delete(input: { readonly Name: string; readonly GroupName?: string }) {
    const { schedule } = this.find(input);
    this.schedules.delete(input.Name);
    schedule.ended.abort();
    return {};
  }

  private find({ Name, GroupName }: { readonly Name: string; readonly GroupName?: string }) {
    checkGroup(GroupName);
    const found = this.schedules.get(Name);
    if (!found) {
      throw new AwsError('ResourceNotFoundException', `Schedule ${Name} does not exist.`, 404);
    }
    return found;
  }

  private set({ GroupName, ...settings }: ScheduleInput, token?: string, created = this.cloud.clock.now()): Schedule {
    checkGroup(GroupName);
    const schedule = new Schedule(this.arn(settings.Name), settings, this.targets, created, this.cloud.clock.now());
    this.checkRole(schedule.roleArn);
    this.schedules.set(settings.Name, { schedule, token });
    if (settings.State !== 'DISABLED') {
      this.track(this.run(schedule));
    }
    return schedule;
  }

  private checkRole(roleArn: string): void {
    try {
      this.iam.assumable(roleArn, assumptionOf(this.cloud));
    } catch {
      throw new AwsError('ValidationException', 'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.');
    }
  }

  /** Lies in wait for one moment after the other. */
  private async run(schedule: Schedule): Promise<void> {
    const { expression, settings, changed } = schedule;
    const { clock } = this.cloud;
    const signal = AbortSignal.any([this.stopped.signal, schedule.ended.signal]);
    for (let due = expression.first(changed); due !== undefined; due = expression.next(due)) {
      await clock.lieInWait(due + (this.options.lateness ?? 0) - clock.now(), signal);
      if (signal.aborted) {
        return;
      }
      this.track(this.invoker.invoke(schedule, due, this.stopped.signal));
    }
    if (settings.ActionAfterCompletion === 'DELETE') {
      this.schedules.delete(settings.Name);
    }
  }

  private track(work: Promise<void>): void {
    this.running.add(work);
    void work.finally(() => this.running.delete(work));
  }
}

function checkGroup(name: string | undefined): void {
  if (name !== undefined && name !== 'default') {
    throw new AwsError('ResourceNotFoundException', `Schedule group ${name} does not exist.`, 404);
  }
}
