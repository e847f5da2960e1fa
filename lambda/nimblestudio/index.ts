import { NIMBLE_STUDIO_TRANSIENT_ERRORS } from './errors';
import { unlessShutDown } from './shutdown';
import { streamingSession } from './streaming-session';
import { STREAMING_SESSION_TYPE } from '../../src/nimblestudio/private/streaming-session-contract';
import { lifecycleHandler } from '../engine/handler';

/** Nimble Studio's lifecycle resources, each with its controller. */
export const handler = lifecycleHandler({
  controllers: {
    [STREAMING_SESSION_TYPE]: unlessShutDown(streamingSession),
  },
  transientErrors: NIMBLE_STUDIO_TRANSIENT_ERRORS,
});
