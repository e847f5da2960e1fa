import { CopyImageCommand } from '@aws-sdk/client-appstream';
import { appstream } from './client';
import { imageController } from './image-making';
import type { ImageCopyProperties } from '../../src/appstream/private/made-image-contract';

/** Copies an image, and waits for the copy where it is made. */
export const imageCopy = imageController<ImageCopyProperties>({
  identityOf: ({ SourceImageName, DestinationRegion, Description }) => ({ SourceImageName, DestinationRegion, Description }),
  regionOf: ({ DestinationRegion }) => DestinationRegion,
  async begin({ SourceImageName, DestinationRegion, Description = '' }, name, ownership) {
    await appstream.send(new CopyImageCommand({
      SourceImageName, DestinationRegion, DestinationImageName: name, DestinationImageDescription: ownership.markedText(Description),
    }));
    return undefined;
  },
});
