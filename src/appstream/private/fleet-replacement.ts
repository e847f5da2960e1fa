import * as appstream from 'aws-cdk-lib/aws-appstream';
import { Construct } from 'constructs';
import { settingsOf } from './fleet-update-gate';
import { fail } from '../../private/errors';
import { nameOfGeneration } from '../../private/names';

/** What of a fleet decides whether it can be replaced. */
export interface ReplaceableFleetProps {
  readonly fleetName?: string;
  readonly desiredState?: string;
}

/**
 * The properties of a fleet that is replaced: its name changes whenever a running fleet would have to be stopped.
 *
 * Fails for a fleet that cannot be replaced, or not without forgetting where it was.
 */
export function replaceable(
  scope: Construct, { fleetName, desiredState }: ReplaceableFleetProps, properties: appstream.CfnFleetProps,
): appstream.CfnFleetProps {
  if (fleetName !== undefined) {
    fail(scope, `UpdateStrategy.replace() makes a new fleet beside the old one, so fleetName must be left out, got ${JSON.stringify(fleetName)}`);
  }
  if (desiredState === 'UNMANAGED') {
    fail(scope, 'UpdateStrategy.replace() makes a new fleet, which cannot know where the old one was: the desiredState must be "RUNNING", "STOPPED" or '
      + `left out, got ${JSON.stringify(desiredState)}`);
  }
  const { fleetType } = properties;
  return { ...properties, name: nameOfGeneration(scope, { fleetType, settings: settingsOf(properties) }) };
}
