import type { ListTagsForResourceRequest, ListTagsForResourceResponse, TagResourceRequest, UntagResourceRequest } from '@aws-sdk/client-appstream';
import type { AppStreamAccount } from './account';

/** Fifty tags on a resource: https://docs.aws.amazon.com/appstream2/latest/developerguide/tagging-basic.html */
const LIMIT = 50;

/** Tags of all kinds of resources. */
export function tagOperations(account: AppStreamAccount) {
  return {
    TagResource({ ResourceArn, Tags }: TagResourceRequest): object {
      const tags = { ...tagsOf(account, ResourceArn!), ...Tags };
      if (Object.keys(tags).length > LIMIT) {
        account.refuse('LimitExceededException', `A resource has at most ${LIMIT} tags.`);
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

function tagsOf(account: AppStreamAccount, arn: string): Record<string, string> {
  return account.tags.get(arn) ?? account.refuse('ResourceNotFoundException', `The resource ${arn} does not exist.`);
}
