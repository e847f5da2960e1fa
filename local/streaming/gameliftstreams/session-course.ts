import type { StreamSessionStatus, StreamSessionStatusReason } from '@aws-sdk/client-gameliftstreams';
import type { GameLiftStreamsAccount, StreamSessionRecord } from './account';

/** In these a session is in progress: the API's texts on ExportStreamSessionFiles and CreateStreamSessionAdminShell. */
const IN_PROGRESS: readonly StreamSessionStatus[] = ['ACTIVE', 'CONNECTED', 'PENDING_CLIENT_RECONNECTION', 'RECONNECTING'];

/** The status that a session is in until it comes to another, for so many virtual milliseconds. */
interface Before {
  readonly state: StreamSessionStatus;
  readonly ms: number;
}

/** Waits for a client until the connection timeout, or until the maximum session length if that is sooner. */
export function wait(
  account: GameLiftStreamsAccount,
  session: StreamSessionRecord,
  state: 'ACTIVE' | 'PENDING_CLIENT_RECONNECTION',
  before: Before = { state, ms: 0 },
): void {
  const timeout = timeoutOf(account, session);
  const from = account.now() + before.ms;
  const after = Math.max(0, Math.min(timeout, session.latestEnd - from));
  const reason = from + timeout >= session.latestEnd
    ? 'maxSessionLengthTimeout'
    : state === 'ACTIVE' ? 'connectionTimeout' : 'reconnectionTimeout';
  const { sessionTerminate } = account.durations;
  session.state.enter(before.state, { to: state, after: before.ms }, { to: 'TERMINATING', after }, { to: 'TERMINATED', after: sessionTerminate });
  session.end = { at: from + after + sessionTerminate, reason };
}

/** Streams to a client until the maximum session length. */
export function stream(account: GameLiftStreamsAccount, session: StreamSessionRecord, before: Before = { state: 'CONNECTED', ms: 0 }): void {
  const { sessionTerminate } = account.durations;
  const after = Math.max(0, session.latestEnd - account.now() - before.ms);
  session.state.enter(before.state, { to: 'CONNECTED', after: before.ms }, { to: 'TERMINATING', after }, { to: 'TERMINATED', after: sessionTerminate });
  session.end = { at: session.latestEnd + sessionTerminate, reason: 'maxSessionLengthTimeout' };
}

/** Ends a session that is not over. */
export function terminate(account: GameLiftStreamsAccount, session: StreamSessionRecord, reason: StreamSessionStatusReason = 'apiTerminated'): void {
  if (['TERMINATING', 'TERMINATED', 'ERROR'].includes(session.state.now)) {
    return;
  }
  session.state.enter('TERMINATING', { to: 'TERMINATED', after: account.durations.sessionTerminate });
  session.end = { at: account.now() + account.durations.sessionTerminate, reason };
  touch(account, session);
}

/** Fails a session that is being placed. */
export function fail(account: GameLiftStreamsAccount, session: StreamSessionRecord, reason: StreamSessionStatusReason, after: number): void {
  session.state.enter('ACTIVATING', { to: 'ERROR', after });
  session.end = { at: account.now() + after, reason };
}

export function isInProgress({ state }: StreamSessionRecord): boolean {
  return IN_PROGRESS.includes(state.now);
}

export function touch(account: GameLiftStreamsAccount, session: StreamSessionRecord): void {
  session.settings = { ...session.settings, LastUpdatedAt: new Date(account.now()) };
}

function timeoutOf({ readings }: GameLiftStreamsAccount, { settings }: StreamSessionRecord): number {
  const waits = settings.SignalRequest === 'NO_CLIENT_CONNECTION' && readings.connectionTimeoutWithoutClient === 'waits';
  return waits ? Infinity : settings.ConnectionTimeoutSeconds! * 1000;
}
