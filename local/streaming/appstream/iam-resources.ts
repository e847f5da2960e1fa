import type { AppStreamAccount } from './account';
import type { Operation, Requirement } from '../../wire/service';

/**
 * The ARNs that IAM looks at for an operation, from AWS's service authorization reference:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonappstream2.0.html.
 * None for operations that take only `*`.
 */
export function iamResources(account: AppStreamAccount, { name, input }: Operation): string[] {
  switch (name) {
    case 'CreateFleet':
    case 'UpdateFleet':
      return [account.arn('fleet', input.Name), ...imageArns(account, input)];
    case 'DeleteFleet':
    case 'StartFleet':
    case 'StopFleet':
      return [account.arn('fleet', input.Name)];
    case 'CreateImageBuilder':
      return [account.arn('image-builder', input.Name), ...imageArns(account, input)];
    case 'DeleteImageBuilder':
    case 'StartImageBuilder':
    case 'StopImageBuilder':
    case 'CreateImageBuilderStreamingURL':
      return [account.arn('image-builder', input.Name)];
    case 'AssociateSoftwareToImageBuilder':
    case 'DisassociateSoftwareFromImageBuilder':
    case 'StartSoftwareDeploymentToImageBuilder':
      return [account.arn('image-builder', input.ImageBuilderName)];
    case 'DescribeSoftwareAssociations':
      return [input.AssociatedResource];
    case 'CreateStack':
    case 'UpdateStack':
    case 'DeleteStack':
      return [account.arn('stack', input.Name)];
    case 'AssociateFleet':
    case 'DisassociateFleet':
    case 'CreateStreamingURL':
    case 'DescribeSessions':
      return [account.arn('fleet', input.FleetName), account.arn('stack', input.StackName)];
    case 'ListAssociatedFleets':
      return [account.arn('stack', input.StackName)];
    case 'ListAssociatedStacks':
      return [account.arn('fleet', input.FleetName)];
    case 'CopyImage':
      return [account.arn('image', input.SourceImageName)];
    case 'CreateUpdatedImage':
      // The reference says "image" and not which: both (inferred).
      return [account.arn('image', input.existingImageName), account.arn('image', input.newImageName)];
    case 'DeleteImage':
    case 'UpdateImagePermissions':
    case 'DeleteImagePermissions':
    case 'DescribeImagePermissions':
      return [account.arn('image', input.Name)];
    case 'TagResource':
    case 'UntagResource':
      return [input.ResourceArn];
    default:
      return [];
  }
}

function imageArns(account: AppStreamAccount, { ImageName, ImageArn }: { ImageName?: string; ImageArn?: string }): string[] {
  if (ImageArn !== undefined) {
    return [ImageArn];
  }
  const named = [...account.images.values()].find(({ settings }) => settings.Name === ImageName);
  return named ? [named.settings.Arn] : [];
}

/** Who has AppStream read or write AMIs in a role passes it on. Inferred, as for every service that takes a role. */
export function iamRequirements({ name, input }: Operation): Requirement[] {
  const passes = name === 'CreateImportedImage' || name === 'CreateExportImageTask';
  return passes && typeof input.IamRoleArn === 'string'
    ? [{ action: 'iam:PassRole', resource: input.IamRoleArn, context: { 'iam:passedtoservice': 'appstream.amazonaws.com' } }]
    : [];
}
