import type {
  GetStreamingSessionBackupRequest, GetStreamingSessionBackupResponse, ListStreamingSessionBackupsRequest, ListStreamingSessionBackupsResponse,
  StreamingSessionBackup,
} from '@aws-sdk/client-nimble';
import type { NimbleAccount } from './account';
import { findLiving } from './resource';
import type { BackupRecord, SessionRecord } from './session-record';

export function backupOperations(account: NimbleAccount) {
  return {
    GetStreamingSessionBackup({ studioId, backupId }: GetStreamingSessionBackupRequest): GetStreamingSessionBackupResponse {
      const backup = account.backups.get(backupId!);
      if (backup?.studioId !== studioId) {
        account.notFound('streaming session backup', backupId!);
      }
      return { streamingSessionBackup: describe(account, backup!) };
    },

    ListStreamingSessionBackups({ studioId, ownedBy, nextToken }: ListStreamingSessionBackupsRequest): ListStreamingSessionBackupsResponse {
      findLiving(account, account.studios, 'studio', studioId!);
      const backups = [...account.backups.values()].filter((backup) => backup.studioId === studioId
        && (ownedBy === undefined || backup.ownedBy === ownedBy));
      const { items, ...rest } = account.page(backups, nextToken);
      return { streamingSessionBackups: items.map((backup) => describe(account, backup)), ...rest };
    },
  };
}

/**
 * Inferred: a session is backed up whenever it is stopped.
 * Verified: "When the maximum number of backups is reached, the oldest backup is deleted."
 */
export function backUp(account: NimbleAccount, { settings }: SessionRecord): void {
  const { backupMode, maxBackupsToRetain = 0, sessionId, studioId, launchProfileId, ownedBy } = settings;
  if (backupMode !== 'AUTOMATIC' || maxBackupsToRetain === 0) {
    return;
  }
  const backupId = account.newId('backup');
  const arn = account.arn('streaming-session-backup', backupId);
  account.setTags(arn, {});
  account.backups.set(backupId, {
    backupId, arn, studioId, sessionId, launchProfileId, ownedBy, createdAt: account.now(), state: 'READY', statusCode: 'STREAMING_SESSION_READY',
  });
  const own = [...account.backups.values()].filter((backup) => backup.sessionId === sessionId);
  own.slice(0, Math.max(0, own.length - maxBackupsToRetain)).forEach((oldest) => account.backups.delete(oldest.backupId));
}

function describe(account: NimbleAccount, { studioId, ...backup }: BackupRecord): StreamingSessionBackup {
  return { ...backup, ...account.tagsOf(backup.arn!) };
}
