import { createHash } from 'crypto';
import { DURATIONS, Durations, NimbleStudioOptions, QUOTAS, Quotas, Readings, STRICT } from './options';
import { Script } from './script';
import type { Cloud } from '../../cloud';
import type { ServiceModel } from '../../wire/model';
import { page } from '../pagination';
import { TimedState } from '../timed-state';

/** What belongs to a studio. */
export interface InStudio {
  readonly studioId: string;
}

/** What all resources of an account go by: its time, its options, its names and its refusals. */
export class NimbleContext {
  /** By ARN. */
  public readonly tags = new Map<string, Record<string, string>>();
  public readonly script = new Script();
  public readonly durations: Durations;
  public readonly readings: Readings;
  public readonly quotas: Quotas;
  private readonly pageSize: number;
  private made = 0;

  constructor(private readonly cloud: Cloud, private readonly model: ServiceModel, options: NimbleStudioOptions) {
    this.durations = { ...DURATIONS, ...options.durations };
    this.readings = { ...STRICT, ...options.readings };
    this.quotas = { ...QUOTAS, ...options.quotas };
    this.pageSize = options.pageSize ?? 5;
  }

  public get region(): string {
    return this.cloud.region;
  }

  public now(): Date {
    return new Date(this.cloud.clock.now());
  }

  public timed<S extends string>(initial: S): TimedState<S> {
    return new TimedState(this.cloud.clock, initial);
  }

  public arn(type: string, id: string): string {
    return `arn:aws:nimble:${this.cloud.region}:${this.cloud.account}:${type}/${id}`;
  }

  /** 22 characters, as the model allows; the same in every run. */
  public newId(kind: string): string {
    this.made += 1;
    return createHash('sha256').update(`${kind}:${this.made}`).digest('base64url').slice(0, 22);
  }

  public refuse(code: string, message: string): never {
    throw this.model.error(code, message);
  }

  /** Verified: "Another operation is in progress" is the API's text on ConflictException. */
  public conflict(): never {
    return this.refuse('ConflictException', 'Another operation is in progress.');
  }

  public notFound(kind: string, id: string): never {
    return this.refuse('ResourceNotFoundException', `The ${kind} ${id} does not exist.`);
  }

  /** One page of a list; the token of a list that was not given is refused with the one error that fits (inferred). */
  public page<T>(items: readonly T[], nextToken: string | undefined, maxResults?: number): { items: T[]; nextToken?: string } {
    if (nextToken !== undefined && !/^after:\d+$/.test(Buffer.from(nextToken, 'base64').toString('utf8'))) {
      this.refuse('ValidationException', 'The nextToken is not valid.');
    }
    const { items: found, NextToken } = page(items, maxResults ?? this.pageSize, nextToken);
    return { items: found, nextToken: NextToken };
  }

  public setTags(arn: string, tags: Record<string, string> | undefined): void {
    this.tags.set(arn, tags ?? {});
  }

  public tagsOf(arn: string): { tags?: Record<string, string> } {
    return { tags: this.tags.get(arn) };
  }
}
