import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';

/** The size of a session's picture, in pixels: even numbers from 320 to 4096, and no more than 2,073,600 pixels in all. */
export interface DisplayResolution {
  readonly width: number;
  readonly height: number;
}

/** How a session is launched: what stream sessions and stream URLs have in common. */
export interface LaunchOptions {
  /**
   * The locations of the stream group to stream from, for example "eu-west-2", the preferred one first; at least one, each once.
   *
   * A deployment waits until the application is replicated to all of them.
   */
  readonly locations: string[];

  /**
   * How long a session may last, 1 second to 24 hours.
   *
   * @default - 12 hours
   */
  readonly sessionLength?: cdk.Duration;

  /**
   * Arguments for the application's command line, at most 100. They stand in the template: no place for a password.
   *
   * @default - none
   */
  readonly additionalLaunchArgs?: string[];

  /**
   * Variables for the application's environment, at most 50. Names have 1 to 256 letters, digits and "_" and don't begin with a digit,
   * values at most 4096 characters. They stand in the template: no place for a password.
   *
   * @default - none
   */
  readonly additionalEnvironmentVariables?: { [name: string]: string };

  /**
   * The role whose credentials the application gets. Its name starts with "GameLiftStreams-", and it trusts `gameliftstreams.amazonaws.com`.
   *
   * @default - the application has no credentials
   * @see https://docs.aws.amazon.com/gameliftstreams/latest/developerguide/session-credentials.html
   */
  readonly role?: iam.IRoleRef;

  /**
   * The resolution of the session's display.
   *
   * @default - 1920 x 1080
   */
  readonly displayResolution?: DisplayResolution;

  /**
   * What people see of it: 1 to 57 letters, digits, blanks, "-", "_", ".", "!", "+", "@" and "/". Several may have the same.
   *
   * @default - the path of the construct
   */
  readonly description?: string;
}
