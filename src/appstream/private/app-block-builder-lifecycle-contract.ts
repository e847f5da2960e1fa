/** What `AppBlockBuilderLifecycle` and its controller say to each other. Both sides import this file, so it imports nothing. */

export const APP_BLOCK_BUILDER_LIFECYCLE_TYPE = 'Custom::AppStreamAppBlockBuilderLifecycle';

export interface AppBlockBuilderLifecycleProperties {
  readonly AppBlockBuilderName: string;
  /** Nothing is done to what is unmanaged, until the resource is deleted. */
  readonly DesiredState: 'RUNNING' | 'STOPPED' | 'UNMANAGED';
  /** Whether the builder is stopped when the resource is deleted, because the builder itself goes next. */
  readonly StopOnDelete: 'true' | 'false';
  /** Read by nobody: a new value makes CloudFormation ask again. */
  readonly Revision?: string;
}
