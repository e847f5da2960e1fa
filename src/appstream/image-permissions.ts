import { Construct } from 'constructs';
import { IImage } from './image-config';
import { allow, imageArn } from './made-image';
import { IMAGE_PERMISSION_TYPE, ImagePermissionProperties } from './private/image-permission-contract';
import { ownImage } from './private/own-image';
import { fail } from '../private/errors';
import { kindForOne, LifecycleEngine, Permission } from '../private/lifecycle-engine';

/** With whom an image is shared, and what for. */
export interface ImagePermissionsProps {
  /**
   * The image: one that this account owns, also a copy that this stack makes in another Region.
   *
   * With another image the accounts get that one too; what they have of the image before is taken from them as `allowRevocation` says.
   */
  readonly image: IImage;

  /** The accounts, at least one, for example "123456789012". */
  readonly accounts: string[];

  /**
   * Whether the accounts may use the image for fleets.
   *
   * @default true
   */
  readonly allowFleet?: boolean;

  /**
   * Whether the accounts may use the image for image builders, and so make images of it.
   *
   * @default false
   */
  readonly allowImageBuilder?: boolean;

  /**
   * Whether a deployment may take from an account what it has had for twelve hours or more.
   *
   * AppStream does not tell whether an account uses an image; where it does, its fleets get no new instances from then on. So unless this is
   * said, and for a removal or another image deployed first, the deployment that would take something fails, names the account, and leaves it
   * what it has. What an account had before this was deployed stays for the first twelve hours. An image that is shared cannot be deleted.
   *
   * @default false
   */
  readonly allowRevocation?: boolean;
}

/**
 * Shares an image with other accounts: a lifecycle resource for each.
 *
 * Images are shared within a Region: for another one, share a copy there. The accounts find the image by its ARN. Share an image with an account
 * once: what is deleted under one id takes the share that another id has found.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/share-image-with-another-account.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import { appstream } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 * declare const image: appstream.ImportedImage;
 *
 * new appstream.ImagePermissions(scope, 'Production', { image, accounts: ['123456789012'] });
 */
export class ImagePermissions extends Construct {
  /** Throws for an image of another account, for none and for what is no account, for one that is named twice, and where nothing is permitted. */
  constructor(scope: Construct, id: string, props: ImagePermissionsProps) {
    super(scope, id);
    const { accounts, allowFleet = true, allowImageBuilder = false, allowRevocation = false } = props;
    const image = ownImage(this, props.image);
    if (accounts.length === 0) {
      fail(this, 'accounts must have at least one element, got none');
    }
    if (!allowFleet && !allowImageBuilder) {
      fail(this, 'an image is shared for fleets, for image builders or both, got allowFleet and allowImageBuilder false');
    }
    const arns = image.patterns.map((name) => imageArn(this, name, image.region));
    const permissions: Permission[] = [
      { statement: allow(['UpdateImagePermissions', 'DeleteImagePermissions'], ...arns) },
      { statement: allow(['DescribeImagePermissions'], imageArn(this, '*', '*')), finding: 'sharesOfImagesEverywhere' },
    ];
    const kind = kindForOne(this, 'AppStreamImagePermission', arns.join());
    for (const account of accounts) {
      // Each has a resource of its own, so that one more changes nothing for the others.
      if (!/^\d{12}$/.test(account)) {
        fail(this, `accounts must be ids of 12 digits that are known at synthesis, got ${JSON.stringify(account)}`);
      }
      if (this.node.tryFindChild(account)) {
        fail(this, `accounts must be named once, got ${JSON.stringify(account)} twice`);
      }
      const properties = {
        ImageName: image.name,
        Region: image.region,
        AccountId: account,
        AllowFleet: wire(allowFleet),
        AllowImageBuilder: wire(allowImageBuilder),
        AllowRevocation: wire(allowRevocation),
      } satisfies ImagePermissionProperties;
      LifecycleEngine.of(this, 'AppStream').addResource(this, account, { resourceType: IMAGE_PERMISSION_TYPE, properties, permissions, kind });
    }
  }
}

function wire(value: boolean): 'true' | 'false' {
  return value ? 'true' : 'false';
}
