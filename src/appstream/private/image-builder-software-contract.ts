/** What `ImageBuilderSoftware` and its controller say to each other. Both sides import this file, so it imports nothing. */

export const IMAGE_BUILDER_SOFTWARE_TYPE = 'Custom::AppStreamImageBuilderSoftware';

export interface ImageBuilderSoftwareProperties {
  readonly ImageBuilderName: string;
  readonly ImageBuilderArn: string;
  /** JSON: the names of the software. */
  readonly Software: string;
  /** Goes into no call: a new value makes the next deployment look again. */
  readonly Revision?: string;
}
