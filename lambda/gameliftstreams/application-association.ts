import {
  AssociateApplicationsCommand, DisassociateApplicationsCommand, StreamGroupLocationStatus, StreamGroupStatus, type GetStreamGroupOutput,
} from '@aws-sdk/client-gameliftstreams';
import { gameliftstreams } from './client';
import {
  ageInDays, callOf, idOf, Obstacle, progressOf, readStreamGroup, readyApplication, requireActive, requireReplicas, streamGroupThere,
} from './obstacle';
import type { ApplicationAssociationProperties } from '../../src/gameliftstreams/private/stream-group-application-association-contract';
import type { Controller, Progress, Request } from '../engine/controller';

/** After this many days a stream group takes no more applications. */
const LAST_DAY_OF_ASSOCIATION = 180;
/** The id of an association that was refused, and of which a Delete must find nothing: the group made it for itself. */
const REFUSED_ID = 'not-associated';
/** After a call that takes effect at once. */
const SHORT_WAIT_SECONDS = 2;

interface Pair {
  readonly group: string;
  readonly application: string;
}

type AssociationRequest = Request<ApplicationAssociationProperties>;

/** Associates an application with a stream group. */
export const applicationAssociation: Controller<ApplicationAssociationProperties> = async (request) => {
  const { wanted, before } = request;
  if (!wanted) {
    const pair = request.id === undefined ? pairOf(before!) : pairOfId(request.id);
    const id = request.id ?? idOfPair(pair!);
    return progressOf(id, async () => pair && await withdraw(pair) || { kind: 'ready', id });
  }
  // An update that fails is answered with the id that there was: whether CloudFormation takes another one is not known.
  return progressOf(before ? undefined : idOfPair(pairOf(wanted)), async () => await leftBehind(request) ?? associate(pairOf(wanted), request));
};

/**
 * An update that failed may have associated what it wanted. CloudFormation, which goes back by another update, knows nothing
 * of that: it still has the id of what is wanted now.
 */
async function leftBehind({ id, wanted, before }: AssociationRequest): Promise<Progress | undefined> {
  const goesBack = before && id === idOfPair(pairOf(wanted!)) && id !== idOfPair(pairOf(before));
  return goesBack ? withdraw(pairOf(before)) : undefined;
}

async function associate(pair: Pair, request: AssociationRequest): Promise<Progress> {
  const group = await streamGroupThere(pair.group, request);
  const isAssociated = group.AssociatedApplications?.some((arn) => idOf(arn) === pair.application);
  if (group.DefaultApplication?.Id === pair.application && !request.before && !request.memory.becomesDefault) {
    // Not in an update: a group without a default takes the first application that comes for it, and that may have been ours.
    const reason = `application ${pair.application} is the default of stream group ${pair.group}, which has it without an association: remove the association`;
    return { kind: 'failed', id: REFUSED_ID, reason };
  }
  if (isAssociated && request.before && isOver(group)) {
    // A rollback comes back to what there was.
    return { kind: 'ready', id: idOfPair(pair) };
  }
  requireActive(group, request);
  const application = await readyApplication(pair.application, request);
  if (!isAssociated) {
    return begin(pair, group, request);
  }
  requireReplicas(application, streamingLocations(group));
  return { kind: 'ready', id: idOfPair(pair) };
}

async function begin(pair: Pair, group: GetStreamGroupOutput, { memory, now }: AssociationRequest): Promise<Progress> {
  const age = ageInDays(group, now);
  if (age > LAST_DAY_OF_ASSOCIATION) {
    throw new Obstacle(
      `stream group ${pair.group} is ${Math.floor(age)} days old, and after 180 days it takes no more applications: replace it, with a new \`generation\``, false);
  }
  const why = `application ${pair.application} is being associated with stream group ${pair.group}`;
  if (!group.DefaultApplication && !memory.becomesDefault) {
    // Remembered before the call: if its answer is lost, the default is still known to be ours.
    return { kind: 'pending', why, memory: { becomesDefault: 1 }, waitSeconds: SHORT_WAIT_SECONDS };
  }
  await callOf(group, () => gameliftstreams.send(new AssociateApplicationsCommand({
    Identifier: pair.group, ApplicationIdentifiers: [pair.application],
  })));
  return { kind: 'pending', why, waitSeconds: SHORT_WAIT_SECONDS };
}

/** Takes an association away; undefined when there is none. */
async function withdraw({ group: groupId, application }: Pair): Promise<Progress | undefined> {
  const group = await readStreamGroup(groupId);
  const isAssociated = group?.AssociatedApplications?.some((arn) => idOf(arn) === application);
  if (!group || !isAssociated || isOver(group)) {
    // A group that is over lets nothing go, and is there only to be deleted.
    return undefined;
  }
  if (group.Status !== StreamGroupStatus.ACTIVE && group.Status !== StreamGroupStatus.ACTIVE_WITH_ERRORS) {
    throw new Obstacle(`stream group ${groupId} is ${group.Status}`, true);
  }
  await callOf(group, () => gameliftstreams.send(new DisassociateApplicationsCommand({
    Identifier: groupId, ApplicationIdentifiers: [application],
  })));
  return { kind: 'pending', why: `application ${application} was disassociated from stream group ${groupId}`, waitSeconds: SHORT_WAIT_SECONDS };
}

/** Where sessions can be, now or soon. */
function streamingLocations({ LocationStates = [] }: GetStreamGroupOutput): (string | undefined)[] {
  const { ACTIVATING, ACTIVE } = StreamGroupLocationStatus;
  return LocationStates.filter(({ Status }) => Status === ACTIVATING || Status === ACTIVE).map(({ LocationName }) => LocationName);
}

function isOver({ Status }: GetStreamGroupOutput): boolean {
  return Status === StreamGroupStatus.EXPIRED || Status === StreamGroupStatus.ERROR || Status === StreamGroupStatus.DELETING;
}

function pairOf({ StreamGroupArn, ApplicationArn }: ApplicationAssociationProperties): Pair {
  return { group: idOf(StreamGroupArn), application: idOf(ApplicationArn) };
}

function idOfPair({ group, application }: Pair): string {
  return `${group}/${application}`;
}

function pairOfId(id: string): Pair | undefined {
  const [, group, application] = /^([^/]+)\/([^/]+)$/.exec(id) ?? [];
  return group === undefined ? undefined : { group, application };
}
