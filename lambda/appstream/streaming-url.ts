import { CreateStreamingURLCommand } from '@aws-sdk/client-appstream';
import { appstream } from './client';
import { obstacleTo } from './streaming-obstacle';
import type { STREAMING_URL_EXPIRES, StreamingUrlProperties } from '../../src/appstream/private/streaming-url-contract';
import type { Controller, Progress, Request } from '../engine/controller';
import { restore, store } from '../secret/credential';

/** Sees to it that a secret holds a URL for what is wanted that has not expired. */
export const streamingUrl: Controller<StreamingUrlProperties> = async (request) => {
  const { wanted } = request;
  if (wanted === undefined) {
    // AppStream revokes no URL, and the secret is CloudFormation's.
    return { kind: 'ready', id: request.id ?? request.before!.SecretArn };
  }
  // As after a rollback, whatever the fleet is like by then.
  const expiresAt = await restore(wanted.SecretArn, subjectOf(wanted), request.now);
  if (expiresAt !== undefined) {
    return ready(wanted, expiresAt);
  }
  const obstacle = await obstacleTo(wanted.StackName, wanted.FleetName);
  if (obstacle === undefined) {
    return mint(wanted, request);
  }
  const { memory, now } = request;
  const { kind, sentence, limit } = obstacle;
  const since = memory.obstacle === kind ? Number(memory.since) : now;
  return limit === undefined || now - since < limit.ms
    ? { kind: 'pending', id: wanted.SecretArn, why: sentence, memory: { obstacle: kind, since } }
    : { kind: 'failed', id: wanted.SecretArn, reason: `${sentence}: ${limit.advice}, then deploy again` };
};

/** A URL whose answer is lost, or that is not stored any more, is nobody's: it expires. */
async function mint(wanted: StreamingUrlProperties, { startedAt }: Request<StreamingUrlProperties>): Promise<Progress> {
  const { StackName, FleetName, UserId, ApplicationId, SessionContext, Validity } = wanted;
  const { StreamingURL, Expires } = await appstream.send(new CreateStreamingURLCommand({
    StackName, FleetName, UserId, ApplicationId, SessionContext, Validity: Number(Validity),
  }));
  if (StreamingURL === undefined || Expires === undefined) {
    throw new Error('AppStream answered CreateStreamingURL without a URL or without its expiry');
  }
  const credential = { subject: subjectOf(wanted), expiresAt: Expires.getTime() };
  await store(wanted.SecretArn, credential, { StreamingURL, Expires: Expires.toISOString() }, startedAt);
  return ready(wanted, credential.expiresAt);
}

function ready({ SecretArn }: StreamingUrlProperties, expiresAt: number): Progress {
  const attributes: Record<typeof STREAMING_URL_EXPIRES, string> = { Expires: new Date(expiresAt).toISOString() };
  return { kind: 'ready', id: SecretArn, attributes };
}

/** All that tells one URL from another. */
function subjectOf({ StackName, FleetName, UserId, ApplicationId, SessionContext, Validity, Revision }: StreamingUrlProperties): object {
  return { StackName, FleetName, UserId, ApplicationId, SessionContext, Validity, Revision };
}
