import { Construct } from 'constructs';
import { IImage } from './image-config';
import { allow, imageArn, Made, MadeImage, makeImage } from './made-image';
import { MadeImageProps } from './made-image-props';
import { UPDATED_IMAGE_TYPE, UpdatedImageProperties } from './private/made-image-contract';
import { ownImageHere } from './private/own-image';
import { checkTexts } from './streaming-instance';

/** Properties of an updated image. */
export interface UpdatedImageProps extends MadeImageProps {
  /** The image to update: one that this account owns in the Region of the stack. It stays as it is. */
  readonly image: IImage;

  /**
   * The name that people see, at most 100 characters.
   *
   * @default - none
   */
  readonly displayName?: string;

  /**
   * What it is for, at most 256 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Any text, for example a month. A new one makes the next deployment look for updates, and make another image if there are any.
   *
   * @default - an image is made once, and when one of the other properties changes
   */
  readonly revision?: string;
}

/**
 * An image with the newest updates of Windows, of its drivers and of AppStream's software: a lifecycle resource.
 *
 * Where AppStream has no updates for the image, no other one is made: name and ARN are those of the image itself.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/APIReference/API_CreateUpdatedImage.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import { appstream } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 *
 * const image = new appstream.UpdatedImage(scope, 'Patched', {
 *   image: appstream.Image.fromName('office-2026-09'),
 *   revision: 'January 2027',
 * });
 * new appstream.Fleet(scope, 'Fleet', {
 *   image,
 *   instanceType: appstream.InstanceType.STANDARD_LARGE,
 *   capacity: appstream.Capacity.instances(2),
 * });
 */
export class UpdatedImage extends MadeImage {
  /** @internal */
  public readonly _made: Made;

  /**
   * Throws for an image of another account or Region, and for a name, texts, tags or timeout that AppStream or CloudFormation does not take.
   */
  constructor(scope: Construct, id: string, props: UpdatedImageProps) {
    super(scope, id);
    checkTexts(this, props);
    const source = ownImageHere(this, props.image);
    const { displayName, description, revision } = props;
    this._made = makeImage(this, props, {
      resourceType: UPDATED_IMAGE_TYPE,
      properties: {
        SourceImageName: source.name, DisplayName: displayName, Description: description, Revision: revision,
      } satisfies UpdatedImageProperties,
      // IAM does not say whether it means the one image or the other.
      permissions: (arn) => [{ statement: allow(['CreateUpdatedImage'], ...source.patterns.map((name) => imageArn(this, name)), arn) }],
      insteadPatterns: source.patterns,
    });
  }
}
