import { CreateStreamingSessionCommand, StartStreamingSessionCommand, StopStreamingSessionCommand, type StreamingSession } from '@aws-sdk/client-nimble';
import { nimbleAt } from './client';
import { inputOf, isMadeFrom, readSession, removeSessions, sentenceOf, sessionsOf } from './owned-sessions';
import { STREAMING_SESSION_ATTRIBUTES, type StreamingSessionProperties } from '../../src/nimblestudio/private/streaming-session-contract';
import type { Attributes, Controller, Memory, Progress, Request } from '../engine/controller';
import { tokenOf } from '../engine/token';

type SessionRequest = Request<StreamingSessionProperties>;

/** A session that was just made may not be there for every reader. */
const NOT_FOUND_PATIENCE_MS = 60_000;
/** Nimble Studio's clock against that of the state machine. Shorter than the wait between two steps, so that two requests are told apart. */
const CLOCK_SKEW_MS = 10_000;

/** Brings a streaming session to READY or STOPPED. What it is made from cannot be changed: then there is another session. */
export const streamingSession: Controller<StreamingSessionProperties> = (request) => {
  const { wanted, before } = request;
  // What CloudFormation knows, whatever is found or made from here on.
  const memory: Memory = { ...request.memory, answered: request.memory.answered ?? request.id ?? '' };
  return wanted ? hold(wanted, { ...request, memory }) : remove(before!, { ...request, memory });
};

async function hold(wanted: StreamingSessionProperties, request: SessionRequest): Promise<Progress> {
  const { owner, id, memory, now } = request;
  const input = inputOf(owner, wanted);
  const isUsable = (session: StreamingSession) => isMadeFrom(session, input) && !isSpent(session, wanted, request);
  const known = id === undefined ? undefined : await readSession(wanted, id);
  const session = known && isUsable(known) ? known : (await sessionsOf(owner, wanted)).find(isUsable);
  if (session) {
    return bring(session, wanted, request);
  }
  if (!known && memory.made === id && now - Number(memory.madeAt) < NOT_FOUND_PATIENCE_MS) {
    return { kind: 'pending', id, why: `streaming session ${id} was made and is not there yet`, memory };
  }
  // A token that was used gives the session that it made, even if that one has ended since.
  const ended = memory.made === undefined ? 0 : Number(memory.ended) + 1;
  const command = new CreateStreamingSessionCommand({ ...input, clientToken: tokenOf(owner, input, ended) });
  const { sessionId } = (await nimbleAt(wanted.EndpointUrl).send(command)).session!;
  return { kind: 'pending', id: sessionId, why: `streaming session ${sessionId} is made`, memory: { ...memory, made: sessionId!, madeAt: now, ended } };
}

/** Whether a session can never be used again, and that not by what this request has asked of it. Nimble Studio takes nothing but its deletion then. */
function isSpent({ state, createdAt, startedAt, stoppedAt }: StreamingSession, wanted: StreamingSessionProperties, request: SessionRequest): boolean {
  const isOfRequest = (time: Date | undefined) => time !== undefined && time.getTime() >= request.startedAt - CLOCK_SKEW_MS;
  switch (state) {
    case 'CREATE_FAILED':
      return !isOfRequest(createdAt);
    case 'START_FAILED':
      // It does not run, and so is as good as stopped.
      return wanted.DesiredState === 'READY' && !isOfRequest(startedAt);
    case 'STOP_FAILED':
      return !isOfRequest(stoppedAt);
    case 'DELETE_IN_PROGRESS':
    case 'DELETE_FAILED':
      return true;
    default:
      return false;
  }
}

