import type { Clock } from '../../../../local/clock';
import { Logs } from '../../../../local/services/cloudwatch-logs/logs';
import { Iam } from '../../../../local/services/iam/iam';
import { Lambda } from '../../../../local/services/lambda/lambda';
import { policy, TestCloud, trust } from '../test-cloud';

export const ROLE = 'arn:aws:iam::123456789012:role/Worker';

/** Lambda with a role and a log group, and functions of a few lines. */
export class LambdaFixture<C extends Clock> {
  public readonly cloud: TestCloud<C>;
  public readonly iam: Iam;
  public readonly logs: Logs;
  public readonly lambda: Lambda;

  constructor(clock: C) {
    this.cloud = new TestCloud(clock);
    this.iam = this.cloud.add(new Iam(this.cloud));
    this.logs = this.cloud.add(new Logs(this.cloud));
    this.lambda = this.cloud.add(new Lambda(this.cloud, this.iam, this.logs, { maxProcesses: 3 }));
  }

  public async createRole(...statements: object[]): Promise<void> {
    await this.cloud.call('iam', 'CreateRole', { RoleName: 'Worker', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') });
    await this.cloud.call('iam', 'AttachRolePolicy', {
      RoleName: 'Worker',
      PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
    });
    if (statements.length > 0) {
      await this.cloud.call('iam', 'PutRolePolicy', { RoleName: 'Worker', PolicyName: 'Own', PolicyDocument: policy(...statements) });
    }
  }

  public createFunction(name: string, source: string, settings: object = {}): Promise<{ FunctionArn: string }> {
    return this.cloud.call('lambda', 'CreateFunction', {
      FunctionName: name,
      Role: ROLE,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: source },
      ...settings,
    });
  }

  /** The answer of a synchronous invocation, decoded. */
  public async invoke(name: string, event: unknown = {}) {
    const { FunctionError, Payload } = await this.cloud.call('lambda', 'Invoke', { FunctionName: name, Payload: JSON.stringify(event) });
    return { error: FunctionError as string | undefined, payload: JSON.parse(Payload) };
  }

  public async send(name: string, event: unknown = {}): Promise<void> {
    await this.cloud.call('lambda', 'Invoke', { FunctionName: name, InvocationType: 'Event', Payload: JSON.stringify(event) });
  }
}
