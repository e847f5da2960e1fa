/** What `StreamingSession` and its controller say to each other. Both sides import this file, so it imports nothing. */

export const STREAMING_SESSION_TYPE = 'Custom::NimbleStudioStreamingSession';

export interface StreamingSessionProperties {
  readonly StudioId: string;
  readonly LaunchProfileId: string;
  readonly OwnedBy?: string;
  readonly InstanceType?: string;
  readonly StreamingImageId?: string;
  /** A JSON object of text. */
  readonly Tags?: string;
  readonly DesiredState: 'READY' | 'STOPPED';
  /** What becomes of the volumes at the next stop. */
  readonly VolumeRetentionMode?: 'RETAIN' | 'DELETE';
  readonly EndpointUrl?: string;
  /** Read by nobody: a new value makes CloudFormation ask again. */
  readonly Revision?: string;
}

/** The names of its attributes. */
export const STREAMING_SESSION_ATTRIBUTES = {
  id: 'SessionId',
  arn: 'SessionArn',
  ownedBy: 'OwnedBy',
  instanceType: 'InstanceType',
  stopAt: 'StopAt',
  terminateAt: 'TerminateAt',
} as const;
