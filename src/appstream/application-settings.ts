import { CfnStack } from 'aws-cdk-lib/aws-appstream';
import { Construct } from 'constructs';
import { checkLength } from '../private/errors';

/** Where the application settings of users are kept. */
export interface ApplicationSettingsOptions {
  /**
   * The path prefix in the S3 bucket, at most 100 characters. Stacks of the same group share the settings of their users.
   *
   * @default - the name of the stack
   */
  readonly settingsGroup?: string;
}

/**
 * Whether changes that users make to applications and to Windows live on in their next session.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/app-settings-persistence.html
 */
export class ApplicationSettings {
  /** Every session starts with what the image has. */
  public static disabled(): ApplicationSettings {
    return new ApplicationSettings({ enabled: false });
  }

  /** Settings are saved after each session, in an S3 bucket that AppStream makes in this account and never deletes. */
  public static persistent(options: ApplicationSettingsOptions = {}): ApplicationSettings {
    return new ApplicationSettings({ enabled: true, settingsGroup: options.settingsGroup });
  }

  private constructor(private readonly settings: CfnStack.ApplicationSettingsProperty) {}

  /** @internal */
  public _bind(scope: Construct): CfnStack.ApplicationSettingsProperty {
    checkLength(scope, 'applicationSettings: settingsGroup', this.settings.settingsGroup, { min: 1, max: 100 });
    return this.settings;
  }
}
