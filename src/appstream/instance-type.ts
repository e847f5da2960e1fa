import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { checkPattern } from '../private/errors';

/**
 * The hardware of a streaming instance.
 *
 * The constants are the `stream.…` types, which run the images that AWS provides and what is built from them.
 * Images that are imported from EC2 run on the families behind `generalPurpose`, `computeOptimized`, `memoryOptimized` and `accelerated`.
 * Not every region has every type, and the default quota of many is zero.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/instance-types.html
 */
export class InstanceType {
  /** stream.standard.small */
  public static readonly STANDARD_SMALL = new InstanceType('stream.standard.small');

  /** stream.standard.medium */
  public static readonly STANDARD_MEDIUM = new InstanceType('stream.standard.medium');

  /** stream.standard.large */
  public static readonly STANDARD_LARGE = new InstanceType('stream.standard.large');

  /** stream.standard.xlarge */
  public static readonly STANDARD_XLARGE = new InstanceType('stream.standard.xlarge');

  /** stream.standard.2xlarge */
  public static readonly STANDARD_2XLARGE = new InstanceType('stream.standard.2xlarge');

  /** stream.compute.large */
  public static readonly COMPUTE_LARGE = new InstanceType('stream.compute.large');

  /** stream.compute.xlarge */
  public static readonly COMPUTE_XLARGE = new InstanceType('stream.compute.xlarge');

  /** stream.compute.2xlarge */
  public static readonly COMPUTE_2XLARGE = new InstanceType('stream.compute.2xlarge');

  /** stream.compute.4xlarge */
  public static readonly COMPUTE_4XLARGE = new InstanceType('stream.compute.4xlarge');

  /** stream.compute.8xlarge */
  public static readonly COMPUTE_8XLARGE = new InstanceType('stream.compute.8xlarge');

  /** stream.memory.large */
  public static readonly MEMORY_LARGE = new InstanceType('stream.memory.large');

  /** stream.memory.xlarge */
  public static readonly MEMORY_XLARGE = new InstanceType('stream.memory.xlarge');

  /** stream.memory.2xlarge */
  public static readonly MEMORY_2XLARGE = new InstanceType('stream.memory.2xlarge');

  /** stream.memory.4xlarge */
  public static readonly MEMORY_4XLARGE = new InstanceType('stream.memory.4xlarge');

  /** stream.memory.8xlarge */
  public static readonly MEMORY_8XLARGE = new InstanceType('stream.memory.8xlarge');

  /** stream.memory.z1d.large */
  public static readonly MEMORY_Z1D_LARGE = new InstanceType('stream.memory.z1d.large');

  /** stream.memory.z1d.xlarge */
  public static readonly MEMORY_Z1D_XLARGE = new InstanceType('stream.memory.z1d.xlarge');

  /** stream.memory.z1d.2xlarge */
  public static readonly MEMORY_Z1D_2XLARGE = new InstanceType('stream.memory.z1d.2xlarge');

  /** stream.memory.z1d.3xlarge */
  public static readonly MEMORY_Z1D_3XLARGE = new InstanceType('stream.memory.z1d.3xlarge');

  /** stream.memory.z1d.6xlarge */
  public static readonly MEMORY_Z1D_6XLARGE = new InstanceType('stream.memory.z1d.6xlarge');

  /** stream.memory.z1d.12xlarge */
  public static readonly MEMORY_Z1D_12XLARGE = new InstanceType('stream.memory.z1d.12xlarge');

  /** stream.graphics.g4dn.xlarge */
  public static readonly GRAPHICS_G4DN_XLARGE = new InstanceType('stream.graphics.g4dn.xlarge');

  /** stream.graphics.g4dn.2xlarge */
  public static readonly GRAPHICS_G4DN_2XLARGE = new InstanceType('stream.graphics.g4dn.2xlarge');

  /** stream.graphics.g4dn.4xlarge */
  public static readonly GRAPHICS_G4DN_4XLARGE = new InstanceType('stream.graphics.g4dn.4xlarge');

  /** stream.graphics.g4dn.8xlarge */
  public static readonly GRAPHICS_G4DN_8XLARGE = new InstanceType('stream.graphics.g4dn.8xlarge');

