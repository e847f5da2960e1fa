import type { ChangeSet } from './change-set';
import type { Stack } from './stack';
import { ValidationError } from './validation-error';
import { AwsError } from '../wire/aws-error';

/** All stacks there are and were. */
export class Stacks {
  private readonly stacks: Stack[] = [];
  private readonly changeSets = new Map<string, ChangeSet[]>();

  public add(stack: Stack): void {
    this.stacks.push(stack);
  }

  public all(): readonly Stack[] {
    return this.stacks;
  }

  /** A stack by its name, while it is there, or by its id for ever. */
  public find(nameOrId: string): Stack | undefined {
    return this.stacks.find((stack) => stack.id === nameOrId)
      ?? this.stacks.find((stack) => stack.name === nameOrId && stack.status !== 'DELETE_COMPLETE');
  }

  public get(nameOrId: string, message = `Stack with id ${nameOrId} does not exist`): Stack {
    const stack = this.find(nameOrId);
    if (!stack) {
      throw new ValidationError(message);
    }
    return stack;
  }

  public changeSetsOf(stack: Stack): ChangeSet[] {
    let changeSets = this.changeSets.get(stack.id);
    if (!changeSets) {
      changeSets = [];
      this.changeSets.set(stack.id, changeSets);
    }
    return changeSets;
  }

  public findChangeSet(stack: Stack, nameOrId: string): ChangeSet | undefined {
    return this.changeSetsOf(stack).find(({ id, name }) => id === nameOrId || name === nameOrId);
  }

  /** A change set by its name within its stack, or by its id alone. */
  public changeSet(nameOrId: string, stackName: string | undefined): { readonly stack: Stack; readonly changeSet: ChangeSet } {
    const candidates = stackName === undefined ? this.stacks : [this.get(stackName, `Stack [${stackName}] does not exist`)];
    for (const stack of candidates) {
      const changeSet = this.findChangeSet(stack, nameOrId);
      if (changeSet) {
        return { stack, changeSet };
      }
    }
    throw new AwsError('ChangeSetNotFound', `ChangeSet [${nameOrId}] does not exist`, 404);
  }
}
