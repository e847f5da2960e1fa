/** What `StreamingUrl` and its controller say to each other. Both sides import this file, so it imports nothing. */

export const STREAMING_URL_TYPE = 'Custom::AppStreamStreamingUrl';

/** Attributes of the resource. */
export const STREAMING_URL_EXPIRES = 'Expires';

export interface StreamingUrlProperties {
  /** Where the URL is written to. */
  readonly SecretArn: string;
  readonly StackName: string;
  readonly FleetName: string;
  readonly UserId: string;
  readonly ApplicationId?: string;
  readonly SessionContext?: string;
  /** Seconds. */
  readonly Validity: string;
  /** Goes into no call: a new value makes a new URL. */
  readonly Revision?: string;
}
