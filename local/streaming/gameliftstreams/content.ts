import type { ApplicationStatusReason, CreateApplicationInput } from '@aws-sdk/client-gameliftstreams';
import type { GameLiftStreamsAccount } from './account';

/**
 * Why the content of an application cannot be copied or run; undefined when it can.
 * That the executable must be in it is the API's text on CreateApplicationInput; which reason goes with what is inferred.
 */
export function missingContent(
  account: GameLiftStreamsAccount, { ApplicationSourceUri, ExecutablePath }: Pick<CreateApplicationInput, 'ApplicationSourceUri' | 'ExecutablePath'>,
): ApplicationStatusReason | undefined {
  const [, bucket, folder = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/.exec(ApplicationSourceUri!)!;
  const prefix = folder === '' || folder.endsWith('/') ? folder : `${folder}/`;
  const keys = account.content.keys(bucket)?.filter((key) => key.startsWith(prefix));
  if (keys?.includes(prefix + ExecutablePath!.replace(/\\/g, '/'))) {
    return undefined;
  }
  if (account.readings.missingContent === 'refused') {
    account.invalid(keys?.length ? `There is no ${ExecutablePath} in ${ApplicationSourceUri}.` : `There are no files in ${ApplicationSourceUri}.`);
  }
  return keys?.length ? 'internalError' : 'accessDenied';
}
