import { randomBytes } from 'crypto';
import type {
  ApplicationStatus, ApplicationStatusReason, CreateApplicationOutput, CreateStreamGroupOutput, CreateStreamUrlOutput,
  GetStreamSessionOutput, LocationState, StreamGroupLocationStatus, StreamGroupStatus, StreamGroupStatusReason,
  StreamSessionStatus, StreamSessionStatusReason, StreamUrlStatusReason,
} from '@aws-sdk/client-gameliftstreams';
import { DURATIONS, Durations, GameLiftStreamsOptions, LOCATIONS, Readings, STRICT } from './options';
import { Script } from './script';
import type { Cloud } from '../../cloud';
import type { ServiceModel } from '../../wire/model';
import { TimedState } from '../timed-state';

export interface ApplicationRecord {
  settings: CreateApplicationOutput & { readonly Arn: string; readonly Id: string };
  readonly state: TimedState<ApplicationStatus | 'GONE'>;
  /** Shown when the application has come to ERROR. */
  readonly reason?: ApplicationStatusReason;
  /** When the content has come to a location, in virtual milliseconds. */
  readonly replicated: Map<string, number>;
}

export interface LocationRecord {
  settings: LocationState & { readonly LocationName: string };
  readonly state: TimedState<StreamGroupLocationStatus | 'GONE'>;
}

export interface StreamGroupRecord {
  settings: CreateStreamGroupOutput & { readonly Arn: string; readonly Id: string; readonly StreamClass: string };
  /** Its own course; locations and age make more of it. */
  readonly state: TimedState<StreamGroupStatus | 'GONE'>;
  /** Shown when the group has come to ERROR. */
  readonly reason?: StreamGroupStatusReason;
  /** By name, the primary one first. */
  readonly locations: Map<string, LocationRecord>;
  /** ARNs. */
  readonly applications: Set<string>;
}

export interface StreamSessionRecord {
  settings: GetStreamSessionOutput & { readonly Arn: string; readonly StreamGroupId: string; readonly ApplicationArn: string };
  readonly state: TimedState<StreamSessionStatus>;
  /** When it is over at the latest whatever its clients do, in virtual milliseconds. */
  readonly latestEnd: number;
  /** What its present course ends in, and when, in virtual milliseconds. */
  end: { readonly at: number; readonly reason?: StreamSessionStatusReason };
  /** The stream URL that started it. */
  readonly urlArn?: string;
  /** Why its export will fail. */
  exportFailure?: string;
  /** How often an admin shell was refused as not ready. */
  shellRefusals: number;
}

export interface StreamUrlRecord {
  readonly settings: CreateStreamUrlOutput & { readonly Arn: string; readonly StreamGroupArn: string; readonly ApplicationArn: string };
  used: number;
  revoked?: StreamUrlStatusReason;
}

/** What the service sees of S3. */
export interface Content {
  /** The keys of a bucket's objects; undefined without the bucket. */
  keys(bucket: string): readonly string[] | undefined;
}

/** The resources of one account in one Region, and what all of them go by. Keyed by ARN. */
export class GameLiftStreamsAccount {
  public readonly sessions = new Map<string, StreamSessionRecord>();
  public readonly urls = new Map<string, StreamUrlRecord>();
  public readonly tags = new Map<string, Record<string, string>>();
  /** Every URL and token that was handed out. */
  public readonly secrets: string[] = [];
  public readonly script = new Script();
  public readonly durations: Durations;
  public readonly readings: Readings;
  public readonly adminShellRefusals: number;
  private readonly locations: readonly string[];
  private readonly allApplications = new Map<string, ApplicationRecord>();
  private readonly allGroups = new Map<string, StreamGroupRecord>();

  constructor(private readonly cloud: Cloud, private readonly model: ServiceModel, readonly content: Content, options: GameLiftStreamsOptions) {
    this.durations = { ...DURATIONS, ...options.durations };
    this.readings = { ...STRICT, ...options.readings };
    this.adminShellRefusals = options.adminShellRefusals ?? 1;
    this.locations = [cloud.region, ...options.locations ?? LOCATIONS];
  }

  /** The Region, which is the primary location of its stream groups. */
  public get region(): string {
    return this.cloud.region;
  }

