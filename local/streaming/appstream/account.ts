import type {
  AppBlock, AppBlockBuilder, AppBlockBuilderState, Application, ApplicationFleetAssociation, ComputeCapacity, DirectoryConfig, Entitlement,
  ErrorDetails, ExportImageTask, Fleet, FleetError, FleetState, Image, ImageBuilder, ImageBuilderState, ImagePermissions, ImageState,
  InstanceDrainStatus, Session, SessionState, SoftwareDeploymentStatus, Stack, Theme, UsageReportSubscription, User,
} from '@aws-sdk/client-appstream';
import { AppStreamOptions, DURATIONS, Durations, QUOTAS, Quotas, Readings, STRICT } from './options';
import type { Roles } from './roles';
import { type Failure, Script } from './script';
import type { Storage } from './storage';
import type { Cloud } from '../../cloud';
import type { ServiceModel } from '../../wire/model';
import { TimedState } from '../timed-state';

/** What a fleet was given. */
export type FleetSettings = Omit<Fleet, 'State' | 'FleetErrors' | 'ComputeCapacityStatus'> & {
  readonly Name: string;
  readonly InstanceType: string;
  readonly ComputeCapacity?: ComputeCapacity;
};

export interface FleetRecord {
  settings: FleetSettings;
  readonly state: TimedState<FleetState>;
  /** What holds up its start, until when. */
  stuck?: { readonly errors: readonly FleetError[]; readonly until: number };
  /** How many more describes show the state before the last start or stop. */
  staleReads: number;
}

export interface BuilderRecord {
  settings: Omit<ImageBuilder, 'State' | 'ImageBuilderErrors' | 'Name'> & { readonly Name: string };
  readonly state: TimedState<ImageBuilderState | 'GONE'>;
  /** Shown when the builder has come to FAILED. */
  errors: readonly FleetError[];
  /** The software that is associated with it, by name. */
  readonly software: Map<string, TimedState<SoftwareDeploymentStatus | 'GONE'>>;
  staleReads: number;
}

export interface AppBlockRecord {
  readonly settings: Omit<AppBlock, 'State' | 'AppBlockErrors' | 'Name' | 'Arn'> & { readonly Name: string; readonly Arn: string };
  readonly errors: readonly ErrorDetails[];
  hasPackage: boolean;
}

export interface AppBlockBuilderRecord {
  settings: Partial<Omit<AppBlockBuilder, 'State' | 'AppBlockBuilderErrors' | 'StateChangeReason' | 'Platform' | 'Name' | 'Arn'>> & {
    readonly Name: string; readonly Arn: string; readonly Platform?: string;
  };
  readonly state: TimedState<AppBlockBuilderState>;
  /** The ARN of the app block that it is associated with. */
  appBlock?: string;
  /** Of the last start, if that has failed. */
  errors: readonly FleetError[];
  staleReads: number;
}

export interface ImageRecord {
  readonly settings: Omit<Image, 'State' | 'StateChangeReason' | 'ImageErrors' | 'ImageSharedWithOthers' | 'Name' | 'Arn'>
    & { readonly Name: string; readonly Arn: string };
  readonly state: TimedState<ImageState | 'GONE'>;
  /** Shown when the image has come to FAILED. */
  readonly failure?: Failure & Pick<Image, 'StateChangeReason'>;
  /** By the accounts that it is shared with. */
  readonly permissions: Map<string, ImagePermissions>;
  /** How many more describes do not show it yet. */
  hiddenReads: number;
}

export interface ExportRecord {
  readonly settings: Omit<ExportImageTask, 'State' | 'AmiId' | 'ErrorDetails'>;
  readonly state: TimedState<NonNullable<ExportImageTask['State']>>;
  readonly amiId: string;
  readonly failure?: Failure;
}

export interface SessionRecord {
  readonly settings: Omit<Session, 'State' | 'ConnectionState' | 'InstanceDrainStatus'>;
  readonly state: TimedState<SessionState>;
  connected: boolean;
  drain: InstanceDrainStatus;
}

export interface EntitlementRecord {
  settings: Entitlement;
  /** The identifiers of the applications. */
  readonly applications: Set<string>;
}

export type UserRecord = User & { readonly UserName: string };

export type DirectoryConfigRecord = DirectoryConfig & { readonly DirectoryName: string };

/** The resources of one account in one region, and what all of them go by. */
export class AppStreamAccount {
  public readonly fleets = new Map<string, FleetRecord>();
  public readonly stacks = new Map<string, Stack & { readonly Name: string }>();
  /** The fleet of a stack, by the stack's name. */
  public readonly associations = new Map<string, string>();
  /** By ARN. */
  public readonly appBlocks = new Map<string, AppBlockRecord>();
  public readonly appBlockBuilders = new Map<string, AppBlockBuilderRecord>();
  /** By ARN. */
  public readonly applications = new Map<string, Application & { readonly Name: string }>();
  public readonly applicationFleets: ApplicationFleetAssociation[] = [];
  /** The tasks that export images, by their ids. */
  public readonly exports = new Map<string, ExportRecord>();
  public readonly sessions = new Map<string, SessionRecord>();
  /** By the name of the stack and their own. */
  public readonly entitlements = new Map<string, EntitlementRecord>();
  /** The user pool, by e-mail address. */
  public readonly users = new Map<string, UserRecord>();
  /** The stacks of a user of the pool, by e-mail address. */
  public readonly userAssociations = new Map<string, Set<string>>();
  /** What users were written: each e-mail in a few words. */
  public readonly mails: string[] = [];
  public readonly directoryConfigs = new Map<string, DirectoryConfigRecord>();
  /** By the name of the stack. */
  public readonly themes = new Map<string, Theme>();
  public usageReports?: UsageReportSubscription;
  /** By ARN. */
  public readonly tags = new Map<string, Record<string, string>>();
  /** Every URL that was handed out, and every password that was taken. */
  public readonly secrets: string[] = [];
  public readonly script = new Script();
  public readonly durations: Durations;
  public readonly readings: Readings;
  public readonly pageSize: number;
  public readonly quotas: Quotas;
  /** The AMIs of EC2 that the account may read, by their ids. */
  public readonly amis: Map<string, { readonly name: string }>;
  private readonly directories: readonly string[];
  private readonly allBuilders = new Map<string, BuilderRecord>();
  private readonly allImages = new Map<string, ImageRecord>();

