import { Construct } from 'constructs';

/** What an image is called in the properties of a fleet or an image builder: exactly one of the two. */
export interface ImageConfig {
  /**
   * The name of the image.
   *
   * @default - the image is given by its ARN.
   */
  readonly imageName?: string;

  /**
   * The ARN of the image.
   *
   * @default - the image is given by its name.
   */
  readonly imageArn?: string;
}

/** Something that the instances of a fleet or an image builder can start from: an `Image`, or one that a deployment makes or finds. */
export interface IImage {
  /** Called once by the fleet or image builder that uses the image. */
  bind(scope: Construct): ImageConfig;
}
