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
    case 'CreateAppBlockBuilder':
    case 'UpdateAppBlockBuilder':
    case 'DeleteAppBlockBuilder':
    case 'StartAppBlockBuilder':
    case 'StopAppBlockBuilder':
      return [account.arn('app-block-builder', input.Name)];
    case 'CreateAppBlockBuilderStreamingURL':
      return [account.arn('app-block-builder', input.AppBlockBuilderName)];
    case 'AssociateAppBlockBuilderAppBlock':
    case 'DisassociateAppBlockBuilderAppBlock':
      return [input.AppBlockArn, account.arn('app-block-builder', input.AppBlockBuilderName)];
    case 'DeleteAppBlock':
      return [account.arn('app-block', input.Name)];
    case 'CreateApplication':
      return [input.AppBlockArn];
    case 'UpdateApplication':
      return [account.arn('application', input.Name), ...input.AppBlockArn === undefined ? [] : [input.AppBlockArn]];
    case 'DeleteApplication':
      return [account.arn('application', input.Name)];
    case 'AssociateApplicationFleet':
    case 'DisassociateApplicationFleet':
      return [input.ApplicationArn, account.arn('fleet', input.FleetName)];
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
    case 'CreateEntitlement':
    case 'UpdateEntitlement':
    case 'DeleteEntitlement':
    case 'DescribeEntitlements':
    case 'AssociateApplicationToEntitlement':
    case 'DisassociateApplicationFromEntitlement':
    case 'ListEntitledApplications':
    case 'CreateThemeForStack':
    case 'UpdateThemeForStack':
    case 'DeleteThemeForStack':
    case 'DescribeThemeForStack':
    case 'ListAssociatedFleets':
      return [account.arn('stack', input.StackName)];
    case 'ListAssociatedStacks':
      return [account.arn('fleet', input.FleetName)];
    case 'BatchAssociateUserStack':
    case 'BatchDisassociateUserStack':
      // IAM looks before the service does: nothing in the input is checked yet.
      return [input.UserStackAssociations ?? []].flat().map(({ StackName }: { StackName?: unknown }) => account.arn('stack', String(StackName)));
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

/** What else a caller must be allowed to do. Both are inferred. */
export function iamRequirements(account: AppStreamAccount, { name, input }: Operation): Requirement[] {
  switch (name) {
    case 'CreateImportedImage':
    case 'CreateExportImageTask':
      // Who has AppStream read or write AMIs in a role passes it on, as for every service that takes a role.
      return typeof input.IamRoleArn === 'string'
        ? [{ action: 'iam:PassRole', resource: input.IamRoleArn, context: { 'iam:passedtoservice': 'appstream.amazonaws.com' } }]
        : [];
    case 'CreateThemeForStack':
    case 'UpdateThemeForStack':
      return account.readings.themeImages === 'service' ? [] : themeImages(input)
        .map(({ S3Bucket, S3Key }) => ({ action: 's3:GetObject', resource: `arn:aws:s3:::${S3Bucket}/${S3Key}` }));
    default:
      return [];
  }
}

/** IAM looks before the service does: nothing in the input is checked yet. */
function themeImages({ OrganizationLogoS3Location: logo, FaviconS3Location: favicon }: Operation['input']): { S3Bucket?: unknown; S3Key?: unknown }[] {
  return [logo ?? [], favicon ?? []].flat();
}

function imageArns(account: AppStreamAccount, { ImageName, ImageArn }: { ImageName?: string; ImageArn?: string }): string[] {
  if (ImageArn !== undefined) {
    return [ImageArn];
  }
  const named = [...account.images.values()].find(({ settings }) => settings.Name === ImageName);
  return named ? [named.settings.Arn] : [];
}
