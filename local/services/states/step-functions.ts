import { randomUUID } from 'crypto';
import { type Definition, parseDefinition } from './definition';
import { Execution, type ExecutionStatus } from './execution';
import { MachineRole } from './machine-role';
import { integrationOf } from './task';
import type { Cloud } from '../../cloud';
import { AwsError, NotImitated } from '../../wire/aws-error';
import { awsJson } from '../../wire/aws-json';
import type { CallContext, Handler, Operation, Service } from '../../wire/service';
import type { Iam } from '../iam/iam';

interface StateMachine {
  readonly arn: string;
  readonly name: string;
  readonly created: number;
  /** As it was given. */
  text: string;
  definition: Definition;
  role: MachineRole;
  keyArn?: string;
  tags: Readonly<Record<string, string>>;
  tracing: boolean;
  deleting: boolean;
  /** In the order in which they began. */
  readonly executions: Execution[];
}

interface Settings {
  readonly definition?: string;
  readonly roleArn?: string;
  readonly loggingConfiguration?: { readonly level?: string };
  readonly tracingConfiguration?: { readonly enabled?: boolean };
  readonly encryptionConfiguration?: { readonly type: string; readonly kmsKeyId?: string };
}

interface Tag {
  readonly key: string;
  readonly value: string;
}

const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]{1,80}$/;
const INPUT_LIMIT = 256 * 1024;

/** Step Functions: Standard state machines whose tasks are Lambda functions. */
export class StepFunctions implements Service {
  public readonly name = 'states';
  public readonly signingNames = ['states'];
  public readonly protocols = [awsJson('AWSStepFunctions', '1.0')];
  /** Every execution ever started, also of machines that are gone. */
  public readonly executions: Execution[] = [];
  /** Executions that the loopback itself broke. A run that ends with any has failed. */
  public readonly faults: string[] = [];
  public readonly operations: Readonly<Record<string, Handler>> = {
    CreateStateMachine: (input) => this.createStateMachine(input),
    UpdateStateMachine: (input) => this.updateStateMachine(input),
    DescribeStateMachine: ({ stateMachineArn }) => this.describeStateMachine(this.machine(stateMachineArn)),
    DeleteStateMachine: ({ stateMachineArn }) => this.deleteStateMachine(stateMachineArn),
    TagResource: ({ resourceArn, tags }) => this.tag(resourceArn, (old) => ({ ...old, ...tagMap(tags) })),
    UntagResource: ({ resourceArn, tagKeys }) => this.tag(resourceArn, (old) =>
      Object.fromEntries(Object.entries(old).filter(([key]) => !tagKeys.includes(key)))),
    StartExecution: (input, context) => this.startExecution(input, context),
    DescribeExecution: (input, context) => this.describeExecution(input, context),
    ListExecutions: (input) => this.listExecutions(input),
    StopExecution: (input, context) => this.stopExecution(input, context),
    GetExecutionHistory: (input, context) => this.getExecutionHistory(input, context),
  };

