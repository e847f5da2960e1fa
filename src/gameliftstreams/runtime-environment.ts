import { CfnApplication } from 'aws-cdk-lib/aws-gameliftstreams';
import { Construct } from 'constructs';
import { checkLength } from '../private/errors';

/** The operating system of an application, or the layer that stands in for it. */
export enum RuntimeEnvironmentType {
  /** Windows applications on Linux, by way of the compatibility layer Proton. */
  PROTON = 'PROTON',
  /** Windows applications on Windows. */
  WINDOWS = 'WINDOWS',
  /** Linux applications. */
  UBUNTU = 'UBUNTU',
}

/**
 * What an application runs on.
 *
 * Windows needs a stream class whose name ends in `_win2022`; Proton and Ubuntu need one of the others.
 *
 * @see https://docs.aws.amazon.com/gameliftstreams/latest/developerguide/configuration-options.html
 */
export class RuntimeEnvironment {
  /** Microsoft Windows Server 2022 Base, for Windows applications. */
  public static readonly WINDOWS_2022 = RuntimeEnvironment.of(RuntimeEnvironmentType.WINDOWS, '2022');

  /** Ubuntu 22.04 LTS, for Linux applications. */
  public static readonly UBUNTU_22_04_LTS = RuntimeEnvironment.of(RuntimeEnvironmentType.UBUNTU, '22_04_LTS');

  /** Proton 10.0-4, for Windows applications. */
  public static readonly PROTON_20260204 = RuntimeEnvironment.of(RuntimeEnvironmentType.PROTON, '20260204');

  /** Proton 9.0-2, for Windows applications. */
  public static readonly PROTON_20250516 = RuntimeEnvironment.of(RuntimeEnvironmentType.PROTON, '20250516');

  /** Proton 8.0-5, for Windows applications. */
  public static readonly PROTON_20241007 = RuntimeEnvironment.of(RuntimeEnvironmentType.PROTON, '20241007');

  /** Proton 8.0-2c, for Windows applications. */
  public static readonly PROTON_20230704 = RuntimeEnvironment.of(RuntimeEnvironmentType.PROTON, '20230704');

  /**
   * A version that has no constant here.
   *
   * @param version 1 to 256 characters, for example "22_04_LTS".
   */
  public static of(type: RuntimeEnvironmentType, version: string): RuntimeEnvironment {
    return new RuntimeEnvironment(type, version);
  }

  private constructor(
    /** The operating system, or the layer that stands in for it. */
    public readonly type: RuntimeEnvironmentType,

    /** The version as GameLift Streams takes it. */
    public readonly version: string,
  ) {}

  /** @internal */
  public _bind(scope: Construct): CfnApplication.RuntimeEnvironmentProperty {
    checkLength(scope, 'runtimeEnvironment: version', this.version, { min: 1, max: 256 });
    return { type: this.type, version: this.version };
  }
}
