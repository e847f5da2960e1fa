import type { DescribeImagesRequest, DescribeImagesResult, Image } from '@aws-sdk/client-appstream';
import type { AppStreamAccount } from './account';
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
    DisplayName: name,
    Visibility: 'PUBLIC',
    State: 'AVAILABLE',
    Platform: platform,
    ImageBuilderSupported: true,
    SupportedInstanceFamilies: families,
    AppstreamAgentVersion: '06-17-2024',
    LatestAppstreamAgentVersion: 'FALSE',
    CreatedTime: new Date('2024-06-17T00:00:00Z'),
    PublicBaseImageReleasedDate: new Date('2024-06-17T00:00:00Z'),
    Applications: [],
    ImageErrors: [],
  };
}

export function seedImages(account: AppStreamAccount): void {
  for (const image of BASE_IMAGES) {
    // The ARN of a public image has no account: the API's examples.
    const arn = `arn:aws:appstream:${account.region}::image/${image.Name}`;
    account.images.set(arn, { ...image, Name: image.Name, Arn: arn });
  }
}

/** An image as the Image Assistant of a builder would have left it: the API has no operation that makes one. */
export function addImage(account: AppStreamAccount, image: Partial<Image> & { readonly Name: string }): Image {
  const arn = image.Arn ?? account.arn('image', image.Name);
  const added: Image = {
    DisplayName: image.Name,
    Visibility: 'PRIVATE',
    State: 'AVAILABLE',
    Platform: 'WINDOWS_SERVER_2022',
    ImageBuilderSupported: true,
    SupportedInstanceFamilies: GENERAL_FAMILIES,
    AppstreamAgentVersion: '06-17-2024',
    LatestAppstreamAgentVersion: 'FALSE',
    CreatedTime: account.now(),
    Applications: [],
    ImageErrors: [],
    ...image,
    Arn: arn,
  };
  account.images.set(arn, added);
  account.tags.set(arn, {});
  return added;
}

/** The image that a fleet or a builder asks for. */
export function findImage(account: AppStreamAccount, { ImageName, ImageArn }: { ImageName?: string; ImageArn?: string }): Image {
  if ((ImageName === undefined) === (ImageArn === undefined)) {
    // Inferred: Terraform takes exactly one of them.
    account.refuseCombination('Specify either ImageName or ImageArn.');
  }
  // A shared image is found by its ARN only: https://github.com/hashicorp/terraform-provider-aws/issues/25875
  const image = [...account.images.values()].find((candidate) => ImageArn !== undefined
    ? candidate.Arn === ImageArn
    : candidate.Name === ImageName && candidate.Visibility !== 'SHARED');
  if (!image) {
    return account.refuse('ResourceNotFoundException', `The image ${ImageName ?? ImageArn} does not exist.`);
  }
  if (image.State !== 'AVAILABLE') {
    // https://github.com/hashicorp/terraform-provider-aws/pull/32958
    account.refuse(
      'ResourceNotAvailableException',
      `The image ${image.Name} is ${image.State}. The image must be in an AVAILABLE state for this action to succeed.`,
    );
  }
  return image;
}

export function imageOperations(account: AppStreamAccount) {
  return {
    DescribeImages({ Names, Arns, Type, MaxResults, NextToken }: DescribeImagesRequest): DescribeImagesResult {
      if (Names && Arns) {
        // Inferred: the operation declares the exception, and no other pair can contradict itself.
        account.refuseCombination('Specify either Names or Arns.');
      }
      const all = [...account.images.values()].filter((image) => Type === undefined || image.Visibility === Type);
      const named = <K extends 'Name' | 'Arn'>(key: K, values: string[]) => values.map((value) =>
        all.find((image) => image[key] === value) ?? account.refuse('ResourceNotFoundException', `The image ${value} does not exist.`));
      const images = Names ? named('Name', Names) : Arns ? named('Arn', Arns) : all;
      // A MaxResults of zero is in the model's range; that it means the default is inferred.
      const { items, ...rest } = page(images, MaxResults || account.pageSize, NextToken);
      return { Images: items, ...rest };
    },
  };
}