/** Takes the next step from a session's state to the wanted one. */
async function bring(session: StreamingSession, wanted: StreamingSessionProperties, request: SessionRequest): Promise<Progress> {
  const { memory } = request;
  const id = session.sessionId!;
  const why = sentenceOf(session);
  switch (session.state) {
    case 'CREATE_IN_PROGRESS':
    case 'START_IN_PROGRESS':
    case 'STOP_IN_PROGRESS':
      return { kind: 'pending', id, why, memory };
    case 'READY':
      return wanted.DesiredState === 'READY' ? settle(session, request) : turn('stop', id, wanted, request);
    case 'STOPPED':
      return wanted.DesiredState === 'STOPPED' ? settle(session, request) : turn('start', id, wanted, request);
    case 'START_FAILED':
      if (wanted.DesiredState === 'STOPPED') {
        return settle(session, request);
      }
      return failed(id, why);
    case 'CREATE_FAILED':
    case 'STOP_FAILED':
      return failed(id, why);
    default:
      throw new Error(`a streaming session is in the unknown state ${session.state}`);
  }
}

async function turn(
  what: 'start' | 'stop', sessionId: string, { StudioId, EndpointUrl, VolumeRetentionMode }: StreamingSessionProperties, { owner, memory, startedAt }: SessionRequest,
): Promise<Progress> {
  // The same in each step of a request and in no other one: a token that was used has no second effect.
  const input = { studioId: StudioId, sessionId, clientToken: tokenOf(owner, { [what]: sessionId, request: startedAt }) };
  const nimble = nimbleAt(EndpointUrl);
  await (what === 'start'
    ? nimble.send(new StartStreamingSessionCommand(input))
    : nimble.send(new StopStreamingSessionCommand({ ...input, volumeRetentionMode: VolumeRetentionMode })));
  return { kind: 'pending', id: sessionId, why: `streaming session ${sessionId} was told to ${what}`, memory };
}

/** The session is where it is wanted. What else an update has made that was taken back is not left behind: nobody was told its id. */
async function settle(session: StreamingSession, request: SessionRequest): Promise<Progress> {
  const { owner, wanted, before, memory } = request;
  const id = session.sessionId!;
  // In another studio the policy of this template allows no look.
  if (before && before.StudioId === wanted!.StudioId && !isMadeFrom(session, inputOf(owner, before))) {
    const others = (await sessionsOf(owner, before)).filter((other) =>
      isMadeFrom(other, inputOf(owner, before)) && other.sessionId !== id && other.sessionId !== memory.answered);
    const removal = await removeSessions(others, before, request);
    if (removal.kind !== 'gone') {
      return removal.kind === 'stuck' ? failed(id, removal.why) : { kind: 'pending', id, why: removal.why, memory: { ...memory, failures: removal.failures } };
    }
  }
  return { kind: 'ready', id, attributes: attributesOf(session) };
}

/** Deletes the session of an answered id; without one, all that the resource has. */
async function remove(last: StreamingSessionProperties, request: SessionRequest): Promise<Progress> {
  const { owner, memory } = request;
  const answered = String(memory.answered);
  const known = answered === '' ? undefined : await readSession(last, answered);
  const sessions = answered === '' ? await sessionsOf(owner, last) : known ? [known] : [];
  const removal = await removeSessions(sessions, last, request);
  switch (removal.kind) {
    case 'gone':
      return { kind: 'ready', id: answered || owner.logicalId };
    case 'going':
      return { kind: 'pending', why: removal.why, memory: { ...memory, failures: removal.failures } };
    case 'stuck':
      return { kind: 'failed', reason: removal.why };
  }
}

function failed(id: string, sentence: string): Progress {
  return { kind: 'failed', id, reason: `${sentence}: mend what it names, then deploy again` };
}

function attributesOf({ sessionId, arn, ownedBy, ec2InstanceType, stopAt, terminateAt }: StreamingSession): Attributes {
  const { id, arn: arnName, ownedBy: owner, instanceType, stopAt: stop, terminateAt: end } = STREAMING_SESSION_ATTRIBUTES;
  return {
    [id]: sessionId ?? '',
    [arnName]: arn ?? '',
    [owner]: ownedBy ?? '',
    [instanceType]: ec2InstanceType ?? '',
    [stop]: stopAt?.toISOString() ?? '',
    [end]: terminateAt?.toISOString() ?? '',
  };
}
