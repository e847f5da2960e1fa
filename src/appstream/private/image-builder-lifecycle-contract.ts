import type { StateProperties } from './state-contract';

/** What `ImageBuilderLifecycle` and its controller say to each other. Both sides import this file, so it imports nothing but its like. */

export const IMAGE_BUILDER_LIFECYCLE_TYPE = 'Custom::AppStreamImageBuilderLifecycle';

export interface ImageBuilderLifecycleProperties extends StateProperties {
  readonly ImageBuilderName: string;
}
