import * as cdk from 'aws-cdk-lib';

/** What users see of the instance. */
export enum StreamView {
  /** Only the windows of applications. */
  APP = 'APP',
  /** The desktop of the operating system. */
  DESKTOP = 'DESKTOP',
}

/** What the sessions of all kinds of fleets have in common. */
export interface FleetSessionProps {
  /**
   * How long a session waits for a user who was disconnected, 60 seconds to 10 hours. Then it ends, with what was not saved.
   *
   * @default SecurityBaseline.DISCONNECT_TIMEOUT
   */
  readonly disconnectTimeout?: cdk.Duration;

  /**
   * How long users may do nothing before they are disconnected: 0 for as long as they like, or 60 seconds to 10 hours.
   *
   * AppStream rounds to whole minutes.
   *
   * @default SecurityBaseline.IDLE_DISCONNECT_TIMEOUT
   */
  readonly idleDisconnectTimeout?: cdk.Duration;

  /**
   * How long a session can last, 10 minutes to 5 days. The instance is replaced afterwards.
   *
   * @default SecurityBaseline.MAX_USER_DURATION
   */
  readonly maxUserDuration?: cdk.Duration;

  /**
   * What users see of the instance.
   *
   * @default StreamView.APP
   */
  readonly streamView?: StreamView;

  /**
   * The USB devices that users of the Windows native client may pass on to their sessions: each a filter of eight parts with commas between
   * them, at most 100 characters.
   *
   * For example "Wacom,03,00,00,1386,215,1,0".
   *
   * @default - none
   * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/qualified-usb-devices.html
   */
  readonly usbDeviceFilterStrings?: string[];
}
