import * as cdk from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IImage, ImageConfig } from './image-config';
import { LatestImageProps } from './latest-image';
import { LatestPublicImage } from './private/latest-public-image';
import { checkPattern, fail } from '../private/errors';

/**
 * The image that the instances of a fleet or an image builder start from.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/managing-images.html
 */
export abstract class Image implements IImage {
  /**
   * A public image of AWS, or a private one of this account and region.
   *
   * AppStream finds an image that another account shares only by its ARN: see `fromArn`.
   *
   * @param imageName for example "AppStream-WinServer2022-06-17-2024".
   */
  public static fromName(imageName: string): Image {
    return new NamedImage(imageName);
  }

  /**
   * A public, private or shared image.
   *
   * @param imageArn for example "arn:aws:appstream:eu-west-1:123456789012:image/office".
   */
  public static fromArn(imageArn: string): Image {
    return new ArnImage(imageArn);
  }

  /**
   * The newest public image of AWS, looked for by a deployment: see `LatestImage`.
   *
   * Each fleet or image builder that is given it looks for itself, in its own time. Give several of them one `LatestImage`.
   */
  public static latest(props: LatestImageProps = {}): IImage {
    return new LatestPublicImage(props);
  }

  /** Called once by the fleet or image builder that uses the image. */
  public abstract bind(scope: Construct): ImageConfig;
}

class NamedImage extends Image {
  public constructor(private readonly imageName: string) {
    super();
  }

  public bind(scope: Construct): ImageConfig {
    checkPattern(scope, 'image', this.imageName, /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,100}$/,
      'be an image name that starts with a letter or digit and has only letters, digits, "_", "." and "-" (an ARN goes to Image.fromArn)');
    return { imageName: this.imageName };
  }
}

class ArnImage extends Image {
  public constructor(private readonly imageArn: string) {
    super();
  }

  public bind(scope: Construct): ImageConfig {
    checkPattern(scope, 'image', this.imageArn, /^arn:aws[a-z-]*:appstream:[a-z0-9-]*:\d*:image\/[a-zA-Z0-9][a-zA-Z0-9_.-]{0,100}$/,
      'be the ARN of an AppStream image like "arn:aws:appstream:<region>:<account>:image/<name>"');
    const { region: own } = cdk.Stack.of(scope);
    const { region } = cdk.Stack.of(scope).splitArn(this.imageArn, cdk.ArnFormat.SLASH_RESOURCE_NAME);
    if (region && region !== own && !cdk.Token.isUnresolved(region) && !cdk.Token.isUnresolved(own)) {
      fail(scope, `image must be one of the Region of the stack, ${JSON.stringify(own)}, got ${JSON.stringify(this.imageArn)}`);
    }
    return { imageArn: this.imageArn };
  }
}
