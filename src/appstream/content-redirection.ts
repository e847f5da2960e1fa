import * as appstream from 'aws-cdk-lib/aws-appstream';
import { Construct } from 'constructs';
import { checkCount, checkLength, checkPattern } from '../private/errors';

/** Which addresses leave the session. */
export interface HostToClientOptions {
  /**
   * At most 100 patterns of addresses that open in the browser of the user's own device: "*", or like "https://*.example.com/*"; each at most
   * 2048 characters.
   *
   * @default - AppStream's own choice
   */
  readonly allowedUrls?: string[];

  /**
   * At most 100 patterns of addresses that stay in the session, also where they are allowed.
   *
   * @default - none
   */
  readonly deniedUrls?: string[];
}

/**
 * Whether addresses that are opened in a session open on the user's own device.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/APIReference/API_ContentRedirection.html
 */
export class ContentRedirection {
  /** They do. */
  public static hostToClient(options: HostToClientOptions = {}): ContentRedirection {
    return new ContentRedirection(true, options);
  }

  /** They stay in the session. For a stack that had a redirection: AppStream keeps a setting that is left out. */
  public static disabled(): ContentRedirection {
    return new ContentRedirection(false, {});
  }

  private constructor(private readonly enabled: boolean, private readonly options: HostToClientOptions) {}

  /** @internal */
  public _bind(scope: Construct): appstream.CfnStack.ContentRedirectionProperty {
    for (const list of ['allowedUrls', 'deniedUrls'] as const) {
      checkCount(scope, `contentRedirection: ${list}`, this.options[list], { min: 0, max: 100 });
      for (const url of this.options[list] ?? []) {
        checkLength(scope, `contentRedirection: pattern of ${list}`, url, { min: 1, max: 2048 });
        checkPattern(scope, `contentRedirection: pattern of ${list}`, url, /^(?:\*|https?:\/\/[^\s,;]+)$/,
          'be "*", or begin with "http://" or "https://" and have no blank, "," or ";"');
      }
    }
    return { hostToClient: { enabled: this.enabled, ...this.options } };
  }
}
