import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import { Construct } from 'constructs';
import { ElasticPlatform } from './elastic-platform';
import { FileSource } from './file-source';
import { checkName, checkTexts } from './streaming-instance';
import { checkCount, checkPattern, fail } from '../private/errors';
import { nameOfGeneration } from '../private/names';
import { checkSameEnvironment } from '../private/references';

/** A program that users of Elastic fleets launch. */
export interface IApplication extends cdk.IResource, appstream.IApplicationRef {
  /**
   * The name of the application.
   *
   * @attribute
   */
  readonly applicationName: string;

  /**
   * The ARN of the application.
   *
   * @attribute
   */
  readonly applicationArn: string;
}

/** The hardware that an application is made for. */
export class ApplicationInstanceFamily {
  /** Instances for general purposes. */
  public static readonly GENERAL_PURPOSE = new ApplicationInstanceFamily('GENERAL_PURPOSE');

  /** Instances with a GPU of the family G4. */
  public static readonly GRAPHICS_G4 = new ApplicationInstanceFamily('GRAPHICS_G4');

  /** Another family, by its name in AppStream's API. */
  public static of(name: string): ApplicationInstanceFamily {
    return new ApplicationInstanceFamily(name);
  }

  private constructor(
    /** The name in AppStream's API. */
    public readonly name: string,
  ) {}
}

/** Properties of an application. A change of the platforms or instance families replaces the application. */
export interface ApplicationProps {
  /** The app block that has the program. */
  readonly appBlock: appstream.IAppBlockRef;

  /** The path of the program on the instance, once the app block is set up, for example "D:\editor\editor.exe". */
  readonly launchPath: string;

  /** What users see of the application: an image file. */
  readonly icon: FileSource;

  /** What the program is made for, at most 4. */
  readonly platforms: ElasticPlatform[];

  /**
   * The hardware that the program is made for.
   *
   * @default [ApplicationInstanceFamily.GENERAL_PURPOSE]
   */
  readonly instanceFamilies?: ApplicationInstanceFamily[];

  /**
   * The name of the application: 1 to 100 letters, digits, "_", "." and "-", starting with a letter or digit.
   *
   * With a name of your own platforms and instance families cannot be changed, since CloudFormation would make a second application of that name.
   *
   * @default - a generated name that changes with the platforms and instance families
   */
  readonly applicationName?: string;

  /**
   * The name that users see, at most 100 characters.
   *
   * @default - users see the name of the application
   */
  readonly displayName?: string;

  /**
   * What it is for, at most 256 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * The folder that the program starts in.
   *
   * @default - AppStream's own choice
   */
  readonly workingDirectory?: string;

  /**
   * What the program is given, as it stands on a command line.
   *
   * @default - nothing
   */
  readonly launchParameters?: string;
}

abstract class ApplicationBase extends cdk.Resource implements IApplication {
  public abstract readonly applicationName: string;
  public abstract readonly applicationArn: string;

  /** A reference to this application. */
  public get applicationRef(): appstream.ApplicationReference {
    return { applicationArn: this.applicationArn };
  }
}

/**
 * A program of an app block, as users of Elastic fleets find and launch it.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/applications-elastic.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import { appstream } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 * declare const editors: appstream.AppBlock;
 *
 * new appstream.Application(scope, 'Editor', {
 *   appBlock: editors,
 *   launchPath: 'D:\\editor\\editor.exe',
 *   icon: appstream.FileSource.fromAsset('./editor.png'),
 *   platforms: [appstream.ElasticPlatform.WINDOWS_SERVER_2019],
 *   displayName: 'Editor',
 * });
 */
export class Application extends ApplicationBase {
  /** An application of this account and Region that is made elsewhere. */
  public static fromApplicationName(scope: Construct, id: string, applicationName: string): IApplication {
    return Application.fromApplicationArn(scope, id, cdk.Stack.of(scope).formatArn({
      service: 'appstream', resource: 'application', resourceName: applicationName,
    }));
  }

  /** An application that is made elsewhere. */
  public static fromApplicationArn(scope: Construct, id: string, applicationArn: string): IApplication {
    class Import extends ApplicationBase {
      public readonly applicationArn = applicationArn;
      public readonly applicationName = cdk.Stack.of(scope).splitArn(applicationArn, cdk.ArnFormat.SLASH_RESOURCE_NAME).resourceName!;
    }
    return new Import(scope, id, { environmentFromArn: applicationArn });
  }

  public readonly applicationName: string;
  public readonly applicationArn: string;

  constructor(scope: Construct, id: string, props: ApplicationProps) {
    super(scope, id, { physicalName: props.applicationName });

    this.validate(props);
    checkSameEnvironment(this, props.appBlock, 'an application');
    const icon = props.icon.bind(this, { isPicture: true });
    const replacing = {
      platforms: props.platforms.map(({ name }) => name),
      instanceFamilies: (props.instanceFamilies ?? [ApplicationInstanceFamily.GENERAL_PURPOSE]).map(({ name }) => name),
    };

    const resource = new appstream.CfnApplication(this, 'Resource', {
      ...replacing,
      name: props.applicationName ?? nameOfGeneration(this, replacing),
      appBlockArn: props.appBlock.appBlockRef.appBlockArn,
      launchPath: props.launchPath,
      iconS3Location: { s3Bucket: icon.bucketName, s3Key: icon.objectKey },
      displayName: props.displayName,
      description: props.description,
      workingDirectory: props.workingDirectory,
      launchParameters: props.launchParameters,
      attributesToDelete: this.renderAttributesToDelete(props),
    });
    resource.node.addDependency(...icon.dependencies ?? []);

    this.applicationArn = this.getResourceArnAttribute(resource.ref, { service: 'appstream', resource: 'application', resourceName: this.physicalName });
    this.applicationName = this.getResourceNameAttribute(this.stack.splitArn(resource.ref, cdk.ArnFormat.SLASH_RESOURCE_NAME).resourceName!);
  }

  private validate(props: ApplicationProps): void {
    checkName(this, 'applicationName', props.applicationName);
    checkTexts(this, props);
    checkPattern(this, 'launchPath', props.launchPath, /^.+$/, 'be the path of a program');
    checkCount(this, 'platforms', props.platforms, { min: 1, max: 4 });
    if (props.instanceFamilies?.length === 0) {
      fail(this, 'instanceFamilies must have at least one element, got none');
    }
  }

  /** What is no longer given: CloudFormation leaves it as it was unless it is named here. */
  private renderAttributesToDelete({ launchParameters, workingDirectory }: ApplicationProps): string[] | undefined {
    const attributes = [...launchParameters === undefined ? ['LAUNCH_PARAMETERS'] : [], ...workingDirectory === undefined ? ['WORKING_DIRECTORY'] : []];
    return attributes.length > 0 ? attributes : undefined;
  }
}
