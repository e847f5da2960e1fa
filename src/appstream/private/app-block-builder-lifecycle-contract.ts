import type { StateProperties } from './state-contract';

/** What `AppBlockBuilderLifecycle` and its controller say to each other. Both sides import this file, so it imports nothing but its like. */

export const APP_BLOCK_BUILDER_LIFECYCLE_TYPE = 'Custom::AppStreamAppBlockBuilderLifecycle';

export interface AppBlockBuilderLifecycleProperties extends StateProperties {
  readonly AppBlockBuilderName: string;
}
