import { Construct } from 'constructs';
import { IImage, ImageConfig } from '../image-config';
import { LatestImage, LatestImageProps } from '../latest-image';

/** The newest public image, looked for by each fleet or image builder that has it. */
export class LatestPublicImage implements IImage {
  public constructor(private readonly props: LatestImageProps) {}

  public bind(scope: Construct): ImageConfig {
    return new LatestImage(scope, 'LatestImage', this.props).bind(scope);
  }
}
