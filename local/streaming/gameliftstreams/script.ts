import type { ApplicationStatusReason, StreamGroupStatusReason, StreamSessionStatusReason } from '@aws-sdk/client-gameliftstreams';

/** What a test has go wrong inside GameLift Streams. Keyed by description, so that it can be written before the resource exists. */
export class Script {
  private readonly slow = new Map<string, number>();
  private readonly applications = new Map<string, ApplicationStatusReason>();
  private readonly groups = new Map<string, StreamGroupStatusReason>();
  private readonly locations = new Set<string>();
  private readonly replications = new Map<string, number>();
  private readonly sessions = new Map<string, StreamSessionStatusReason>();
  private readonly exports = new Map<string, string>();

  /** The next application or stream group of this description takes this long to become READY or ACTIVE. */
  public slowCreation(description: string, ms: number): void {
    this.slow.set(description, ms);
  }

  /** The next application of this description ends in ERROR. */
  public failingApplication(description: string, reason: ApplicationStatusReason): void {
    this.applications.set(description, reason);
  }

  /** The next stream group of this description ends in ERROR. */
  public failingStreamGroup(description: string, reason: StreamGroupStatusReason): void {
    this.groups.set(description, reason);
  }

  /** The next time that a group of this description sets up this location, it ends in ERROR, and the group in ACTIVE_WITH_ERRORS. */
  public failingLocation(groupDescription: string, location: string): void {
    this.locations.add(`${groupDescription}\n${location}`);
  }

  /** The next replication of the application to this location takes this long: without `ms`, for ever. */
  public hangingReplication(applicationDescription: string, location: string, ms = Infinity): void {
    this.replications.set(`${applicationDescription}\n${location}`, ms);
  }

  /** The next session in a group of this description ends in ERROR. */
  public failingSession(groupDescription: string, reason: StreamSessionStatusReason): void {
    this.sessions.set(groupDescription, reason);
  }

  /** The next export in a group of this description ends in FAILED. */
  public failingExport(groupDescription: string, reason: string): void {
    this.exports.set(groupDescription, reason);
  }

  public takeSlowCreation(description: string): number | undefined {
    return take(this.slow, description);
  }

  public takeFailingApplication(description: string): ApplicationStatusReason | undefined {
    return take(this.applications, description);
  }

  public takeFailingStreamGroup(description: string): StreamGroupStatusReason | undefined {
    return take(this.groups, description);
  }

  public takeFailingLocation(groupDescription: string, location: string): boolean {
    return this.locations.delete(`${groupDescription}\n${location}`);
  }

  public takeHangingReplication(applicationDescription: string, location: string): number | undefined {
    return take(this.replications, `${applicationDescription}\n${location}`);
  }

  public takeFailingSession(groupDescription: string): StreamSessionStatusReason | undefined {
    return take(this.sessions, groupDescription);
  }

  public takeFailingExport(groupDescription: string): string | undefined {
    return take(this.exports, groupDescription);
  }
}

function take<T>(script: Map<string, T>, key: string): T | undefined {
  const entry = script.get(key);
  script.delete(key);
  return entry;
}
