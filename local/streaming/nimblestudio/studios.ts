import type {
  CreateStudioRequest, DeleteStudioRequest, GetStudioRequest,
  ListStudiosRequest, StartStudioSSOConfigurationRepairRequest, Studio, UpdateStudioRequest,
} from '@aws-sdk/client-nimble';
import type { NimbleAccount } from './account';
import { Kind, Resource, find, findLiving, living } from './resource';
import type { Failure } from './script';

const STUDIO: Kind = {
  type: 'studio', noun: 'studio', operation: 'Studio', duration: 'studio', created: 'STUDIO_CREATED', updated: 'STUDIO_UPDATED',
};

export function studioOperations(account: NimbleAccount) {
  return {
    CreateStudio(
      { tags, studioName, adminRoleArn, userRoleArn, displayName, studioEncryptionConfiguration }: CreateStudioRequest,
    ): { studio: Studio } {
      if (living(account.studios).length >= account.quotas.studios) {
        account.refuse('ServiceQuotaExceededException', `The account has at most ${account.quotas.studios} studios in a Region.`);
      }
      const { keyType, keyArn } = studioEncryptionConfiguration ?? { keyType: 'AWS_OWNED_KEY' };
      if ((keyType === 'CUSTOMER_MANAGED_KEY') !== (keyArn !== undefined)) {
        // Inferred.
        account.refuse('ValidationException', 'keyArn is required for CUSTOMER_MANAGED_KEY and not allowed for AWS_OWNED_KEY.');
      }
      const studioId = `${account.region}-${account.newId('studio').replace(/[-_]/g, '0').toLowerCase().slice(0, 16)}`;
      const studio = new Resource<Studio>(account, STUDIO, studioId, {
        studioId,
        studioName,
        displayName,
        adminRoleArn,
        userRoleArn,
        studioEncryptionConfiguration: studioEncryptionConfiguration ?? { keyType: 'AWS_OWNED_KEY' },
        homeRegion: account.region,
        ssoClientId: account.newId('sso-client'),
        studioUrl: `https://${studioName}.nimblestudio.${account.region}.amazonaws.com`,
      });
      account.studios.set(studioId, studio);
      account.setTags(studio.arn, tags);
      return { studio: describe(account, studio) };
    },

    GetStudio({ studioId }: GetStudioRequest): { studio: Studio } {
      return { studio: describe(account, find(account, account.studios, 'studio', studioId!)) };
    },

    ListStudios({ nextToken }: ListStudiosRequest): { studios: Studio[]; nextToken?: string } {
      const { items, ...rest } = account.page(living(account.studios), nextToken);
      return { studios: items.map((studio) => describe(account, studio)), ...rest };
    },

    UpdateStudio({ studioId, displayName, adminRoleArn, userRoleArn }: UpdateStudioRequest): { studio: Studio } {
      const studio = findLiving(account, account.studios, 'studio', studioId!);
      studio.update(given({ displayName, adminRoleArn, userRoleArn }));
      return { studio: describe(account, studio) };
    },

    DeleteStudio({ studioId }: DeleteStudioRequest): { studio: Studio } {
      const studio = findLiving(account, account.studios, 'studio', studioId!);
      studio.delete(obstacle(account, studioId!));
      return { studio: describe(account, studio) };
    },

    StartStudioSSOConfigurationRepair({ studioId }: StartStudioSSOConfigurationRepairRequest): { studio: Studio } {
      findLiving(account, account.studios, 'studio', studioId!).checkReady();
      // Verified: "If the studio has a valid IAM Identity Center configuration …, this operation will fail with a validation error."
      // Here it always has.
      return account.refuse('ValidationException', 'The studio has a valid IAM Identity Center configuration.');
    },
  };
}

/** A studio that is there and can be used. */
export function readyStudio(account: NimbleAccount, studioId: string): Resource<Studio> {
  const studio = findLiving(account, account.studios, 'studio', studioId);
  studio.checkReady();
  return studio;
}

/** What a request gives, without what it leaves as it is. */
export function given<T extends object>(settings: T): Partial<T> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** Verified: the status codes. In which order they are looked for is inferred. */
function obstacle(account: NimbleAccount, studioId: string): Failure | undefined {
  const statusMessage = (what: string) => `The studio still has ${what}.`;
  if (living(account.profiles, studioId).length > 0) {
    return { statusCode: 'STUDIO_WITH_LAUNCH_PROFILES_NOT_DELETED', statusMessage: statusMessage('launch profiles') };
  }
  if (living(account.images, studioId).length > 0) {
    return { statusCode: 'STUDIO_WITH_STREAMING_IMAGES_NOT_DELETED', statusMessage: statusMessage('streaming images') };
  }
  if (living(account.components, studioId).length > 0) {
    return { statusCode: 'STUDIO_WITH_STUDIO_COMPONENTS_NOT_DELETED', statusMessage: statusMessage('studio components') };
  }
  return undefined;
}

function describe(account: NimbleAccount, studio: Resource<Studio>): Studio {
  const { arn, createdAt, updatedAt, status } = studio;
  return { ...studio.settings, arn, createdAt, updatedAt, ...status, ...account.tagsOf(arn) } as Studio;
}