  /** stream.graphics.g4dn.12xlarge */
  public static readonly GRAPHICS_G4DN_12XLARGE = new InstanceType('stream.graphics.g4dn.12xlarge');

  /** stream.graphics.g4dn.16xlarge */
  public static readonly GRAPHICS_G4DN_16XLARGE = new InstanceType('stream.graphics.g4dn.16xlarge');

  /** stream.graphics.g5.xlarge */
  public static readonly GRAPHICS_G5_XLARGE = new InstanceType('stream.graphics.g5.xlarge');

  /** stream.graphics.g5.2xlarge */
  public static readonly GRAPHICS_G5_2XLARGE = new InstanceType('stream.graphics.g5.2xlarge');

  /** stream.graphics.g5.4xlarge */
  public static readonly GRAPHICS_G5_4XLARGE = new InstanceType('stream.graphics.g5.4xlarge');

  /** stream.graphics.g5.8xlarge */
  public static readonly GRAPHICS_G5_8XLARGE = new InstanceType('stream.graphics.g5.8xlarge');

  /** stream.graphics.g5.12xlarge */
  public static readonly GRAPHICS_G5_12XLARGE = new InstanceType('stream.graphics.g5.12xlarge');

  /** stream.graphics.g5.16xlarge */
  public static readonly GRAPHICS_G5_16XLARGE = new InstanceType('stream.graphics.g5.16xlarge');

  /** stream.graphics.g5.24xlarge */
  public static readonly GRAPHICS_G5_24XLARGE = new InstanceType('stream.graphics.g5.24xlarge');

  /** stream.graphics.g6.xlarge */
  public static readonly GRAPHICS_G6_XLARGE = new InstanceType('stream.graphics.g6.xlarge');

  /** stream.graphics.g6.2xlarge */
  public static readonly GRAPHICS_G6_2XLARGE = new InstanceType('stream.graphics.g6.2xlarge');

  /** stream.graphics.g6.4xlarge */
  public static readonly GRAPHICS_G6_4XLARGE = new InstanceType('stream.graphics.g6.4xlarge');

  /** stream.graphics.g6.8xlarge */
  public static readonly GRAPHICS_G6_8XLARGE = new InstanceType('stream.graphics.g6.8xlarge');

  /** stream.graphics.g6.12xlarge */
  public static readonly GRAPHICS_G6_12XLARGE = new InstanceType('stream.graphics.g6.12xlarge');

  /** stream.graphics.g6.16xlarge */
  public static readonly GRAPHICS_G6_16XLARGE = new InstanceType('stream.graphics.g6.16xlarge');

  /** stream.graphics.g6.24xlarge */
  public static readonly GRAPHICS_G6_24XLARGE = new InstanceType('stream.graphics.g6.24xlarge');

  /** stream.graphics.gr6.4xlarge */
  public static readonly GRAPHICS_GR6_4XLARGE = new InstanceType('stream.graphics.gr6.4xlarge');

  /** stream.graphics.gr6.8xlarge */
  public static readonly GRAPHICS_GR6_8XLARGE = new InstanceType('stream.graphics.gr6.8xlarge');

  /** stream.graphics.g6f.large */
  public static readonly GRAPHICS_G6F_LARGE = new InstanceType('stream.graphics.g6f.large');

  /** stream.graphics.g6f.xlarge */
  public static readonly GRAPHICS_G6F_XLARGE = new InstanceType('stream.graphics.g6f.xlarge');

  /** stream.graphics.g6f.2xlarge */
  public static readonly GRAPHICS_G6F_2XLARGE = new InstanceType('stream.graphics.g6f.2xlarge');

  /** stream.graphics.g6f.4xlarge */
  public static readonly GRAPHICS_G6F_4XLARGE = new InstanceType('stream.graphics.g6f.4xlarge');

  /** stream.graphics.gr6f.4xlarge */
  public static readonly GRAPHICS_GR6F_4XLARGE = new InstanceType('stream.graphics.gr6f.4xlarge');

  /**
   * stream.graphics-design.large
   *
   * @deprecated AWS retired the hardware of Graphics Design instances on 31 December 2025: choose a G4dn, G5 or G6 type
   */
  public static readonly GRAPHICS_DESIGN_LARGE = new InstanceType('stream.graphics-design.large');

