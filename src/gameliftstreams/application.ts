import { existsSync } from 'fs';
import { join } from 'path';
import * as cdk from 'aws-cdk-lib';
import * as gameliftstreams from 'aws-cdk-lib/aws-gameliftstreams';
import { Construct } from 'constructs';
import { ApplicationSource } from './application-source';
import { checkDescription, defaultDescription } from './description';
import { LogOutput } from './log-output';
import { RuntimeEnvironment, RuntimeEnvironmentType } from './runtime-environment';
import { checkLength, checkPattern, fail } from '../private/errors';
import { tagWithStack } from '../private/references';

/** A game, or another graphical application, in one version of its content. */
export interface IApplication extends cdk.IResource, gameliftstreams.IApplicationRef {
  /**
   * The ARN of the application.
   *
   * @attribute
   */
  readonly applicationArn: string;

  /**
   * The id of the application, for example "a-9ZY8X7Wv6".
   *
   * @attribute
   */
  readonly applicationId: string;
}

/** Properties of an application. A change of the source, the executable or the runtime environment replaces the application. */
export interface ApplicationProps {
  /** The files of the application. */
  readonly source: ApplicationSource;

  /**
   * What to start: the path of a file relative to the source, 1 to 1024 characters.
   *
   * On Windows and Proton an .exe, .cmd or .bat file; on Ubuntu a binary, or a script that starts with "#!".
   */
  readonly executablePath: string;

  /** What the application runs on. */
  readonly runtimeEnvironment: RuntimeEnvironment;

  /**
   * What people see of the application: 1 to 80 letters, digits, blanks, "-", "_", ".", "!", "+", "@" and "/". Several may have the same.
   *
   * @default - the path of the construct
   */
  readonly description?: string;

  /**
   * Where logs go at the end of each session.
   *
   * @default - logs are lost with the session
   */
  readonly logOutput?: LogOutput;
}

abstract class ApplicationBase extends cdk.Resource implements IApplication {
  public abstract readonly applicationArn: string;
  public abstract readonly applicationId: string;

  /** A reference to this application. */
  public get applicationRef(): gameliftstreams.ApplicationReference {
    return { applicationArn: this.applicationArn };
  }
}

/**
 * A game, or another graphical application, in one version of its content.
 *
 * It streams from the stream groups that it belongs to.
 *
 * @see https://docs.aws.amazon.com/gameliftstreams/latest/developerguide/applications.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import { gameliftstreams } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 *
 * new gameliftstreams.Application(scope, 'Game', {
 *   source: gameliftstreams.ApplicationSource.fromAsset('./game'),
 *   executablePath: 'bin/game.exe',
 *   runtimeEnvironment: gameliftstreams.RuntimeEnvironment.PROTON_20260204,
 * });
 */
export class Application extends ApplicationBase {
  /**
   * An application of this account and Region that is made elsewhere.
   *
   * @param applicationId for example "a-9ZY8X7Wv6".
   */
  public static fromApplicationId(scope: Construct, id: string, applicationId: string): IApplication {
    return Application.fromApplicationArn(scope, id, cdk.Stack.of(scope).formatArn({
      service: 'gameliftstreams', resource: 'application', resourceName: applicationId,
    }));
  }

  /** An application that is made elsewhere. */
  public static fromApplicationArn(scope: Construct, id: string, applicationArn: string): IApplication {
    class Import extends ApplicationBase {
      public readonly applicationArn = applicationArn;
      public readonly applicationId = cdk.Stack.of(scope).splitArn(applicationArn, cdk.ArnFormat.SLASH_RESOURCE_NAME).resourceName!;
    }
    return new Import(scope, id, { environmentFromArn: applicationArn });
  }

  public readonly applicationArn: string;
  public readonly applicationId: string;

  /** What the application runs on. */
  public readonly runtimeEnvironment: RuntimeEnvironment;

  constructor(scope: Construct, id: string, props: ApplicationProps) {
    super(scope, id);

    this.validate(props);
    const { applicationSourceUri, deployment, localFolder } = props.source.bind(this);
    this.validateExecutable(props.executablePath, localFolder);
    const log = props.logOutput?._bind(this);

    const resource = new gameliftstreams.CfnApplication(this, 'Resource', {
      applicationSourceUri,
      executablePath: props.executablePath,
      runtimeEnvironment: props.runtimeEnvironment._bind(this),
      description: props.description ?? defaultDescription(this),
      applicationLogOutputUri: log?.applicationLogOutputUri,
      applicationLogPaths: log?.applicationLogPaths,
    });
    tagWithStack(resource);
    resource.node.addDependency(...[deployment, log?.permission].filter((dependency) => dependency !== undefined));

    this.applicationArn = resource.attrArn;
    this.applicationId = resource.attrId;
    this.runtimeEnvironment = props.runtimeEnvironment;
  }

  private validate(props: ApplicationProps): void {
    checkDescription(this, props.description);
    checkLength(this, 'executablePath', props.executablePath, { min: 1, max: 1024 });
    checkPattern(this, 'executablePath', props.executablePath, /^(?![/\\]|[a-zA-Z0-9]+:)(?!(?:.*[/\\])?\.\.(?:[/\\]|$)).*$/,
      'be relative to the source and stay inside');
    if (props.runtimeEnvironment.type !== RuntimeEnvironmentType.UBUNTU) {
      checkPattern(this, 'executablePath', props.executablePath, /^.*\.(exe|cmd|bat)$/i,
        `end in ".exe", ".cmd" or ".bat" on ${props.runtimeEnvironment.type}`);
    }
  }

  private validateExecutable(executablePath: string, localFolder: string | undefined): void {
    if (localFolder === undefined || cdk.Token.isUnresolved(executablePath)) return;
    if (!existsSync(join(localFolder, ...executablePath.split('\\')))) {
      fail(this, `executablePath must be a file of the source, got ${JSON.stringify(executablePath)}, which is not in ${JSON.stringify(localFolder)}`);
    }
  }
}
