import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { IImage, ImageConfig } from './image-config';
import { MadeImageProps } from './made-image-props';
import { GENERATION_LENGTH, IMAGE_ATTRIBUTES } from './private/made-image-contract';
import { checkName } from './streaming-instance';
import { checkLength, fail } from '../private/errors';
import { STACK_TAG } from '../private/lifecycle-contract';
import { LifecycleEngine, Permission } from '../private/lifecycle-engine';
import { uniqueName } from '../private/names';
import { checkSameEnvironment } from '../private/references';

/** Images take as long as CloudFormation waits, and longer. */
export const IMAGE_TIMEOUT = cdk.Duration.minutes(53);
/** AppStream's fifty, without those of the library. */
const MOST_TAGS = 47;

/** How one kind of image is made. */
export interface Making {
  readonly resourceType: string;
  readonly properties: Readonly<Record<string, string | undefined>>;
  /** What it takes to make the image, beside what all kinds take; by the name of the image as a policy has it. */
  readonly permissions: (imageArn: string) => Permission[];
  /** Where the image is made, unless in the Region of the stack. */
  readonly region?: string;
  /** The names, as policies have them, of an image that there may be instead, where there is nothing to make. */
  readonly insteadPatterns?: readonly string[];
}

/** What was made of it. */
export interface Made {
  readonly resource: cdk.CustomResource;
  /** The names that the image may have, as policies have them: no reference to the resource, which waits for its policy. */
  readonly namePatterns: readonly string[];
}

/**
 * An image that a deployment makes.
 *
 * @internal
 */
export abstract class MadeImage extends cdk.Resource implements IImage {
  /** @internal */
  public abstract readonly _made: Made;

  /** The name of the image. */
  public get imageName(): string {
    return this._made.resource.getAttString(IMAGE_ATTRIBUTES.name);
  }

  /** The ARN of the image. */
  public get imageArn(): string {
    return this._made.resource.getAttString(IMAGE_ATTRIBUTES.arn);
  }

  /** The image for a fleet or an image builder. Throws where they are of another Region. */
  public bind(scope: Construct): ImageConfig {
    checkSameEnvironment(scope, this, 'a fleet or an image builder');
    return { imageArn: this.imageArn };
  }
}

/** Makes the lifecycle resource of an image. */
export function makeImage(scope: Construct, props: MadeImageProps, { region, insteadPatterns = [], ...making }: Making): Made {
  checkName(scope, 'imageName', props.imageName);
  checkTags(scope, 'imageTags', props.imageTags);
  const generated = props.imageName === undefined ? uniqueName(scope, 100 - GENERATION_LENGTH - 1) : undefined;
  const namePattern = props.imageName ?? everyGenerationOf(generated!);
  const arn = imageArn(scope, namePattern, region);
  const tags = props.imageTags && cdk.Stack.of(scope).toJsonString(props.imageTags);
  const resource = LifecycleEngine.of(scope, 'AppStream').addResource(scope, 'Resource', {
    resourceType: making.resourceType,
    properties: { ...making.properties, ImageName: props.imageName, NamePrefix: generated, Tags: tags },
    permissions: [...lifePermissions(scope, arn, region), ...making.permissions(arn)],
    timeout: props.timeout ?? IMAGE_TIMEOUT,
  });
  resource.applyRemovalPolicy(props.removalPolicy ?? cdk.RemovalPolicy.DESTROY);
  return { resource, namePatterns: [namePattern, ...insteadPatterns] };
}

/** Matches, in an IAM policy, the names that a controller makes of a prefix. */
export function everyGenerationOf(prefix: string): string {
  return `${prefix}-${'?'.repeat(GENERATION_LENGTH)}`;
}

/** The ARN of an image of this account. */
export function imageArn(scope: Construct, imageName: string, region?: string): string {
  return cdk.Stack.of(scope).formatArn({ service: 'appstream', region, resource: 'image', resourceName: imageName });
}

/** Fails for tags that AppStream would reject. */
export function checkTags(scope: Construct, prop: string, tags: { [key: string]: string } = {}): void {
  const keys = Object.keys(tags);
  if (keys.length > MOST_TAGS) {
    fail(scope, `${prop} must have at most ${MOST_TAGS} tags, got ${keys.length}`);
  }
  for (const key of keys) {
    checkLength(scope, `the key of a tag in ${prop}`, key, { min: 1, max: 128 });
    checkLength(scope, `${prop}: ${key}`, tags[key], { min: 0, max: 256 });
    if (/^(aws|cdk-app-streaming):/.test(key)) {
      fail(scope, `the key of a tag in ${prop} must not begin with "aws:" or "cdk-app-streaming:", got ${JSON.stringify(key)}`);
    }
  }
}

/** To look after an image by its name, and to delete it under whatever name it had. */
function lifePermissions(scope: Construct, arn: string, region: string | undefined): Permission[] {
  const elsewhere = region !== undefined;
  const every = imageArn(scope, '*', elsewhere ? '*' : undefined);
  return [
    {
      statement: allow(['DescribeImages', 'ListTagsForResource', 'DescribeFleets'], '*'),
      finding: 'describeActions',
    },
    { statement: allow(['TagResource', 'UntagResource'], arn) },
    {
      statement: new iam.PolicyStatement({
        actions: ['appstream:DeleteImage'],
        resources: [every],
        conditions: { StringEquals: { [`aws:ResourceTag/${STACK_TAG}`]: cdk.Aws.STACK_NAME } },
      }),
      finding: elsewhere ? 'taggedImagesEverywhere' : 'taggedImages',
    },
    { statement: allow(['DescribeImagePermissions'], every), finding: elsewhere ? 'sharesOfImagesEverywhere' : 'sharesOfImages' },
  ];
}

/** Actions of AppStream on resources. */
export function allow(actions: string[], ...resources: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: actions.map((action) => `appstream:${action}`), resources });
}

/** To hand a role on to AppStream. */
export function passRole(role: iam.IRole): Permission {
  return {
    statement: new iam.PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [role.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'appstream.amazonaws.com' } },
    }),
  };
}
