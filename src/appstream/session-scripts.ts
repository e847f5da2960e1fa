import { existsSync, readFileSync, statSync } from 'fs';
import { join } from 'path';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { FileSource, FileSourceConfig } from './file-source';
import { FileStore } from './private/file-store';
import { fail } from '../private/errors';

/**
 * Scripts that run before the sessions of an Elastic fleet begin and after they end, as the system or as the user.
 *
 * The image of an Always-On or On-Demand fleet has its own.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/use-session-scripts.html
 */
export abstract class SessionScripts {
  /**
   * Scripts of this machine: a folder with the file "config.json" that names them, or a .zip file of such a folder.
   *
   * The "config.json" of a folder is checked: at most one script for the system and one for the user at each end of a session, and at most
   * 60 seconds for them. For the way to AppStream see `FileSource.fromAsset`.
   *
   * @param path the folder or .zip file.
   * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/session-script-configuration-file.html
   */
  public static fromAsset(path: string): SessionScripts {
    return new AssetSessionScripts(path);
  }

  /**
   * A .zip file in a bucket; see `FileSource.fromBucket`.
   *
   * @param objectKey 1 to 1024 characters, for example "scripts/2.zip".
   */
  public static fromBucket(bucket: s3.IBucket, objectKey: string): SessionScripts {
    return new FileSessionScripts(FileSource.fromBucket(bucket, objectKey));
  }

  /** Called by the fleet whose scripts these are. */
  public abstract bind(scope: Construct): FileSourceConfig;
}

class FileSessionScripts extends SessionScripts {
  public constructor(private readonly file: FileSource) {
    super();
  }

  public bind(scope: Construct): FileSourceConfig {
    return this.file.bind(scope);
  }
}

class AssetSessionScripts extends SessionScripts {
  public constructor(private readonly path: string) {
    super();
  }

  public bind(scope: Construct): FileSourceConfig {
    const stats = statSync(this.path, { throwIfNoEntry: false });
    if (!stats?.isDirectory() && !this.path.endsWith('.zip')) {
      fail(scope, `sessionScripts must be a folder or a .zip file, got ${JSON.stringify(this.path)}`);
    }
    if (stats?.isDirectory()) {
      this.validateConfiguration(scope);
    }
    return FileStore.of(scope).addArchive(this.path);
  }

  private validateConfiguration(scope: Construct): void {
    const file = join(this.path, 'config.json');
    if (!existsSync(file)) {
      fail(scope, `sessionScripts must have a config.json, got none in ${JSON.stringify(this.path)}`);
    }
    for (const [name, event] of Object.entries(Object(this.parse(scope, file)))) {
      // AppStream takes members with either capital.
      const { executables, waitingtime = 0 } = Object.fromEntries(Object.entries(Object(event)).map(([key, value]) => [key.toLowerCase(), value]));
      if (name !== 'SessionStart' && name !== 'SessionTermination') {
        fail(scope, `config.json of sessionScripts has "SessionStart" and "SessionTermination", got ${JSON.stringify(name)}`);
      }
      if (Number(waitingtime) > 60) {
        fail(scope, `config.json of sessionScripts gives scripts at most 60 seconds, got ${JSON.stringify(waitingtime)} for ${name}`);
      }
      const contexts: unknown[] = Array.isArray(executables) ? executables.map((each) => each?.context ?? each?.Context) : [];
      if (contexts.some((context) => context !== 'system' && context !== 'user') || new Set(contexts).size < contexts.length) {
        fail(scope, `config.json of sessionScripts has at most one script for each of the contexts "system" and "user", got ${JSON.stringify(contexts)} for ${name}`);
      }
    }
  }

  private parse(scope: Construct, file: string): unknown {
    try {
      return JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      return fail(scope, `config.json of sessionScripts must be JSON, which ${JSON.stringify(file)} is not`);
    }
  }
}
