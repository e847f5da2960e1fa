import { appBlockBuilders } from './app-block-builders';
import { stateController } from './running-state';
import type { AppBlockBuilderLifecycleProperties } from '../../src/appstream/private/app-block-builder-lifecycle-contract';

/** Brings an app block builder to RUNNING or STOPPED. */
export const appBlockBuilderLifecycle = stateController<AppBlockBuilderLifecycleProperties>(
  appBlockBuilders, ({ AppBlockBuilderName }) => AppBlockBuilderName,
);
