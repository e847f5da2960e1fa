import { randomBytes } from 'crypto';
import type {
  CreateStreamingSessionStreamRequest, GetStreamingSessionStreamRequest, StreamingSessionStream, StreamingSessionStreamState,
} from '@aws-sdk/client-nimble';
import type { NimbleAccount } from './account';
import type { StreamRecord } from './session-record';
import { findIn, findSession } from './sessions';

/** Connections to a session. Their URL is a credential: whoever has it is let in. */
export function streamOperations(account: NimbleAccount) {
  return {
    CreateStreamingSessionStream(
      { studioId, sessionId, expirationInSeconds = 120 }: CreateStreamingSessionStreamRequest,
    ): { stream: StreamingSessionStream } {
      const session = findIn(account, studioId!, sessionId!, ['READY']);
      const streamId = account.newId('stream');
      const failure = account.script.takeFailure('CreateStreamingSessionStream');
      const stream: StreamRecord = {
        settings: {
          streamId,
          ownedBy: session.settings.ownedBy,
          createdBy: session.settings.createdBy,
          createdAt: account.now(),
          // Inferred: that the time runs from the request on, and its default.
          expiresAt: new Date(account.now().getTime() + expirationInSeconds * 1000),
          url: `https://${streamId}.nimblestudio.${account.region}.amazonaws.com/?authToken=${randomBytes(32).toString('base64url')}`,
        },
        sessionId: sessionId!,
        state: account.timed<StreamingSessionStreamState>('CREATE_IN_PROGRESS'),
      };
      const after = account.durations.stream;
      if (failure) {
        stream.state.enter('CREATE_IN_PROGRESS', { to: 'CREATE_FAILED', after });
      } else {
        stream.state.enter('CREATE_IN_PROGRESS', { to: 'READY', after }, { to: 'DELETED', after: Math.max(0, expirationInSeconds * 1000 - after) });
      }
      account.streams.set(streamId, stream);
      account.secrets.push(stream.settings.url!);
      return { stream: describe(stream) };
    },

    GetStreamingSessionStream({ studioId, sessionId, streamId }: GetStreamingSessionStreamRequest): { stream: StreamingSessionStream } {
      findSession(account, studioId!, sessionId!);
      const stream = account.streams.get(streamId!);
      return { stream: stream?.sessionId === sessionId ? describe(stream!) : account.notFound('stream', streamId!) };
    },
  };
}

/** There is a URL while the stream is READY and not before or after (inferred). */
function describe({ settings: { url, ...settings }, state }: StreamRecord): StreamingSessionStream {
  const now = state.now;
  const statusCode = now.endsWith('_FAILED') ? 'NETWORK_CONNECTION_ERROR' : `STREAM_${now}`;
  return { ...settings, state: now, statusCode, ...now === 'READY' && { url } } as StreamingSessionStream;
}
