import { StreamGroupLocationStatus, type GetStreamGroupOutput } from '@aws-sdk/client-gameliftstreams';
import { awaitedReplicas, idOf, Obstacle, readyApplication, requireActive, requireReplicas, streamGroupThere } from './obstacle';
import type { Launch } from '../../src/gameliftstreams/private/launch-contract';
import type { Request } from '../engine/controller';

/** How long an application may be missing in a stream group: what is being associated is there in seconds. */
const ASSOCIATION_PATIENCE_MS = 5 * 60_000;

/** What sessions are launched in and of. */
export interface Stage {
  readonly StreamGroupArn: string;
  readonly ApplicationArn: string;
}

/** Stops at what keeps a stream group from streaming an application from all the locations of a launch; answers with the group. */
export async function requireStage(stage: Stage, { Locations }: Launch, request: Request<unknown>): Promise<GetStreamGroupOutput> {
  const groupId = idOf(stage.StreamGroupArn);
  const applicationId = idOf(stage.ApplicationArn);
  const group = await streamGroupThere(groupId, request);
  requireActive(group, request);
  requireLocations(group, Locations);
  if (!group.AssociatedApplications?.some((arn) => idOf(arn) === applicationId)) {
    throw new Obstacle(`stream group ${groupId} does not have application ${applicationId}: associate them first, with addApplication`,
      request.now - request.startedAt < ASSOCIATION_PATIENCE_MS);
  }
  const application = await readyApplication(applicationId, request);
  requireNoErrors(group, awaitedReplicas(application, Locations));
  requireReplicas(application, Locations);
  return group;
}

/** Stops at locations in ERROR: nothing comes to them until somebody acts. */
function requireNoErrors({ Id, LocationStates = [] }: GetStreamGroupOutput, awaited: readonly (string | undefined)[]): void {
  const broken = LocationStates.filter(({ Status, LocationName }) => Status === StreamGroupLocationStatus.ERROR && awaited.includes(LocationName));
  if (broken.length > 0) {
    const names = broken.map(({ LocationName }) => LocationName).join(', ');
    throw new Obstacle(`stream group ${Id} has ${names} in ERROR: remove it from the group and add it again, or stream from other locations`, false);
  }
}

function requireLocations({ Id, LocationStates = [] }: GetStreamGroupOutput, wanted: readonly string[]): void {
  const present = LocationStates.map(({ LocationName }) => LocationName);
  const missing = wanted.filter((location) => !present.includes(location));
  if (missing.length > 0) {
    throw new Obstacle(`stream group ${Id} does not have ${missing.join(', ')}, but ${present.join(', ')}: stream from those, or add the others to it`, false);
  }
}
