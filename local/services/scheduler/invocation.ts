import { randomBytes } from 'crypto';
import type { SchedulerOptions } from './options';
import { STRICT } from './options';
import type { Schedule } from './schedule';
import type { Targets } from './target';
import type { Cloud } from '../../cloud';
import { AwsError, NotImitated } from '../../wire/aws-error';
import type { Iam } from '../iam/iam';

/** One try of a schedule to call its target. */
export interface Attempt {
  /** The schedule's ARN. */
  readonly schedule: string;
  /** When the invocation was due, in virtual milliseconds, and when this try was. */
  readonly due: number;
  readonly at: number;
  /** As `service:Operation`. */
  readonly target: string;
  /** Absent when the target took the call. */
  readonly error?: string;
  /** Whether nobody tries again. AWS would put the invocation into the dead-letter queue of a schedule that has one. */
  readonly dropped?: boolean;
}

/** Inferred: "exponential backoff" is all that is documented. */
const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 5 * 60_000;

/** Calls the targets of schedules with the roles of the schedules. */
export class Invoker {
  public readonly attempts: Attempt[] = [];
  /** What the loopback itself broke. */
  public readonly faults: string[] = [];
  private readonly readings;

  constructor(private readonly cloud: Cloud, private readonly iam: Iam, private readonly targets: Targets, { readings }: SchedulerOptions) {
    this.readings = { ...STRICT, ...readings };
  }

  /** Invokes once, and again as the retry policy says. */
  public async invoke(schedule: Schedule, due: number, stop: AbortSignal): Promise<void> {
    const { clock } = this.cloud;
    const signal = this.readings.retriesOfDeleted === 'end' ? AbortSignal.any([stop, schedule.ended.signal]) : stop;
    const { maxAge, attempts } = schedule.retries;
    for (let retry = 0; !signal.aborted; retry += 1) {
      const at = clock.now();
      const error = await this.error(schedule, due, retry + 1);
      const wait = Math.min(FIRST_RETRY_MS * 2 ** retry, LONGEST_RETRY_MS);
      const again = error !== undefined && this.isRetried(error) && retry < attempts && clock.now() + wait - due <= maxAge;
      const { service, operation } = schedule.target;
      this.attempts.push({
        schedule: schedule.arn,
        due,
        at,
        target: `${service.name}:${operation}`,
        ...error && { error: `${error.code}: ${error.message}`, dropped: !again },
      });
      if (!again) {
        return;
      }
      await clock.lieInWait(wait, signal);
    }
  }

  private async error(schedule: Schedule, due: number, number: number): Promise<AwsError | undefined> {
    const { service, operation: name } = schedule.target;
    try {
      const operation = { name, input: schedule.inputOf({ schedule: schedule.arn, due, id: randomBytes(8).toString('hex'), number }) };
      const credentials = this.iam.issueCredentials(schedule.roleArn, assumptionOf(this.cloud));
      await this.targets.call({ ...credentials, roleArn: schedule.roleArn }, service, operation);
      return undefined;
    } catch (error) {
      if (!(error instanceof AwsError) || error instanceof NotImitated) {
        this.faults.push(`${schedule.arn}: ${error instanceof Error ? error.stack : String(error)}`);
      }
      return error instanceof AwsError ? error : new AwsError('LoopbackFault', String(error));
    }
  }

  private isRetried(error: AwsError): boolean {
    return this.readings.retried === 'every-failure' || error.status >= 500 || /Throttling|RequestLimitExceeded|ConcurrentModification/.test(error.code);
  }
}

/** How Scheduler assumes a role: with the ARN of the schedule's group, https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html. */
export function assumptionOf({ region, account }: Cloud) {
  return {
    service: 'scheduler.amazonaws.com',
    session: 'scheduler',
    sourceArn: `arn:aws:scheduler:${region}:${account}:schedule-group/default`,
    sourceAccount: account,
  };
}
