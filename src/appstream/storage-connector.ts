import { CfnStack } from 'aws-cdk-lib/aws-appstream';
import { Construct } from 'constructs';
import { checkCount, checkLength } from '../private/errors';

/**
 * Storage that keeps the files of users between their sessions.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/persistent-storage.html
 */
export class StorageConnector {
  /** A home folder for each user, in an S3 bucket that AppStream makes in this account and never deletes. */
  public static homeFolders(): StorageConnector {
    return new StorageConnector({ connectorType: 'HOMEFOLDERS' });
  }

  /**
   * The users' own Google Drive.
   *
   * @param domains the Google Workspace domains that users may link, 1 to 50, each of 1 to 64 characters.
   */
  public static googleDrive(...domains: string[]): StorageConnector {
    return new StorageConnector({ connectorType: 'GOOGLE_DRIVE', domains });
  }

  /**
   * The users' own OneDrive for Business.
   *
   * @param domains the OneDrive domains that users may link, 1 to 50, each of 1 to 64 characters.
   */
  public static oneDrive(...domains: string[]): StorageConnector {
    return new StorageConnector({ connectorType: 'ONE_DRIVE', domains });
  }

  private constructor(private readonly connector: CfnStack.StorageConnectorProperty) {}

  /** @internal */
  public _bind(scope: Construct): CfnStack.StorageConnectorProperty {
    const { connectorType, domains } = this.connector;
    checkCount(scope, `storageConnectors: domains of ${connectorType}`, domains, { min: 1, max: 50 });
    domains?.forEach((domain) => checkLength(scope, `storageConnectors: domain of ${connectorType}`, domain, { min: 1, max: 64 }));
    return this.connector;
  }
}
