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

/**
 * What else a caller must be allowed to do: to tag what is made with tags, and to pass on the role that is given. Of fleets and image builders:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_appstream.html; of everything else it is inferred.
 */
export function iamRequirements(account: AppStreamAccount, operation: Operation): Requirement[] {
  return [...tagging(account, operation), ...passing(operation), ...themeReading(account, operation)];
}

function tagging(account: AppStreamAccount, { name, input: { Name, Tags, newImageName, newImageTags } }: Operation): Requirement[] {
  const type = TAGGED[name];
  const tags = newImageTags ?? Tags;
  const isTagged = typeof tags === 'object' && tags !== null && Object.keys(tags).length > 0;
  return type && isTagged ? [{ action: 'appstream:TagResource', resource: account.arn(type, newImageName ?? Name) }] : [];
}

/** Who has AppStream work in a role passes it on, as for every service that takes a role. */
function passing({ input: { IamRoleArn } }: Operation): Requirement[] {
  return typeof IamRoleArn === 'string'
    ? [{ action: 'iam:PassRole', resource: IamRoleArn, context: { 'iam:passedtoservice': 'appstream.amazonaws.com' } }] : [];
}

function themeReading(account: AppStreamAccount, { name, input }: Operation): Requirement[] {
  switch (name) {
    case 'CreateThemeForStack':
    case 'UpdateThemeForStack':
      return account.readings.themeImages === 'service' ? [] : themeImages(input)
        .map(({ S3Bucket, S3Key }) => ({ action: 's3:GetObject', resource: `arn:aws:s3:::${S3Bucket}/${S3Key}` }));
    default:
      return [];
  }
}

/** What takes tags when it is made. */
const TAGGED: Readonly<Record<string, Parameters<AppStreamAccount['arn']>[0]>> = {
  CreateAppBlock: 'app-block',
  CreateAppBlockBuilder: 'app-block-builder',
  CreateApplication: 'application',
  CreateFleet: 'fleet',
  CreateImageBuilder: 'image-builder',
  CreateImportedImage: 'image',
  CreateStack: 'stack',
  CreateUpdatedImage: 'image',
};

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
