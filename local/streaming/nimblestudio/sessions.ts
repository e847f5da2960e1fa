import type {
  CreateStreamingSessionRequest, DeleteStreamingSessionRequest,
  GetStreamingSessionRequest, ListStreamingSessionsRequest, ListStreamingSessionsResponse,
  StartStreamingSessionRequest, StopStreamingSessionRequest, StreamingSession, StreamingSessionState,
} from '@aws-sdk/client-nimble';
import type { NimbleAccount } from './account';
import { backUp } from './backups';
import { checkEulas } from './eulas';
import { findLiving } from './resource';
import { SessionRecord, canStop, describeSession, getReady, stop } from './session-record';
import { readyStudio } from './studios';

/** Who calls, as the service shows it: an id of IAM Identity Center, which the loopback does not have. */
const OPERATOR = 'operator';

/**
 * Streaming sessions: CREATE_IN_PROGRESS → READY → STOP_IN_PROGRESS → STOPPED → START_IN_PROGRESS → READY, and from any resting
 * state DELETE_IN_PROGRESS → DELETED. Verified: the API's texts on the operations.
 */
export function sessionOperations(account: NimbleAccount) {
  return {
    CreateStreamingSession(input: CreateStreamingSessionRequest): { session: StreamingSession } {
      const { studioId, launchProfileId, tags } = input;
      readyStudio(account, studioId!);
      const profile = findLiving(account, account.profiles, 'launch profile', launchProfileId!, studioId!);
      profile.checkReady();
      const stream = profile.settings.streamConfiguration!;
      const ec2InstanceType = choose(account, 'ec2InstanceType', input.ec2InstanceType, stream.ec2InstanceTypes!);
      const streamingImageId = choose(account, 'streamingImageId', input.streamingImageId, stream.streamingImageIds!);
      checkEulas(account, studioId!, findLiving(account, account.images, 'streaming image', streamingImageId, studioId!).settings);
      if ([...account.sessions.values()].filter(({ state }) => state.now !== 'DELETED').length >= account.quotas.sessions) {
        account.refuse('ServiceQuotaExceededException', `The account has at most ${account.quotas.sessions} streaming sessions.`);
      }
      const sessionId = account.newId('session');
      const now = account.now();
      const session: SessionRecord = {
        settings: {
          studioId: studioId!,
          sessionId,
          arn: account.arn('streaming-session', sessionId),
          launchProfileId,
          ec2InstanceType,
          streamingImageId,
          ownedBy: input.ownedBy ?? OPERATOR,
          createdBy: OPERATOR,
          updatedBy: OPERATOR,
          createdAt: now,
          updatedAt: now,
          sessionPersistenceMode: stream.sessionPersistenceMode,
          automaticTerminationMode: stream.automaticTerminationMode,
          volumeConfiguration: stream.volumeConfiguration,
          backupMode: stream.sessionBackup?.mode,
          maxBackupsToRetain: stream.sessionBackup?.maxBackupsToRetain,
        },
        stream,
        state: account.timed<StreamingSessionState>('CREATE_IN_PROGRESS'),
        ready: 'STREAMING_SESSION_READY',
        course: {},
      };
      const after = account.script.takeTime('CreateStreamingSession') ?? account.durations.sessionCreate;
      if (!fails(account, session, 'CreateStreamingSession', 'CREATE_IN_PROGRESS', 'CREATE_FAILED', after)) {
        getReady(account, session, 'CREATE_IN_PROGRESS', after);
      }
      account.sessions.set(sessionId, session);
      account.setTags(session.settings.arn, tags);
      return { session: describeSession(account, session) };
    },

    GetStreamingSession({ studioId, sessionId }: GetStreamingSessionRequest): { session: StreamingSession } {
      const session = findSession(account, studioId!, sessionId!);
      if (session.state.now === 'DELETED' && account.readings.deleted === 'not-found') {
        account.notFound('streaming session', sessionId!);
      }
      return { session: describeSession(account, session) };
    },

    ListStreamingSessions({ studioId, createdBy, ownedBy, sessionIds, nextToken }: ListStreamingSessionsRequest): ListStreamingSessionsResponse {
      findLiving(account, account.studios, 'studio', studioId!);
      // Inferred: that the ids are separated by commas, and that deleted sessions are left out.
      const sessions = [...account.sessions.values()].filter(({ settings, state }) => settings.studioId === studioId && state.now !== 'DELETED'
        && (createdBy === undefined || settings.createdBy === createdBy)
        && (ownedBy === undefined || settings.ownedBy === ownedBy)
        && (sessionIds?.split(',').includes(settings.sessionId) ?? true));
      const { items, ...rest } = account.page(sessions, nextToken);
      return { sessions: items.map((session) => describeSession(account, session)), ...rest };
    },

    StartStreamingSession({ studioId, sessionId, backupId }: StartStreamingSessionRequest): { session: StreamingSession } {
      const session = findIn(account, studioId!, sessionId!, ['STOPPED']);
      if (backupId !== undefined && account.backups.get(backupId)?.sessionId !== sessionId) {
        account.notFound('streaming session backup', backupId);
      }
      change(account, session, { startedAt: account.now(), startedBy: OPERATOR, startedFromBackupId: backupId });
      session.ready = 'STREAMING_SESSION_STARTED';
      const after = account.script.takeTime('StartStreamingSession') ?? account.durations.sessionStart;
      if (!fails(account, session, 'StartStreamingSession', 'START_IN_PROGRESS', 'START_FAILED', after)) {
        getReady(account, session, 'START_IN_PROGRESS', after);
      }
      return { session: describeSession(account, session) };
    },

    StopStreamingSession({ studioId, sessionId, volumeRetentionMode }: StopStreamingSessionRequest): { session: StreamingSession } {
      const session = findIn(account, studioId!, sessionId!, ['READY']);
      const stoppable = canStop(session.stream);
      const unstoppable = 'The launch profile does not let its sessions be stopped.';
      if (!stoppable && account.readings.stopOfUnstoppable === 'ValidationException') {
        account.refuse('ValidationException', unstoppable);
      }
      // Inferred: that volumes are retained unless asked otherwise.
      change(account, session, { stoppedAt: account.now(), stoppedBy: OPERATOR, volumeRetentionMode: volumeRetentionMode ?? 'RETAIN' });
      const after = account.script.takeTime('StopStreamingSession') ?? account.durations.sessionStop;
      // Verified that it fails; the status code is inferred.
      const failure = stoppable ? undefined : { statusCode: 'INTERNAL_ERROR', statusMessage: unstoppable };
      if (!fails(account, session, 'StopStreamingSession', 'STOP_IN_PROGRESS', 'STOP_FAILED', after, failure)) {
        stop(account, session, after);
        backUp(account, session);
      }
      return { session: describeSession(account, session) };
    },

    DeleteStreamingSession({ studioId, sessionId }: DeleteStreamingSessionRequest): { session: StreamingSession } {
      const session = findIn(account, studioId!, sessionId!,
        ['READY', 'STOPPED', 'CREATE_FAILED', 'START_FAILED', 'STOP_FAILED', 'DELETE_FAILED']);
      change(account, session, {});
      session.course = {};
      const after = account.script.takeTime('DeleteStreamingSession') ?? account.durations.sessionDelete;
      if (!fails(account, session, 'DeleteStreamingSession', 'DELETE_IN_PROGRESS', 'DELETE_FAILED', after)) {
        session.state.enter('DELETE_IN_PROGRESS', { to: 'DELETED', after });
      }
      return { session: describeSession(account, session) };
    },
  };
}