  public now(): number {
    return this.cloud.clock.now();
  }

  public timed<S extends string>(initial: S): TimedState<S> {
    return new TimedState(this.cloud.clock, initial);
  }

  public arn(path: string): string {
    return `arn:aws:gameliftstreams:${this.cloud.region}:${this.cloud.account}:${path}`;
  }

  /** An id as the API's text shows them: `sg-1AB2C3De4`. */
  public newId(prefix: string): string {
    return `${prefix}${randomBytes(16).toString('base64').replace(/[+/=]/g, '').slice(0, 9)}`;
  }

  /** A URL or token that nobody can guess. */
  public handOut(secret: string): string {
    this.secrets.push(secret);
    return secret;
  }

  /** The applications that are there. */
  public get applications(): Map<string, ApplicationRecord> {
    return this.present(this.allApplications);
  }

  /** The stream groups that are there. */
  public get groups(): Map<string, StreamGroupRecord> {
    return this.present(this.allGroups);
  }

  public application(identifier: string): ApplicationRecord {
    return this.applications.get(this.arnOf('application', identifier)) ?? this.notFound('application', identifier);
  }

  public group(identifier: string): StreamGroupRecord {
    return this.groups.get(this.arnOf('streamgroup', identifier)) ?? this.notFound('stream group', identifier);
  }

  /** A session of a group, which itself may be gone. */
  public session(group: string, identifier: string): StreamSessionRecord {
    return this.sessions.get(this.arnWithin('streamsession', this.group(group).settings.Arn, identifier)) ?? this.notFound('stream session', identifier);
  }

  /** A stream URL outlives its group: the API's text on GetStreamUrl. */
  public url(group: string, identifier: string): StreamUrlRecord {
    return this.urls.get(this.arnWithin('streamurl', this.arnOf('streamgroup', group), identifier)) ?? this.notFound('stream URL', identifier);
  }

  /** The ARN of what is named by an ARN or an id. */
  public arnOf(type: 'application' | 'streamgroup', identifier: string): string {
    return identifier.startsWith('arn:') ? identifier : this.arn(`${type}/${identifier}`);
  }

  /** What a summary shows of a description, by the model. */
  public summary(shape: string, description: object): { readonly Arn: string } {
    const members = this.model.shapes[shape].members!;
    return Object.fromEntries(Object.entries(description).filter(([name]) => name in members)) as { Arn: string };
  }

  /** The sessions of a group or of an application that are not over. */
  public liveSessions(arn: string): StreamSessionRecord[] {
    return [...this.sessions.values()].filter(({ settings, state }) => !['TERMINATED', 'ERROR'].includes(state.now)
      && [settings.ApplicationArn, this.arn(`streamgroup/${settings.StreamGroupId}`)].includes(arn));
  }

  public isLocation(name: string): boolean {
    return this.locations.includes(name);
  }

  public refuse(code: string, message: string): never {
    throw this.model.error(code, message);
  }

  /** The code of what breaks a rule that is not in the model is nowhere said; ValidationException is declared by every operation. Inferred. */
  public invalid(message: string): never {
    return this.refuse('ValidationException', message);
  }

  /** Refuses because of the status that something is in. */
  public wrongStatus(operation: string, message: string): never {
    const { wrongStatus } = this.readings;
    return this.refuse(this.model.operations[operation].errors.includes(wrongStatus) ? wrongStatus : 'ValidationException', message);
  }

  private notFound(what: string, identifier: string): never {
    return this.refuse('ResourceNotFoundException', `The ${what} ${identifier} does not exist.`);
  }

  private arnWithin(type: 'streamsession' | 'streamurl', groupArn: string, identifier: string): string {
    const prefix = groupArn.replace(':streamgroup/', `:${type}/`);
    return identifier.startsWith('arn:') && identifier.startsWith(`${prefix}/`) ? identifier : `${prefix}/${identifier}`;
  }

  private present<R extends { readonly state: TimedState<never> | TimedState<string> }>(records: Map<string, R>): Map<string, R> {
    for (const [arn, { state }] of records) {
      if (state.now === 'GONE') {
        records.delete(arn);
        this.tags.delete(arn);
      }
    }
    return records;
  }
}
