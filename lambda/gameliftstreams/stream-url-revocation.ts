import {
  RevocationMode, RevokeStreamUrlCommand, StreamSessionStatus, StreamUrlStatus, StreamUrlStatusReason, TerminateStreamSessionCommand,
  type StreamSessionSummary,
} from '@aws-sdk/client-gameliftstreams';
import { gameliftstreams } from './client';
import { groupOf, readStreamUrl } from './stream-url-reads';

/** Takes the next step towards the end of stream URLs; answers with what is still to be waited for, or undefined when nothing is. */
export async function revoke(arns: readonly string[], mode: RevocationMode): Promise<string | undefined> {
  const awaited: string[] = [];
  for (const arn of arns) {
    awaited.push(...await end(arn, mode));
  }
  return awaited.length === 0 ? undefined : awaited.join('; ');
}

async function end(arn: string, mode: RevocationMode): Promise<string[]> {
  const url = await readStreamUrl(arn);
  const endsSessions = mode === RevocationMode.REVOKE_AND_TERMINATE_SESSIONS;
  switch (url?.Status) {
    case undefined:
      return [];
    case StreamUrlStatus.ACTIVE:
      await gameliftstreams.send(new RevokeStreamUrlCommand({ Identifier: groupOf(arn), StreamUrlIdentifier: arn, RevocationMode: mode }));
      return endsSessions ? [`stream URL ${arn} was revoked together with its sessions`] : [];
    case StreamUrlStatus.EXPIRED:
    case StreamUrlStatus.LIMIT_REACHED:
    case StreamUrlStatus.REVOKED:
      return endsSessions ? endSessions(arn, url?.StreamSessions ?? [], url?.StatusReason) : [];
    default:
      throw new Error(`a stream URL is in the unknown status ${url?.Status}`);
  }
}

/** A URL that is not ACTIVE cannot be revoked for the sake of its sessions: they are ended one by one, unless the service is about it. */
async function endSessions(arn: string, sessions: readonly StreamSessionSummary[], reason: StreamUrlStatusReason | undefined): Promise<string[]> {
  const live = sessions.filter(({ Status }) => Status !== StreamSessionStatus.TERMINATED && Status !== StreamSessionStatus.ERROR);
  // The service ends no session that is still ACTIVATING.
  const ending: (string | undefined)[] = [StreamSessionStatus.ACTIVATING, StreamSessionStatus.TERMINATING];
  const left = reason === StreamUrlStatusReason.REVOKED_AND_TERMINATING_SESSIONS ? [] : live.filter(({ Status }) => !ending.includes(Status));
  for (const { Arn } of left) {
    await gameliftstreams.send(new TerminateStreamSessionCommand({ Identifier: groupOf(arn), StreamSessionIdentifier: Arn }));
  }
  return live.length === 0 ? [] : [`stream URL ${arn} has ${live.length} sessions that are ending`];
}
