import { randomBytes } from 'crypto';
import { type Credentials, OPERATOR_CREDENTIALS } from './credentials';
import type { Role } from './role';
import { AwsError } from '../../wire/aws-error';
import type { Caller } from '../../wire/service';

interface Session {
  readonly sessionToken: string;
  readonly role: Role;
  readonly name: string;
}

/** Who was given which temporary credentials. */
export class Sessions {
  private readonly sessions = new Map<string, Session>();

  constructor(private readonly exists: (role: Role) => boolean) {}

  public issue(name: string, role: Role): Credentials {
    const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    const sessionToken = randomBytes(24).toString('base64');
    this.sessions.set(accessKeyId, { sessionToken, role, name });
    return { accessKeyId, secretAccessKey: randomBytes(30).toString('base64'), sessionToken };
  }

  public identify(accessKeyId: string, sessionToken: string | undefined): Caller {
    const operator = accessKeyId === OPERATOR_CREDENTIALS.accessKeyId && sessionToken === OPERATOR_CREDENTIALS.sessionToken;
    if (operator || (sessionToken === undefined && !accessKeyId.startsWith('ASIA'))) {
      return { accessKeyId };
    }
    const session = this.sessions.get(accessKeyId);
    // The credentials of a role die with it.
    if (!session || session.sessionToken !== sessionToken || !this.exists(session.role)) {
      throw new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid', 403);
    }
    return { accessKeyId, sessionToken, roleArn: session.role.arn };
  }

  /** The role of a caller, and what it is called in messages. */
  public roleOf(caller: Caller): { readonly role: Role; readonly principal: string } {
    const session = this.sessions.get(caller.accessKeyId);
    if (!session || !this.exists(session.role)) {
      throw new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid', 403);
    }
    const account = session.role.arn.split(':')[4];
    return { role: session.role, principal: `arn:aws:sts::${account}:assumed-role/${session.role.name}/${session.name}` };
  }
}
