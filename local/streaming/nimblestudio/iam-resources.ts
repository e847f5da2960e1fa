import type { NimbleAccount } from './account';
import type { Operation } from '../../wire/service';

/**
 * The ARNs that IAM looks at for an operation, from AWS's service authorization reference:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonnimblestudio.html.
 */
export function iamResources(account: NimbleAccount, { name, input }: Operation): string[] {
  const studio = () => [account.arn('studio', input.studioId ?? '*')];
  switch (name) {
    case 'ListStudios':
      return [];
    case 'TagResource':
    case 'UntagResource':
    case 'ListTagsForResource':
      return [input.resourceArn];
    case 'AcceptEulas':
      return (input.eulaIds ?? []).map((id: string) => account.arn('eula', id));
    case 'GetEula':
    case 'ListEulas':
      return [account.arn('eula', input.eulaId ?? '*')];
    case 'ListEulaAcceptances':
      return [account.arn('eula-acceptance', '*')];
    case 'GetStreamingSessionBackup':
      return [account.arn('streaming-session-backup', input.backupId)];
    case 'StartStreamingSession':
      return [account.arn('streaming-session', input.sessionId), ...input.backupId ? [account.arn('streaming-session-backup', input.backupId)] : []];
    case 'CreateStreamingSession':
      return [account.arn('launch-profile', input.launchProfileId)];
    default:
      if (/^(Create(?!StreamingSessionStream)|List(?!LaunchProfileMembers))/.test(name)) return studio();
      if (input.sessionId !== undefined) return [account.arn('streaming-session', input.sessionId)];
      if (input.launchProfileId !== undefined) return [account.arn('launch-profile', input.launchProfileId)];
      if (input.streamingImageId !== undefined) return [account.arn('streaming-image', input.streamingImageId)];
      if (input.studioComponentId !== undefined) return [account.arn('studio-component', input.studioComponentId)];
      return studio();
  }
}
