import { SessionState, type Session } from '@aws-sdk/client-appstream';
import { SessionEnding } from './session-ending';
import { sessionsOf, type Streaming } from './sessions';
import type { SessionDrainProperties } from '../../src/appstream/private/session-drain-contract';
import type { Controller, Request } from '../engine/controller';

/** Ends the sessions of a stack and a fleet, when it is triggered and when it is deleted. */
export const sessionDrain: Controller<SessionDrainProperties> = async (request) => {
  const begun = performance.now();
  const { wanted, before } = request;
  // The id that was answered names what a Delete is about, whatever the properties say by then.
  const id = wanted ? idOf(wanted) : request.id ?? idOf(before!);
  if (wanted && !isTriggered(wanted, before)) {
    return { kind: 'ready', id };
  }
  const sessions = (await sessionsOf(streamingOf(id))).filter((session) => isMeant(session, request));
  if (sessions.length === 0) {
    return { kind: 'ready', id };
  }
  const ending = new SessionEnding(id, sessions, request, begun);
  const { Method, WaitSeconds } = wanted ?? before!;
  switch (Method) {
    case 'EXPIRE':
      return ending.expire();
    case 'WAIT_THEN_EXPIRE':
      return ending.wait(Number(WaitSeconds)) ?? ending.expire();
    case 'DRAIN_INSTANCES':
      return ending.drainInstances();
    default:
      throw new Error(`sessions are to be ended by the unknown method ${Method}`);
  }
};

/** Names of stacks and fleets have no slash. */
function idOf({ StackName, FleetName, UserId }: SessionDrainProperties): string {
  return [StackName, FleetName, ...UserId === undefined ? [] : [UserId]].join('/');
}

function streamingOf(id: string): Streaming {
  const [stackName, fleetName, ...userId] = id.split('/');
  return { stackName, fleetName, userId: userId.length > 0 ? userId.join('/') : undefined };
}

/** What drains something else now than before is a new resource: the old one is deleted, and so drained. */
function isTriggered(wanted: SessionDrainProperties, before: SessionDrainProperties | undefined): boolean {
  return before !== undefined && idOf(wanted) === idOf(before) && wanted.Trigger !== before.Trigger;
}

/** A trigger is about the sessions of its time: users may come back, and are not thrown out again. What goes lets nobody in. */
function isMeant({ State, StartTime }: Session, { wanted, startedAt }: Request<SessionDrainProperties>): boolean {
  return wanted === undefined || State === SessionState.PENDING || StartTime === undefined || StartTime.getTime() <= startedAt;
}
