import { randomBytes } from 'crypto';
import type { Cloud } from '../../cloud';
import { AwsError } from '../../wire/aws-error';
import type { Caller } from '../../wire/service';
import type { Iam } from '../iam/iam';

/** The role of a state machine, as Step Functions uses it. */
export class MachineRole {
  constructor(
    private readonly cloud: Cloud,
    private readonly iam: Iam,
    private readonly stateMachineArn: string,
    readonly arn: string,
  ) {}

  /** What Step Functions asks of a role before it takes it. */
  public async check(keyArn: string | undefined): Promise<void> {
    let caller: Caller;
    try {
      caller = this.assume();
    } catch {
      throw new AwsError(
        'AccessDeniedException',
        'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.',
      );
    }
    for (const action of keyArn === undefined ? [] : ['kms:Decrypt', 'kms:GenerateDataKey']) {
      if (!await this.iam.allows(caller, action, [keyArn!])) {
        throw new AwsError('KmsAccessDeniedException', `The role ${this.arn} is not authorized to perform: ${action} on resource: ${keyArn}`);
      }
    }
  }

  public invoke(functionName: string, payload: string) {
    const arn = functionName.startsWith('arn:')
      ? functionName
      : `arn:aws:lambda:${this.cloud.region}:${this.cloud.account}:function:${functionName}`;
    return this.cloud.clock.during(async () => {
      let caller: Caller;
      try {
        caller = this.assume();
      } catch (error) {
        throw new AwsError('AccessDeniedException', String(error), 403);
      }
      await this.iam.require(caller, 'lambda:InvokeFunction', [arn]);
      return this.cloud.call('lambda', 'Invoke', { FunctionName: functionName, Payload: payload });
    });
  }

  /** Without the permissions an execution runs untraced; the denial is booked. */
  public async trace(): Promise<void> {
    try {
      for (const action of ['xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments']) {
        await this.iam.require(this.assume(), action, []);
      }
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== 'AccessDeniedException') {
        throw error;
      }
    }
  }

  private assume(): Caller {
    const credentials = this.iam.issueCredentials(this.arn, {
      service: 'states.amazonaws.com',
      session: randomBytes(16).toString('hex'),
      sourceArn: this.stateMachineArn,
      sourceAccount: this.cloud.account,
    });
    return { ...credentials, roleArn: this.arn };
  }
}
