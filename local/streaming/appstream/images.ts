import type { DeleteImageRequest, DeleteImageResult, DescribeImagesRequest, DescribeImagesResult, Image, ImageState } from '@aws-sdk/client-appstream';
import type { AppStreamAccount, ImageRecord } from './account';
import { GENERAL_FAMILIES } from './instance-types';
import { page } from '../pagination';

/** The public base images that are there from the beginning: the first is the one of AWS's own CDK and CloudFormation examples. */
const BASE_IMAGES: Omit<Image, 'Arn'>[] = [
  base('AppStream-WinServer2022-06-17-2024', 'WINDOWS_SERVER_2022', GENERAL_FAMILIES),
  base('AppStream-WinServer2019-06-17-2024', 'WINDOWS_SERVER_2019', GENERAL_FAMILIES),
  base('AppStream-Graphics-G4DN-WinServer2022-06-17-2024', 'WINDOWS_SERVER_2022', ['Graphics G4']),
];

function base(name: string, platform: Image['Platform'], families: string[]): Omit<Image, 'Arn'> {
  return {
    Name: name,
    Visibility: 'PUBLIC',
    Platform: platform,
    SupportedInstanceFamilies: families,
    CreatedTime: new Date('2024-06-17T00:00:00Z'),
    PublicBaseImageReleasedDate: new Date('2024-06-17T00:00:00Z'),
  };
}

export function seedImages(account: AppStreamAccount): void {
  // The ARN of a public image has no account: the API's examples.
  BASE_IMAGES.forEach((image) => addImage(account, { ...image, Name: image.Name!, Arn: `arn:aws:appstream:${account.region}::image/${image.Name}` }));
}

/** An image as the Image Assistant of a builder would have left it: the API has no operation that makes one. */
export function addImage(account: AppStreamAccount, image: Partial<Image> & { readonly Name: string }): Image {
  const { State = 'AVAILABLE', ...given } = image;
  return describe(record(account, given, account.timed<ImageState | 'GONE'>(State)));
}

/** Takes an image into the registry. */
export function record(
  account: AppStreamAccount, image: Partial<Image> & { readonly Name: string }, state: ImageRecord['state'],
  rest: Partial<Pick<ImageRecord, 'failure' | 'hiddenReads'>> = {},
): ImageRecord {
  const settings: ImageRecord['settings'] = {
    DisplayName: image.Name,
    Visibility: 'PRIVATE',
    Platform: 'WINDOWS_SERVER_2022',
    ImageBuilderSupported: true,
    SupportedInstanceFamilies: GENERAL_FAMILIES,
    AppstreamAgentVersion: '06-17-2024',
    LatestAppstreamAgentVersion: 'FALSE',
    CreatedTime: account.now(),
    Applications: [],
    ...image,
    Arn: image.Arn ?? account.arn('image', image.Name),
  };
  const added = { settings, state, permissions: new Map(), hiddenReads: 0, ...rest };
  account.images.set(settings.Arn, added);
  // Public images are nobody's to tag.
  if (settings.Visibility !== 'PUBLIC') {
    account.tags.set(settings.Arn, {});
  }
  return added;
}

/** The image that a fleet or a builder asks for. */
export function findImage(account: AppStreamAccount, { ImageName, ImageArn }: { ImageName?: string; ImageArn?: string }): ImageRecord['settings'] {
  if ((ImageName === undefined) === (ImageArn === undefined)) {
    // Inferred: Terraform takes exactly one of them.
    account.refuseCombination('Specify either ImageName or ImageArn.');
  }
  // A shared image is found by its ARN only: https://github.com/hashicorp/terraform-provider-aws/issues/25875
  const image = [...account.images.values()].find(({ settings }) => ImageArn !== undefined
    ? settings.Arn === ImageArn
    : settings.Name === ImageName && settings.Visibility !== 'SHARED');
  if (!image) {
    return account.refuse('ResourceNotFoundException', `The image ${ImageName ?? ImageArn} does not exist.`);
  }
  checkAvailable(account, image);
  return image.settings;
}

/** A private image of the account. */
export function ownImage(account: AppStreamAccount, name: string): ImageRecord {
  return [...account.images.values()].find(({ settings }) => settings.Name === name && settings.Visibility === 'PRIVATE')
    ?? account.refuse('ResourceNotFoundException', `The image ${name} does not exist.`);
}

export function checkAvailable(account: AppStreamAccount, { settings, state }: ImageRecord, code = 'ResourceNotAvailableException'): void {
  if (state.now !== 'AVAILABLE') {
    // https://github.com/hashicorp/terraform-provider-aws/pull/32958
    account.refuse(code, `The image ${settings.Name} is ${state.now}. The image must be in an AVAILABLE state for this action to succeed.`);
  }
}

export function describe({ settings, state, failure, permissions }: ImageRecord): Image {
  const failed = state.now === 'FAILED';
  return {
    ...settings,
    State: state.now as ImageState,
    ImageErrors: failed ? [...failure?.errors ?? []] : [],
    ...failed && { StateChangeReason: failure?.StateChangeReason },
    ...settings.Visibility === 'PRIVATE' && { ImageSharedWithOthers: permissions.size > 0 ? 'TRUE' : 'FALSE' },
  };
}

export function imageOperations(account: AppStreamAccount) {
  return {
    DescribeImages({ Names, Arns, Type, MaxResults, NextToken }: DescribeImagesRequest): DescribeImagesResult {
      if (Names && Arns) {
        // Inferred: the operation declares the exception, and no other pair can contradict itself.
        account.refuseCombination('Specify either Names or Arns.');
      }
      const all = [...account.images.values()].filter((image) => isShown(image) && (Type === undefined || image.settings.Visibility === Type));
      const named = <K extends 'Name' | 'Arn'>(key: K, values: string[]) => values.map((value) =>
        all.find(({ settings }) => settings[key] === value) ?? account.refuse('ResourceNotFoundException', `The image ${value} does not exist.`));
      const images = Names ? named('Name', Names) : Arns ? named('Arn', Arns) : all;
      // A MaxResults of zero is in the model's range; that it means the default is inferred.
      const { items, ...rest } = page(images, MaxResults || account.pageSize, NextToken);
      return { Images: items.map(describe), ...rest };
    },

    DeleteImage({ Name }: DeleteImageRequest): DeleteImageResult {
      const image = ownImage(account, Name!);
      checkDeletable(account, image);
      image.state.enter('DELETING', { to: 'GONE', after: account.durations.imageDelete });
      return { Image: describe(image) };
    },
  };
}

/** What fleets use, or others may use, stays: https://docs.aws.amazon.com/appstream2/latest/developerguide/administer-images.html. The sentences are inferred. */
function checkDeletable(account: AppStreamAccount, { settings: { Name, Arn }, state, permissions }: ImageRecord): void {
  if ([...account.fleets.values()].some(({ settings }) => settings.ImageArn === Arn)) {
    account.refuse('ResourceInUseException', `The image ${Name} is in use by a fleet.`);
  }
  if (permissions.size > 0) {
    account.refuse(account.readings.deleteSharedImage, `The image ${Name} is shared with other AWS accounts.`);
  }
  const isDone = state.now === 'AVAILABLE' || state.now === 'FAILED';
  if (state.now === 'DELETING' || (!isDone && account.readings.deleteUnfinishedImage === 'refused')) {
    account.refuse('OperationNotPermittedException', `The image ${Name} cannot be deleted while it is ${state.now}.`);
  }
}

function isShown(image: ImageRecord): boolean {
  image.hiddenReads -= 1;
  return image.hiddenReads < 0;
}
