import { randomUUID } from 'crypto';
import type { AuthenticationType, Session, SessionState } from '@aws-sdk/client-appstream';
import type { AppStreamAccount, SessionRecord } from './account';
import { freeInstance } from './instances';
import { describe } from './sessions';

/** Who streams what. */
interface User {
  readonly StackName: string;
  readonly FleetName: string;
  readonly UserId: string;
  readonly AuthenticationType: AuthenticationType;
}

// What users do in their browsers: no operations of the API. They fail as the browser would, with a sentence.

/** A user opens a streaming URL: gets a session, or the one that is still there. */
export function openStreamingUrl(account: AppStreamAccount, url: string): Session {
  const ticket = JSON.parse(Buffer.from(new URL(url).searchParams.get('parameters') ?? '', 'base64url').toString('utf8'));
  if (ticket.expires <= account.now().getTime()) {
    throw new Error('the streaming URL has expired');
  }
  if (ticket.Resource !== undefined) {
    throw new Error('the streaming URL is an image builder\'s');
  }
  const { StackName, FleetName, UserId } = ticket;
  return stream(account, { StackName, FleetName, UserId, AuthenticationType: 'API' });
}

/** A user signs in to a stack without a streaming URL, and streams from its fleet. */
export function signIn(account: AppStreamAccount, StackName: string, UserId: string, type: Exclude<AuthenticationType, 'API'>): Session {
  const FleetName = account.associations.get(StackName);
  if (FleetName === undefined) {
    throw new Error(`the stack ${StackName} has no fleet`);
  }
  // https://docs.aws.amazon.com/appstream2/latest/developerguide/set-up-stacks-fleets-add.html
  if (type === 'USERPOOL' && account.fleet(FleetName).settings.DomainJoinInfo?.DirectoryName) {
    throw new Error(`users of the user pool cannot stream from the fleet ${FleetName}, which is joined to a domain`);
  }
  if (type === 'USERPOOL' && account.users.get(UserId)?.Enabled === false) {
    throw new Error(`the user ${UserId} is disabled`);
  }
  return stream(account, { StackName, FleetName, UserId, AuthenticationType: type });
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

function stream(account: AppStreamAccount, user: User): Session {
  const live = account.liveSessions(user.FleetName);
  const present = live.find(({ settings }) => settings.StackName === user.StackName
    && settings.UserId === user.UserId
    && settings.AuthenticationType === user.AuthenticationType);
  if (present) {
    reconnect(account, present);
    return describe(present);
  }
  const instance = freeInstance(account.fleet(user.FleetName), live);
  if (instance === undefined) {
    throw new Error(`no streaming resources are available for the fleet ${user.FleetName}`);
  }
  const session = newSession(account, user, instance);
  account.sessions.set(session.settings.Id!, session);
  return describe(session);
}

function newSession(account: AppStreamAccount, user: User, InstanceId: string): SessionRecord {
  const { settings } = account.fleet(user.FleetName);
  const delay = settings.FleetType === 'ALWAYS_ON' ? account.durations.sessionStart : account.durations.onDemandSessionStart;
  const start = account.now().getTime() + delay;
  const maximum = settings.MaxUserDurationInSeconds! * 1000;
  const state = account.timed<SessionState>('PENDING');
  state.enter('PENDING', { to: 'ACTIVE', after: delay }, { to: 'EXPIRED', after: maximum });
  return {
    settings: { Id: randomUUID(), ...user, StartTime: new Date(start), MaxExpirationTime: new Date(start + maximum), InstanceId },
    state,
    connected: true,
    drain: (settings.MaxSessionsPerInstance ?? 1) > 1 ? 'ACTIVE' : 'NOT_APPLICABLE',
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
