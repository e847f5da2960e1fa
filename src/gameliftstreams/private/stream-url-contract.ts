/** What `StreamUrl` and its controller say to each other. Both sides import this file, so it imports nothing. */

export const STREAM_URL_TYPE = 'Custom::GameLiftStreamsStreamUrl';

/** Attributes of the resource. Its physical id is the ARN of the stream URL. */
export const STREAM_URL_ATTRIBUTES = { id: 'StreamUrlId', expires: 'Expires' } as const;

export interface StreamUrlProperties {
  readonly StreamGroupArn: string;
  readonly ApplicationArn: string;
  /** Where the URL is written to. */
  readonly SecretArn: string;
  /** Minutes. */
  readonly UrlExpiresAfter: string;
  readonly UsageLimit?: string;
  /** JSON of a `Launch`. */
  readonly Launch: string;
  /** What becomes of the sessions when the URL is revoked. */
  readonly RevocationMode: 'REVOKE_URL' | 'REVOKE_AND_TERMINATE_SESSIONS';
  /** Goes into no call: a new value makes a new URL. */
  readonly Revision?: string;
}
