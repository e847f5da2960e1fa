import type {
  StreamConfiguration, StreamingSession, StreamingSessionBackup, StreamingSessionState, StreamingSessionStream, StreamingSessionStreamState,
} from '@aws-sdk/client-nimble';
import type { InStudio, NimbleContext } from './context';
import type { Failure } from './script';
import type { Passage, TimedState } from '../timed-state';

export interface SessionRecord {
  settings: StreamingSession & InStudio & { readonly sessionId: string; readonly arn: string };
  readonly stream: StreamConfiguration;
  readonly state: TimedState<StreamingSessionState>;
  /** What READY is called: after its creation or after a start. */
  ready: string;
  failure?: Failure;
  /** When it stops and ends by itself, and when it began to stop; in milliseconds. */
  course: { readonly stopAt?: number; readonly terminateAt?: number; readonly stoppedAt?: number };
}

export interface StreamRecord {
  readonly settings: StreamingSessionStream & { readonly streamId: string };
  readonly sessionId: string;
  readonly state: TimedState<StreamingSessionStreamState>;
}

export type BackupRecord = StreamingSessionBackup & InStudio & { readonly backupId: string; readonly sessionId: string };

const MINUTE = 60_000;

/**
 * Whether sessions can be stopped. Verified: not with a maximum stopped length of zero; and with automatic termination
 * deactivated "the streaming session can remain in the STOPPED state indefinitely". How the two go together is inferred.
 */
export function canStop(stream: StreamConfiguration): boolean {
  return stream.sessionPersistenceMode === 'ACTIVATED'
    && (stream.automaticTerminationMode !== 'ACTIVATED' || (stream.maxStoppedSessionLengthInMinutes ?? 0) > 0);
}

/** A session gets ready, and after its maximum length stops or ends by itself. */
export function getReady(account: NimbleContext, session: SessionRecord, during: StreamingSessionState, after: number): void {
  const length = session.stream.maxSessionLengthInMinutes! * MINUTE;
  const end = account.now().getTime() + after + length;
  const ready: Passage<StreamingSessionState> = { to: 'READY', after };
  if (canStop(session.stream)) {
    const { sessionStop } = account.durations;
    const stopped: Passage<StreamingSessionState>[] = [{ to: 'STOP_IN_PROGRESS', after: length }, { to: 'STOPPED', after: sessionStop }];
    session.state.enter(during, ready, ...stopped, ...termination(account, session));
    session.course = { stopAt: end, stoppedAt: end, terminateAt: terminateAt(session, end + sessionStop) };
  } else {
    session.state.enter(during, ready, { to: 'DELETE_IN_PROGRESS', after: length }, { to: 'DELETED', after: account.durations.sessionDelete });
    session.course = { terminateAt: end };
  }
}

/** A session stops, and may end by itself some time later. */
export function stop(account: NimbleContext, session: SessionRecord, after: number): void {
  const now = account.now().getTime();
  session.state.enter('STOP_IN_PROGRESS', { to: 'STOPPED', after }, ...termination(account, session));
  session.course = { stoppedAt: now, terminateAt: terminateAt(session, now + after) };
}

export function describeSession(account: NimbleContext, session: SessionRecord): StreamingSession {
  const { studioId, ...settings } = session.settings;
  const state = session.state.now;
  const { stopAt, stoppedAt, terminateAt: end } = session.course;
  const failed = state.endsWith('_FAILED');
  const stopped = state === 'STOPPED' || state === 'STOP_IN_PROGRESS';
  const code = state === 'READY' ? session.ready : `STREAMING_SESSION_${state}`;
  return {
    ...settings,
    state,
    ...failed ? session.failure : { statusCode: code, statusMessage: `The streaming session is in state ${state}.` },
    // When it would end after it has stopped is known once it stops (inferred).
    stopAt: stopAt !== undefined && !stopped && !failed ? new Date(stopAt) : undefined,
    stoppedAt: stoppedAt !== undefined && stoppedAt <= account.now().getTime() ? new Date(stoppedAt) : settings.stoppedAt,
    terminateAt: end !== undefined && !failed && (stopAt === undefined || stopped) ? new Date(end) : undefined,
    ...account.tagsOf(settings.arn),
  } as StreamingSession;
}

function termination(account: NimbleContext, { stream }: SessionRecord): Passage<StreamingSessionState>[] {
  if (stream.automaticTerminationMode !== 'ACTIVATED') {
    return [];
  }
  return [
    { to: 'DELETE_IN_PROGRESS', after: stream.maxStoppedSessionLengthInMinutes! * MINUTE },
    { to: 'DELETED', after: account.durations.sessionDelete },
  ];
}

function terminateAt({ stream }: SessionRecord, stopped: number): number | undefined {
  return stream.automaticTerminationMode === 'ACTIVATED' ? stopped + stream.maxStoppedSessionLengthInMinutes! * MINUTE : undefined;
}
