import { applicationAssociation } from './application-association';
import { GAMELIFT_STREAMS_TRANSIENT_ERRORS } from './errors';
import { streamSession } from './stream-session';
import { APPLICATION_ASSOCIATION_TYPE } from '../../src/gameliftstreams/private/stream-group-application-association-contract';
import { STREAM_SESSION_TYPE } from '../../src/gameliftstreams/private/stream-session-contract';
import { lifecycleHandler } from '../engine/handler';

/** GameLift Streams' lifecycle resources, each with its controller. */
export const handler = lifecycleHandler({
  controllers: {
    [APPLICATION_ASSOCIATION_TYPE]: applicationAssociation,
    [STREAM_SESSION_TYPE]: streamSession,
  },
  transientErrors: GAMELIFT_STREAMS_TRANSIENT_ERRORS,
});
