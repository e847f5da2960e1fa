import { AwsError } from '../../wire/aws-error';

/** What is kept: text, or bytes in base64. */
export interface SecretValue {
  readonly SecretString?: string;
  readonly SecretBinary?: string;
}

/** One value that a secret has or had. */
export interface SecretVersion {
  readonly id: string;
  readonly value: SecretValue;
  /** Virtual time, in milliseconds since the epoch. */
  readonly created: number;
  readonly stages: Set<string>;
  /** The ARN of the customer's key that encrypts it. */
  keyArn?: string;
}

const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';
/** Documented as about that many; as many of the newest are kept, and all of the last 24 hours. */
const VERSION_QUOTA = 100;
const DAY = 24 * 60 * 60 * 1000;

/** A secret with its versions. */
export class Secret {
  public description?: string;
  /** As it was given: ARN, id or alias of a key; the account's own key without one. */
  public keyId?: string;
  /** The ARN of that key, if it is a customer's. */
  public keyArn?: string;
  public tags: Readonly<Record<string, string>> = {};
  public changed: number;
  /** The day it was told to go, and the time at which it is gone. */
  public deletion?: { readonly date: number; readonly gone: number };
  private versions: readonly SecretVersion[] = [];

  constructor(readonly name: string, readonly arn: string, readonly created: number) {
    this.changed = created;
  }

  public version(id: string): SecretVersion | undefined {
    return this.versions.find((version) => version.id === id);
  }

  public staged(stage: string = CURRENT): SecretVersion | undefined {
    return this.versions.find(({ stages }) => stages.has(stage));
  }

  /** The versions that have stages; one without is deprecated, and may go at any time. */
  public get live(): readonly SecretVersion[] {
    return this.versions.filter(({ stages }) => stages.size > 0);
  }

  /** Adds a version, and moves the stages to it. */
  public add(version: Omit<SecretVersion, 'stages'>, stages: readonly string[] = [CURRENT]): SecretVersion {
    this.removeOutdated(version.created);
    if (this.versions.length >= VERSION_QUOTA) {
      throw new AwsError('LimitExceededException', `The secret ${this.name} has ${VERSION_QUOTA} versions, and none that can be removed.`);
    }
    const added: SecretVersion = { ...version, stages: new Set() };
    // The first version is current, whatever its stages.
    new Set(this.versions.length === 0 ? [...stages, CURRENT] : stages).forEach((stage) => this.move(stage, added));
    this.versions = [...this.versions, added];
    this.changed = version.created;
    return added;
  }

  /** Moves a stage to a version; takes it away where there is none. */
  public moveStage(stage: string, target: SecretVersion | undefined): void {
    if (target) {
      this.move(stage, target);
    } else {
      this.staged(stage)?.stages.delete(stage);
    }
  }

  private move(stage: string, target: SecretVersion): void {
    const before = this.staged(stage);
    before?.stages.delete(stage);
    target.stages.add(stage);
    if (stage === CURRENT && before) {
      this.move(PREVIOUS, before);
    }
  }

  private removeOutdated(now: number): void {
    const newest = this.versions.slice(-VERSION_QUOTA + 1);
    this.versions = this.versions.filter((version) => version.stages.size > 0 || now - version.created < DAY || newest.includes(version));
  }
}

/** Whether two values are the same. */
export function isSameValue(one: SecretValue, other: SecretValue): boolean {
  return one.SecretString === other.SecretString && one.SecretBinary === other.SecretBinary;
}
