import * as cdk from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { FleetSessionProps } from './fleet-session-props';
import { SecurityBaseline } from './security-baseline';
import { checkPattern, checkSeconds, fail } from '../private/errors';

/** Fails for sessions that AppStream would reject. */
export function checkFleetSessions(scope: Construct, props: FleetSessionProps): void {
  checkSeconds(scope, 'disconnectTimeout', props.disconnectTimeout, { min: 60, max: 36_000 });
  checkSeconds(scope, 'maxUserDuration', props.maxUserDuration, { min: 600, max: 432_000 });
  checkIdleDisconnectTimeout(scope, props.idleDisconnectTimeout);
  for (const filter of cdk.Token.isUnresolved(props.usbDeviceFilterStrings) ? [] : props.usbDeviceFilterStrings ?? []) {
    checkPattern(scope, 'usbDeviceFilterStrings: filter', filter,
      /^(?=.{0,100}$)\w*\s*\w*\s*,\s*\w*\s*,\s*\*?\w*\s*,\s*\*?\w*\s*,\s*\*?\d*\s*,\s*\*?\d*\s*,\s*[01]\s*,\s*[01]\s*$/,
      'have eight parts like "Wacom,03,00,00,1386,215,1,0" and at most 100 characters');
  }
}

// Once and not for each fleet: a duration asks of its number whether it is a token, which costs time at synthesis.
const DISCONNECT_SECONDS = SecurityBaseline.DISCONNECT_TIMEOUT.toSeconds();
const IDLE_DISCONNECT_SECONDS = SecurityBaseline.IDLE_DISCONNECT_TIMEOUT.toSeconds();
const MAX_USER_SECONDS = SecurityBaseline.MAX_USER_DURATION.toSeconds();

/** The properties of the L1 that are about sessions. */
export function fleetSessionProperties(props: FleetSessionProps) {
  return {
    disconnectTimeoutInSeconds: props.disconnectTimeout?.toSeconds() ?? DISCONNECT_SECONDS,
    idleDisconnectTimeoutInSeconds: props.idleDisconnectTimeout?.toSeconds() ?? IDLE_DISCONNECT_SECONDS,
    maxUserDurationInSeconds: props.maxUserDuration?.toSeconds() ?? MAX_USER_SECONDS,
    streamView: props.streamView,
    usbDeviceFilterStrings: props.usbDeviceFilterStrings,
  };
}

function checkIdleDisconnectTimeout(scope: Construct, timeout: cdk.Duration | undefined): void {
  if (timeout === undefined || timeout.isUnresolved()) return;
  const seconds = timeout.toSeconds({ integral: false });
  if (seconds === 0) return;
  if (!Number.isInteger(seconds) || seconds < 60 || seconds > 36_000) {
    fail(scope, `idleDisconnectTimeout must be 0 or 60 to 36000 whole seconds, got ${JSON.stringify(seconds)}`);
  }
  if (seconds % 60 !== 0) {
    cdk.Annotations.of(scope).addWarningV2('cdk-app-streaming/appstream:idleDisconnectTimeoutRounded',
      `idleDisconnectTimeout of ${seconds} seconds is no whole number of minutes: AppStream rounds it to ${Math.round(seconds / 60) * 60} seconds`);
  }
}
