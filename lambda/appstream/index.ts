import { APPSTREAM_TRANSIENT_ERRORS } from './errors';
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
import { streamingUrl } from './streaming-url';
import { updatedImage } from './updated-image';
import { FLEET_LIFECYCLE_TYPE } from '../../src/appstream/private/fleet-lifecycle-contract';
import { FLEET_REOPENING_TYPE, FLEET_UPDATE_GATE_TYPE } from '../../src/appstream/private/fleet-update-gate-contract';
import { IMAGE_BUILDER_LIFECYCLE_TYPE } from '../../src/appstream/private/image-builder-lifecycle-contract';
import { IMAGE_BUILDER_SOFTWARE_TYPE } from '../../src/appstream/private/image-builder-software-contract';
import { IMAGE_EXPORT_TYPE } from '../../src/appstream/private/image-export-contract';
import { IMAGE_PERMISSION_TYPE } from '../../src/appstream/private/image-permission-contract';
import { LATEST_IMAGE_TYPE } from '../../src/appstream/private/latest-image-contract';
import { IMAGE_COPY_TYPE, IMPORTED_IMAGE_TYPE, UPDATED_IMAGE_TYPE } from '../../src/appstream/private/made-image-contract';
import { SESSION_DRAIN_TYPE } from '../../src/appstream/private/session-drain-contract';
import { STREAMING_URL_TYPE } from '../../src/appstream/private/streaming-url-contract';
import { lifecycleHandler } from '../engine/handler';

/** AppStream's lifecycle resources, each with its controller. */
export const handler = lifecycleHandler({
  controllers: {
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
    [STREAMING_URL_TYPE]: streamingUrl,
    [UPDATED_IMAGE_TYPE]: updatedImage,
  },
  transientErrors: APPSTREAM_TRANSIENT_ERRORS,
});
