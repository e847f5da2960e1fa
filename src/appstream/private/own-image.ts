import * as cdk from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { fail } from '../../private/errors';
import { IImage } from '../image-config';
import { LatestImage } from '../latest-image';
import { MadeImage } from '../made-image';
import { LatestPublicImage } from './latest-public-image';

/** An image that this account owns: only such a one is copied, updated, exported and shared. */
export interface OwnImage {
  readonly name: string;
  /** The name as a policy has it; several where only the deployment knows which image it is. */
  readonly patterns: readonly string[];
  readonly region: string;
}

/** Fails for an image that is known to be somebody else's. */
export function ownImage(scope: Construct, image: IImage): OwnImage {
  const stack = cdk.Stack.of(scope);
  if (image instanceof MadeImage) {
    return { name: image.imageName, patterns: image._made.namePatterns, region: image.env.region };
  }
  if (isRollout(image)) {
    return ownImage(scope, image.image);
  }
  if (image instanceof LatestImage || image instanceof LatestPublicImage) {
    fail(scope, 'image must be one that this account owns, got the latest public one of AWS');
  }
  const { imageName, imageArn } = image.bind(scope);
  if (imageName !== undefined) {
    return { name: imageName, patterns: [imageName], region: stack.region };
  }
  const { account, region, resourceName: name } = stack.splitArn(imageArn!, cdk.ArnFormat.SLASH_RESOURCE_NAME);
  const isForeign = [[account, stack.account], [region, stack.region]]
    .some(([theirs, ours]) => theirs !== ours && !cdk.Token.isUnresolved(theirs) && !cdk.Token.isUnresolved(ours));
  if (isForeign || account === '') {
    fail(scope, `image must be one that this account owns in this Region, got ${JSON.stringify(imageArn)}`);
  }
  return { name: name!, patterns: [name!], region: stack.region };
}

/** Fails for an image that is made in another Region than the stack: AppStream copies, updates and exports where it is. */
export function ownImageHere(scope: Construct, image: IImage): OwnImage {
  const own = ownImage(scope, image);
  const { region } = cdk.Stack.of(scope);
  if (own.region !== region && !cdk.Token.isUnresolved(own.region) && !cdk.Token.isUnresolved(region)) {
    fail(scope, `image must be in the Region of the stack, ${JSON.stringify(region)}, got one of ${JSON.stringify(own.region)}`);
  }
  return own;
}

/** By what it has and not by its class, which imports what this is for. */
function isRollout(image: IImage): image is IImage & { readonly image: MadeImage } {
  return 'image' in image && image.image instanceof MadeImage;
}
