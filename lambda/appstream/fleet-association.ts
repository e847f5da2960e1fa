import { AssociateFleetCommand, DisassociateFleetCommand, type Fleet, ListTagsForResourceCommand } from '@aws-sdk/client-appstream';
import { fleetOf } from './associations';
import { appstream } from './client';
import { fleetNamed } from './fleets';
import type { Unfinished } from './running-state';
import { SessionEnding } from './session-ending';
import { sessionsOf } from './sessions';
import type { FleetAssociationProperties } from '../../src/appstream/private/fleet-association-contract';
import { STACK_TAG } from '../../src/private/lifecycle-contract';
import type { Controller, Owner, Progress, Request } from '../engine/controller';
import { isError } from '../engine/errors';
import { leftBehind } from '../engine/left-behind';

type AssociationRequest = Request<FleetAssociationProperties>;

/** After a step that has only remembered something. */
const SHORT_WAIT_SECONDS = 2;
/** How AppStream may refuse to take a fleet from a stack through which users stream. */
const IN_USE = ['ResourceInUseException', 'OperationNotPermittedException'];

/**
 * Gives a stack its fleet, in the place of the one before: a stack takes one at a time, and CloudFormation lets go of the old one only when
 * the new one is there.
 *
 * Its id names the stack and the fleet, so that CloudFormation deletes that of before after success, and the one that came to nothing after
 * a rollback. By then the stack has its fleet, and the deletion only sees to the sessions that are left on the other.
 */
export const fleetAssociation: Controller<FleetAssociationProperties> = async (request) => {
  const begun = performance.now();
  return request.wanted ? bring(request.wanted, request, begun) : release(request, begun);
};

/**
 * What a new resource has displaced is in the id for ever: a rollback of any later update has to come to the same id again, since
 * CloudFormation deletes what has another.
 */
function idOf({ StackName, FleetName }: FleetAssociationProperties, displaced: string | undefined): string {
  // Names of stacks and fleets have no slash.
  return [StackName, FleetName, ...displaced === undefined ? [] : [displaced]].join('/');
}

function displacedIn(id: string | undefined): string | undefined {
  return id?.split('/')[2];
}

/** Another fleet of the same name is not that which was displaced. Names have no "@". */
function markOf({ Name, CreatedTime }: Fleet): string {
  return `${Name}@${CreatedTime?.getTime()}`;
}

async function bring(wanted: FleetAssociationProperties, request: AssociationRequest, begun: number): Promise<Progress> {
  const { StackName, FleetName } = wanted;
  const { id: held } = request;
  const id = idOf(wanted, displacedIn(held));
  const present = await fleetOf(StackName);
  if (present === FleetName) {
    return { kind: 'ready', id };
  }
  if (present !== undefined) {
    if (present !== predecessorOf(wanted, request)) {
      return claim(present, wanted, request);
    }
    const unfinished = await dissociate({ ...wanted, FleetName: present }, request, begun);
    if (unfinished) {
      // The new id is answered when the stack has the new fleet, and not before.
      return { ...unfinished, id: held };
    }
  }
  await associate(StackName, FleetName);
  return { kind: 'ready', id };
}

/** The fleet that may be taken from the stack for the one that is wanted. */
function predecessorOf({ StackName }: FleetAssociationProperties, { before, id }: AssociationRequest): string | undefined {
  if (before) {
    return before.StackName === StackName ? before.FleetName : undefined;
  }
  return displacedIn(id)?.split('@')[0];
}

/** A new resource may take the place of CloudFormation's own association in the same stack; nobody else's. */
async function claim(present: string, wanted: FleetAssociationProperties, request: AssociationRequest): Promise<Progress> {
  const { before, id: held, owner } = request;
  const found = `stack ${wanted.StackName} has fleet ${present}`;
  if (!before && displacedIn(held) === undefined) {
    const fleet = await fleetNamed(present);
    if (fleet && await isOwn(fleet, owner)) {
      // Remembered before it is done: however this ends, whoever undoes it knows.
      return { kind: 'pending', why: found, id: idOf(wanted, markOf(fleet)), waitSeconds: SHORT_WAIT_SECONDS };
    }
  }
  // An update that came to nothing is undone, and has taken nothing.
  if (leftBehind(request, (properties) => idOf(properties, displacedIn(held)))) {
    return { kind: 'ready', id: held! };
  }
  return { kind: 'failed', id: held, reason: `${found}, which this CloudFormation stack has not given it: dissociate it, then deploy again` };
}

