import type { ListTagsForResourceRequest, ListTagsForResourceResponse, TagResourceRequest, UntagResourceRequest } from '@aws-sdk/client-nimble';
import type { NimbleAccount } from './account';

export function tagOperations(account: NimbleAccount) {
  const tagsOf = (arn: string): Record<string, string> => account.tags.get(arn) ?? account.notFound('resource', arn);
  return {
    TagResource({ resourceArn, tags }: TagResourceRequest): object {
      account.tags.set(resourceArn!, { ...tagsOf(resourceArn!), ...tags });
      return {};
    },

    UntagResource({ resourceArn, tagKeys }: UntagResourceRequest): object {
      const rest = Object.entries(tagsOf(resourceArn!)).filter(([key]) => !tagKeys!.includes(key));
      account.tags.set(resourceArn!, Object.fromEntries(rest));
      return {};
    },

    ListTagsForResource({ resourceArn }: ListTagsForResourceRequest): ListTagsForResourceResponse {
      return { tags: tagsOf(resourceArn!) };
    },
  };
}
