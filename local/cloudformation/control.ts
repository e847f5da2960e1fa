import type { ChangeSet } from './change-set';
import { createStack } from './creation';
import { deleteStack } from './deletion';
import type { Engine } from './engine';
import { refuseBrokenExports } from './outputs';
import type { ParameterInput } from './parameters';
import { plan } from './plan';
import { isDeadEnd, isInProgress, type Stack, type Tag } from './stack';
import { reportStack } from './stack-status';
import type { Stacks } from './stacks';
import { prepareTarget, type Target } from './target';
import { updateStack } from './update';
import { ValidationError } from './validation-error';
import { AwsError } from '../wire/aws-error';

/** What a stack is asked to become. */
export interface StackRequest {
  readonly stackName: string;
  readonly template: string;
  readonly parameters: readonly ParameterInput[];
  readonly tags: readonly Tag[];
  readonly roleArn?: string;
  readonly terminationProtection?: boolean;
}

export interface ChangeSetRequest extends StackRequest {
  readonly name: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly description?: string;
}

/** What may be done to stacks, and when. Each begins the work and returns; `stack.settled` tells its end. */
export class StackControl {
  constructor(private readonly engine: Engine, private readonly stacks: Stacks) {}

  public async create(request: StackRequest): Promise<Stack> {
    const { stackName } = request;
    if (this.stacks.find(stackName)) {
      throw new AwsError('AlreadyExistsException', `Stack [${stackName}] already exists`);
    }
    const stack = this.newStack(request);
    const target = await this.examined(stack, request);
    this.stacks.add(stack);
    this.launch(stack, () => createStack(this.engine, stack, target));
    return stack;
  }

  public async update(request: StackRequest): Promise<Stack> {
    const stack = this.stacks.get(request.stackName, `Stack [${request.stackName}] does not exist`);
    this.mustBeUpdatable(stack);
    const target = await this.target(stack, request);
    if ((await plan(this.engine, stack, target)).isEmpty) {
      throw new ValidationError('No updates are to be performed.');
    }
    this.launch(stack, () => updateStack(this.engine, stack, target));
    return stack;
  }

  /** Begins to delete a stack; one that is gone or never was is no error. */
  public delete(nameOrId: string, retained: readonly string[] = []): void {
    const stack = this.stacks.find(nameOrId);
    if (!stack || stack.status === 'DELETE_COMPLETE' || stack.status === 'DELETE_IN_PROGRESS') {
      return;
    }
    if (isInProgress(stack.status)) {
      throw new ValidationError(`Stack [${stack.id}] cannot be deleted while in status ${stack.status}`);
    }
    if (stack.terminationProtection) {
      throw new ValidationError(`Stack [${stack.id}] cannot be deleted while TerminationProtection is enabled`);
    }
    if (retained.length > 0 && stack.status !== 'DELETE_FAILED') {
      throw new ValidationError(`Invalid operation on stack [${stack.id}]. Specify which resources to retain only when the stack is in the DELETE_FAILED state.`);
    }
    refuseBrokenExports(this.engine, stack, []);
    this.launch(stack, () => deleteStack(this.engine, stack, retained));
  }

  public async createChangeSet(request: ChangeSetRequest): Promise<{ readonly stack: Stack; readonly changeSet: ChangeSet }> {
    const stack = request.type === 'CREATE' ? this.reviewed(request) : this.stacks.get(request.stackName, `Stack [${request.stackName}] does not exist`);
    if (request.type === 'UPDATE') {
      this.mustBeUpdatable(stack);
    }
    if (this.stacks.findChangeSet(stack, request.name)) {
      throw new AwsError('AlreadyExistsException', `ChangeSet ${request.name} cannot be created due to a mismatch with existing attribute Template`);
    }
    const target = await this.target(stack, request);
    const planned = await plan(this.engine, stack, target);
    if (!this.stacks.find(stack.id)) {
      this.stacks.add(stack);
      reportStack(this.engine, stack, 'REVIEW_IN_PROGRESS', 'User Initiated');
    }
    const { region, account } = this.engine.cloud;
    const changeSet: ChangeSet = {
      id: `arn:aws:cloudformation:${region}:${account}:changeSet/${request.name}/${this.engine.random.uuid()}`,
      name: request.name,
      type: request.type,
      description: request.description,
      createdAt: Date.now(),
      target,
      plan: planned,
      executionStatus: planned.isEmpty ? 'UNAVAILABLE' : 'AVAILABLE',
    };
    this.stacks.changeSetsOf(stack).push(changeSet);
    return { stack, changeSet };
  }

  public execute(stack: Stack, changeSet: ChangeSet): void {
    if (changeSet.executionStatus !== 'AVAILABLE') {
      throw new AwsError('InvalidChangeSetStatus', `ChangeSet [${changeSet.id}] cannot be executed in its current execution status of [${changeSet.executionStatus}]`);
    }
    if (changeSet.type === 'UPDATE') {
      this.mustBeUpdatable(stack);
    }
    this.stacks.changeSetsOf(stack).forEach((other) => {
      other.executionStatus = other === changeSet ? 'EXECUTE_COMPLETE' : 'OBSOLETE';
    });
    const work = changeSet.type === 'CREATE' ? createStack : updateStack;
    this.launch(stack, () => work(this.engine, stack, changeSet.target));
  }

  private launch(stack: Stack, work: () => Promise<void>): void {
    stack.operationId = this.engine.random.uuid();
    stack.settled = work().catch((error: Error) => {
      // No failure of a resource gets here: this is a fault of the loopback itself.
      this.engine.notImitated(`CloudFormation, at ${stack.name}: ${error.stack}`);
    });
  }

  private target(stack: Stack, request: StackRequest): Promise<Target> {
    return prepareTarget(this.engine, stack, request.template, request.parameters, request.tags);
  }

  private async examined(stack: Stack, request: StackRequest): Promise<Target> {
    const target = await this.target(stack, request);
    await plan(this.engine, stack, target);
    return target;
  }

  /** The stack that a change set creates: a new one, or one that is only under review so far. */
  private reviewed(request: ChangeSetRequest): Stack {
    const stack = this.stacks.find(request.stackName);
    if (stack && stack.status !== 'REVIEW_IN_PROGRESS') {
      throw new ValidationError(`Stack [${request.stackName}] already exists and cannot be created again with the changeSet [${request.name}].`);
    }
    return stack ?? this.newStack(request);
  }

  private mustBeUpdatable(stack: Stack): void {
    if (isInProgress(stack.status) || isDeadEnd(stack.status) || stack.status === 'REVIEW_IN_PROGRESS') {
      throw new ValidationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
    }
  }

  private newStack({ stackName, roleArn, terminationProtection = false }: StackRequest): Stack {
    if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(stackName)) {
      throw new ValidationError(`1 validation error detected: Value '${stackName}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`);
    }
    const { cloud, random } = this.engine;
    return {
      id: `arn:aws:cloudformation:${cloud.region}:${cloud.account}:stack/${stackName}/${random.uuid()}`,
      name: stackName,
      createdAt: Date.now(),
      status: 'REVIEW_IN_PROGRESS',
      operationId: random.uuid(),
      roleArn,
      terminationProtection,
      resources: new Map(),
      outputs: [],
      settled: Promise.resolve(),
    };
  }
}
