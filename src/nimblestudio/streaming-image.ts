import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as nimblestudio from 'aws-cdk-lib/aws-nimblestudio';
import { Construct } from 'constructs';
import { IStudio } from './studio';
import { checkLength, checkPattern } from '../private/errors';
import { uniqueName } from '../private/names';

/**
 * What workstations are made from.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export interface IStreamingImage extends cdk.IResource {
  /**
   * The id of the streaming image.
   *
   * @attribute
   */
  readonly streamingImageId: string;

  /**
   * The ARN of the streaming image.
   *
   * @attribute
   */
  readonly streamingImageArn: string;
}

/**
 * Properties of a streaming image.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export interface StreamingImageProps {
  /** The studio that the image is for. A change replaces the image, and so does a change of its tags. */
  readonly studio: IStudio;

  /** The AMI. A change replaces the image. */
  readonly machineImage: ec2.IMachineImage;

  /**
   * The name that people see, at most 64 characters.
   *
   * @default - a generated name
   */
  readonly streamingImageName?: string;

  /**
   * What it is for, at most 256 characters.
   *
   * @default - none
   */
  readonly description?: string;
}

abstract class StreamingImageBase extends cdk.Resource implements IStreamingImage {
  public abstract readonly streamingImageId: string;

  public get streamingImageArn(): string {
    return this.stack.formatArn({ service: 'nimble', resource: 'streaming-image', resourceName: this.streamingImageId });
  }
}

/**
 * What workstations are made from: an AMI that a studio knows.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-nimblestudio-streamingimage.html
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import * as ec2 from 'aws-cdk-lib/aws-ec2';
 * import { nimblestudio } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 * declare const studio: nimblestudio.Studio;
 *
 * new nimblestudio.StreamingImage(scope, 'Workstation', {
 *   studio,
 *   machineImage: ec2.MachineImage.genericWindows({ 'us-west-2': 'ami-0123456789abcdef0' }),
 * });
 */
export class StreamingImage extends StreamingImageBase {
  /** A streaming image of this account and region that is made elsewhere, or one of AWS's own. */
  public static fromStreamingImageId(scope: Construct, id: string, streamingImageId: string): IStreamingImage {
    class Import extends StreamingImageBase {
      public readonly streamingImageId = streamingImageId;
    }
    return new Import(scope, id);
  }

  public readonly streamingImageId: string;

  /**
   * Who owns the image: the id of the studio, or "amazon" for images of AWS.
   *
   * @attribute
   */
  public readonly streamingImageOwner: string;

  /**
   * The operating system, for example "WINDOWS".
   *
   * @attribute
   */
  public readonly streamingImagePlatform: string;

  /**
   * The ids of the EULAs that users must have accepted.
   *
   * @attribute
   */
  public readonly streamingImageEulaIds: string[];

  constructor(scope: Construct, id: string, props: StreamingImageProps) {
    super(scope, id);

    checkLength(this, 'streamingImageName', props.streamingImageName, { min: 0, max: 64 });
    checkLength(this, 'description', props.description, { min: 0, max: 256 });
    const { imageId } = props.machineImage.getImage(this);
    checkPattern(this, 'machineImage', imageId, /^ami-[0-9A-z]+$/, 'have an id like "ami-0123456789abcdef0"');

    const resource = new nimblestudio.CfnStreamingImage(this, 'Resource', {
      studioId: props.studio.studioId,
      ec2ImageId: imageId,
      name: props.streamingImageName ?? uniqueName(this, 64),
      description: props.description,
    });

    this.streamingImageId = resource.attrStreamingImageId;
    this.streamingImageOwner = resource.attrOwner;
    this.streamingImagePlatform = resource.attrPlatform;
    this.streamingImageEulaIds = resource.attrEulaIds;
  }
}
