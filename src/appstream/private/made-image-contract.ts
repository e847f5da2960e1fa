/** What the constructs that make images and their controllers say to each other. Both sides import this file, so it imports nothing. */

export const IMAGE_COPY_TYPE = 'Custom::AppStreamImageCopy';
export const UPDATED_IMAGE_TYPE = 'Custom::AppStreamUpdatedImage';
export const IMPORTED_IMAGE_TYPE = 'Custom::AppStreamImportedImage';

/** Attributes of the resources, and of that of the latest public image. */
export const IMAGE_ATTRIBUTES = { name: 'ImageName', arn: 'ImageArn' } as const;

/** How many digits of a hash stand after a dash at the end of a name that begins with `NamePrefix`. */
export const GENERATION_LENGTH = 8;

/** Either the name, or what it begins with. */
export interface MadeImageProperties {
  readonly ImageName?: string;
  readonly NamePrefix?: string;
  /** JSON. */
  readonly Tags?: string;
}

export interface ImageCopyProperties extends MadeImageProperties {
  readonly SourceImageName: string;
  readonly DestinationRegion: string;
  readonly Description?: string;
}

export interface UpdatedImageProperties extends MadeImageProperties {
  readonly SourceImageName: string;
  readonly DisplayName?: string;
  readonly Description?: string;
  /** Goes into no call: a new value makes another image. */
  readonly Revision?: string;
}

export interface ImportedImageProperties extends MadeImageProperties {
  readonly SourceAmiId?: string;
  readonly WorkspaceImageId?: string;
  readonly RoleArn?: string;
  readonly DisplayName?: string;
  readonly Description?: string;
  readonly AgentSoftwareVersion?: 'CURRENT_LATEST' | 'ALWAYS_LATEST';
  readonly ValidationInstanceType?: string;
  /** JSON: a list of what AppStream calls ApplicationConfig. */
  readonly ApplicationCatalog?: string;
}
