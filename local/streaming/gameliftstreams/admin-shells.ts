import { randomBytes, randomUUID } from 'crypto';
import type { CreateStreamSessionAdminShellInput, CreateStreamSessionAdminShellOutput } from '@aws-sdk/client-gameliftstreams';
import type { GameLiftStreamsAccount, StreamSessionRecord } from './account';
import { isInProgress } from './session-course';

interface Shell {
  readonly token: string;
  readonly url: string;
  readonly session: StreamSessionRecord;
  readonly expires: number;
}

/** Shells into sessions, with credentials for 60 seconds: the API's text on CreateStreamSessionAdminShell. */
export class AdminShells {
  private readonly shells = new Map<string, Shell>();

  constructor(private readonly account: GameLiftStreamsAccount) {}

  public get operations() {
    return {
      CreateStreamSessionAdminShell: (input: CreateStreamSessionAdminShellInput): CreateStreamSessionAdminShellOutput => this.create(input),
    };
  }

  /** The Session Manager plugin opens a shell. No operation of the API; fails as the plugin would, with a sentence. */
  public open({ SessionId, StreamUrl, TokenValue }: CreateStreamSessionAdminShellOutput): string {
    const shell = this.shells.get(SessionId!);
    if (!shell || shell.url !== StreamUrl || shell.token !== TokenValue) {
      throw new Error('the credentials of the shell are not valid');
    }
    if (shell.expires <= this.account.now()) {
      throw new Error('the credentials of the shell have expired');
    }
    if (!isInProgress(shell.session)) {
      throw new Error('the stream session has ended');
    }
    return shell.session.settings.Arn;
  }

  private create({ Identifier, StreamSessionIdentifier }: CreateStreamSessionAdminShellInput): CreateStreamSessionAdminShellOutput {
    const { account } = this;
    const session = account.session(Identifier!, StreamSessionIdentifier!);
    if (!isInProgress(session)) {
      account.wrongStatus('CreateStreamSessionAdminShell', `The stream session ${StreamSessionIdentifier} is in ${session.state.now} status. `
        + 'It must be in one of: ACTIVE, CONNECTED, PENDING_CLIENT_RECONNECTION, RECONNECTING.');
    }
    if (session.shellRefusals < account.adminShellRefusals) {
      session.shellRefusals += 1;
      account.refuse('StreamSessionAccessNotReadyException', `The stream session ${StreamSessionIdentifier} is not ready for access. Try again.`);
    }
    const SessionId = `gameliftstreams-${randomUUID()}`;
    const url = account.handOut(`wss://ssmmessages.${session.settings.Location}.amazonaws.com/v1/data-channel/${SessionId}?role=publish_subscribe`);
    const token = account.handOut(`AAEAA${randomBytes(180).toString('base64')}`);
    this.shells.set(SessionId, { token, url, session, expires: account.now() + 60_000 });
    return { SessionId, StreamUrl: url, TokenValue: token };
  }
}
