import {
  ApplicationStatus, GetApplicationCommand, GetStreamGroupCommand, ReplicationStatusType, StreamGroupLocationStatus, StreamGroupStatus,
  type GetApplicationOutput, type GetStreamGroupOutput,
} from '@aws-sdk/client-gameliftstreams';
import { gameliftstreams } from './client';
import type { Progress, Request } from '../engine/controller';
import { absentIfNotFound } from '../engine/errors';

/** What CloudFormation has just made may not be there for every reader. */
const NOT_FOUND_PATIENCE_MS = 2 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** Something that keeps the next step from being taken: it is waited for, or the request fails. */
export class Obstacle extends Error {
  constructor(message: string, readonly passes: boolean) {
    super(message);
  }
}

/**
 * The progress that is made, or the obstacle that stands in its way.
 *
 * @param id what there is already; with it a failed Create is answered, so that it is deleted.
 */
export async function progressOf(id: string | undefined, work: () => Promise<Progress>): Promise<Progress> {
  try {
    return { id, ...await work() };
  } catch (error) {
    if (error instanceof Obstacle) {
      return error.passes ? { kind: 'pending', id, why: error.message } : { kind: 'failed', id, reason: error.message };
    }
    throw error;
  }
}

/** The last part of an ARN: the id, which is shorter and as good within an account and Region. */
export function idOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

export function readStreamGroup(id: string): Promise<GetStreamGroupOutput | undefined> {
  return absentIfNotFound(() => gameliftstreams.send(new GetStreamGroupCommand({ Identifier: id })));
}

/** A stream group that is there, in whatever status. */
export async function streamGroupThere(id: string, request: Request<unknown>): Promise<GetStreamGroupOutput> {
  return await readStreamGroup(id) ?? missing(`stream group ${id}`, request);
}

/** Stops at a stream group that takes neither applications nor sessions. One that is ACTIVE_WITH_ERRORS may or may not: a call will tell. */
export function requireActive(group: GetStreamGroupOutput, { now }: Request<unknown>): void {
  switch (group.Status) {
    case StreamGroupStatus.ACTIVE:
    case StreamGroupStatus.ACTIVE_WITH_ERRORS:
      return;
    case StreamGroupStatus.ACTIVATING:
    case StreamGroupStatus.UPDATING_LOCATIONS:
      throw new Obstacle(`stream group ${group.Id} is ${group.Status}`, true);
    case StreamGroupStatus.EXPIRED:
      throw new Obstacle(`stream group ${group.Id} is EXPIRED, ${Math.floor(ageInDays(group, now))} days after it was made: replace it, with a new \`generation\``, false);
    case StreamGroupStatus.ERROR:
      throw new Obstacle(`stream group ${group.Id} is in ERROR: ${group.StatusReason}; replace it, with a new \`generation\`, or delete it`, false);
    case StreamGroupStatus.DELETING:
      throw new Obstacle(`stream group ${group.Id} is being deleted`, false);
    default:
      throw new Error(`a stream group is in the unknown status ${group.Status}`);
  }
}

/** Makes a call that wants an ACTIVE group. What one that is ACTIVE_WITH_ERRORS refuses it refuses until somebody acts. */
export async function callOf<Output>({ Id, Status, LocationStates = [] }: GetStreamGroupOutput, call: () => Promise<Output>): Promise<Output> {
  try {
    return await call();
  } catch (error) {
    const isRefusal = error instanceof Error && ['ConflictException', 'ValidationException'].includes(error.name);
    if (isRefusal && Status === StreamGroupStatus.ACTIVE_WITH_ERRORS) {
      const broken = LocationStates.filter((location) => location.Status === StreamGroupLocationStatus.ERROR).map(({ LocationName }) => LocationName);
      throw new Obstacle(`stream group ${Id} is ACTIVE_WITH_ERRORS: remove its locations in ERROR, ${broken.join(', ')} (${error.message})`, false);
    }
    throw error;
  }
}

/** With its part of a day. */
export function ageInDays({ CreatedAt }: GetStreamGroupOutput, now: number): number {
  return (now - CreatedAt!.getTime()) / DAY_MS;
}

/** An application that can be associated and streamed. */
export async function readyApplication(id: string, request: Request<unknown>): Promise<GetApplicationOutput> {
  const application = await absentIfNotFound(() => gameliftstreams.send(new GetApplicationCommand({ Identifier: id })))
    ?? missing(`application ${id}`, request);
  switch (application.Status) {
    case ApplicationStatus.READY:
      return application;
    case ApplicationStatus.INITIALIZED:
    case ApplicationStatus.PROCESSING:
      throw new Obstacle(`application ${id} is ${application.Status}`, true);
    case ApplicationStatus.ERROR:
      throw new Obstacle(`application ${id} is in ERROR: ${application.StatusReason}; make another one of its content`, false);
    case ApplicationStatus.DELETING:
      throw new Obstacle(`application ${id} is being deleted`, false);
    default:
      throw new Error(`an application is in the unknown status ${application.Status}`);
  }
}

/** Those of the locations that the content of an application has not come to yet. */
export function awaitedReplicas(
  { ReplicationStatuses = [] }: GetApplicationOutput, locations: readonly (string | undefined)[],
): (string | undefined)[] {
  const replicas = ReplicationStatuses.filter(({ Status }) => Status === ReplicationStatusType.COMPLETED).map(({ Location }) => Location);
  return locations.filter((location) => !replicas.includes(location));
}

/** Waits until the content of an application is at all of these locations. */
export function requireReplicas(application: GetApplicationOutput, locations: readonly (string | undefined)[]): void {
  const awaited = awaitedReplicas(application, locations);
  if (awaited.length > 0) {
    throw new Obstacle(`application ${application.Id} is not yet replicated to ${awaited.join(', ')}`, true);
  }
}

function missing(what: string, { startedAt, now }: Request<unknown>): never {
  const sentence = `there is no ${what} in this account and Region`;
  throw new Obstacle(sentence, now - startedAt < NOT_FOUND_PATIENCE_MS);
}
