import type {
  DeleteImagePermissionsRequest, DescribeImagePermissionsRequest, DescribeImagePermissionsResult, UpdateImagePermissionsRequest,
} from '@aws-sdk/client-appstream';
import type { AppStreamAccount } from './account';
import { checkAvailable, ownImage } from './images';
import { page } from '../pagination';

/**
 * With whom images are shared: https://docs.aws.amazon.com/appstream2/latest/developerguide/share-image-with-another-account.html.
 * What an account does with an image that is shared with it, the owner is not told.
 */
export function imagePermissionOperations(account: AppStreamAccount) {
  return {
    UpdateImagePermissions({ Name, SharedAccountId, ImagePermissions }: UpdateImagePermissionsRequest): object {
      const image = ownImage(account, Name!);
      checkAvailable(account, image);
      if (!/^\d{12}$/.test(SharedAccountId!) || SharedAccountId === account.accountId) {
        // "The 12-digit identifier": the API's text. That it is not one's own, and the code, are inferred.
        account.refuse('InvalidParameterValueException', `The value ${SharedAccountId} of SharedAccountId is not valid.`);
      }
      if (!image.permissions.has(SharedAccountId!) && image.permissions.size >= account.quotas.sharedAccounts) {
        account.refuse('LimitExceededException', `The quota of ${account.quotas.sharedAccounts} accounts that an image is shared with is reached.`);
      }
      // Inferred: what is not mentioned is not permitted.
      image.permissions.set(SharedAccountId!, { allowFleet: false, allowImageBuilder: false, ...ImagePermissions });
      return {};
    },

    DeleteImagePermissions({ Name, SharedAccountId }: DeleteImagePermissionsRequest): object {
      const image = ownImage(account, Name!);
      if (!image.permissions.delete(SharedAccountId!)) {
        account.refuse('ResourceNotFoundException', `The image ${Name} is not shared with ${SharedAccountId}.`);
      }
      return {};
    },

    DescribeImagePermissions({ Name, SharedAwsAccountIds, MaxResults, NextToken }: DescribeImagePermissionsRequest): DescribeImagePermissionsResult {
      const shared = [...ownImage(account, Name!).permissions]
        .filter(([id]) => SharedAwsAccountIds?.includes(id) ?? true)
        .map(([sharedAccountId, imagePermissions]) => ({ sharedAccountId, imagePermissions }));
      const { items, ...rest } = page(shared, MaxResults || account.pageSize, NextToken);
      return { Name, SharedImagePermissionsList: items, ...rest };
    },
  };
}
