/** What `ImageExport` and its controller say to each other. Both sides import this file, so it imports nothing. */

export const IMAGE_EXPORT_TYPE = 'Custom::AppStreamImageExport';

/** Attributes of the resource. */
export const IMAGE_EXPORT_ATTRIBUTES = { amiId: 'AmiId', amiName: 'AmiName' } as const;

/** Either the AMI's name, or what it begins with: see `GENERATION_LENGTH`. */
export interface ImageExportProperties {
  readonly ImageName: string;
  readonly AmiName?: string;
  readonly NamePrefix?: string;
  readonly RoleArn: string;
  readonly Description?: string;
  /** JSON. */
  readonly Tags?: string;
  /** Goes into no call: a new value makes another AMI. */
  readonly Revision?: string;
}
