import {
  GetStreamSessionCommand, ListStreamSessionsCommand, StreamSessionStatus, TerminateStreamSessionCommand,
  type GetStreamSessionOutput, type ListStreamSessionsOutput, type StreamSessionSummary,
} from '@aws-sdk/client-gameliftstreams';
import { gameliftstreams } from './client';
import { idOf } from './obstacle';
import type { Owner } from '../engine/controller';
import { absentIfNotFound } from '../engine/errors';
import { hasMark } from '../engine/owner-mark';

/** Those of sessions that are not over and may have to be ended. */
const LIVE: readonly StreamSessionStatus[] = [
  StreamSessionStatus.ACTIVATING, StreamSessionStatus.ACTIVE, StreamSessionStatus.CONNECTED, StreamSessionStatus.PENDING_CLIENT_RECONNECTION,
  StreamSessionStatus.RECONNECTING,
];

/** Where to look for sessions. What a list tells of each keeps the number small that have to be read. */
export interface Place {
  readonly StreamGroupArn: string;
  readonly ApplicationArn: string;
  readonly UserId?: string;
}

export type Session = GetStreamSessionOutput & { readonly Arn: string };

/** The ARN of a session has the id of its group before its own: `…:streamsession/sg-1AB2C3De4/abc123`. */
export function readSession(arn: string): Promise<GetStreamSessionOutput | undefined> {
  return absentIfNotFound(() => gameliftstreams.send(new GetStreamSessionCommand(namesOf(arn))));
}

/** The sessions of an owner that are not over. */
export async function ownSessions(owner: Owner, place: Place): Promise<Session[]> {
  const own: Session[] = [];
  for (const Status of LIVE) {
    let NextToken: string | undefined;
    do {
      const page: ListStreamSessionsOutput | undefined = await absentIfNotFound(() => gameliftstreams.send(new ListStreamSessionsCommand({
        Identifier: idOf(place.StreamGroupArn), Status, MaxResults: 100, NextToken,
      })));
      const isCandidate = ({ ApplicationArn, UserId }: StreamSessionSummary) => ApplicationArn === place.ApplicationArn && UserId === place.UserId;
      for (const { Arn } of (page?.Items ?? []).filter(isCandidate)) {
        // Only the session itself has the description, and in it the mark.
        const session = await readSession(Arn!);
        if (hasMark(session?.Description, owner)) {
          own.push({ ...session, Arn: Arn! });
        }
      }
      NextToken = page?.NextToken;
    } while (NextToken !== undefined);
  }
  return own;
}

/** Takes the next step towards the end of a session; answers with what it is waiting for, or undefined when the session is over. */
export async function end(arn: string): Promise<string | undefined> {
  const session = await readSession(arn);
  switch (session?.Status) {
    case undefined:
    case StreamSessionStatus.TERMINATED:
    case StreamSessionStatus.ERROR:
      return undefined;
    case StreamSessionStatus.ACTIVATING:
      return `stream session ${arn} is ACTIVATING, and is ended after that`;
    case StreamSessionStatus.TERMINATING:
      return `stream session ${arn} is TERMINATING`;
    case StreamSessionStatus.ACTIVE:
    case StreamSessionStatus.CONNECTED:
    case StreamSessionStatus.PENDING_CLIENT_RECONNECTION:
    case StreamSessionStatus.RECONNECTING:
      await gameliftstreams.send(new TerminateStreamSessionCommand(namesOf(arn)));
      return `stream session ${arn} was told to end`;
    default:
      throw new Error(`a stream session is in the unknown status ${session?.Status}`);
  }
}

function namesOf(arn: string): { readonly Identifier: string; readonly StreamSessionIdentifier: string } {
  return { Identifier: idOf(arn.slice(0, arn.lastIndexOf('/'))), StreamSessionIdentifier: arn };
}
