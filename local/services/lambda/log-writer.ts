import type { Cloud } from '../../cloud';
import { AwsError, NotImitated } from '../../wire/aws-error';
import type { Caller } from '../../wire/service';
import type { Logs } from '../cloudwatch-logs/logs';
import type { Iam } from '../iam/iam';

/** Carries the lines of a process to its log stream, as far as the function's role allows. */
export class LogWriter {
  private lines: { readonly at: number; readonly message: string }[] = [];
  private created = false;

  constructor(
    private readonly cloud: Cloud,
    private readonly iam: Iam,
    private readonly logs: Logs,
    private readonly caller: Caller,
    readonly group: string,
    readonly stream: string,
  ) {}

  public add(message: string): void {
    this.lines.push({ at: this.cloud.clock.now(), message });
  }

  /** Without the permissions the lines are lost, as on AWS; the denial is booked. */
  public async flush(): Promise<void> {
    const lines = this.lines;
    this.lines = [];
    if (lines.length === 0) {
      return;
    }
    const stream = `${this.logs.groupArn(this.group)}:log-stream:${this.stream}`;
    try {
      if (!this.logs.hasGroup(this.group)) {
        await this.iam.require(this.caller, 'logs:CreateLogGroup', [this.logs.groupArn(this.group)]);
        await this.logs.operations.CreateLogGroup({ logGroupName: this.group }, { caller: this.caller });
      }
      if (!this.created) {
        await this.iam.require(this.caller, 'logs:CreateLogStream', [stream]);
        this.created = true;
      }
      await this.iam.require(this.caller, 'logs:PutLogEvents', [stream]);
      lines.forEach(({ at, message }) => this.logs.append(this.group, this.stream, message, at));
    } catch (error) {
      if (!(error instanceof AwsError) || error instanceof NotImitated) {
        throw error;
      }
    }
  }
}
