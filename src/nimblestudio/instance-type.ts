/**
 * The EC2 instance type of a workstation.
 *
 * @see https://docs.aws.amazon.com/cli/latest/reference/nimble/create-launch-profile.html
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export class InstanceType {
  /** 16 vCPUs, 122 GiB, 1 NVIDIA M60. */
  public static readonly G3_4XLARGE = new InstanceType('g3.4xlarge');
  /** 4 vCPUs, 30.5 GiB, 1 NVIDIA M60. */
  public static readonly G3S_XLARGE = new InstanceType('g3s.xlarge');
  /** 4 vCPUs, 16 GiB, 1 NVIDIA T4. */
  public static readonly G4DN_XLARGE = new InstanceType('g4dn.xlarge');
  /** 8 vCPUs, 32 GiB, 1 NVIDIA T4. */
  public static readonly G4DN_2XLARGE = new InstanceType('g4dn.2xlarge');
  /** 16 vCPUs, 64 GiB, 1 NVIDIA T4. */
  public static readonly G4DN_4XLARGE = new InstanceType('g4dn.4xlarge');
  /** 32 vCPUs, 128 GiB, 1 NVIDIA T4. */
  public static readonly G4DN_8XLARGE = new InstanceType('g4dn.8xlarge');
  /** 48 vCPUs, 192 GiB, 4 NVIDIA T4. */
  public static readonly G4DN_12XLARGE = new InstanceType('g4dn.12xlarge');
  /** 64 vCPUs, 256 GiB, 1 NVIDIA T4. */
  public static readonly G4DN_16XLARGE = new InstanceType('g4dn.16xlarge');
  /** 4 vCPUs, 16 GiB, 1 NVIDIA A10G. */
  public static readonly G5_XLARGE = new InstanceType('g5.xlarge');
  /** 8 vCPUs, 32 GiB, 1 NVIDIA A10G. */
  public static readonly G5_2XLARGE = new InstanceType('g5.2xlarge');
  /** 16 vCPUs, 64 GiB, 1 NVIDIA A10G. */
  public static readonly G5_4XLARGE = new InstanceType('g5.4xlarge');
  /** 32 vCPUs, 128 GiB, 1 NVIDIA A10G. */
  public static readonly G5_8XLARGE = new InstanceType('g5.8xlarge');
  /** 64 vCPUs, 256 GiB, 1 NVIDIA A10G. */
  public static readonly G5_16XLARGE = new InstanceType('g5.16xlarge');

  /** A type that is not in the list, for example of another implementation of the API. */
  public static of(instanceType: string): InstanceType {
    return new InstanceType(instanceType);
  }

  private constructor(
    /** The type as the API has it, for example "g5.xlarge". */
    public readonly name: string,
  ) {}
}
