import type { DisplayConfiguration } from '@aws-sdk/client-gameliftstreams';
import type { ApplicationRecord, GameLiftStreamsAccount, StreamGroupRecord } from './account';

/** What StartStreamSession and CreateStreamUrl have in common. */
interface Launch {
  readonly ApplicationIdentifier: string | undefined;
  readonly Locations?: readonly string[];
  readonly RoleArn?: string;
  readonly DisplayConfiguration?: DisplayConfiguration;
}

/** The application of a launch, after the checks that the model does not make: the API's text on each member; the code is inferred. */
export function checkLaunch(account: GameLiftStreamsAccount, group: StreamGroupRecord, launch: Launch): ApplicationRecord {
  const application = account.application(launch.ApplicationIdentifier!);
  if (!group.applications.has(application.settings.Arn)) {
    account.invalid(`The application ${application.settings.Id} is not associated with the stream group ${group.settings.Id}.`);
  }
  const strange = launch.Locations?.find((name) => !group.locations.has(name));
  if (strange !== undefined) {
    account.invalid(`The stream group ${group.settings.Id} does not have the location ${strange}.`);
  }
  if (launch.RoleArn !== undefined && !/^arn:aws[a-z-]*:iam::\d{12}:role\/(.*\/)?GameLiftStreams-[^/]+$/.test(launch.RoleArn)) {
    account.invalid('The name of the role in RoleArn must start with GameLiftStreams-.');
  }
  const { Width = 0, Height = 0 } = launch.DisplayConfiguration?.Resolution ?? {};
  if (Width % 2 !== 0 || Height % 2 !== 0 || Width * Height > 2_073_600) {
    account.invalid(`The resolution ${Width} x ${Height} is not valid. Use even numbers, and at most 2,073,600 pixels.`);
  }
  return application;
}
