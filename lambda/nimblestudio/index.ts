import { NIMBLE_STUDIO_TRANSIENT_ERRORS } from './errors';
import { eulaAcceptance } from './eula-acceptance';
import { launchProfileMembers } from './launch-profile-members';
import { unlessShutDown } from './shutdown';
import { streamingSession } from './streaming-session';
import { studioMembers } from './studio-members';
import { EULA_ACCEPTANCE_TYPE } from '../../src/nimblestudio/private/eula-acceptance-contract';
import { LAUNCH_PROFILE_MEMBERS_TYPE, STUDIO_MEMBERS_TYPE } from '../../src/nimblestudio/private/members-contract';
import { STREAMING_SESSION_TYPE } from '../../src/nimblestudio/private/streaming-session-contract';
import { lifecycleHandler } from '../engine/handler';

/** Nimble Studio's lifecycle resources, each with its controller. */
export const handler = lifecycleHandler({
  controllers: {
    [EULA_ACCEPTANCE_TYPE]: unlessShutDown(eulaAcceptance),
    [LAUNCH_PROFILE_MEMBERS_TYPE]: unlessShutDown(launchProfileMembers),
    [STREAMING_SESSION_TYPE]: unlessShutDown(streamingSession),
    [STUDIO_MEMBERS_TYPE]: unlessShutDown(studioMembers),
  },
  transientErrors: NIMBLE_STUDIO_TRANSIENT_ERRORS,
});
