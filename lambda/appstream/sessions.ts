import {
  AuthenticationType, DescribeSessionsCommand, ListAssociatedStacksCommand, SessionState,
  type DescribeSessionsCommandInput, type DescribeSessionsResult, type Session,
} from '@aws-sdk/client-appstream';
import { appstream } from './client';
import { isError } from '../engine/errors';

/** Whose sessions, through what. */
export interface Streaming {
  readonly stackName: string;
  readonly fleetName: string;
  /** Everybody's if not given. */
  readonly userId?: string;
}

/** The largest page that AppStream gives. */
const PAGE = 50;

/** The sessions that have not ended, those of all kinds of users, the oldest first. */
export async function sessionsOf({ stackName, fleetName, userId }: Streaming): Promise<Session[]> {
  const live = new Map<string, Session>();
  // AppStream lists one type at a time: without a type, those of streaming URLs alone.
  for (const type of Object.values(AuthenticationType)) {
    let NextToken: string | undefined;
    do {
      const page = await read({ StackName: stackName, FleetName: fleetName, UserId: userId, AuthenticationType: type, Limit: PAGE, NextToken });
      page.Sessions?.filter(isLive).forEach((session) => live.set(String(session.Id), session));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
  }
  return [...live.values()].sort((one, other) => (ageOf(one) < ageOf(other) ? -1 : 1));
}

/** The sessions of all users of a fleet, whichever stack they came through. */
export async function sessionsOn(fleetName: string): Promise<Session[]> {
  const stacks: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await appstream.send(new ListAssociatedStacksCommand({ FleetName: fleetName, NextToken }));
    stacks.push(...page.Names ?? []);
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return (await Promise.all(stacks.map((stackName) => sessionsOf({ stackName, fleetName })))).flat();
}

/** Sorts by age, and names one session. What has no time yet is taken for the youngest. */
export function ageOf({ StartTime, Id }: Session): string {
  return `${StartTime?.toISOString() ?? 'young'}/${Id}`;
}

async function read(input: DescribeSessionsCommandInput): Promise<DescribeSessionsResult> {
  try {
    return await appstream.send(new DescribeSessionsCommand(input));
  } catch (error) {
    // DescribeSessions declares no error for a stack or fleet that is gone; it may be the one that it declares, since the user ID
    // always comes with a type. What does not go together has no sessions.
    if (isError(error, 'ResourceNotFoundException') || isError(error, 'InvalidParameterCombinationException')) {
      return {};
    }
    throw error;
  }
}

function isLive({ Id, State }: Session): boolean {
  switch (State) {
    case SessionState.PENDING:
    case SessionState.ACTIVE:
      return true;
    case SessionState.EXPIRED:
      return false;
    default:
      throw new Error(`session ${Id} is in the unknown state ${State}`);
  }
}
