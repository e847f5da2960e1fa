import { CfnStack } from 'aws-cdk-lib/aws-appstream';
import { Construct } from 'constructs';
import { checkInteger, fail } from '../private/errors';

/** Something that users may or may not do during a streaming session. */
export enum UserAction {
  /** Copy on the user's own device and paste into the session. */
  CLIPBOARD_COPY_FROM_LOCAL_DEVICE = 'CLIPBOARD_COPY_FROM_LOCAL_DEVICE',
  /** Copy in the session and paste on the user's own device. */
  CLIPBOARD_COPY_TO_LOCAL_DEVICE = 'CLIPBOARD_COPY_TO_LOCAL_DEVICE',
  /** Upload files from the user's own device. */
  FILE_UPLOAD = 'FILE_UPLOAD',
  /** Download files to the user's own device. */
  FILE_DOWNLOAD = 'FILE_DOWNLOAD',
  /** Print on the user's own device. */
  PRINTING_TO_LOCAL_DEVICE = 'PRINTING_TO_LOCAL_DEVICE',
  /** Sign in to the directory of a domain-joined fleet with a password. */
  DOMAIN_PASSWORD_SIGNIN = 'DOMAIN_PASSWORD_SIGNIN',
  /** Sign in to the directory of a domain-joined fleet with a smart card. */
  DOMAIN_SMART_CARD_SIGNIN = 'DOMAIN_SMART_CARD_SIGNIN',
  /** Give the session the time zone of the user's own device. */
  AUTO_TIME_ZONE_REDIRECTION = 'AUTO_TIME_ZONE_REDIRECTION',
}

/** How far an action is allowed. */
export interface UserActionOptions {
  /**
   * The number of characters that one copy may have, 1 to 20,971,520. For the two clipboard actions only.
   *
   * @default - 20,971,520
   */
  readonly maximumLength?: number;
}

/**
 * What users may do during their streaming sessions.
 *
 * Each call answers new settings and leaves the old ones as they are.
 * CloudFormation always gets the whole set, so what is not allowed here is off, whatever AWS's defaults are.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/APIReference/API_UserSetting.html
 */
export class UserSettings {
  /** Nothing is allowed but to sign in to the directory with a password, which matters on domain-joined fleets only. */
  public static locked(): UserSettings {
    return new UserSettings(new Map([[UserAction.DOMAIN_PASSWORD_SIGNIN, {}]]));
  }

  private constructor(private readonly allowed: ReadonlyMap<UserAction, UserActionOptions>) {}

  /** The same settings with one more action allowed. */
  public allow(action: UserAction, options: UserActionOptions = {}): UserSettings {
    return new UserSettings(new Map([...this.allowed, [action, options]]));
  }

  /** The same settings with one action forbidden. */
  public deny(action: UserAction): UserSettings {
    return new UserSettings(new Map([...this.allowed].filter(([allowed]) => allowed !== action)));
  }

  /** @internal */
  public _bind(scope: Construct): CfnStack.UserSettingProperty[] {
    return Object.values(UserAction).map((action) => {
      const options = this.allowed.get(action);
      if (options === undefined) return { action, permission: 'DISABLED' };
      return { action, permission: 'ENABLED', maximumLength: maximumLength(scope, action, options) };
    });
  }
}

function maximumLength(scope: Construct, action: UserAction, options: UserActionOptions): number | undefined {
  if (options.maximumLength === undefined) return undefined;
  if (action !== UserAction.CLIPBOARD_COPY_FROM_LOCAL_DEVICE && action !== UserAction.CLIPBOARD_COPY_TO_LOCAL_DEVICE) {
    fail(scope, `userSettings: maximumLength is for the two clipboard actions only, got ${JSON.stringify(action)}`);
  }
  checkInteger(scope, `userSettings: maximumLength of ${action}`, options.maximumLength, { min: 1, max: 20_971_520 });
  return options.maximumLength;
}
