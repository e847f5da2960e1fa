import { appBlockBuilderLifecycle } from './app-block-builder-lifecycle';
import { APPSTREAM_TRANSIENT_ERRORS } from './errors';
import { fleetAssociation } from './fleet-association';
import { fleetCapacity } from './fleet-capacity';
import { fleetLifecycle } from './fleet-lifecycle';
import { fleetReopening } from './fleet-reopening';
import { fleetUpdateGate } from './fleet-update-gate';
import { imageBuilderLifecycle } from './image-builder-lifecycle';
import { sessionDrain } from './session-drain';
import { stackTheme } from './stack-theme';
import { streamingUrl } from './streaming-url';
import { usageReportSubscription } from './usage-report-subscription';
import { userEnablement } from './user-enablement';
import { APP_BLOCK_BUILDER_LIFECYCLE_TYPE } from '../../src/appstream/private/app-block-builder-lifecycle-contract';
import { FLEET_ASSOCIATION_TYPE } from '../../src/appstream/private/fleet-association-contract';
import { FLEET_CAPACITY_TYPE } from '../../src/appstream/private/fleet-capacity-contract';
import { FLEET_LIFECYCLE_TYPE } from '../../src/appstream/private/fleet-lifecycle-contract';
import { FLEET_REOPENING_TYPE, FLEET_UPDATE_GATE_TYPE } from '../../src/appstream/private/fleet-update-gate-contract';
import { IMAGE_BUILDER_LIFECYCLE_TYPE } from '../../src/appstream/private/image-builder-lifecycle-contract';
import { SESSION_DRAIN_TYPE } from '../../src/appstream/private/session-drain-contract';
import { STACK_THEME_TYPE } from '../../src/appstream/private/stack-theme-contract';
import { STREAMING_URL_TYPE } from '../../src/appstream/private/streaming-url-contract';
import { USAGE_REPORT_SUBSCRIPTION_TYPE } from '../../src/appstream/private/usage-report-subscription-contract';
import { USER_ENABLEMENT_TYPE } from '../../src/appstream/private/user-enablement-contract';
import { lifecycleHandler } from '../engine/handler';

export { runningHours } from './running-hours';

/** AppStream's lifecycle resources, each with its controller. */
export const handler = lifecycleHandler({
  controllers: {
    [APP_BLOCK_BUILDER_LIFECYCLE_TYPE]: appBlockBuilderLifecycle,
    [FLEET_ASSOCIATION_TYPE]: fleetAssociation,
    [FLEET_CAPACITY_TYPE]: fleetCapacity,
    [FLEET_LIFECYCLE_TYPE]: fleetLifecycle,
    [FLEET_REOPENING_TYPE]: fleetReopening,
    [FLEET_UPDATE_GATE_TYPE]: fleetUpdateGate,
    [IMAGE_BUILDER_LIFECYCLE_TYPE]: imageBuilderLifecycle,
    [SESSION_DRAIN_TYPE]: sessionDrain,
    [STACK_THEME_TYPE]: stackTheme,
    [STREAMING_URL_TYPE]: streamingUrl,
    [USAGE_REPORT_SUBSCRIPTION_TYPE]: usageReportSubscription,
    [USER_ENABLEMENT_TYPE]: userEnablement,
  },
  transientErrors: APPSTREAM_TRANSIENT_ERRORS,
});
