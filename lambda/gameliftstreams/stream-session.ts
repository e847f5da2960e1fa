import {
  Protocol, StartStreamSessionCommand, StreamSessionStatus, type GetStreamSessionOutput, type StreamSessionStatusReason,
} from '@aws-sdk/client-gameliftstreams';
import { gameliftstreams } from './client';
import { requireStage } from './launch';
import { callOf, idOf, progressOf } from './obstacle';
import { end, ownSessions, readSession, type Session } from './owned-sessions';
import type { Launch } from '../../src/gameliftstreams/private/launch-contract';
import { STREAM_SESSION_ATTRIBUTES, type StreamSessionProperties } from '../../src/gameliftstreams/private/stream-session-contract';
import type { Attributes, Controller, Progress, Request } from '../engine/controller';
import { hasMark, withMark } from '../engine/owner-mark';
import { tokenOf } from '../engine/token';

/** Starts a session that waits for its client. */
const NO_CLIENT = 'NO_CLIENT_CONNECTION';
/** The id on a Delete where there is no session. */
const NO_SESSION_ID = 'no-session';
/** On idle capacity a session is there in seconds. */
const WAIT_SECONDS = 10;
/** A read may be this much older than the call before it. */
const STALE_READ_MS = 60_000;

/** Why a session is over, and what to do. */
const REASONS: Readonly<Record<StreamSessionStatusReason, string>> = {
  apiTerminated: 'somebody ended it',
  applicationExit: 'the application ended: look into its logs',
  applicationLogS3DestinationError: 'the logs of the application could not be written: look at their bucket and its policy',
  assumeRoleFailed: 'its role could not be assumed: let the role trust gameliftstreams.amazonaws.com',
  connectionTimeout: 'no client came in time: give it a longer connectionTimeout',
  idleTimeout: 'its client did nothing',
  internalError: 'the service failed: deploy again',
  invalidSignalRequest: 'the service did not take that it has no client yet',
  maxSessionLengthTimeout: 'its time was over: give it a longer sessionLength',
  placementTimeout: 'no machine was free in time: raise the capacity of the stream group at its locations, or deploy again later',
  reconnectionTimeout: 'its client did not come back in time',
};

type SessionRequest = Request<StreamSessionProperties>;

/** Starts a session and ends it. */
export const streamSession: Controller<StreamSessionProperties> = (request) => {
  const { id, before, wanted } = request;
  if (!wanted) {
    return remove(request);
  }
  // An update that fails is answered with the id that there was: whether CloudFormation takes another one is not known.
  return progressOf(before ? undefined : id, () => bring(sessionOf(wanted), request));
};

/** What makes a session the one that it is. A time-out of the request does not. */
function sessionOf({ StreamGroupArn, ApplicationArn, Launch: launch, ...rest }: StreamSessionProperties): StreamSessionProperties {
  const { ConnectionTimeoutSeconds, PerformanceStats, UserId, Revision } = rest;
  return { StreamGroupArn, ApplicationArn, Launch: launch, ConnectionTimeoutSeconds, PerformanceStats, UserId, Revision };
}

async function bring(wanted: StreamSessionProperties, request: SessionRequest): Promise<Progress> {
  const { owner, before, memory } = request;
  if (memory.started !== undefined) {
    return follow(String(memory.started), wanted, request);
  }
  // A rollback comes back to a session that may still be there.
  const present = before && (await ownSessions(owner, wanted)).find(({ Description }) => hasMark(Description, owner, wanted));
  return present ? report(present, wanted, request) : start(wanted, request);
}

async function start(wanted: StreamSessionProperties, request: SessionRequest): Promise<Progress> {
  const { owner, before, memory, now } = request;
  const launch: Launch = JSON.parse(wanted.Launch);
  const group = await requireStage(wanted, launch, request);
  const { Arn } = await callOf(group, () => gameliftstreams.send(new StartStreamSessionCommand({
    ...launch,
    ClientToken: tokenOf(owner, wanted, Number(memory.ended ?? 0)),
    Description: withMark(launch.Description, owner, wanted),
    Identifier: idOf(wanted.StreamGroupArn),
    ApplicationIdentifier: idOf(wanted.ApplicationArn),
    Protocol: Protocol.WEBRTC,
    SignalRequest: NO_CLIENT,
    UserId: wanted.UserId,
    ConnectionTimeoutSeconds: Number(wanted.ConnectionTimeoutSeconds),
    PerformanceStatsConfiguration: { SharedWithClient: wanted.PerformanceStats === 'true' },
  })));
  const why = `stream session ${Arn} was started`;
  return { kind: 'pending', id: before ? undefined : Arn, why, memory: { ...memory, started: Arn!, startedAt: now }, waitSeconds: WAIT_SECONDS };
}

