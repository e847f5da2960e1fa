import { setTimeout } from 'timers/promises';
import {
  CreateStreamSessionAdminShellCommand, GetStreamSessionCommand, StreamSessionStatus, type CreateStreamSessionAdminShellOutput,
} from '@aws-sdk/client-gameliftstreams';
import type { LambdaFunctionURLEventWithIAMAuthorizer, LambdaFunctionURLResult } from 'aws-lambda';
import { gameliftstreams } from './client';
import { idOf } from './obstacle';
import { ADMIN_SHELL_ENVIRONMENT } from '../../src/gameliftstreams/private/admin-shell-contract';
import { absentIfNotFound, isError, sentenceOf, serviceErrorOf, UNTIL_DEADLINE } from '../engine/errors';

/** What somebody sends who invokes the function itself. */
export interface AdminShellRequest {
  readonly session: string;
}

/** Why there is no shell, in words for the caller. */
class Refusal extends Error {
  constructor(readonly statusCode: 400 | 404 | 409 | 502 | 503, message: string) {
    super(message);
  }
}

/** In which a session has something to open a shell into. */
const OPEN: readonly (string | undefined)[] = [
  StreamSessionStatus.ACTIVE, StreamSessionStatus.CONNECTED, StreamSessionStatus.PENDING_CLIENT_RECONNECTION, StreamSessionStatus.RECONNECTING,
];
const NOT_READY = 'StreamSessionAccessNotReadyException';
/** Between the tries to open a shell into a session that is not ready for one. With them, all tries have their place in the function's time. */
const WAITS_MS = [500, 1_000, 2_000, 4_000];

/**
 * Opens a shell into a session. Its credentials are in the answer and nowhere else.
 *
 * To a request at the function's URL it always answers. To somebody who invokes the function it answers with the bare credentials,
 * and what it refuses is an error of the function.
 */
export async function adminShell(
  event: LambdaFunctionURLEventWithIAMAuthorizer | AdminShellRequest,
): Promise<LambdaFunctionURLResult | CreateStreamSessionAdminShellOutput> {
  if (!('requestContext' in event)) {
    // Lambda does not tell who invokes a function.
    return logged(undefined, event.session, () => open(event.session));
  }
  const { authorizer: { iam: { userArn } } } = event.requestContext;
  const session = event.queryStringParameters?.session;
  try {
    return answer(200, await logged(userArn, session, () => open(session)));
  } catch (error) {
    const { statusCode, message } = refusalOf(error);
    return answer(statusCode, { message });
  }
}

async function open(session: string | undefined): Promise<CreateStreamSessionAdminShellOutput> {
  const key = { Identifier: idOf(process.env[ADMIN_SHELL_ENVIRONMENT.streamGroupArn]!), StreamSessionIdentifier: identifierOf(session) };
  const found = await absentIfNotFound(() => gameliftstreams.send(new GetStreamSessionCommand(key)));
  if (!found) {
    throw new Refusal(404, `stream group ${key.Identifier} has no session ${session}`);
  }
  if (!OPEN.includes(found.Status)) {
    throw new Refusal(409, `session ${session} is ${found.Status}; a shell can be opened while it is one of ${OPEN.join(', ')}`);
  }
  const { SessionId, StreamUrl, TokenValue } = await whenReady(() => gameliftstreams.send(new CreateStreamSessionAdminShellCommand(key)));
  return { SessionId, StreamUrl, TokenValue };
}

/** The id of a session of the group that the function is bound to. */
function identifierOf(session: string | undefined): string {
  const streamGroupArn = process.env[ADMIN_SHELL_ENVIRONMENT.streamGroupArn]!;
  if (typeof session !== 'string' || !/^([a-zA-Z0-9-]{1,128}|arn:aws:gameliftstreams:[^: ]*:\d{12}:streamsession\/[^: /]+\/[a-zA-Z0-9-]+)$/.test(session)) {
    throw new Refusal(400, 'name a session by its id or its ARN: ?session=arn:aws:gameliftstreams:us-west-2:111122223333:streamsession/sg-1AB2C3De4/ABC123def4567');
  }
  const ofGroup = `${streamGroupArn.replace(':streamgroup/', ':streamsession/')}/`;
  if (session.startsWith('arn:') && !session.startsWith(ofGroup)) {
    throw new Refusal(404, `session ${session} is not of stream group ${idOf(streamGroupArn)}, the only one for which there are shells here`);
  }
  return idOf(session);
}

async function whenReady<Output>(create: () => Promise<Output>): Promise<Output> {
  for (const wait of WAITS_MS) {
    try {
      return await create();
    } catch (error) {
      if (!isError(error, NOT_READY)) {
        throw error;
      }
      await setTimeout(wait);
    }
  }
  return create();
}

/** Of an error only what is known to be no secret: the service's own sentence, or the kind of a fault. */
function refusalOf(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) {
    return thrown;
  }
  const error = serviceErrorOf(thrown, {});
  if (!error) {
    return new Refusal(502, `the function failed with ${thrown instanceof Error ? thrown.name : typeof thrown}`);
  }
  if (error.name === NOT_READY) {
    return new Refusal(503, 'the session is not ready for a shell yet: try again in a few seconds');
  }
  return new Refusal(error.patience === UNTIL_DEADLINE ? 503 : 502, `GameLift Streams refused: ${sentenceOf(error)}`);
}

/** Runs a request and leaves one line in the log: who, which session, what became of it. */
async function logged<Output>(caller: string | undefined, session: string | undefined, run: () => Promise<Output>): Promise<Output> {
  const log = (outcome: string) => console.log(JSON.stringify({ at: 'admin shell', caller, session, outcome }));
  try {
    const output = await run();
    log('opened');
    return output;
  } catch (error) {
    const refusal = refusalOf(error);
    log(refusal.message);
    throw refusal;
  }
}

function answer(statusCode: number, body: object): LambdaFunctionURLResult {
  return { statusCode, headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }, body: JSON.stringify(body) };
}
