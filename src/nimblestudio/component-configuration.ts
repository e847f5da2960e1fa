import { CfnStudioComponent } from 'aws-cdk-lib/aws-nimblestudio';
import { Construct } from 'constructs';
import { checkCount, checkLength, checkPattern } from '../private/errors';

/**
 * How workstations find a directory of AWS Managed Microsoft AD and join it.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export interface ActiveDirectoryOptions {
  /** The id of the directory, for example "d-1234567890". */
  readonly directoryId: string;

  /**
   * The organizational unit of the computer accounts, 1 to 2000 characters.
   *
   * @default - the directory's own default
   */
  readonly organizationalUnitDistinguishedName?: string;

  /**
   * Attributes of the computer accounts, at most 50: names of 1 to 40 characters, values of 1 to 64.
   *
   * @default - none
   */
  readonly computerAttributes?: { [name: string]: string };
}

/**
 * How workstations find a render farm.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export interface ComputeFarmOptions {
  /** The address of the farm. */
  readonly endpoint: string;

  /**
   * The user of Active Directory that the farm runs as.
   *
   * @default - none
   */
  readonly activeDirectoryUser?: string;
}

/**
 * Where workstations mount a shared file system.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export interface SharedFileSystemOptions {
  /**
   * The address of the file system.
   *
   * @default - none
   */
  readonly endpoint?: string;

  /**
   * The id of the file system, for example "fs-0123456789abcdef0".
   *
   * @default - none
   */
  readonly fileSystemId?: string;

  /**
   * The name of the share.
   *
   * @default - none
   */
  readonly shareName?: string;

  /**
   * Where it appears on Linux: an absolute path or one that starts with "$HOME", at most 128 characters, without blanks.
   *
   * @default - not mounted on Linux
   */
  readonly linuxMountPoint?: string;

  /**
   * The letter of the drive on Windows, "A" to "Z".
   *
   * @default - not mounted on Windows
   */
  readonly windowsMountDrive?: string;
}

/**
 * What a studio component is.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-nimblestudio-studiocomponent-studiocomponentconfiguration.html
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export class ComponentConfiguration {
  /** A directory of AWS Managed Microsoft AD that workstations join. */
  public static activeDirectory(options: ActiveDirectoryOptions): ComponentConfiguration {
    const attributes = Object.entries(options.computerAttributes ?? {});
    return new ComponentConfiguration('ACTIVE_DIRECTORY', 'AWS_MANAGED_MICROSOFT_AD', {
      activeDirectoryConfiguration: {
        directoryId: options.directoryId,
        organizationalUnitDistinguishedName: options.organizationalUnitDistinguishedName,
        computerAttributes: attributes.length > 0 ? attributes.map(([name, value]) => ({ name, value })) : undefined,
      },
    }, (scope) => {
      checkLength(scope, 'organizationalUnitDistinguishedName', options.organizationalUnitDistinguishedName, { min: 1, max: 2000 });
      checkCount(scope, 'computerAttributes', attributes, { min: 0, max: 50 });
      for (const [name, value] of attributes) {
        checkLength(scope, 'computerAttributes: name', name, { min: 1, max: 40 });
        checkLength(scope, `computerAttributes: value of ${name}`, value, { min: 1, max: 64 });
      }
    });
  }

  /** A render farm. */
  public static computeFarm(options: ComputeFarmOptions): ComponentConfiguration {
    return new ComponentConfiguration('COMPUTE_FARM', undefined, {
      computeFarmConfiguration: { endpoint: options.endpoint, activeDirectoryUser: options.activeDirectoryUser },
    });
  }

  /** A server that hands out licences, by its address. */
  public static licenseService(endpoint: string): ComponentConfiguration {
    return new ComponentConfiguration('LICENSE_SERVICE', undefined, { licenseServiceConfiguration: { endpoint } });
  }

  /** A file system of Amazon FSx for Windows File Server. */
  public static fsxForWindows(options: SharedFileSystemOptions): ComponentConfiguration {
    return ComponentConfiguration.fileSystem('AMAZON_FSX_FOR_WINDOWS', options);
  }

  /** A file system of Amazon FSx for Lustre. */
  public static fsxForLustre(options: SharedFileSystemOptions): ComponentConfiguration {
    return ComponentConfiguration.fileSystem('AMAZON_FSX_FOR_LUSTRE', options);
  }

  /** Any other shared file system. */
  public static sharedFileSystem(options: SharedFileSystemOptions): ComponentConfiguration {
    return ComponentConfiguration.fileSystem('CUSTOM', options);
  }

  /** Something else, of which Nimble Studio knows nothing but its scripts. */
  public static custom(): ComponentConfiguration {
    return new ComponentConfiguration('CUSTOM');
  }

  private static fileSystem(subtype: string, options: SharedFileSystemOptions): ComponentConfiguration {
    return new ComponentConfiguration('SHARED_FILE_SYSTEM', subtype, { sharedFileSystemConfiguration: { ...options } }, (scope) => {
      checkLength(scope, 'linuxMountPoint', options.linuxMountPoint, { min: 0, max: 128 });
      checkPattern(scope, 'linuxMountPoint', options.linuxMountPoint, /^(\/?|(\$HOME)?(\/[^/\n\s\\]+)*)$/,
        'be a path without blanks that starts with "/" or "$HOME"');
      checkPattern(scope, 'windowsMountDrive', options.windowsMountDrive, /^[A-Z]$/, 'be one letter from "A" to "Z"');
    });
  }

  private constructor(
    private readonly type: string,
    private readonly subtype?: string,
    private readonly configuration?: CfnStudioComponent.StudioComponentConfigurationProperty,
    private readonly check: (scope: Construct) => void = () => {},
  ) {}

  /** @internal */
  public _bind(scope: Construct): Pick<CfnStudioComponent, 'type' | 'subtype' | 'configuration'> {
    this.check(scope);
    return { type: this.type, subtype: this.subtype, configuration: this.configuration };
  }
}
