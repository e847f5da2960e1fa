import { randomUUID } from 'crypto';
import type {
  CreateStreamingURLRequest, CreateStreamingURLResult, DescribeSessionsRequest, DescribeSessionsResult, DrainSessionInstanceRequest,
  ExpireSessionRequest, Session,
} from '@aws-sdk/client-appstream';
import type { AppStreamAccount, SessionRecord } from './account';
import { drainInstance } from './instances';
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
        const unending = account.script.takeUnendingSession(SessionId!);
        if (unending?.error) {
          throw unending.error;
        }
        if (!unending) {
          session.state.enter('EXPIRED');
        }
      } else if (account.readings.expireUnknownSession === 'refused') {
        account.refuse('ResourceNotFoundException', `The session ${SessionId} does not exist.`);
      }
      return {};
    },

    DrainSessionInstance({ SessionId }: DrainSessionInstanceRequest): object {
      const session = account.sessions.get(SessionId!) ?? account.refuse('ResourceNotFoundException', `The session ${SessionId} does not exist.`);
      drainInstance(account, session);
      return {};
    },
  };
}

/** A URL as AppStream makes them, except that its parameters can be read back. */
export function mintUrl(account: AppStreamAccount, ticket: Ticket, validitySeconds: number): { StreamingURL: string; Expires: Date } {
  const expires = new Date(account.now().getTime() + validitySeconds * 1000);
  const parameters = Buffer.from(JSON.stringify({ ...ticket, nonce: randomUUID(), expires: expires.getTime() })).toString('base64url');
  const StreamingURL = `https://appstream2.${account.region}.aws.amazon.com/authenticate?parameters=${parameters}`;
  account.secrets.push(StreamingURL);
  return { StreamingURL, Expires: expires };
}

export function describe({ settings, state, connected, drain }: SessionRecord): Session {
  return {
    ...settings,
    State: state.now,
    ConnectionState: connected && state.now === 'ACTIVE' ? 'CONNECTED' : 'NOT_CONNECTED',
    InstanceDrainStatus: drain,
  } as Session;
}
