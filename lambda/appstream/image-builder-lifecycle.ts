import { imageBuilders } from './image-builders';
import { bring } from './running-state';
import type { ImageBuilderLifecycleProperties } from '../../src/appstream/private/image-builder-lifecycle-contract';
import type { Controller } from '../engine/controller';

/** Brings an image builder to RUNNING or STOPPED. */
export const imageBuilderLifecycle: Controller<ImageBuilderLifecycleProperties> = (request) => {
  const { ImageBuilderName, DesiredState, StopOnDelete } = request.wanted ?? request.before!;
  return bring(imageBuilders, { name: ImageBuilderName, target: DesiredState, stopOnDelete: StopOnDelete === 'true' }, request);
};
