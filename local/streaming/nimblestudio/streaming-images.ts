import type {
  CreateStreamingImageRequest, DeleteStreamingImageRequest, GetStreamingImageRequest,
  ListStreamingImagesRequest, ListStreamingImagesResponse, StreamingImage,
  UpdateStreamingImageRequest,
} from '@aws-sdk/client-nimble';
import type { NimbleAccount } from './account';
import type { InStudio } from './context';
import { EULA_IDS } from './eulas';
import { Kind, Resource, find, findLiving, living } from './resource';
import { given, readyStudio } from './studios';

const IMAGE: Kind = {
  type: 'streaming-image',
  noun: 'streaming image',
  operation: 'StreamingImage',
  duration: 'streamingImage',
  created: 'STREAMING_IMAGE_READY',
  updated: 'STREAMING_IMAGE_READY',
};

export function streamingImageOperations(account: NimbleAccount) {
  return {
    CreateStreamingImage({ studioId, ec2ImageId, name, description, tags }: CreateStreamingImageRequest): { streamingImage: StreamingImage } {
      const studio = readyStudio(account, studioId!);
      const { keyType, keyArn } = studio.settings.studioEncryptionConfiguration!;
      const streamingImageId = account.newId('image');
      const image = new Resource<StreamingImage & InStudio>(account, IMAGE, streamingImageId, {
        studioId: studioId!,
        streamingImageId,
        ec2ImageId,
        name,
        description,
        // Verified: "either the studioId that contains the streaming image, or amazon".
        owner: studioId,
        // Inferred: what the AMI runs cannot be seen from here.
        platform: 'LINUX',
        // Inferred: that an account's own images need the service's EULA too.
        eulaIds: EULA_IDS,
        encryptionConfiguration: keyType === 'CUSTOMER_MANAGED_KEY' ? { keyType, keyArn } : undefined,
      });
      account.images.set(streamingImageId, image);
      account.setTags(image.arn, tags);
      return { streamingImage: describeImage(account, image) };
    },

    GetStreamingImage({ studioId, streamingImageId }: GetStreamingImageRequest): { streamingImage: StreamingImage } {
      return { streamingImage: describeImage(account, find(account, account.images, 'streaming image', streamingImageId!, studioId!)) };
    },

    ListStreamingImages({ studioId, owner, nextToken }: ListStreamingImagesRequest): ListStreamingImagesResponse {
      findLiving(account, account.studios, 'studio', studioId!);
      const images = living(account.images, studioId!).filter(({ settings }) => owner === undefined || settings.owner === owner);
      const { items, ...rest } = account.page(images, nextToken);
      return { streamingImages: items.map((image) => describeImage(account, image)), ...rest };
    },

    UpdateStreamingImage({ studioId, streamingImageId, name, description }: UpdateStreamingImageRequest): { streamingImage: StreamingImage } {
      const image = findLiving(account, account.images, 'streaming image', streamingImageId!, studioId!);
      image.update(given({ name, description }));
      return { streamingImage: describeImage(account, image) };
    },

    DeleteStreamingImage({ studioId, streamingImageId }: DeleteStreamingImageRequest): { streamingImage: StreamingImage } {
      const image = findLiving(account, account.images, 'streaming image', streamingImageId!, studioId!);
      image.delete();
      return { streamingImage: describeImage(account, image) };
    },
  };
}

export function describeImage(account: NimbleAccount, image: Resource<StreamingImage & InStudio>): StreamingImage {
  const { studioId, ...settings } = image.settings;
  return { ...settings, arn: image.arn, ...image.status, ...account.tagsOf(image.arn) } as StreamingImage;
}
