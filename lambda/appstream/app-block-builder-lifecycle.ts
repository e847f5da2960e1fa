import { appBlockBuilders } from './app-block-builders';
import { bring } from './running-state';
import type { AppBlockBuilderLifecycleProperties } from '../../src/appstream/private/app-block-builder-lifecycle-contract';
import type { Controller } from '../engine/controller';

/** Brings an app block builder to RUNNING or STOPPED. */
export const appBlockBuilderLifecycle: Controller<AppBlockBuilderLifecycleProperties> = (request) => {
  const { AppBlockBuilderName, DesiredState, StopOnDelete } = request.wanted ?? request.before!;
  return bring(appBlockBuilders, { name: AppBlockBuilderName, target: DesiredState, stopOnDelete: StopOnDelete === 'true' }, request);
};
