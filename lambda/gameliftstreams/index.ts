import { applicationAssociation } from './application-association';
import { GAMELIFT_STREAMS_TRANSIENT_ERRORS } from './errors';
import { streamSession } from './stream-session';
import { streamUrl } from './stream-url';
import { APPLICATION_ASSOCIATION_TYPE } from '../../src/gameliftstreams/private/stream-group-application-association-contract';
import { STREAM_SESSION_TYPE } from '../../src/gameliftstreams/private/stream-session-contract';
import { STREAM_URL_TYPE } from '../../src/gameliftstreams/private/stream-url-contract';
import { lifecycleHandler } from '../engine/handler';

export { adminShell } from './admin-shell';

/** GameLift Streams' lifecycle resources, each with its controller. */
export const handler = lifecycleHandler({
  controllers: {
    [APPLICATION_ASSOCIATION_TYPE]: applicationAssociation,
    [STREAM_SESSION_TYPE]: streamSession,
    [STREAM_URL_TYPE]: streamUrl,
  },
  transientErrors: GAMELIFT_STREAMS_TRANSIENT_ERRORS,
});
