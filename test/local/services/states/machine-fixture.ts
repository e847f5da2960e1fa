import type { Clock } from '../../../../local/clock';
import { Iam } from '../../../../local/services/iam/iam';
import type { Execution } from '../../../../local/services/states/execution';
import { StepFunctions } from '../../../../local/services/states/step-functions';
import { AwsError } from '../../../../local/wire/aws-error';
import type { Service } from '../../../../local/wire/service';
import { policy, TestCloud, trust } from '../test-cloud';

export const MACHINE = 'arn:aws:states:eu-central-1:123456789012:stateMachine:Machine';
export const FUNCTION = 'arn:aws:lambda:eu-central-1:123456789012:function:step';
export const ROLE = 'arn:aws:iam::123456789012:role/Machine';

/** A function of a test: returns its answer or throws a function error, an AwsError is Lambda's own. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- events have any shape
export type StepFunction = (event: any) => unknown;

/** Step Functions with one machine, over functions that run in the test itself. */
export class MachineFixture<C extends Clock> {
  public readonly cloud: TestCloud<C>;
  public readonly iam: Iam;
  public readonly states: StepFunctions;
  public step: StepFunction;

  constructor(clock: C) {
    this.cloud = new TestCloud(clock);
    this.step = (event) => event;
    this.iam = this.cloud.add(new Iam(this.cloud));
    this.states = this.cloud.add(new StepFunctions(this.cloud, this.iam));
    const lambda: Service = {
      name: 'lambda',
      signingNames: ['lambda'],
      protocols: [],
      operations: { Invoke: async ({ Payload }) => this.invoke(JSON.parse(Payload)) },
    };
    this.cloud.add(lambda);
  }

  public async createRole(resource: string | string[] = FUNCTION, condition?: object): Promise<void> {
    await this.cloud.call('iam', 'CreateRole', { RoleName: 'Machine', AssumeRolePolicyDocument: trust('states.amazonaws.com', condition) });
    await this.cloud.call('iam', 'PutRolePolicy', {
      RoleName: 'Machine',
      PolicyName: 'Invoke',
      PolicyDocument: policy({ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: resource }),
    });
  }

  /** Creates the machine, or changes it. */
  public async define(definition: object): Promise<void> {
    const input = { definition: JSON.stringify(definition), roleArn: ROLE };
    const exists = await this.cloud.call('states', 'DescribeStateMachine', { stateMachineArn: MACHINE }).then(() => true, () => false);
    await (exists
      ? this.cloud.call('states', 'UpdateStateMachine', { stateMachineArn: MACHINE, ...input })
      : this.cloud.call('states', 'CreateStateMachine', { name: 'Machine', ...input }));
  }

  /** Defines a machine and runs it to its end. */
  public async run(definition: object, input: unknown = {}): Promise<Execution> {
    await this.define(definition);
    await this.cloud.call('states', 'StartExecution', { stateMachineArn: MACHINE, input: JSON.stringify(input) });
    await this.states.idle();
    return this.states.executions.at(-1)!;
  }

  private async invoke(event: unknown) {
    try {
      return { StatusCode: 200, ExecutedVersion: '$LATEST', Payload: JSON.stringify(await this.step(event)) };
    } catch (error) {
      if (error instanceof AwsError) {
        throw error;
      }
      const { name, message } = error as Error;
      return { StatusCode: 200, FunctionError: 'Unhandled', Payload: JSON.stringify({ errorType: name, errorMessage: message }) };
    }
  }
}

/** A machine of one state. */
export function only(state: object) {
  return { StartAt: 'Only', States: { Only: { End: true, ...state } } };
}
