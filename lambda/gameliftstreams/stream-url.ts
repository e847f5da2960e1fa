import { CreateStreamUrlCommand, Protocol, StreamUrlStatus, type CreateStreamUrlCommandInput, type StreamUrlSummary } from '@aws-sdk/client-gameliftstreams';
import { gameliftstreams } from './client';
import { requireStage } from './launch';
import { callOf, idOf, progressOf } from './obstacle';
import { activeStreamUrls, groupOf, readStreamUrl } from './stream-url-reads';
import { revoke } from './stream-url-revocation';
import type { Launch } from '../../src/gameliftstreams/private/launch-contract';
import { STREAM_URL_ATTRIBUTES, type StreamUrlProperties } from '../../src/gameliftstreams/private/stream-url-contract';
import type { Controller, Progress, Request } from '../engine/controller';
import { hasMark, withMark } from '../engine/owner-mark';
import { tokenOf } from '../engine/token';
import { expiryOf, store } from '../secret/credential';

type UrlRequest = Request<StreamUrlProperties>;

/** Sees to it that there is a stream URL for what is wanted, and that the secret holds it. */
export const streamUrl: Controller<StreamUrlProperties> = (request) => {
  const { wanted } = request;
  return wanted ? progressOf(undefined, () => provide(wanted, request)) : withdraw(request);
};

async function provide(wanted: StreamUrlProperties, request: UrlRequest): Promise<Progress> {
  const url = await present(wanted, request);
  if (!url) {
    return make(wanted, request);
  }
  await handOver(url, wanted, request);
  const why = await endLeftBehind(url, request);
  return why === undefined ? ready(url) : { kind: 'pending', why };
}

/**
 * The URL for what is wanted, if there is one. In whatever status the one that was answered: of an update that changes only how it
 * ends, or of the rollback of an update that failed. Else a live one: of the rollback of an update that had succeeded, or of a step
 * whose answer was lost.
 */
async function present(wanted: StreamUrlProperties, { id, owner }: UrlRequest): Promise<StreamUrlSummary | undefined> {
  const isWanted = (url: StreamUrlSummary | undefined) => hasMark(url?.Description, owner, identityOf(wanted));
  const answered = id !== undefined && groupOf(id) === idOf(wanted.StreamGroupArn) ? await readStreamUrl(id) : undefined;
  return isWanted(answered) ? answered : (await activeStreamUrls(wanted.StreamGroupArn)).find(isWanted);
}

async function make(wanted: StreamUrlProperties, request: UrlRequest): Promise<Progress> {
  const { owner, memory } = request;
  const launch: Launch = JSON.parse(wanted.Launch);
  const group = await requireStage(wanted, launch, request);
  const ended = Number(memory.ended ?? 0);
  const { Arn } = await callOf(group, () => gameliftstreams.send(new CreateStreamUrlCommand({
    ...inputOf(wanted),
    Description: withMark(launch.Description, owner, identityOf(wanted)),
    ClientToken: tokenOf(owner, identityOf(wanted), ended),
  })));
  // Not what the call answers: with the token of an earlier one that may be how things were then.
  const { Status } = await readStreamUrl(Arn!) ?? {};
  return Status === StreamUrlStatus.ACTIVE
    ? { kind: 'pending', id: Arn, why: `stream URL ${Arn} was made`, memory: { made: Arn! }, waitSeconds: 0 }
    : { kind: 'pending', why: `stream URL ${Arn} of an earlier deployment is ${Status}`, memory: { ended: ended + 1 }, waitSeconds: 0 };
}

async function handOver(url: StreamUrlSummary, { SecretArn }: StreamUrlProperties, { startedAt }: UrlRequest): Promise<void> {
  const { Arn, StreamUrl, ExpiresAt } = url;
  if (StreamUrl === undefined || ExpiresAt === undefined) {
    throw new Error(`GameLift Streams described ${Arn} without the URL or without its expiry`);
  }
  const subject = { arn: Arn };
  if (await expiryOf(SecretArn, subject) === undefined) {
    await store(SecretArn, { subject, expiresAt: ExpiresAt.getTime() }, { StreamUrl, ExpiresAt: ExpiresAt.toISOString() }, startedAt);
  }
}

/**
 * An update that failed may have made a URL. CloudFormation, which goes back by another update, knows nothing of that: it still has
 * the id of what is wanted now.
 */
async function endLeftBehind({ Arn }: StreamUrlSummary, { id, memory, before, owner }: UrlRequest): Promise<string | undefined> {
  if (!before || Arn !== id || Arn === memory.made) {
    return undefined;
  }
  const theirs = identityOf(before);
  const left = (await activeStreamUrls(before.StreamGroupArn)).filter((url) => url.Arn !== Arn && hasMark(url.Description, owner, theirs));
  return revoke(left.map((url) => url.Arn!), before.RevocationMode);
}

async function withdraw({ id, owner, before }: UrlRequest): Promise<Progress> {
  const { StreamGroupArn, SecretArn, RevocationMode } = before!;
  const arns = id === undefined
    ? (await activeStreamUrls(StreamGroupArn)).filter(({ Description }) => hasMark(Description, owner)).map(({ Arn }) => Arn!)
    : [id];
  const why = await revoke(arns, RevocationMode);
  return why === undefined ? { kind: 'ready', id: id ?? SecretArn } : { kind: 'pending', why };
}

function ready({ Arn, StreamUrlId, ExpiresAt }: StreamUrlSummary): Progress {
  const attributes = { [STREAM_URL_ATTRIBUTES.id]: StreamUrlId!, [STREAM_URL_ATTRIBUTES.expires]: ExpiresAt!.toISOString() };
  return { kind: 'ready', id: Arn!, attributes };
}

function inputOf(wanted: StreamUrlProperties): CreateStreamUrlCommandInput {
  const launch: Launch = JSON.parse(wanted.Launch);
  return {
    ...launch,
    Identifier: wanted.StreamGroupArn,
    ApplicationIdentifier: wanted.ApplicationArn,
    Protocol: Protocol.WEBRTC,
    UrlExpiresAfterMinutes: Number(wanted.UrlExpiresAfter),
    UsageLimit: wanted.UsageLimit === undefined ? undefined : Number(wanted.UsageLimit),
  };
}

/** All that tells one URL from another. */
function identityOf(wanted: StreamUrlProperties): object {
  return { ...inputOf(wanted), Revision: wanted.Revision };
}
