import { appBlockBuilderLifecycle } from './app-block-builder-lifecycle';
import { APPSTREAM_TRANSIENT_ERRORS } from './errors';
import { fleetAssociation } from './fleet-association';
import { fleetCapacity } from './fleet-capacity';
import { fleetLifecycle } from './fleet-lifecycle';
import { fleetReopening } from './fleet-reopening';
import { fleetUpdateGate } from './fleet-update-gate';
import { imageBuilderLifecycle } from './image-builder-lifecycle';
import { imageBuilderSoftware } from './image-builder-software';
import { imageCopy } from './image-copy';
import { imageExport } from './image-export';
import { imagePermission } from './image-permission';
import { importedImage } from './imported-image';
import { latestImage } from './latest-image';
import { sessionDrain } from './session-drain';
import { stackTheme } from './stack-theme';
import { streamingUrl } from './streaming-url';
import { updatedImage } from './updated-image';
import { usageReportSubscription } from './usage-report-subscription';
import { userEnablement } from './user-enablement';
import { APP_BLOCK_BUILDER_LIFECYCLE_TYPE } from '../../src/appstream/private/app-block-builder-lifecycle-contract';
import { FLEET_ASSOCIATION_TYPE } from '../../src/appstream/private/fleet-association-contract';
import { FLEET_CAPACITY_TYPE } from '../../src/appstream/private/fleet-capacity-contract';
import { FLEET_LIFECYCLE_TYPE } from '../../src/appstream/private/fleet-lifecycle-contract';
import { FLEET_REOPENING_TYPE, FLEET_UPDATE_GATE_TYPE } from '../../src/appstream/private/fleet-update-gate-contract';
import { IMAGE_BUILDER_LIFECYCLE_TYPE } from '../../src/appstream/private/image-builder-lifecycle-contract';
import { IMAGE_BUILDER_SOFTWARE_TYPE } from '../../src/appstream/private/image-builder-software-contract';
import { IMAGE_EXPORT_TYPE } from '../../src/appstream/private/image-export-contract';
import { IMAGE_PERMISSION_TYPE } from '../../src/appstream/private/image-permission-contract';
import { LATEST_IMAGE_TYPE } from '../../src/appstream/private/latest-image-contract';
import { IMAGE_COPY_TYPE, IMPORTED_IMAGE_TYPE, UPDATED_IMAGE_TYPE } from '../../src/appstream/private/made-image-contract';
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
    [IMAGE_BUILDER_SOFTWARE_TYPE]: imageBuilderSoftware,
    [IMAGE_COPY_TYPE]: imageCopy,
    [IMAGE_EXPORT_TYPE]: imageExport,
    [IMAGE_PERMISSION_TYPE]: imagePermission,
    [IMPORTED_IMAGE_TYPE]: importedImage,
    [LATEST_IMAGE_TYPE]: latestImage,
    [SESSION_DRAIN_TYPE]: sessionDrain,
    [STACK_THEME_TYPE]: stackTheme,
    [STREAMING_URL_TYPE]: streamingUrl,
    [USAGE_REPORT_SUBSCRIPTION_TYPE]: usageReportSubscription,
    [USER_ENABLEMENT_TYPE]: userEnablement,
    [UPDATED_IMAGE_TYPE]: updatedImage,
  },
  transientErrors: APPSTREAM_TRANSIENT_ERRORS,
});
