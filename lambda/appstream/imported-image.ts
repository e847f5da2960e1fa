import { CreateImportedImageCommand, type CreateImportedImageCommandInput } from '@aws-sdk/client-appstream';
import { appstream } from './client';
import { imageController } from './image-making';
import type { ImportedImageProperties } from '../../src/appstream/private/made-image-contract';
import { isError } from '../engine/errors';

/** Makes an image of an AMI of EC2, or of an image of WorkSpaces. */
export const importedImage = imageController<ImportedImageProperties>({
  // Not the role: who reads the AMI makes no other image of it.
  identityOf: ({ SourceAmiId, WorkspaceImageId, DisplayName, Description, AgentSoftwareVersion, ValidationInstanceType, ApplicationCatalog }) =>
    ({ SourceAmiId, WorkspaceImageId, DisplayName, Description, AgentSoftwareVersion, ValidationInstanceType, ApplicationCatalog }),
  async begin(wanted, name, _ownership, tags) {
    const input: CreateImportedImageCommandInput = {
      Name: name,
      SourceAmiId: wanted.SourceAmiId,
      WorkspaceImageId: wanted.WorkspaceImageId,
      IamRoleArn: wanted.RoleArn,
      DisplayName: wanted.DisplayName,
      Description: wanted.Description,
      AgentSoftwareVersion: wanted.AgentSoftwareVersion,
      RuntimeValidationConfig: wanted.ValidationInstanceType === undefined ? undefined : { IntendedInstanceType: wanted.ValidationInstanceType },
      AppCatalogConfig: wanted.ApplicationCatalog === undefined ? undefined : JSON.parse(wanted.ApplicationCatalog),
      Tags: tags,
    };
    await tryOut(input);
    await appstream.send(new CreateImportedImageCommand(input));
    return undefined;
  },
});

/** A dry run, which finds at once what the import might find in half an hour. */
async function tryOut(input: CreateImportedImageCommandInput): Promise<void> {
  try {
    await appstream.send(new CreateImportedImageCommand({ ...input, DryRun: true }));
  } catch (error) {
    // That is how it says that all is well.
    if (!isError(error, 'DryRunOperationException')) {
      throw error;
    }
  }
}
