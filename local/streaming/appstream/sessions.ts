import { randomUUID } from 'crypto';
import type {
  CreateStreamingURLRequest, CreateStreamingURLResult, DescribeSessionsRequest, DescribeSessionsResult, ExpireSessionRequest, Session, SessionState,
} from '@aws-sdk/client-appstream';
import type { AppStreamAccount, SessionRecord } from './account';
import { capacityStatus } from './fleet-capacity';
import { page } from '../pagination';

/** What a streaming URL lets its holder do: connect to a builder, or stream as a user. */
type Ticket = { readonly Resource: string } | { readonly StackName: string; readonly FleetName: string; readonly UserId: string };

export function sessionOperations(account: AppStreamAccount) {
  return {
    CreateStreamingURL({ StackName, FleetName, UserId, Validity }: CreateStreamingURLRequest): CreateStreamingURLResult {
      account.stack(StackName!);
      const fleet = account.fleet(FleetName!);
      account.checkRange('Validity', Validity, 1, 604_800);
      // Each of these: https://docs.aws.amazon.com/appstream2/latest/developerguide/managing-stacks-fleets.html; the codes are inferred.
      if (account.associations.get(StackName!) !== FleetName) {
        account.refuse('OperationNotPermittedException', `The fleet ${FleetName} is not associated with the stack ${StackName}.`);
      }
      if (fleet.settings.DomainJoinInfo?.DirectoryName) {
        account.refuse('OperationNotPermittedException', `The fleet ${FleetName} is joined to a domain.`);
      }
      if (fleet.state.now !== 'RUNNING') {
        account.refuse('ResourceNotAvailableException', `The fleet ${FleetName} is not running.`);
      }
      return mintUrl(account, { StackName: StackName!, FleetName: FleetName!, UserId: UserId! }, Validity ?? 60);
    },

    DescribeSessions(input: DescribeSessionsRequest): DescribeSessionsResult {
      const { StackName, FleetName, UserId, InstanceId, Limit, NextToken } = input;
      account.checkRange('Limit', Limit, 1, 50);
      if (UserId !== undefined && input.AuthenticationType === undefined) {
        account.refuseCombination('If you specify a user ID, you must also specify the authentication type.');
      }
      if (account.readings.listOfUnknown === 'refused' && !(account.stacks.has(StackName!) && account.fleets.has(FleetName!))) {
        account.refuseCombination(`The stack ${StackName} and the fleet ${FleetName} do not both exist.`);
      }
      const sessions = [...account.sessions.values()].filter(({ settings, state }) => settings.StackName === StackName
        && settings.FleetName === FleetName
        && settings.AuthenticationType === (input.AuthenticationType ?? 'API')
        && (UserId === undefined || settings.UserId === UserId)
        && (InstanceId === undefined || settings.InstanceId === InstanceId)
        && (account.readings.expiredSessions === 'listed' || state.now !== 'EXPIRED'));
      const { items, ...rest } = page(sessions, Limit ?? 20, NextToken);
      return { Sessions: items.map(describe), ...rest };
    },

    ExpireSession({ SessionId }: ExpireSessionRequest): object {
      const session = account.sessions.get(SessionId!);
      if (session && session.state.now !== 'EXPIRED') {
        session.state.enter('EXPIRED');
      } else if (account.readings.expireUnknownSession === 'refused') {
        account.refuse('ResourceNotFoundException', `The session ${SessionId} does not exist.`);
      }
      return {};
    },
  };
}

/** A URL as AppStream makes them, except that its parameters can be read back. */
export function mintUrl(account: AppStreamAccount, ticket: Ticket, validitySeconds: number): { StreamingURL: string; Expires: Date } {
  const expires = new Date(account.now().getTime() + validitySeconds * 1000);
  const parameters = Buffer.from(JSON.stringify({ ...ticket, nonce: randomUUID(), expires: expires.getTime() })).toString('base64url');
  return { StreamingURL: `https://appstream2.${account.region}.aws.amazon.com/authenticate?parameters=${parameters}`, Expires: expires };
}

/**
 * A user opens a streaming URL: gets a session, or the one that is still there.
 * No operation of the API; fails as the user's browser would, with a sentence.
 */
export function openStreamingUrl(account: AppStreamAccount, url: string): Session {
  const ticket = JSON.parse(Buffer.from(new URL(url).searchParams.get('parameters') ?? '', 'base64url').toString('utf8'));
  if (ticket.expires <= account.now().getTime()) {
    throw new Error('the streaming URL has expired');
  }
  if (ticket.Resource !== undefined) {
    throw new Error('the streaming URL is an image builder\'s');
  }
  const { StackName, FleetName, UserId } = ticket;
  const live = account.liveSessions(FleetName);
  const present = live.find(({ settings }) => settings.StackName === StackName && settings.UserId === UserId);
  if (present) {
    reconnect(account, present);
    return describe(present);
  }
  const fleet = account.fleet(FleetName);
  const status = capacityStatus(fleet.settings, fleet.state.now, live.length);
  if ((status.AvailableUserSessions ?? status.Available) === 0) {
    throw new Error(`no streaming resources are available for the fleet ${FleetName}`);
  }
  const session = newSession(account, { StackName, FleetName, UserId });
  account.sessions.set(session.settings.Id!, session);
  return describe(session);
}

/** The user goes away without ending the session: it expires after the fleet's disconnect timeout. */
export function disconnect(account: AppStreamAccount, sessionId: string): void {
  const session = account.sessions.get(sessionId);
  if (session?.state.now !== 'ACTIVE') {
    throw new Error(`the session ${sessionId} is not active`);
  }
  const { DisconnectTimeoutInSeconds } = account.fleet(session.settings.FleetName!).settings;
  session.connected = false;
  const timeout = Math.min(DisconnectTimeoutInSeconds! * 1000, untilMaximum(account, session));
  session.state.enter('ACTIVE', { to: 'EXPIRED', after: timeout });
}

function newSession(account: AppStreamAccount, user: { StackName: string; FleetName: string; UserId: string }): SessionRecord {
  const { settings } = account.fleet(user.FleetName);
  const delay = settings.FleetType === 'ALWAYS_ON' ? account.durations.sessionStart : account.durations.onDemandSessionStart;
  const start = account.now().getTime() + delay;
  const maximum = settings.MaxUserDurationInSeconds! * 1000;
  const state = account.timed<SessionState>('PENDING');
  state.enter('PENDING', { to: 'ACTIVE', after: delay }, { to: 'EXPIRED', after: maximum });
  return {
    settings: {
      Id: randomUUID(),
      ...user,
      AuthenticationType: 'API',
      StartTime: new Date(start),
      MaxExpirationTime: new Date(start + maximum),
      InstanceId: `i-${randomUUID().replace(/-/g, '').slice(0, 17)}`,
      InstanceDrainStatus: (settings.MaxSessionsPerInstance ?? 1) > 1 ? 'ACTIVE' : 'NOT_APPLICABLE',
    },
    state,
    connected: true,
  };
}

function reconnect(account: AppStreamAccount, session: SessionRecord): void {
  if (!session.connected) {
    session.connected = true;
    session.state.enter('ACTIVE', { to: 'EXPIRED', after: untilMaximum(account, session) });
  }
}

function untilMaximum(account: AppStreamAccount, session: SessionRecord): number {
  return session.settings.MaxExpirationTime!.getTime() - account.now().getTime();
}

function describe({ settings, state, connected }: SessionRecord): Session {
  return { ...settings, State: state.now, ConnectionState: connected && state.now === 'ACTIVE' ? 'CONNECTED' : 'NOT_CONNECTED' } as Session;
}
