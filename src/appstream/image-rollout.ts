import * as cdk from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IImage, ImageConfig } from './image-config';
import { ImageCopy } from './image-copy';
import { ImagePermissions } from './image-permissions';
import { ImportedImage, ImportedImageProps } from './imported-image';
import { fail } from '../private/errors';

/** Properties of a rollout: those of the imported image, and where it goes. */
export interface ImageRolloutProps extends ImportedImageProps {
  /**
   * The accounts that may use the image and its copies for fleets, for example "123456789012".
   *
   * @default - none
   */
  readonly shareWith?: string[];

  /**
   * Whether a deployment may take an image from an account that has had it for a while: see `ImagePermissionsProps.allowRevocation`.
   *
   * @default false
   */
  readonly allowRevocation?: boolean;

  /**
   * The other Regions that get a copy, for example "eu-west-1".
   *
   * @default - none
   */
  readonly copyTo?: string[];
}

/**
 * The way of a new AMI to its users: imported, copied to other Regions, shared with other accounts, and then given to the fleets that have the
 * rollout as their image.
 *
 * The fleets wait until all copies are made and shared. AppStream takes a new image for a running fleet: its update strategy is asked for
 * what else changes, sessions go on, and new ones begin on the new image.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/import-image.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import * as ec2 from 'aws-cdk-lib/aws-ec2';
 * import { appstream } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 *
 * const ami = new cdk.CfnParameter(scope, 'Ami', { type: 'AWS::EC2::Image::Id' });
 * const image = new appstream.ImageRollout(scope, 'Image', {
 *   source: appstream.ImageSource.ami(ami.valueAsString),
 *   shareWith: ['123456789012'],
 *   copyTo: ['eu-west-1'],
 * });
 * new appstream.Fleet(scope, 'Fleet', {
 *   image,
 *   instanceType: appstream.InstanceType.generalPurpose(ec2.InstanceType.of(ec2.InstanceClass.M7I, ec2.InstanceSize.LARGE)),
 *   capacity: appstream.Capacity.instances(2),
 *   desiredState: appstream.FleetState.RUNNING,
 * });
 */
export class ImageRollout extends Construct implements IImage {
  /** The image in the Region of the stack. */
  public readonly image: ImportedImage;

  /** The copies, by the order of their Regions in `copyTo`. */
  public readonly copies: ImageCopy[];

  private readonly permissions: ImagePermissions[];

  /** Throws as `ImportedImage`, `ImageCopy` and `ImagePermissions` do, and for a Region that is named twice, is that of the stack or is not known. */
  constructor(scope: Construct, id: string, props: ImageRolloutProps) {
    super(scope, id);
    this.checkRegions(props.copyTo ?? []);
    const { shareWith = [], copyTo = [], allowRevocation, ...importProps } = props;
    const { imageName, imageTags, removalPolicy, timeout } = props;
    this.image = new ImportedImage(this, 'Image', importProps);
    this.copies = copyTo.map((destinationRegion) => new ImageCopy(this, `Copy-${destinationRegion}`, {
      image: this.image, destinationRegion, imageName, imageTags, removalPolicy, timeout,
    }));
    this.permissions = shareWith.length === 0 ? [] : [this.image, ...this.copies].map((image) =>
      new ImagePermissions(image, 'Permissions', { image, accounts: shareWith, allowRevocation }));
  }

  /** The image for a fleet or an image builder, which wait for all that comes before them. */
  public bind(scope: Construct): ImageConfig {
    scope.node.addDependency(...this.copies, ...this.permissions);
    return this.image.bind(scope);
  }

  private checkRegions(regions: string[]): void {
    if (regions.some((region) => cdk.Token.isUnresolved(region))) {
      fail(this, 'copyTo must be known at synthesis, got a token');
    }
    const twice = regions.find((region, index) => regions.indexOf(region) < index);
    if (twice !== undefined) {
      fail(this, `copyTo must name each Region once, got ${JSON.stringify(twice)} twice`);
    }
    const { region } = cdk.Stack.of(this);
    if (regions.includes(region)) {
      fail(this, `copyTo must name other Regions than that of the stack, got ${JSON.stringify(region)}`);
    }
  }
}
