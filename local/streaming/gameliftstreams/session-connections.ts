import type { CreateStreamSessionConnectionInput, CreateStreamSessionConnectionOutput, StreamSessionStatusReason } from '@aws-sdk/client-gameliftstreams';
import type { GameLiftStreamsAccount, StreamSessionRecord } from './account';
import type { ClientTokens } from './client-tokens';
import { isInProgress, stream, terminate, touch, wait } from './session-course';
import { answerTo, isSignal } from './stream-sessions';

export function connectionOperations(account: GameLiftStreamsAccount, tokens: ClientTokens) {
  return {
    /** From ACTIVE or PENDING_CLIENT_RECONNECTION back to ACTIVE, with a connection timeout of its own: the API's text. */
    CreateStreamSessionConnection(input: CreateStreamSessionConnectionInput): CreateStreamSessionConnectionOutput {
      const session = account.session(input.Identifier!, input.StreamSessionIdentifier!);
      return tokens.once('CreateStreamSessionConnection', input, () => {
        const status = session.state.now;
        if (status !== 'ACTIVE' && status !== 'PENDING_CLIENT_RECONNECTION') {
          account.wrongStatus('CreateStreamSessionConnection', `The stream session ${input.StreamSessionIdentifier} is in ${status} status. `
            + 'It must be in ACTIVE or PENDING_CLIENT_RECONNECTION status.');
        }
        // Sessions of stream URLs cannot reconnect: the developer guide on stream URLs.
        if (session.urlArn !== undefined) {
          account.invalid(`The stream session ${input.StreamSessionIdentifier} was started by a stream URL and takes no connection.`);
        }
        if (input.SignalRequest === 'NO_CLIENT_CONNECTION' || !isSignal(input.SignalRequest!)) {
          account.invalid('The signal request is not valid.');
        }
        session.settings = { ...session.settings, SignalRequest: input.SignalRequest };
        wait(account, session, 'ACTIVE', status === 'ACTIVE' ? undefined : { state: 'RECONNECTING', ms: account.durations.sessionReconnect });
        touch(account, session);
        return { answer: () => ({ SignalResponse: answerTo(input.SignalRequest) }), ended: () => !isInProgress(session) };
      });
    },
  };
}

/** What users and applications do to a session. No operations of the API; they fail as a browser would, with a sentence. */
export class Users {
  constructor(private readonly account: GameLiftStreamsAccount) {}

  /** A browser connects with the answer that it was given. */
  public connect(sessionArn: string): void {
    const session = this.session(sessionArn, ['ACTIVE']);
    if (session.settings.SignalRequest === 'NO_CLIENT_CONNECTION') {
      throw new Error(`the session ${sessionArn} has no client: create a stream session connection first`);
    }
    stream(this.account, session);
    touch(this.account, session);
  }

  /** A browser goes away. */
  public disconnect(sessionArn: string): void {
    const session = this.session(sessionArn, ['CONNECTED']);
    wait(this.account, session, 'PENDING_CLIENT_RECONNECTION');
    touch(this.account, session);
  }

  /** The application exits, or its user does nothing for an hour. */
  public end(sessionArn: string, reason: Extract<StreamSessionStatusReason, 'applicationExit' | 'idleTimeout'>): void {
    terminate(this.account, this.session(sessionArn, ['ACTIVE', 'CONNECTED', 'PENDING_CLIENT_RECONNECTION', 'RECONNECTING']), reason);
  }

  private session(arn: string, statuses: readonly string[]): StreamSessionRecord {
    const session = this.account.sessions.get(arn);
    if (!session || !statuses.includes(session.state.now)) {
      throw new Error(`the session ${arn} is not ${statuses.join(', ')}, but ${session?.state.now}`);
    }
    return session;
  }
}
