import type { ListTagsForResourceRequest, ListTagsForResourceResponse, TagResourceRequest, UntagResourceRequest } from '@aws-sdk/client-gameliftstreams';
import type { GameLiftStreamsAccount } from './account';

/** Fifty tags on a resource, as everywhere in AWS; the model has fifty in a request. */
const LIMIT = 50;

/** Tags of applications and stream groups: the API's text on TagResource. */
export function tagOperations(account: GameLiftStreamsAccount) {
  return {
    TagResource({ ResourceArn, Tags }: TagResourceRequest): object {
      const tags = { ...tagsOf(account, ResourceArn!), ...Tags };
      if (Object.keys(tags).length > LIMIT) {
        account.invalid(`A resource has at most ${LIMIT} tags.`);
      }
      account.tags.set(ResourceArn!, tags);
      return {};
    },

    UntagResource({ ResourceArn, TagKeys }: UntagResourceRequest): object {
      const rest = Object.entries(tagsOf(account, ResourceArn!)).filter(([key]) => !TagKeys!.includes(key));
      account.tags.set(ResourceArn!, Object.fromEntries(rest));
      return {};
    },

    ListTagsForResource({ ResourceArn }: ListTagsForResourceRequest): ListTagsForResourceResponse {
      const tags = tagsOf(account, ResourceArn!);
      // The model's map has at least one entry, so without any there is no map (inferred).
      return Object.keys(tags).length > 0 ? { Tags: tags } : {};
    },
  };
}

/** None of the three declares a ResourceNotFoundException. */
function tagsOf(account: GameLiftStreamsAccount, arn: string): Record<string, string> {
  const isThere = account.applications.has(arn) || account.groups.has(arn);
  return isThere ? account.tags.get(arn)! : account.invalid(`The resource ${arn} does not exist.`);
}