  /** @param elsewhere the same account in another Region */
  constructor(
    private readonly cloud: Cloud, private readonly model: ServiceModel, options: AppStreamOptions, public readonly storage: Storage,
    public readonly roles: Roles, public readonly elsewhere: (region: string) => AppStreamAccount,
  ) {
    this.durations = { ...DURATIONS, ...options.durations };
    this.readings = { ...STRICT, ...options.readings };
    this.pageSize = options.pageSize ?? 5;
    this.quotas = { ...QUOTAS, ...options.quotas };
    this.directories = options.directories ?? [];
    this.amis = new Map((options.amis ?? []).map((id) => [id, { name: id }]));
  }

  public get region(): string {
    return this.cloud.region;
  }

  public get accountId(): string {
    return this.cloud.account;
  }

  public now(): Date {
    return new Date(this.cloud.clock.now());
  }

  public timed<S extends string>(initial: S): TimedState<S> {
    return new TimedState(this.cloud.clock, initial);
  }

  public arn(type: 'app-block' | 'app-block-builder' | 'application' | 'fleet' | 'stack' | 'image-builder' | 'image' | 'user', name: string): string {
    return `arn:aws:appstream:${this.cloud.region}:${this.cloud.account}:${type}/${name}`;
  }

  /** The builders that are there. A builder whose deletion has ended is not. */
  public get builders(): Map<string, BuilderRecord> {
    for (const [name, builder] of this.allBuilders) {
      if (builder.state.now === 'GONE') {
        this.allBuilders.delete(name);
        this.tags.delete(builder.settings.Arn!);
      }
    }
    return this.allBuilders;
  }

  /** The images that are there, by ARN. An image whose deletion has ended is not. */
  public get images(): Map<string, ImageRecord> {
    for (const [arn, { state }] of this.allImages) {
      if (state.now === 'GONE') {
        this.allImages.delete(arn);
        this.tags.delete(arn);
      }
    }
    return this.allImages;
  }

  public fleet(name: string): FleetRecord {
    return this.fleets.get(name) ?? this.refuse('ResourceNotFoundException', `The fleet ${name} does not exist.`);
  }

  public stack(name: string): Stack & { readonly Name: string } {
    return this.stacks.get(name) ?? this.refuse('ResourceNotFoundException', `The stack ${name} does not exist.`);
  }

  public builder(name: string): BuilderRecord {
    return this.builders.get(name) ?? this.refuse('ResourceNotFoundException', `The image builder ${name} does not exist.`);
  }

  public appBlock(arn: string): AppBlockRecord {
    return this.appBlocks.get(arn) ?? this.refuse('ResourceNotFoundException', `The app block ${arn} does not exist.`);
  }

  public appBlockBuilder(name: string): AppBlockBuilderRecord {
    return this.appBlockBuilders.get(name) ?? this.refuse('ResourceNotFoundException', `The app block builder ${name} does not exist.`);
  }

  public application(arn: string): Application & { readonly Name: string } {
    return this.applications.get(arn) ?? this.refuse('ResourceNotFoundException', `The application ${arn} does not exist.`);
  }

  /** Whether there is a way to join this domain. */
  public hasDirectory(name: string): boolean {
    return this.directoryConfigs.has(name) || this.directories.includes(name);
  }

  /**
   * Whether there is such an application: of an Elastic fleet, or in an image, by the name that it has there. That the identifier of one is
   * its name, as CreateStreamingURL's ApplicationId is, is inferred.
   */
  public hasApplication(identifier: string): boolean {
    return [...this.applications.values()].some(({ Name }) => Name === identifier)
      || [...this.images.values()].some(({ settings }) => settings.Applications?.some(({ Name }) => Name === identifier));
  }

  /** The sessions of a fleet that have not expired. */
  public liveSessions(fleetName: string): SessionRecord[] {
    return [...this.sessions.values()].filter(({ settings, state }) => settings.FleetName === fleetName && state.now !== 'EXPIRED');
  }

  public refuse(code: string, message: string): never {
    throw this.model.error(code, message);
  }

  public refuseCombination(message: string): never {
    return this.refuse('InvalidParameterCombinationException', message);
  }

  /** Refuses a number that is outside a range of the API's text: the model has few ranges. The code and the sentence are inferred. */
  public checkRange(name: string, value: number | undefined, min: number, max: number): void {
    if (value !== undefined && (value < min || value > max)) {
      this.refuse('InvalidParameterValueException', `The value ${value} of ${name} is not valid. Specify a value between ${min} and ${max}.`);
    }
  }
}
