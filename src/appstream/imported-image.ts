import { Construct } from 'constructs';
import { ImageSource } from './image-source';
import { InstanceType } from './instance-type';
import { allow, Made, MadeImage, makeImage, passRole } from './made-image';
import { MadeImageProps } from './made-image-props';
import { IMPORTED_IMAGE_TYPE, ImportedImageProperties } from './private/made-image-contract';
import { checkName, checkTexts } from './streaming-instance';
import { checkCount, checkLength, checkPattern, fail } from '../private/errors';

/** Which version of AppStream's software an imported image has. */
export enum AgentSoftwareVersion {
  /** The newest at the time of the import. */
  CURRENT_LATEST = 'CURRENT_LATEST',
  /** The newest, whenever an instance starts. */
  ALWAYS_LATEST = 'ALWAYS_LATEST',
}

/** An application of an imported image, as users find it. */
export interface CatalogApplication {
  /** The name: 1 to 100 letters, digits, "_", "." and "-", starting with a letter or digit. */
  readonly name: string;

  /** Where its program is, for example `C:\Windows\System32\notepad.exe`. */
  readonly path: string;

  /**
   * The name that users see, at most 100 characters.
   *
   * @default - the name
   */
  readonly displayName?: string;

  /**
   * Where its icon is, a PNG.
   *
   * @default - the icon of the program
   */
  readonly iconPath?: string;

  /**
   * Where the list of files is that are read ahead, for a faster start.
   *
   * @default - none
   */
  readonly manifestPath?: string;

  /**
   * The directory in which it starts.
   *
   * @default - AppStream's own choice
   */
  readonly workingDirectory?: string;

  /**
   * What it is started with, at most 1024 characters. It stands in the template: no place for a password.
   *
   * @default - nothing
   */
  readonly launchParameters?: string;
}

/** Properties of an imported image. */
export interface ImportedImageProps extends MadeImageProps {
  /** What the image is made from. */
  readonly source: ImageSource;

  /**
   * The applications that users find, at most 50.
   *
   * @default - none: users find the desktop
   */
  readonly applications?: CatalogApplication[];

  /**
   * The version of AppStream's software.
   *
   * @default - AppStream's own choice
   */
  readonly agentSoftwareVersion?: AgentSoftwareVersion;

  /**
   * A type of instance on which AppStream tries whether the image streams, which takes longer and costs the instance.
   *
   * @default - the image is not tried
   */
  readonly validationInstanceType?: InstanceType;

  /**
   * The name that people see, at most 100 letters, digits, blanks, "_", ".", "-" and parentheses.
   *
   * @default - none
   */
  readonly displayName?: string;

  /**
   * What it is for, at most 256 letters, digits, blanks, "_", ".", "-" and parentheses.
   *
   * @default - none
   */
  readonly description?: string;
}

/**
 * An image that is made from an AMI of EC2 or an image of WorkSpaces: a lifecycle resource.
 *
 * A dry run finds what is wrong with the source before the long import. The generated name changes with what is behind a parameter too, so a new AMI
 * makes a new image, fleets get it, and the old one goes.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/import-image.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import * as ec2 from 'aws-cdk-lib/aws-ec2';
 * import { appstream } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 *
 * const ami = new cdk.CfnParameter(scope, 'Ami', { type: 'AWS::EC2::Image::Id' });
 * const image = new appstream.ImportedImage(scope, 'Image', {
 *   source: appstream.ImageSource.ami(ami.valueAsString),
 *   applications: [{ name: 'notepad', path: 'C:\\Windows\\System32\\notepad.exe' }],
 *   agentSoftwareVersion: appstream.AgentSoftwareVersion.ALWAYS_LATEST,
 * });
 * new appstream.Fleet(scope, 'Fleet', {
 *   image,
 *   instanceType: appstream.InstanceType.generalPurpose(ec2.InstanceType.of(ec2.InstanceClass.M7I, ec2.InstanceSize.LARGE)),
 *   capacity: appstream.Capacity.instances(2),
 * });
 */
export class ImportedImage extends MadeImage {
  /** @internal */
  public readonly _made: Made;

  /**
   * Throws for ids, names, texts, applications, tags or a timeout that AppStream or CloudFormation does not take.
   */
  constructor(scope: Construct, id: string, props: ImportedImageProps) {
    super(scope, id);
    this.validate(props);
    const { amiId, workspaceImageId, role } = props.source._bind(this);
    this._made = makeImage(this, props, {
      resourceType: IMPORTED_IMAGE_TYPE,
      properties: {
        SourceAmiId: amiId,
        WorkspaceImageId: workspaceImageId,
        RoleArn: role?.roleArn,
        DisplayName: props.displayName,
        Description: props.description,
        AgentSoftwareVersion: props.agentSoftwareVersion,
        ValidationInstanceType: props.validationInstanceType?._bind(this),
        ApplicationCatalog: props.applications && this.stack.toJsonString(props.applications.map(renderApplication)),
      } satisfies ImportedImageProperties,
      permissions: () => [
        { statement: allow(['CreateImportedImage'], '*'), finding: 'imageTransfers' },
        ...role ? [passRole(role)] : [],
      ],
    });
  }

  private validate(props: ImportedImageProps): void {
    const text = /^[a-zA-Z0-9_.() -]+$/;
    const allowed = 'have only letters, digits, blanks, "_", ".", "-" and parentheses';
    checkTexts(this, props);
    checkPattern(this, 'displayName', props.displayName, text, allowed);
    checkPattern(this, 'description', props.description, text, allowed);
    checkCount(this, 'applications', props.applications, { min: 1, max: 50 });
    const names = (props.applications ?? []).map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) < index);
    if (twice !== undefined) {
      fail(this, `applications must have names of their own, got ${JSON.stringify(twice)} twice`);
    }
    props.applications?.forEach(({ name, displayName, launchParameters }) => {
      checkName(this, 'applications: name', name);
      checkPattern(this, 'applications: displayName', displayName, /^[a-zA-Z0-9][a-zA-Z0-9_. -]{0,99}$/,
        'have 1 to 100 letters, digits, blanks, "_", "." and "-", and start with a letter or digit');
      checkLength(this, 'applications: launchParameters', launchParameters, { min: 1, max: 1024 });
    });
  }
}

/** By the names that AppStream has. */
function renderApplication(application: CatalogApplication): object {
  return {
    Name: application.name,
    DisplayName: application.displayName,
    AbsoluteAppPath: application.path,
    AbsoluteIconPath: application.iconPath,
    AbsoluteManifestPath: application.manifestPath,
    WorkingDirectory: application.workingDirectory,
    LaunchParameters: application.launchParameters,
  };
}