  /**
   * stream.graphics-design.xlarge
   *
   * @deprecated AWS retired the hardware of Graphics Design instances on 31 December 2025: choose a G4dn, G5 or G6 type
   */
  public static readonly GRAPHICS_DESIGN_XLARGE = new InstanceType('stream.graphics-design.xlarge');

  /**
   * stream.graphics-design.2xlarge
   *
   * @deprecated AWS retired the hardware of Graphics Design instances on 31 December 2025: choose a G4dn, G5 or G6 type
   */
  public static readonly GRAPHICS_DESIGN_2XLARGE = new InstanceType('stream.graphics-design.2xlarge');

  /**
   * stream.graphics-design.4xlarge
   *
   * @deprecated AWS retired the hardware of Graphics Design instances on 31 December 2025: choose a G4dn, G5 or G6 type
   */
  public static readonly GRAPHICS_DESIGN_4XLARGE = new InstanceType('stream.graphics-design.4xlarge');

  /**
   * stream.graphics-pro.4xlarge
   *
   * @deprecated AWS retired the hardware of Graphics Pro instances on 31 October 2025: choose a G4dn, G5 or G6 type
   */
  public static readonly GRAPHICS_PRO_4XLARGE = new InstanceType('stream.graphics-pro.4xlarge');

  /**
   * stream.graphics-pro.8xlarge
   *
   * @deprecated AWS retired the hardware of Graphics Pro instances on 31 October 2025: choose a G4dn, G5 or G6 type
   */
  public static readonly GRAPHICS_PRO_8XLARGE = new InstanceType('stream.graphics-pro.8xlarge');

  /**
   * stream.graphics-pro.16xlarge
   *
   * @deprecated AWS retired the hardware of Graphics Pro instances on 31 October 2025: choose a G4dn, G5 or G6 type
   */
  public static readonly GRAPHICS_PRO_16XLARGE = new InstanceType('stream.graphics-pro.16xlarge');

  /**
   * A type that has no constant here.
   *
   * @param name for example "stream.standard.large".
   */
  public static of(name: string): InstanceType {
    return new InstanceType(name);
  }

  /**
   * A general purpose type for an imported image, of the families T3, T3a, M6i, M6a, M7i, M7a and M7i-flex.
   *
   * @param instanceType for example `ec2.InstanceType.of(ec2.InstanceClass.M7I, ec2.InstanceSize.LARGE)`.
   */
  public static generalPurpose(instanceType: ec2.InstanceType): InstanceType {
    return new InstanceType(`GeneralPurpose.${instanceType.toString()}`);
  }

  /**
   * A compute optimized type for an imported image, of the families C6i, C6a, C7i, C7a and C7i-flex.
   *
   * @param instanceType for example `ec2.InstanceType.of(ec2.InstanceClass.C7I, ec2.InstanceSize.LARGE)`.
   */
  public static computeOptimized(instanceType: ec2.InstanceType): InstanceType {
    return new InstanceType(`ComputeOptimized.${instanceType.toString()}`);
  }

  /**
   * A memory optimized type for an imported image, of the families R6i, R6a, R7i and R7a.
   *
   * @param instanceType for example `ec2.InstanceType.of(ec2.InstanceClass.R7I, ec2.InstanceSize.LARGE)`.
   */
  public static memoryOptimized(instanceType: ec2.InstanceType): InstanceType {
    return new InstanceType(`MemoryOptimized.${instanceType.toString()}`);
  }

  /**
   * A type with a GPU for an imported image, of the families G4dn, G5, G6, G6e, G6f, Gr6 and Gr6f.
   *
   * @param instanceType for example `ec2.InstanceType.of(ec2.InstanceClass.G6E, ec2.InstanceSize.XLARGE)`.
   */
  public static accelerated(instanceType: ec2.InstanceType): InstanceType {
    return new InstanceType(`Accelerated.${instanceType.toString()}`);
  }

  private constructor(
    /** The name of the type, for example "stream.standard.large". */
    public readonly name: string,
  ) {}

  /** @internal */
  public _bind(scope: Construct): string {
    checkPattern(scope, 'instanceType', this.name, /^[a-zA-Z0-9-]+(\.[a-z0-9-]+)+\.(small|medium|large|xlarge|\d+xlarge|metal)$/,
      'be the name of an instance type like "stream.standard.large"');
    return this.name;
  }
}
