import { CreateUpdatedImageCommand } from '@aws-sdk/client-appstream';
import { appstream } from './client';
import { imageController } from './image-making';
import { imageAt } from './images';
import type { UpdatedImageProperties } from '../../src/appstream/private/made-image-contract';

/** Makes an image with the updates that there are for another one. Where there are none, that one is the answer. */
export const updatedImage = imageController<UpdatedImageProperties>({
  identityOf: ({ SourceImageName, DisplayName, Description, Revision }) => ({ SourceImageName, DisplayName, Description, Revision }),
  async begin({ SourceImageName, DisplayName, Description }, name, _ownership, tags) {
    const input = { existingImageName: SourceImageName, newImageName: name };
    const { canUpdateImage } = await appstream.send(new CreateUpdatedImageCommand({ ...input, dryRun: true }));
    if (canUpdateImage === false) {
      return imageAt({ name: SourceImageName });
    }
    await appstream.send(new CreateUpdatedImageCommand({
      ...input, newImageDisplayName: DisplayName, newImageDescription: Description, newImageTags: tags,
    }));
    return undefined;
  },
});
