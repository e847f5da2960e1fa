/** What lifecycle resources of things that are started and stopped say to their controllers. Both sides import this file, so it imports nothing. */
export interface StateProperties {
  /** Nothing is done to what is unmanaged, until the resource is deleted. */
  readonly DesiredState: 'RUNNING' | 'STOPPED' | 'UNMANAGED';
  /** Whether the thing is stopped when the resource is deleted, because the thing itself goes next. */
  readonly StopOnDelete: 'true' | 'false';
  /** Read by nobody: a new value makes CloudFormation ask again. */
  readonly Revision?: string;
}
