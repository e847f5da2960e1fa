/** What `ImagePermissions` and its controller say to each other. Both sides import this file, so it imports nothing. */

export const IMAGE_PERMISSION_TYPE = 'Custom::AppStreamImagePermission';

export interface ImagePermissionProperties {
  readonly ImageName: string;
  readonly Region: string;
  readonly AccountId: string;
  readonly AllowFleet: 'true' | 'false';
  readonly AllowImageBuilder: 'true' | 'false';
  /** Whether the account may lose what it has had for a while. */
  readonly AllowRevocation: 'true' | 'false';
}
