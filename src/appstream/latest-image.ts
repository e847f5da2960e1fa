import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { IImage, ImageConfig } from './image-config';
import { LATEST_IMAGE_TYPE, LatestImageProperties } from './private/latest-image-contract';
import { IMAGE_ATTRIBUTES } from './private/made-image-contract';
import { checkPattern } from '../private/errors';
import { LifecycleEngine } from '../private/lifecycle-engine';

/** The operating system of an image. */
export class ImagePlatform {
  /** Windows Server 2019. */
  public static readonly WINDOWS_SERVER_2019 = new ImagePlatform('WINDOWS_SERVER_2019');

  /** Windows Server 2022. */
  public static readonly WINDOWS_SERVER_2022 = new ImagePlatform('WINDOWS_SERVER_2022');

  /** Windows Server 2025. */
  public static readonly WINDOWS_SERVER_2025 = new ImagePlatform('WINDOWS_SERVER_2025');

  /** Amazon Linux 2. */
  public static readonly AMAZON_LINUX2 = new ImagePlatform('AMAZON_LINUX2');

  /** Red Hat Enterprise Linux 8. */
  public static readonly RHEL8 = new ImagePlatform('RHEL8');

  /** Rocky Linux 8. */
  public static readonly ROCKY_LINUX8 = new ImagePlatform('ROCKY_LINUX8');

  /** Ubuntu Pro 24.04. */
  public static readonly UBUNTU_PRO_2404 = new ImagePlatform('UBUNTU_PRO_2404');

  /**
   * One that has no constant here.
   *
   * @param name as AppStream has it, for example "WINDOWS_SERVER_2022".
   */
  public static of(name: string): ImagePlatform {
    return new ImagePlatform(name);
  }

  private constructor(
    /** As AppStream has it, for example "WINDOWS_SERVER_2022". */
    public readonly name: string,
  ) {}
}

/** The kinds of instances that an image can be used on. */
export class InstanceFamily {
  /** stream.standard */
  public static readonly GENERAL_PURPOSE = new InstanceFamily('General Purpose');

  /** stream.compute */
  public static readonly COMPUTE_OPTIMIZED = new InstanceFamily('Compute Optimized');

  /** stream.memory */
  public static readonly MEMORY_OPTIMIZED = new InstanceFamily('Memory Optimized');

  /** stream.graphics.g4dn */
  public static readonly GRAPHICS_G4 = new InstanceFamily('Graphics G4');

  /** stream.graphics.g5 */
  public static readonly GRAPHICS_G5 = new InstanceFamily('Graphics G5');

  /** stream.graphics.g6 and its like */
  public static readonly GRAPHICS_G6 = new InstanceFamily('Graphics G6');

  /**
   * One that has no constant here.
   *
   * @param name as AppStream has it, for example "General Purpose".
   */
  public static of(name: string): InstanceFamily {
    return new InstanceFamily(name);
  }

  private constructor(
    /** As AppStream has it, for example "General Purpose". */
    public readonly name: string,
  ) {}
}

/** Which public image is looked for. */
export interface LatestImageProps {
  /**
   * The operating system.
   *
   * @default ImagePlatform.WINDOWS_SERVER_2022
   */
  readonly platform?: ImagePlatform;

  /**
   * The instances that the image is to be used on.
   *
   * @default InstanceFamily.GENERAL_PURPOSE
   */
  readonly instanceFamily?: InstanceFamily;

  /**
   * What the name of the image begins with, for example "AppStream-WinServer2022".
   *
   * @default - any name
   */
  readonly namePrefix?: string;

  /**
   * Any text, for example a month. A new one makes the next deployment look again.
   *
   * @default - the image that was found once is kept while AWS has it and nothing else is looked for
   */
  readonly revision?: string;
}

/**
 * The newest public image of AWS for a platform: a lifecycle resource.
 *
 * The names of public images hold a date, and AWS withdraws old images. This one is looked for by a deployment, and kept until something
 * else is looked for: no deployment changes fleets by surprise. A rollback has the image of before, unless AWS has withdrawn it.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/base-image-version-history.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import { appstream } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 *
 * const image = new appstream.LatestImage(scope, 'Base', {
 *   platform: appstream.ImagePlatform.WINDOWS_SERVER_2022,
 *   revision: 'January 2027',
 * });
 * new appstream.ImageBuilder(scope, 'Builder', {
 *   image,
 *   instanceType: appstream.InstanceType.STANDARD_LARGE,
 *   desiredState: appstream.ImageBuilderState.STOPPED,
 * });
 */
export class LatestImage extends Construct implements IImage {
  /** The name of the image. */
  public readonly imageName: string;

  /** The ARN of the image. */
  public readonly imageArn: string;

  /** Throws for a prefix that no image can have. */
  constructor(scope: Construct, id: string, props: LatestImageProps = {}) {
    super(scope, id);
    checkPattern(this, 'namePrefix', props.namePrefix, /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,100}$/,
      'be what the name of an image begins with: letters, digits, "_", "." and "-", the first a letter or digit');
    const properties = {
      Platform: (props.platform ?? ImagePlatform.WINDOWS_SERVER_2022).name,
      InstanceFamily: (props.instanceFamily ?? InstanceFamily.GENERAL_PURPOSE).name,
      NamePrefix: props.namePrefix,
      Revision: props.revision,
    } satisfies LatestImageProperties;
    const resource = LifecycleEngine.of(this, 'AppStream').addResource(this, 'Resource', {
      resourceType: LATEST_IMAGE_TYPE,
      properties,
      permissions: [{ statement: new iam.PolicyStatement({ actions: ['appstream:DescribeImages'], resources: ['*'] }), finding: 'describeActions' }],
      timeout: cdk.Duration.minutes(5),
    });
    this.imageName = resource.getAttString(IMAGE_ATTRIBUTES.name);
    this.imageArn = resource.getAttString(IMAGE_ATTRIBUTES.arn);
  }

  /** The image for a fleet or an image builder. */
  public bind(_scope: Construct): ImageConfig {
    return { imageArn: this.imageArn };
  }
}
