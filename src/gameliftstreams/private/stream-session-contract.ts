/** What `StreamSession` and its controller say to each other. Both sides import this file, so it imports nothing. */

export const STREAM_SESSION_TYPE = 'Custom::GameLiftStreamsStreamSession';

export interface StreamSessionProperties {
  readonly StreamGroupArn: string;
  readonly ApplicationArn: string;
  /** A `Launch` as JSON. */
  readonly Launch: string;
  readonly ConnectionTimeoutSeconds: string;
  readonly PerformanceStats: 'true' | 'false';
  readonly UserId?: string;
  /** A new value makes a new session. */
  readonly Revision?: string;
}

/** The attributes that the controller answers with. */
export const STREAM_SESSION_ATTRIBUTES = { arn: 'Arn', status: 'Status', location: 'Location', expires: 'Expires' } as const;
