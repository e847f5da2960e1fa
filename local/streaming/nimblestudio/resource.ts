import type { NimbleContext } from './context';
import type { Failure } from './script';
import type { TimedState } from '../timed-state';

/** The states of studios, launch profiles, streaming images and studio components. */
export type ResourceState = 'CREATE_IN_PROGRESS' | 'READY' | 'UPDATE_IN_PROGRESS' | 'DELETE_IN_PROGRESS' | 'DELETED'
  | 'CREATE_FAILED' | 'UPDATE_FAILED' | 'DELETE_FAILED';

/** What sets one kind of resource apart from the others. */
export interface Kind {
  /** In ARNs, e.g. `launch-profile`. */
  readonly type: string;
  /** In messages, e.g. `launch profile`. */
  readonly noun: string;
  /** In the names of operations, e.g. `LaunchProfile`. */
  readonly operation: string;
  readonly duration: 'studio' | 'launchProfile' | 'streamingImage' | 'studioComponent';
  /** The status code of what is ready after it was created, and after it was updated. */
  readonly created: string;
  readonly updated: string;
}

/** A studio or a part of one: it is made, changed and deleted in the course of time, and says how that goes. */
export class Resource<T> {
  public readonly arn: string;
  public readonly createdAt: Date;
  public updatedAt: Date;
  private readonly state: TimedState<ResourceState>;
  private failure?: Failure;
  private ready: string;

  constructor(private readonly account: NimbleContext, private readonly kind: Kind, readonly id: string, public settings: T) {
    this.arn = account.arn(kind.type, id);
    this.createdAt = this.updatedAt = account.now();
    this.ready = kind.created;
    this.state = account.timed<ResourceState>('CREATE_IN_PROGRESS');
    this.pass('Create', 'CREATE_IN_PROGRESS', 'READY', 'CREATE_FAILED');
  }

  public get now(): ResourceState {
    return this.state.now;
  }

  public get isThere(): boolean {
    return this.now !== 'DELETED';
  }

  /** Throws unless there is nothing under way and the resource can be used. */
  public checkReady(): void {
    if (this.now.endsWith('_IN_PROGRESS')) {
      this.account.conflict();
    }
    // A failed update or deletion leaves what was there before (inferred).
    if (this.now === 'CREATE_FAILED') {
      this.account.refuse(this.account.readings.wrongState, `The ${this.kind.noun} ${this.id} is in state ${this.now}.`);
    }
  }

  public update(settings: Partial<T>): void {
    this.checkReady();
    this.settings = { ...this.settings, ...settings };
    this.updatedAt = this.account.now();
    this.ready = this.kind.updated;
    this.pass('Update', 'UPDATE_IN_PROGRESS', 'READY', 'UPDATE_FAILED');
  }

  /** @param obstacle why it cannot be deleted, if so */
  public delete(obstacle?: Failure): void {
    if (this.now.endsWith('_IN_PROGRESS')) {
      this.account.conflict();
    }
    if (obstacle && this.account.readings.deleteOfFull === 'ConflictException') {
      this.account.refuse('ConflictException', obstacle.statusMessage);
    }
    this.pass('Delete', 'DELETE_IN_PROGRESS', 'DELETED', 'DELETE_FAILED', obstacle);
  }

  public get status(): { state: ResourceState; statusCode: string; statusMessage: string } {
    const state = this.now;
    if (state.endsWith('_FAILED')) {
      return { state, ...this.failure! };
    }
    const prefix = this.kind.type.toUpperCase().replace('-', '_');
    const statusCode = state === 'READY' ? this.ready : `${prefix}_${state}`;
    return { state, statusCode, statusMessage: `The ${this.kind.noun} is in state ${state}.` };
  }

  private pass(verb: string, during: ResourceState, success: ResourceState, failed: ResourceState, obstacle?: Failure): void {
    const operation = `${verb}${this.kind.operation}`;
    this.failure = this.account.script.takeFailure(operation) ?? obstacle;
    const after = this.account.script.takeTime(operation) ?? this.account.durations[this.kind.duration];
    this.state.enter(during, { to: this.failure ? failed : success, after });
  }
}

/** A resource that a request names, unless it was deleted. */
export function find<T extends object>(
  account: NimbleContext, map: Map<string, Resource<T>>, noun: string, id: string, studioId?: string,
): Resource<T> {
  const found = map.get(id);
  const elsewhere = studioId !== undefined && found && (found.settings as { studioId?: string }).studioId !== studioId;
  if (!found || elsewhere || (!found.isThere && account.readings.deleted === 'not-found')) {
    account.notFound(noun, id);
  }
  return found;
}

/** A resource that a request acts on: one that was deleted is not there, however Get reads. */
export function findLiving<T extends object>(
  account: NimbleContext, map: Map<string, Resource<T>>, noun: string, id: string, studioId?: string,
): Resource<T> {
  const found = find(account, map, noun, id, studioId);
  return found.isThere ? found : account.notFound(noun, id);
}

/** What a studio has of one kind and has not deleted. Lists leave out the rest (inferred). */
export function living<T extends object>(map: Map<string, Resource<T>>, studioId?: string): Resource<T>[] {
  return [...map.values()].filter((resource) => resource.isThere
    && (studioId === undefined || (resource.settings as { studioId?: string }).studioId === studioId));
}
