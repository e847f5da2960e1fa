import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import { Construct, IDependable } from 'constructs';
import { FileSource } from './file-source';
import { checkInteger, fail } from '../private/errors';

/** How a script of an app block is run. */
export interface AppBlockScriptOptions {
  /**
   * What the script is given, as it stands on a command line.
   *
   * @default - nothing
   */
  readonly parameters?: string;

  /**
   * How long the script may run, in whole seconds. Users wait for it.
   *
   * @default cdk.Duration.minutes(2)
   */
  readonly timeout?: cdk.Duration;
}

/** What starts a script. */
interface Executable {
  readonly path: string;
  /** Before the script's own parameters. */
  readonly parameters?: (folder: string, fileName: string) => string;
}

/** A script as the app block has it, for each name of the app block. */
interface AppBlockScriptConfig {
  readonly details: (appBlockName: string) => appstream.CfnAppBlock.ScriptDetailsProperty;
  readonly dependencies: IDependable[];
}

/**
 * A script that makes the content of an app block usable on an instance: mounts the virtual hard disk, installs what is on it.
 *
 * It runs before each session, with full administrator rights. AppStream puts script and content, under the names of their objects, into
 * the folder "C:\AppStream\AppBlocks\", or "/opt/appstream/AppBlocks/" on Linux, followed by the name of the app block.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/create-setup-script.html
 */
export class AppBlockScript {
  /** A script for PowerShell on Windows, which is started from the folder of the app block, whatever its name. */
  public static powerShell(file: FileSource, options: AppBlockScriptOptions = {}): AppBlockScript {
    return new AppBlockScript(file, {
      path: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
      parameters: (appBlock, name) => `-ExecutionPolicy Bypass -File "C:\\AppStream\\AppBlocks\\${appBlock}\\${name}"`,
    }, options);
  }

  /** A script for bash on Linux, which is started from the folder of the app block, whatever its name. */
  public static bash(file: FileSource, options: AppBlockScriptOptions = {}): AppBlockScript {
    return new AppBlockScript(file, { path: '/bin/bash', parameters: (appBlock, name) => `"/opt/appstream/AppBlocks/${appBlock}/${name}"` }, options);
  }

  /**
   * Any script.
   *
   * @param executablePath what to run: the path of a program on the instance, or of the script itself, for which the app block needs a
   *   name of your own.
   */
  public static of(file: FileSource, executablePath: string, options: AppBlockScriptOptions = {}): AppBlockScript {
    return new AppBlockScript(file, { path: executablePath }, options);
  }

  private constructor(private readonly file: FileSource, private readonly executable: Executable, private readonly options: AppBlockScriptOptions) {}

  /** @internal */
  public _bind(scope: Construct): AppBlockScriptConfig {
    const { bucketName, objectKey, dependencies = [] } = this.file.bind(scope);
    const { executable, options: { parameters, timeout = cdk.Duration.minutes(2) } } = this;
    if (executable.parameters && cdk.Token.isUnresolved(objectKey)) {
      fail(scope, 'the key of a script must be known at synthesis, got a token: the script is started by its file name');
    }
    const seconds = timeout.isUnresolved() ? timeout.toSeconds() : timeout.toSeconds({ integral: false });
    checkInteger(scope, 'timeout of a script', seconds, { min: 1 });
    const fileName = objectKey.split('/').pop()!;
    return {
      details: (appBlockName) => ({
        scriptS3Location: { s3Bucket: bucketName, s3Key: objectKey },
        executablePath: executable.path,
        executableParameters: [executable.parameters?.(appBlockName, fileName), parameters].filter((part) => part !== undefined).join(' ') || undefined,
        timeoutInSeconds: seconds,
      }),
      dependencies,
    };
  }
}
