import type { ExportFilesMetadata, ExportStreamSessionFilesInput } from '@aws-sdk/client-gameliftstreams';
import type { GameLiftStreamsAccount, StreamSessionRecord } from './account';
import { isInProgress } from './session-course';

export function exportOperations(account: GameLiftStreamsAccount) {
  return {
    /** Of a session in progress: the API's text. A second one takes the place of the first (inferred). */
    ExportStreamSessionFiles({ Identifier, StreamSessionIdentifier, OutputUri }: ExportStreamSessionFilesInput): object {
      const group = account.group(Identifier!);
      const session = account.session(Identifier!, StreamSessionIdentifier!);
      if (!isInProgress(session)) {
        account.wrongStatus('ExportStreamSessionFiles', `The stream session ${StreamSessionIdentifier} is in ${session.state.now} status, and not in progress.`);
      }
      session.exportFailure = account.script.takeFailingExport(group.settings.Description!);
      session.settings = { ...session.settings, ExportFilesMetadata: { OutputUri: archiveOf(account, session, OutputUri!) } };
      return {};
    },
  };
}

/** The archive is made when the session has ended: the API's text. */
export function exportMetadata(account: GameLiftStreamsAccount, session: StreamSessionRecord): ExportFilesMetadata | undefined {
  const { ExportFilesMetadata: metadata } = session.settings;
  if (!metadata) {
    return undefined;
  }
  if (session.state.now !== 'TERMINATED' || account.now() < session.end.at + account.durations.export) {
    return { ...metadata, Status: 'PENDING' };
  }
  return session.exportFailure === undefined
    ? { ...metadata, Status: 'SUCCEEDED' }
    : { ...metadata, Status: 'FAILED', StatusReason: session.exportFailure };
}

/** `…/YYYYMMDD-HHMMSS-appId-sg-Id-sessionId.zip`, as the API's text on OutputUri has it. */
function archiveOf(account: GameLiftStreamsAccount, { settings }: StreamSessionRecord, uri: string): string {
  if (!uri.endsWith('/')) {
    return uri;
  }
  const stamp = new Date(account.now()).toISOString().replace(/[-:]|\..*/g, '').replace('T', '-');
  const [application, session] = [settings.ApplicationArn, settings.Arn].map((arn) => arn.split('/').pop());
  return `${uri}${stamp}-${application}-${settings.StreamGroupId}-${session}.zip`;
}
