import {
  DeleteImageCommand, DescribeImagePermissionsCommand, DescribeImagesCommand, type Image, ImageState, paginateDescribeImages, VisibilityType,
} from '@aws-sdk/client-appstream';
import { appstreamIn } from './client';
import { refusalOf } from './errors';
import { absentIfNotFound } from '../engine/errors';

/** Where an image is, and what it is called there. */
export interface ImagePlace {
  /** Absent for the function's own. */
  readonly region?: string;
  readonly name: string;
}

/** An image of this account, or a public one; undefined when there is none of the name. */
export async function imageAt({ region, name }: ImagePlace): Promise<Image | undefined> {
  const answer = await absentIfNotFound(() => appstreamIn(region).send(new DescribeImagesCommand({ Names: [name] })));
  return answer?.Images?.[0];
}

/** All images of one visibility. */
export async function imagesIn(region: string | undefined, type: VisibilityType): Promise<Image[]> {
  const images: Image[] = [];
  for await (const { Images = [] } of paginateDescribeImages({ client: appstreamIn(region) }, { Type: type })) {
    images.push(...Images);
  }
  return images;
}

/** What a state means to somebody who waits for an image, or wants it gone. */
export type ImagePhase = 'made' | 'in the making' | 'failed' | 'going';

export function phaseOf({ State }: Image): ImagePhase {
  switch (State) {
    case ImageState.AVAILABLE:
      return 'made';
    case ImageState.PENDING:
    case ImageState.COPYING:
    case ImageState.CREATING:
    case ImageState.IMPORTING:
    case ImageState.VALIDATING:
      return 'in the making';
    case ImageState.FAILED:
      return 'failed';
    case ImageState.DELETING:
      return 'going';
    default:
      throw new Error(`an image is in the unknown state ${State}`);
  }
}

/** An image as it is called in a sentence. */
export function named({ region, name }: ImagePlace): string {
  return region === undefined ? `image ${name}` : `image ${name} in ${region}`;
}

/** Deletes an image; answers with the refusal, if somebody uses it. */
export function deleteImage({ region, name }: ImagePlace): Promise<string | undefined> {
  return refusalOf(async () => {
    await absentIfNotFound(() => appstreamIn(region).send(new DeleteImageCommand({ Name: name })));
  });
}

/** The permissions of an image, by account; only that of one account if it is said. */
export async function sharesOf({ region, name }: ImagePlace, account?: string) {
  const shares = [];
  let NextToken: string | undefined;
  do {
    const page = await appstreamIn(region).send(new DescribeImagePermissionsCommand({
      Name: name, SharedAwsAccountIds: account === undefined ? undefined : [account], NextToken,
    }));
    shares.push(...page.SharedImagePermissionsList ?? []);
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return shares;
}