export function findSession(account: NimbleAccount, studioId: string, sessionId: string): SessionRecord {
  const session = account.sessions.get(sessionId);
  return session?.settings.studioId === studioId ? session : account.notFound('streaming session', sessionId);
}

/** A session that a request acts on, in one of the states in which it may. */
export function findIn(account: NimbleAccount, studioId: string, sessionId: string, states: readonly StreamingSessionState[]): SessionRecord {
  const session = findSession(account, studioId, sessionId);
  const state = session.state.now;
  if (state === 'DELETED') {
    account.notFound('streaming session', sessionId);
  }
  if (state.endsWith('_IN_PROGRESS')) {
    account.conflict();
  }
  if (!states.includes(state)) {
    account.refuse(account.readings.wrongState, `The streaming session ${sessionId} is in state ${state}.`);
  }
  return session;
}

/** What is asked for if the launch profile has it, or the first that it has (both inferred). */
function choose(account: NimbleAccount, member: string, asked: string | undefined, allowed: readonly string[]): string {
  if (asked !== undefined && !allowed.includes(asked)) {
    account.refuse('ValidationException', `The ${member} ${asked} is not one of the launch profile: ${allowed.join(', ')}.`);
  }
  return asked ?? allowed[0];
}

function change(account: NimbleAccount, session: SessionRecord, settings: Partial<StreamingSession>): void {
  session.settings = { ...session.settings, ...settings as Partial<SessionRecord['settings']>, updatedAt: account.now(), updatedBy: OPERATOR };
}

/** Whether an operation comes to nothing, as the script or the state of affairs has it. */
function fails(
  account: NimbleAccount, session: SessionRecord, operation: string, during: StreamingSessionState, failed: StreamingSessionState, after: number,
  failure?: SessionRecord['failure'],
): boolean {
  session.failure = account.script.takeFailure(operation) ?? failure;
  if (session.failure) {
    session.state.enter(during, { to: failed, after });
  }
  return session.failure !== undefined;
}
