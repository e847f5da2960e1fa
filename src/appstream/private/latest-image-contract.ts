/** What `LatestImage` and its controller say to each other. Both sides import this file, so it imports nothing. */

export const LATEST_IMAGE_TYPE = 'Custom::AppStreamLatestImage';

/** The attributes are those of images that are made. */
export interface LatestImageProperties {
  readonly Platform: string;
  readonly InstanceFamily: string;
  readonly NamePrefix?: string;
  readonly Revision?: string;
}
