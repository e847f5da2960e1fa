import { randomUUID } from 'crypto';
import type {
  GetStreamSessionInput, GetStreamSessionOutput, ListStreamSessionsByAccountInput, ListStreamSessionsByAccountOutput, ListStreamSessionsInput,
  ListStreamSessionsOutput, StartStreamSessionInput, StartStreamSessionOutput, StreamSessionStatus, StreamSessionSummary, TerminateStreamSessionInput,
} from '@aws-sdk/client-gameliftstreams';
import type { ApplicationRecord, GameLiftStreamsAccount, StreamGroupRecord, StreamSessionRecord } from './account';
import type { ClientTokens } from './client-tokens';
import { requireActive } from './group-status';
import { checkLaunch } from './launch-rules';
import { place } from './placement';
import { isReplicated } from './replication';
import { fail, stream, terminate, wait } from './session-course';
import { exportMetadata } from './session-export';
import { page } from '../pagination';

export function streamSessionOperations(account: GameLiftStreamsAccount, tokens: ClientTokens) {
  return {
    StartStreamSession(input: StartStreamSessionInput): StartStreamSessionOutput {
      return tokens.once('StartStreamSession', input, () => {
        const group = account.group(input.Identifier!);
        requireActive(account, 'StartStreamSession', group);
        const application = checkLaunch(account, group, input);
        checkReplication(account, application, input.Locations);
        const session = start(account, group, application, input);
        return {
          answer: () => describe(account, session),
          ended: () => ['TERMINATING', 'TERMINATED', 'ERROR'].includes(session.state.now),
        };
      });
    },

    GetStreamSession({ Identifier, StreamSessionIdentifier }: GetStreamSessionInput): GetStreamSessionOutput {
      return describe(account, account.session(Identifier!, StreamSessionIdentifier!));
    },

    ListStreamSessions({ Identifier, ...filter }: ListStreamSessionsInput): ListStreamSessionsOutput {
      const { Id } = account.group(Identifier!).settings;
      return list(account, [...account.sessions.values()].filter(({ settings }) => settings.StreamGroupId === Id), filter);
    },

    /** Shows only the status of an export: the API's text. */
    ListStreamSessionsByAccount(filter: ListStreamSessionsByAccountInput): ListStreamSessionsByAccountOutput {
      const { Items, ...rest } = list(account, [...account.sessions.values()], filter);
      return { Items: Items!.map(withoutExportDetails), ...rest };
    },

    /** In any status except ACTIVATING: the API's text. It declares no ConflictException. */
    TerminateStreamSession({ Identifier, StreamSessionIdentifier }: TerminateStreamSessionInput): object {
      const session = account.session(Identifier!, StreamSessionIdentifier!);
      if (session.state.now === 'ACTIVATING') {
        account.wrongStatus('TerminateStreamSession', `The stream session ${StreamSessionIdentifier} is in ACTIVATING status and cannot be terminated.`);
      }
      terminate(account, session);
      return {};
    },
  };
}

