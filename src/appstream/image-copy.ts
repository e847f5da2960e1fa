import { Construct } from 'constructs';
import { IImage } from './image-config';
import { allow, imageArn, Made, MadeImage, makeImage } from './made-image';
import { MadeImageProps } from './made-image-props';
import { IMAGE_COPY_TYPE, ImageCopyProperties } from './private/made-image-contract';
import { ownImageHere } from './private/own-image';
import { checkLength, checkPattern } from '../private/errors';

/** What of a description a copy has room for, beside the mark of its owner. */
const LONGEST_DESCRIPTION = 233;

/** Properties of a copy. */
export interface ImageCopyProps extends MadeImageProps {
  /** The image: one that this account owns in the Region of the stack. */
  readonly image: IImage;

  /** The Region of the copy, for example "eu-west-1"; that of the stack, too. */
  readonly destinationRegion: string;

  /**
   * What it is for, at most 233 characters. A short mark behind it says which stack has made the copy.
   *
   * @default - the mark alone
   */
  readonly description?: string;
}

/**
 * A copy of an image, in another Region or in the same one: a lifecycle resource.
 *
 * AppStream copies neither tags nor permissions; give the copy its own. Fleets of another Region belong to a stack there: hand them the
 * `imageArn`, for example by `Image.fromArn` and a parameter. An account may have two copies into a Region under way; more wait.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/APIReference/API_CopyImage.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import { appstream } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 *
 * new appstream.ImageCopy(scope, 'InIreland', {
 *   image: appstream.Image.fromName('office-2027-01'),
 *   destinationRegion: 'eu-west-1',
 * });
 */
export class ImageCopy extends MadeImage {
  /** @internal */
  public readonly _made: Made;

  /**
   * Throws for an image of another account or Region, for what is no Region, and for a name, description, tags or timeout that
   * AppStream or CloudFormation does not take.
   */
  constructor(scope: Construct, id: string, props: ImageCopyProps) {
    const { destinationRegion, description } = props;
    super(scope, id, { region: destinationRegion });
    checkPattern(this, 'destinationRegion', destinationRegion, /^[a-z]{2}(-[a-z]+)+-\d$/, 'be the name of a Region like "eu-west-1"');
    checkLength(this, 'description', description, { min: 1, max: LONGEST_DESCRIPTION });
    const source = ownImageHere(this, props.image);
    this._made = makeImage(this, props, {
      resourceType: IMAGE_COPY_TYPE,
      properties: {
        SourceImageName: source.name, DestinationRegion: destinationRegion, Description: description,
      } satisfies ImageCopyProperties,
      permissions: () => [{ statement: allow(['CopyImage'], ...source.patterns.map((name) => imageArn(this, name))) }],
      region: destinationRegion,
    });
  }
}