  private readonly machines = new Map<string, StateMachine>();
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly cloud: Cloud, private readonly iam: Iam) {}

  public resources({ name, input }: Operation): readonly string[] {
    const arn = input.stateMachineArn ?? input.executionArn ?? input.resourceArn;
    return name === 'CreateStateMachine' ? [this.machineArn(input.name)] : [arn];
  }

  public resourceTags(arn: string): Readonly<Record<string, string>> {
    return this.machines.get(arn)?.tags ?? {};
  }

  /** Resolves when no execution runs. */
  public async idle(): Promise<void> {
    while (this.running.size > 0) {
      await Promise.all(this.running);
    }
  }

  /** Aborts what runs. */
  public async stop(): Promise<void> {
    this.executions.forEach((execution) => execution.abort('Loopback.Stopped', 'the loopback stops'));
    await this.idle();
  }

  private machineArn(name: string): string {
    return `arn:aws:states:${this.cloud.region}:${this.cloud.account}:stateMachine:${name}`;
  }

  private machine(arn: string): StateMachine {
    const machine = this.machines.get(arn);
    if (!machine) {
      throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    }
    return machine;
  }

  private async createStateMachine(input: Settings & { name: string; type?: string; tags?: Tag[] }) {
    const { name, type = 'STANDARD', tags = [], ...settings } = input;
    if (!NAME.test(name)) {
      throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
    }
    if (type !== 'STANDARD') {
      throw new NotImitated(`state machines of the type ${type}`);
    }
    const arn = this.machineArn(name);
    const configured = await this.configure(arn, settings);
    const known = this.machines.get(arn);
    if (known?.deleting) {
      throw new AwsError('StateMachineDeleting', `State Machine is being deleted: '${arn}'`);
    }
    if (known && (known.text !== configured.text || known.role.arn !== configured.role.arn)) {
      throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
    }
    const created = known?.created ?? this.cloud.clock.now();
    if (!known) {
      this.machines.set(arn, { arn, name, created, tags: tagMap(tags), deleting: false, executions: [], ...configured });
    }
    return { stateMachineArn: arn, creationDate: created / 1000 };
  }

  private async updateStateMachine({ stateMachineArn, ...settings }: Settings & { stateMachineArn: string }) {
    const machine = this.machine(stateMachineArn);
    Object.assign(machine, await this.configure(stateMachineArn, settings, machine));
    return { updateDate: this.cloud.clock.now() / 1000 };
  }

  private async configure(arn: string, settings: Settings, before?: StateMachine) {
    const { definition: text = before?.text ?? '', roleArn = before?.role.arn ?? '', ...others } = settings;
    const { loggingConfiguration, tracingConfiguration, encryptionConfiguration, ...unknown } = others;
    const strange = Object.entries(unknown).find(([, value]) => value !== undefined);
    if (strange || (loggingConfiguration?.level ?? 'OFF') !== 'OFF') {
      throw new NotImitated(strange ? `${strange[0]} of a state machine` : `the log level ${loggingConfiguration!.level} of a state machine`);
    }
    const definition = parseDefinition(text);
    Object.values(definition.States).filter(({ Type }) => Type === 'Task').forEach(({ Resource }) => integrationOf(Resource ?? ''));
    const keyArn = encryptionConfiguration ? keyOf(encryptionConfiguration) : before?.keyArn;
    const role = new MachineRole(this.cloud, this.iam, arn, roleArn);
    await role.check(keyArn);
    return { text, definition, role, keyArn, tracing: tracingConfiguration?.enabled ?? before?.tracing ?? false };
  }

  private describeStateMachine({ arn, name, text, role, created, deleting, tracing, keyArn }: StateMachine) {
    return {
      stateMachineArn: arn,
      name,
      status: deleting ? 'DELETING' : 'ACTIVE',
      definition: text,
      roleArn: role.arn,
      type: 'STANDARD',
      creationDate: created / 1000,
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: { enabled: tracing },
      encryptionConfiguration: keyArn === undefined ? { type: 'AWS_OWNED_KEY' } : { type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: keyArn },
    };
  }

  private deleteStateMachine(arn: string): void {
    const machine = this.machines.get(arn);
    if (!machine || machine.deleting) {
      return;
    }
    machine.deleting = true;
    this.forget(machine);
  }

  /** A deleted machine is there until its last execution has ended. */
  private forget(machine: StateMachine): void {
    if (machine.deleting && machine.executions.every(({ status }) => status !== 'RUNNING')) {
      this.machines.delete(machine.arn);
    }
  }

  private tag(arn: string, change: (tags: StateMachine['tags']) => StateMachine['tags']): void {
    const machine = this.machines.get(arn);
    if (!machine) {
      throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`);
    }
    machine.tags = change(machine.tags);
  }

  private async startExecution(input: { stateMachineArn: string; name?: string; input?: string }, context: CallContext) {
    const { stateMachineArn, name = randomUUID(), input: data = '{}' } = input;
    const machine = this.machine(stateMachineArn);
    await this.useKey(machine, context, 'kms:Decrypt', 'kms:GenerateDataKey');
    if (machine.deleting) {
      throw new AwsError('StateMachineDeleting', `State Machine is being deleted: '${stateMachineArn}'`);
    }
    if (!NAME.test(name)) {
      throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
    }
    checkInput(data);
    const arn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const known = machine.executions.find((execution) => execution.options.arn === arn);
    if (known && (known.status !== 'RUNNING' || known.options.input !== data)) {
      throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    }
    const execution = known ?? this.start(machine, arn, name, data);
    return { executionArn: arn, startDate: execution.startDate / 1000 };
  }

  private start(machine: StateMachine, arn: string, name: string, input: string): Execution {
    // The definition and the role of this moment: an update of the machine does not reach what runs.
    const { definition, role } = machine;
    const execution = new Execution({
      arn,
      name,
      input,
      machine: { arn: machine.arn, name: machine.name, roleArn: role.arn, definition },
      clock: this.cloud.clock,
      invoke: (functionName, payload) => role.invoke(functionName, payload),
      isTerminated: () => machine.deleting,
    });
    this.executions.push(execution);
    machine.executions.push(execution);
    const run: Promise<void> = Promise.all([execution.run(), machine.tracing ? role.trace() : undefined]).then(() => {}, (error: unknown) => {
      this.faults.push(`${arn}: ${error instanceof Error ? error.stack : String(error)}`);
    }).finally(() => {
      this.running.delete(run);
      this.forget(machine);
    });
    this.running.add(run);
    return execution;
  }

  /** What is encrypted with a key of the customer's, a caller reads and writes only with permission for the key. */
  private async useKey({ keyArn }: StateMachine, { caller }: CallContext, ...actions: string[]): Promise<void> {
    for (const action of keyArn === undefined || caller.roleArn === undefined ? [] : actions) {
      try {
        await this.iam.require(caller, action, [keyArn!]);
      } catch (error) {
        throw error instanceof AwsError && error.code === 'AccessDeniedException' ? new AwsError('KmsAccessDeniedException', error.message) : error;
      }
    }
  }

  private async execution(executionArn: string, context: CallContext): Promise<Execution> {
    for (const machine of this.machines.values()) {
      const execution = machine.executions.find(({ options }) => options.arn === executionArn);
      if (execution) {
        await this.useKey(machine, context, 'kms:Decrypt');
        return execution;
      }
    }
    throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
  }

  private listExecutions(input: { stateMachineArn: string; statusFilter?: ExecutionStatus; maxResults?: number; nextToken?: string }) {
    const { stateMachineArn, statusFilter, maxResults, nextToken, ...unknown } = input;
    if (Object.keys(unknown).length > 0) {
      throw new NotImitated(`ListExecutions with ${Object.keys(unknown).join(', ')}`);
    }
    const all = this.machine(stateMachineArn).executions.map((execution, id) => ({ execution, id }));
    const matching = all.filter(({ execution }) => statusFilter === undefined || execution.status === statusFilter);
    const { page, next } = paginate(matching.reverse(), maxResults || 100, nextToken);
    return {
      executions: page.map(({ execution: { options, status, startDate, stopDate } }) => ({
        executionArn: options.arn,
        stateMachineArn,
        name: options.name,
        status,
        startDate: startDate / 1000,
        stopDate: stopDate === undefined ? undefined : stopDate / 1000,
        redriveCount: 0,
      })),
      nextToken: next,
    };
  }

  private async stopExecution({ executionArn, error, cause }: { executionArn: string; error?: string; cause?: string }, context: CallContext) {
    const execution = await this.execution(executionArn, context);
    execution.abort(error, cause);
    return { stopDate: execution.stopDate! / 1000 };
  }

  private async describeExecution({ executionArn }: { executionArn: string }, context: CallContext) {
    const { options, status, startDate, stopDate, output, error, cause } = await this.execution(executionArn, context);
    return {
      executionArn,
      stateMachineArn: options.machine.arn,
      name: options.name,
      status,
      startDate: startDate / 1000,
      stopDate: stopDate === undefined ? undefined : stopDate / 1000,
      input: options.input,
      inputDetails: { included: true },
      output,
      outputDetails: output === undefined ? undefined : { included: true },
      error,
      cause,
      redriveCount: 0,
    };
  }

  private async getExecutionHistory(
    { executionArn, maxResults, nextToken, reverseOrder }: { executionArn: string; maxResults?: number; nextToken?: string; reverseOrder?: boolean },
    context: CallContext,
  ) {
    const { events } = (await this.execution(executionArn, context)).history;
    const { page, next } = paginate(reverseOrder ? [...events].reverse() : events, maxResults || 100, nextToken);
    return { events: page, nextToken: next };
  }
}

function keyOf({ type, kmsKeyId }: { type: string; kmsKeyId?: string }): string | undefined {
  if (type === 'AWS_OWNED_KEY') {
    return undefined;
  }
  if (type !== 'CUSTOMER_MANAGED_KMS_KEY' || !kmsKeyId?.startsWith('arn:')) {
    throw new NotImitated(`the encryption ${JSON.stringify({ type, kmsKeyId })} of a state machine`);
  }
  return kmsKeyId;
}

function checkInput(input: string): void {
  if (Buffer.byteLength(input) > INPUT_LIMIT) {
    throw new AwsError('ValidationException', `1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to ${INPUT_LIMIT}`);
  }
  try {
    JSON.parse(input);
  } catch {
    throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${input}'`);
  }
}

/** The token is the last id of the page, whatever has been added or has left the list since. */
function paginate<T extends { readonly id: number }>(all: readonly T[], size: number, token: string | undefined) {
  const last = token === undefined ? undefined : Number(Buffer.from(token, 'base64').toString());
  if (Number.isNaN(last)) {
    throw new AwsError('InvalidToken', `Invalid Token: '${token}'`);
  }
  const descending = all.length > 1 && all[0].id > all[1].id;
  const rest = all.filter(({ id }) => last === undefined || (descending ? id < last : id > last));
  const page = rest.slice(0, size);
  return { page, next: rest.length > size ? Buffer.from(String(page.at(-1)!.id)).toString('base64') : undefined };
}

function tagMap(tags: readonly Tag[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}