/** Begins a session: of StartStreamSession, or of a user who opened a stream URL and connects as soon as it is there. */
export function start(
  account: GameLiftStreamsAccount,
  group: StreamGroupRecord,
  application: ApplicationRecord,
  { Identifier, ApplicationIdentifier, ClientToken, Locations, ...settings }: StartStreamSessionInput,
  urlArn?: string,
): StreamSessionRecord {
  const placement = place(account, group, application, Locations);
  const now = account.now();
  const SessionLengthSeconds = settings.SessionLengthSeconds ?? 43_200;
  const session: StreamSessionRecord = {
    settings: {
      ...settings,
      Arn: account.arn(`streamsession/${group.settings.Id}/${randomUUID().replace(/-/g, '').slice(0, 13)}`),
      StreamGroupId: group.settings.Id,
      ApplicationArn: application.settings.Arn,
      Location: placement.location,
      ConnectionTimeoutSeconds: settings.ConnectionTimeoutSeconds ?? 120,
      SessionLengthSeconds,
      CreatedAt: new Date(now),
      LastUpdatedAt: new Date(now),
    },
    state: account.timed<StreamSessionStatus>('ACTIVATING'),
    // From when it is ACTIVE (inferred).
    latestEnd: now + placement.after + SessionLengthSeconds * 1000,
    end: { at: Infinity },
    urlArn,
    shellRefusals: 0,
  };
  account.sessions.set(session.settings.Arn, session);
  const failure = account.script.takeFailingSession(group.settings.Description!)
    ?? (isSignal(settings.SignalRequest!) ? undefined : 'invalidSignalRequest');
  const activating = { state: 'ACTIVATING', ms: placement.after } as const;
  if (failure !== undefined || placement.location === undefined) {
    fail(account, session, failure ?? 'placementTimeout', placement.after);
  } else if (urlArn === undefined) {
    wait(account, session, 'ACTIVE', activating);
  } else {
    stream(account, session, activating);
  }
  return session;
}

/** A remote location can host a session when replication is finished: the API's text on StartStreamSession. How it says so is inferred. */
function checkReplication(account: GameLiftStreamsAccount, application: ApplicationRecord, locations: readonly string[] = [account.region]): void {
  if (account.readings.startBeforeReplication === 'refused' && !locations.some((name) => isReplicated(account, application, name))) {
    account.invalid(`The application ${application.settings.Id} is not replicated to ${locations.join(', ')}.`);
  }
}

/** An ICE offer is a JSON string: the API's text on SignalRequest. */
export function isSignal(request: string): boolean {
  if (request === 'NO_CLIENT_CONNECTION') {
    return true;
  }
  try {
    return typeof JSON.parse(request) === 'object';
  } catch {
    return false;
  }
}

function list(
  account: GameLiftStreamsAccount, sessions: readonly StreamSessionRecord[], filter: ListStreamSessionsByAccountInput,
): ListStreamSessionsOutput {
  const { Status, ExportFilesStatus, MaxResults, NextToken } = filter;
  const wanted = sessions.map((session) => summarize(account, session)).filter((summary) => (Status === undefined || summary.Status === Status)
    && (ExportFilesStatus === undefined || summary.ExportFilesMetadata?.Status === ExportFilesStatus));
  const { items, ...rest } = page(wanted, MaxResults ?? 25, NextToken, 'ValidationException');
  return { Items: items, ...rest };
}

function withoutExportDetails({ ExportFilesMetadata: metadata, ...summary }: StreamSessionSummary): StreamSessionSummary {
  return { ...summary, ...metadata && { ExportFilesMetadata: { Status: metadata.Status } } };
}

export function summarize(account: GameLiftStreamsAccount, session: StreamSessionRecord): StreamSessionSummary {
  return account.summary('StreamSessionSummary', describe(account, session));
}

function describe(account: GameLiftStreamsAccount, session: StreamSessionRecord): GetStreamSessionOutput {
  const Status = session.state.now;
  const isOver = Status === 'TERMINATED' || Status === 'ERROR';
  const answers = !isOver && Status !== 'ACTIVATING' && session.settings.SignalRequest !== 'NO_CLIENT_CONNECTION';
  const logs = account.applications.get(session.settings.ApplicationArn)?.settings.ApplicationLogOutputUri;
  return {
    ...session.settings,
    Status,
    ...isOver && { StatusReason: session.end.reason },
    ...answers && { SignalResponse: answerTo(session.settings.SignalRequest) },
    ...Status === 'TERMINATED' && logs && { LogFileLocationUri: `${logs.replace(/\/$/, '')}/${session.settings.Arn.split('/').pop()}/` },
    ExportFilesMetadata: exportMetadata(account, session),
  };
}

/** The answer of the stream server to an offer. */
export function answerTo(request: string | undefined): string | undefined {
  return request && JSON.stringify({ type: 'answer', sdp: `v=0 ${request.length}` });
}
