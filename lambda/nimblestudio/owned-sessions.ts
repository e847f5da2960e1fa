import {
  DeleteStreamingSessionCommand, GetStreamingSessionCommand, ListStreamingSessionsCommand,
  type CreateStreamingSessionRequest, type ListStreamingSessionsResponse, type StreamingSession,
} from '@aws-sdk/client-nimble';
import { nimbleAt } from './client';
import type { StreamingSessionProperties } from '../../src/nimblestudio/private/streaming-session-contract';
import { STACK_TAG } from '../../src/private/lifecycle-contract';
import type { Owner, Request } from '../engine/controller';
import { absentIfNotFound } from '../engine/errors';
import { digestOf, tokenOf } from '../engine/token';

/** Tells the sessions of one lifecycle resource, whatever they were made from. */
const RESOURCE_TAG = 'cdk-app-streaming:resource';
/** Tells what a session was made from: of several sessions of a resource, one is the wanted one. */
const VERSION_TAG = 'cdk-app-streaming:version';

/** How often a deletion that fails is tried in one request. */
const MAX_DELETIONS = 3;

/** What a session is made from, with the tags by which it is found again. None of it can be changed later. */
export function inputOf(owner: Owner, properties: StreamingSessionProperties): CreateStreamingSessionRequest {
  const { StudioId, LaunchProfileId, OwnedBy, InstanceType, StreamingImageId, Tags = '{}' } = properties;
  const own = {
    studioId: StudioId,
    launchProfileId: LaunchProfileId,
    ownedBy: OwnedBy,
    // Text: other implementations of the API may have types that the SDK's list lacks.
    ec2InstanceType: InstanceType as CreateStreamingSessionRequest['ec2InstanceType'],
    streamingImageId: StreamingImageId,
    tags: JSON.parse(Tags) as Record<string, string>,
  };
  return {
    ...own,
    tags: { ...own.tags, [STACK_TAG]: owner.stackId.split('/')[1], [RESOURCE_TAG]: digestOf(owner), [VERSION_TAG]: digestOf(own) },
  };
}

/** Whether a session was made from this. */
export function isMadeFrom({ tags }: StreamingSession, input: CreateStreamingSessionRequest): boolean {
  return tags?.[RESOURCE_TAG] === input.tags![RESOURCE_TAG] && tags[VERSION_TAG] === input.tags![VERSION_TAG];
}

/** A session, unless it has gone. Nimble Studio may show it for a while after. */
export async function readSession({ StudioId, EndpointUrl }: StreamingSessionProperties, sessionId: string): Promise<StreamingSession | undefined> {
  const command = new GetStreamingSessionCommand({ studioId: StudioId, sessionId });
  const session = (await absentIfNotFound(() => nimbleAt(EndpointUrl).send(command)))?.session;
  return session?.state === 'DELETED' ? undefined : session;
}

/** The sessions of a lifecycle resource that have not gone. */
export async function sessionsOf(owner: Owner, { StudioId, EndpointUrl }: StreamingSessionProperties): Promise<StreamingSession[]> {
  const found: StreamingSession[] = [];
  let nextToken: string | undefined;
  do {
    const command = new ListStreamingSessionsCommand({ studioId: StudioId, nextToken });
    // A studio that has gone has no sessions.
    const page: ListStreamingSessionsResponse | undefined = await absentIfNotFound(() => nimbleAt(EndpointUrl).send(command));
    found.push(...page?.sessions ?? []);
    nextToken = page?.nextToken;
  } while (nextToken !== undefined);
  return found.filter(({ state, tags }) => state !== 'DELETED' && tags?.[RESOURCE_TAG] === digestOf(owner));
}

/** What the deletion of sessions has come to. */
export type Removal =
  | { readonly kind: 'gone' }
  | { readonly kind: 'going'; readonly why: string; readonly failures: number }
  | { readonly kind: 'stuck'; readonly why: string };

/** Takes the next step towards the deletion of sessions. */
export async function removeSessions(
  sessions: readonly StreamingSession[], { EndpointUrl, StudioId }: StreamingSessionProperties, request: Request<StreamingSessionProperties>,
): Promise<Removal> {
  const [first] = sessions;
  if (!first) {
    return { kind: 'gone' };
  }
  const failed = sessions.find(({ state }) => state === 'DELETE_FAILED');
  const failures = Number(request.memory.failures ?? 0) + (failed ? 1 : 0);
  if (failed && failures > MAX_DELETIONS) {
    return { kind: 'stuck', why: sentenceOf(failed) };
  }
  for (const { sessionId, state } of sessions.filter((session) => !session.state!.endsWith('_IN_PROGRESS'))) {
    // Nimble Studio answers a token that it knows without acting again.
    const clientToken = tokenOf(request.owner, { delete: sessionId, state, request: request.startedAt }, failures);
    await nimbleAt(EndpointUrl).send(new DeleteStreamingSessionCommand({ studioId: StudioId, sessionId, clientToken }));
  }
  return { kind: 'going', why: `${sentenceOf(failed ?? first)} and has to go`, failures };
}

/** A session and its state; where it has failed, with what Nimble Studio says of it. */
export function sentenceOf({ sessionId, state, statusCode, statusMessage }: StreamingSession): string {
  const reported = state?.endsWith('_FAILED') ? ` and reports ${statusCode}: ${statusMessage?.replace(/\.$/, '')}` : '';
  return `streaming session ${sessionId} is ${state}${reported}`;
}
