import { randomBytes } from 'crypto';
import type {
  CreateStreamUrlInput, CreateStreamUrlOutput, GetStreamUrlInput, GetStreamUrlOutput, ListStreamUrlsInput, ListStreamUrlsOutput,
  RevokeStreamUrlInput, StreamUrlStatus, StreamUrlStatusReason,
} from '@aws-sdk/client-gameliftstreams';
import type { GameLiftStreamsAccount, StreamSessionRecord, StreamUrlRecord } from './account';
import type { ClientTokens } from './client-tokens';
import { requireActive, statusOf as groupStatusOf } from './group-status';
import { checkLaunch } from './launch-rules';
import { terminate } from './session-course';
import { start, summarize as summarizeSession } from './stream-sessions';
import { page } from '../pagination';

export function streamUrlOperations(account: GameLiftStreamsAccount, tokens: ClientTokens) {
  return {
    CreateStreamUrl(input: CreateStreamUrlInput): CreateStreamUrlOutput {
      return tokens.once('CreateStreamUrl', input, () => {
        const url = create(account, input);
        return { answer: () => describe(account, url), ended: () => statusOf(account, url) !== 'ACTIVE' };
      });
    },

    GetStreamUrl({ Identifier, StreamUrlIdentifier }: GetStreamUrlInput): GetStreamUrlOutput {
      const url = account.url(Identifier!, StreamUrlIdentifier!);
      return { ...describe(account, url), StreamSessions: sessionsOf(account, url).map((session) => summarizeSession(account, session)) };
    },

    ListStreamUrls({ Status, StreamGroupIdentifier, MaxResults, NextToken }: ListStreamUrlsInput): ListStreamUrlsOutput {
      const group = StreamGroupIdentifier === undefined ? undefined : account.arnOf('streamgroup', StreamGroupIdentifier);
      const wanted = [...account.urls.values()].filter((url) => (group === undefined || url.settings.StreamGroupArn === group)
        && (Status === undefined || statusOf(account, url) === Status));
      const { items, ...rest } = page(wanted, MaxResults ?? 25, NextToken, 'ValidationException');
      return { Items: items.map((url) => account.summary('StreamUrlSummary', describe(account, url))), ...rest };
    },

    RevokeStreamUrl({ Identifier, StreamUrlIdentifier, RevocationMode }: RevokeStreamUrlInput): object {
      const url = account.url(Identifier!, StreamUrlIdentifier!);
      const status = statusOf(account, url);
      if (status !== 'ACTIVE' && account.readings.revokeInactiveUrl === 'refused') {
        account.wrongStatus('RevokeStreamUrl', `The stream URL ${StreamUrlIdentifier} is in ${status} status and cannot be revoked.`);
      }
      if (RevocationMode === 'REVOKE_AND_TERMINATE_SESSIONS') {
        url.revoked = 'revokedAndTerminatingSessions';
        sessionsOf(account, url).forEach((session) => terminate(account, session));
      } else {
        url.revoked ??= 'userRevoked';
      }
      return {};
    },
  };
}

/** The URLs of a stream group or an application that is deleted: the API's text on GetStreamUrl. */
export function revokeUrls(account: GameLiftStreamsAccount, arn: string, reason: StreamUrlStatusReason): void {
  for (const url of account.urls.values()) {
    if (url.settings.StreamGroupArn === arn || url.settings.ApplicationArn === arn) {
      url.revoked ??= reason;
    }
  }
}

/** A user opens a stream URL in a browser: each time is a new session. No operation of the API; fails as the page would, with a sentence. */
export function openStreamUrl(account: GameLiftStreamsAccount, address: string): string {
  const url = [...account.urls.values()].find(({ settings }) => settings.StreamUrl === address);
  if (!url || statusOf(account, url) !== 'ACTIVE') {
    throw new Error(`the stream URL is not valid: ${url ? statusOf(account, url) : 'unknown'}`);
  }
  const group = account.group(url.settings.StreamGroupArn);
  const application = account.application(url.settings.ApplicationArn);
  if (groupStatusOf(account, group) !== 'ACTIVE' || !group.applications.has(application.settings.Arn)) {
    throw new Error('the stream group does not stream the application now');
  }
  const { settings } = url;
  const session = start(account, group, application, {
    Identifier: group.settings.Arn,
    ApplicationIdentifier: application.settings.Arn,
    SignalRequest: '{"type":"offer"}',
    Protocol: settings.Protocol,
    Locations: settings.Locations,
    SessionLengthSeconds: settings.SessionLengthSeconds,
    AdditionalLaunchArgs: settings.AdditionalLaunchArgs,
    AdditionalEnvironmentVariables: settings.AdditionalEnvironmentVariables,
    RoleArn: settings.RoleArn,
    DisplayConfiguration: settings.DisplayConfiguration,
  }, settings.Arn);
  // A use that is successful counts: the API's text on UsageLimit.
  url.used += session.settings.Location === undefined ? 0 : 1;
  return session.settings.Arn;
}

function create(account: GameLiftStreamsAccount, input: CreateStreamUrlInput): StreamUrlRecord {
  const { Identifier, ApplicationIdentifier, UrlExpiresAfterMinutes, ClientToken, ...settings } = input;
  const group = account.group(Identifier!);
  requireActive(account, 'CreateStreamUrl', group);
  const application = checkLaunch(account, group, input);
  const StreamUrlId = account.newId('su-');
  const url: StreamUrlRecord = {
    settings: {
      ...settings,
      Arn: account.arn(`streamurl/${group.settings.Id}/${StreamUrlId}`),
      StreamUrlId,
      StreamUrl: account.handOut(`https://play.gameliftstreams.${account.region}.api.aws/${StreamUrlId}#${randomBytes(32).toString('base64url')}`),
      ExpiresAt: new Date(account.now() + UrlExpiresAfterMinutes! * 60_000),
      CreatedAt: new Date(account.now()),
      UsageLimit: settings.UsageLimit ?? 1,
      SessionLengthSeconds: settings.SessionLengthSeconds ?? 43_200,
      StreamGroupArn: group.settings.Arn,
      ApplicationArn: application.settings.Arn,
    },
    used: 0,
  };
  account.urls.set(url.settings.Arn, url);
  return url;
}

function sessionsOf(account: GameLiftStreamsAccount, { settings }: StreamUrlRecord): StreamSessionRecord[] {
  return [...account.sessions.values()].filter(({ urlArn }) => urlArn === settings.Arn);
}

export function statusOf(account: GameLiftStreamsAccount, { settings, used, revoked }: StreamUrlRecord): StreamUrlStatus {
  if (revoked !== undefined) {
    return 'REVOKED';
  }
  if (settings.ExpiresAt!.getTime() <= account.now()) {
    return 'EXPIRED';
  }
  return used >= settings.UsageLimit! ? 'LIMIT_REACHED' : 'ACTIVE';
}

function reasonOf(account: GameLiftStreamsAccount, url: StreamUrlRecord): StreamUrlStatusReason | undefined {
  const isLive = ({ state }: StreamSessionRecord) => state.now !== 'TERMINATED' && state.now !== 'ERROR';
  return url.revoked === 'revokedAndTerminatingSessions' && !sessionsOf(account, url).some(isLive) ? 'revokedAndSessionsTerminated' : url.revoked;
}

function describe(account: GameLiftStreamsAccount, url: StreamUrlRecord): CreateStreamUrlOutput & { Arn: string } {
  return {
    ...url.settings,
    Status: statusOf(account, url),
    StatusReason: reasonOf(account, url),
    RemainingUses: url.settings.UsageLimit! - url.used,
  };
}
