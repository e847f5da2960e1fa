import * as cdk from 'aws-cdk-lib';

/** What all images that a deployment makes have in common. */
export interface MadeImageProps {
  /**
   * The name of the image: 1 to 100 letters, digits, "_", "." and "-", starting with a letter or digit.
   *
   * AppStream changes no image. With a name of your own nothing but the tags can be changed, unless the name is changed too.
   *
   * @default - a generated name that changes with what the image is made from, also behind a parameter
   */
  readonly imageName?: string;

  /**
   * Tags of the image, at most 47 besides those that say which stack has made it.
   *
   * @default - none
   */
  readonly imageTags?: { [key: string]: string };

  /**
   * What becomes of the image when this is removed from the stack, or makes another image.
   *
   * An image that fleets use, or that is shared, cannot be deleted: after a few minutes that is given up, and the reason says who has it.
   *
   * @default cdk.RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: cdk.RemovalPolicy;

  /**
   * How long a deployment waits for the image, 1 to 53 minutes.
   *
   * What takes longer goes on after the deployment has failed, and the next one takes it up.
   *
   * @default cdk.Duration.minutes(53)
   */
  readonly timeout?: cdk.Duration;
}
