import { imageBuilders } from './image-builders';
import { stateController } from './running-state';
import type { ImageBuilderLifecycleProperties } from '../../src/appstream/private/image-builder-lifecycle-contract';

/** Brings an image builder to RUNNING or STOPPED. */
export const imageBuilderLifecycle = stateController<ImageBuilderLifecycleProperties>(imageBuilders, ({ ImageBuilderName }) => ImageBuilderName);