/** Looks after the session that the token has made, or found. */
async function follow(arn: string, wanted: StreamSessionProperties, request: SessionRequest): Promise<Progress> {
  const { memory, now, startedAt } = request;
  const session = await readSession(arn);
  if (!session && now - Number(memory.startedAt) < STALE_READ_MS) {
    return { kind: 'pending', why: `stream session ${arn} was started and is not there`, waitSeconds: WAIT_SECONDS };
  }
  if (!session || (isEnding(session) && session.CreatedAt!.getTime() < startedAt)) {
    // It ended before this request: the service knows a token for longer than what the token made. With the next one it makes another.
    return { kind: 'pending', why: `stream session ${arn} had ended`, memory: { ended: Number(memory.ended ?? 0) + 1 }, waitSeconds: 1 };
  }
  return report({ ...session, Arn: arn }, wanted, request);
}

async function report(session: Session, wanted: StreamSessionProperties, request: SessionRequest): Promise<Progress> {
  const { Arn, Status } = session;
  // What is TERMINATING tells its reason when it is over.
  if (Status === StreamSessionStatus.ACTIVATING || Status === StreamSessionStatus.TERMINATING) {
    return { kind: 'pending', why: `stream session ${Arn} is ${Status}`, waitSeconds: WAIT_SECONDS };
  }
  if (isEnding(session)) {
    return { kind: 'failed', reason: `stream session ${Arn} is ${Status}: ${sentenceOf(session)}` };
  }
  const why = await leftBehind(wanted, request, Arn);
  return why === undefined ? { kind: 'ready', id: Arn, attributes: attributesOf(session) } : { kind: 'pending', why, waitSeconds: WAIT_SECONDS };
}

/**
 * An update that failed may have started a session. CloudFormation, which goes back by another update, knows nothing of that.
 * What it does know, and deletes when all has gone well, is the session of the id.
 */
async function leftBehind(wanted: StreamSessionProperties, { owner, before, id }: SessionRequest, live: string): Promise<string | undefined> {
  const own = before ? await ownSessions(owner, before) : [];
  const [left] = own.filter(({ Arn, Description }) => Arn !== id && Arn !== live && !hasMark(Description, owner, wanted));
  return left && await end(left.Arn);
}

async function remove({ id, owner, before }: SessionRequest): Promise<Progress> {
  // Without an id, whatever of ours is there: its Create was never answered.
  const arns = id === undefined ? (await ownSessions(owner, before!)).map(({ Arn }) => Arn) : [id];
  for (const arn of arns) {
    const why = await end(arn);
    if (why !== undefined) {
      return { kind: 'pending', why, waitSeconds: WAIT_SECONDS };
    }
  }
  return { kind: 'ready', id: id ?? NO_SESSION_ID };
}

function isEnding({ Status }: GetStreamSessionOutput): boolean {
  return Status === StreamSessionStatus.TERMINATING || Status === StreamSessionStatus.TERMINATED || Status === StreamSessionStatus.ERROR;
}

function sentenceOf({ StatusReason }: Session): string {
  return StatusReason === undefined ? 'the service does not say why' : `${StatusReason}, ${REASONS[StatusReason] ?? 'of which this release knows nothing'}`;
}

function attributesOf({ Arn, Status, Location, CreatedAt, SessionLengthSeconds }: Session): Attributes {
  const { arn, status, location, expires } = STREAM_SESSION_ATTRIBUTES;
  return {
    [arn]: Arn,
    [status]: Status!,
    [location]: Location!,
    [expires]: new Date(CreatedAt!.getTime() + SessionLengthSeconds! * 1000).toISOString(),
  };
}