/** Whether the fleet is of the same CloudFormation stack. */
async function isOwn({ Arn }: Fleet, { stackId }: Owner): Promise<boolean> {
  const { Tags = {} } = await appstream.send(new ListTagsForResourceCommand({ ResourceArn: Arn }));
  return Tags[STACK_TAG] === stackId.split('/')[1];
}

async function release(request: AssociationRequest, begun: number): Promise<Progress> {
  const { before } = request;
  const id = request.id ?? idOf(before!, undefined);
  const [StackName, FleetName, displaced] = id.split('/');
  const pair = { ...before!, StackName, FleetName };
  const present = await fleetOf(StackName);
  if (present === FleetName) {
    const unfinished = await dissociate(pair, request, begun);
    if (unfinished) {
      return { ...unfinished, id };
    }
  }
  if (displaced !== undefined && (present === FleetName || present === undefined)) {
    await putBack(StackName, displaced);
  }
  // AppStream may let users stream on: they have their time too, before somebody stops the fleet under them.
  const ending = await sessionEnding(pair, request, begun);
  return ending === undefined ? { kind: 'ready', id } : { ...ending.wait(secondsToLeave(pair)) ?? await ending.expire(), id };
}

/** A displaced fleet that is still there is that of a rollback: after success CloudFormation has deleted it, long before it comes to this. */
async function putBack(stackName: string, displaced: string): Promise<void> {
  const [name] = displaced.split('@');
  const fleet = await fleetNamed(name);
  if (fleet && markOf(fleet) === displaced) {
    await associate(stackName, name);
  }
}

async function associate(StackName: string, FleetName: string): Promise<void> {
  await appstream.send(new AssociateFleetCommand({ StackName, FleetName }));
}

/** Takes a fleet from its stack, after its users if AppStream insists. Undefined when that is done. */
async function dissociate(pair: FleetAssociationProperties, request: AssociationRequest, begun: number): Promise<Unfinished | undefined> {
  const refusal = await refusalOf(pair);
  if (refusal === undefined) {
    return undefined;
  }
  const ending = await sessionEnding(pair, request, begun);
  if (ending === undefined) {
    // Nobody is there, so it is for another reason. The engine knows how long that may last.
    throw refusal;
  }
  const waiting = ending.wait(secondsToLeave(pair));
  if (waiting) {
    return waiting;
  }
  const unfinished = await ending.expire();
  // At once, so that whoever was there and comes back finds the other fleet.
  return unfinished.kind === 'pending' && await refusalOf(pair) === undefined ? undefined : unfinished;
}

/** Asks AppStream to take a fleet from its stack; answers with its refusal where that may be for the sessions that are there. */
async function refusalOf({ StackName, FleetName }: FleetAssociationProperties): Promise<unknown> {
  try {
    await appstream.send(new DisassociateFleetCommand({ StackName, FleetName }));
    return undefined;
  } catch (error) {
    if (IN_USE.some((name) => isError(error, name))) {
      return error;
    }
    throw error;
  }
}

/** Undefined when there are no sessions left. */
async function sessionEnding(
  { StackName, FleetName }: FleetAssociationProperties, request: AssociationRequest, begun: number,
): Promise<SessionEnding | undefined> {
  const sessions = await sessionsOf({ stackName: StackName, fleetName: FleetName });
  return sessions.length === 0 ? undefined : new SessionEnding(idOf(request.wanted ?? request.before!, undefined), sessions, request, begun);
}

function secondsToLeave({ WaitSeconds = '0' }: FleetAssociationProperties): number {
  return Number(WaitSeconds);
}
