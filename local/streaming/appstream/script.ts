import type { FleetError, ResourceError } from '@aws-sdk/client-appstream';
import type { AwsError } from '../../wire/aws-error';

/** What a test has go wrong inside AppStream. Keyed by name, so that it can be written before the resource exists. */
export class Script {
  private readonly stuck = new Map<string, StuckStart>();
  private readonly slow = new Map<string, number>();
  private readonly stale = new Map<string, number>();
  private readonly failing = new Map<string, readonly FleetError[]>();
  private readonly failingImages = new Map<string, Failure>();
  private readonly unending = new Map<string, UnendingSession>();

  /**
   * The next start of a fleet hangs: it stays STARTING with these errors, as a fleet does whose start fails
   * (https://github.com/hashicorp/terraform-provider-aws/issues/20994). Without `recoversAfterMs`, until it is stopped.
   */
  public stuckStart(fleet: string, errors: readonly FleetError[], options: { readonly recoversAfterMs?: number } = {}): void {
    this.stuck.set(fleet, { errors, recoversAfterMs: options.recoversAfterMs ?? Infinity });
  }

  /** The next start of a fleet or an image builder, or the making of an image or AMI of this name, takes this long. */
  public slowStart(name: string, ms: number): void {
    this.slow.set(name, ms);
  }

  /**
   * After the next start or stop of a fleet or an image builder, this many describes of it still show the state before;
   * an image of this name that is to be made is not shown by as many.
   */
  public staleReads(name: string, times: number): void {
    this.stale.set(name, times);
  }

  /** The next start of an image builder, the one at its creation included, ends in FAILED with these errors. */
  public failingStart(builder: string, errors: readonly FleetError[]): void {
    this.failing.set(builder, errors);
  }

  /** The next image, AMI or installation of this name fails, for this reason. */
  public failingImage(name: string, failure: Failure): void {
    this.failingImages.set(name, failure);
  }

  /** A session does not end: ExpireSession is answered with the error, or else without effect. Without `times`, for ever. */
  public unendingSession(id: string, { error, times = Infinity }: Partial<UnendingSession> = {}): void {
    this.unending.set(id, { error, times });
  }

  public takeStuckStart(fleet: string): StuckStart | undefined {
    return take(this.stuck, fleet);
  }

  public takeSlowStart(name: string): number | undefined {
    return take(this.slow, name);
  }

  public takeStaleReads(name: string): number {
    return take(this.stale, name) ?? 0;
  }

  public takeFailingStart(builder: string): readonly FleetError[] | undefined {
    return take(this.failing, builder);
  }

  public takeFailingImage(name: string): Failure | undefined {
    return take(this.failingImages, name);
  }

  public takeUnendingSession(id: string): UnendingSession | undefined {
    const entry = take(this.unending, id);
    if (entry && entry.times > 1) {
      this.unending.set(id, { ...entry, times: entry.times - 1 });
    }
    return entry;
  }
}

export interface StuckStart {
  readonly errors: readonly FleetError[];
  readonly recoversAfterMs: number;
}

export interface Failure {
  readonly message: string;
  readonly errors?: readonly ResourceError[];
}

export interface UnendingSession {
  readonly error?: AwsError;
  /** How many more calls it does not end by. */
  readonly times: number;
}

function take<T>(script: Map<string, T>, name: string): T | undefined {
  const entry = script.get(name);
  script.delete(name);
  return entry;
}
