import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import { Construct } from 'constructs';
import { IMAGE_BUILDER_LIFECYCLE_TYPE, ImageBuilderLifecycleProperties } from './private/image-builder-lifecycle-contract';
import { addState } from './private/startable';
import { resourceOf } from '../private/references';

/** The state that a deployment leaves an image builder in. */
export enum ImageBuilderState {
  /** The builder runs and is billed by the hour, whether anybody is connected or not. */
  RUNNING = 'RUNNING',

  /** The builder is kept with all that was installed on it, without being billed for running. */
  STOPPED = 'STOPPED',

  /** Whatever it is: deployments neither start nor stop the builder. CloudFormation leaves a new one running. */
  UNMANAGED = 'UNMANAGED',
}

/** How an image builder is held in a state. */
export interface ImageBuilderLifecycleProps {
  /** The image builder: one of this library, an imported one or an L1. */
  readonly imageBuilder: appstream.IImageBuilderRef;

  /**
   * The state that the builder is brought to: `ImageBuilderState.RUNNING` or `ImageBuilderState.STOPPED`.
   * With `stopOnDelete` also `ImageBuilderState.UNMANAGED`: it is left as it is, and stopped in the end.
   */
  readonly desiredState: ImageBuilderState;

  /**
   * Any text. CloudFormation asks for the state again only when something of this resource changes, and this may be it.
   *
   * @default - the builder is brought to its state at the first deployment and whenever `desiredState` or the builder's name changes
   */
  readonly revision?: string;

  /**
   * How long a deployment waits for the builder, 1 to 53 minutes. A builder takes 5 to 15 minutes to start; one that is making an
   * image takes no call until it is done.
   *
   * @default cdk.Duration.minutes(45)
   */
  readonly timeout?: cdk.Duration;

  /**
   * Whether the builder is stopped when this resource is deleted. Right for a builder that goes with it, since AppStream
   * asks for a stopped one.
   *
   * The builder gets a tag with the name of the CloudFormation stack, so that the permission to stop it ends with
   * this stack's builders. An imported builder needs that tag, `cdk-app-streaming:stack`, from whoever made it.
   * To let go of a builder without stopping it, deploy once with `cdk.RemovalPolicies.of(lifecycle).retain()`
   * and a new `revision`, then remove it.
   *
   * @default false
   */
  readonly stopOnDelete?: boolean;
}

/**
 * Brings an image builder to a state whenever it is deployed: a lifecycle resource.
 *
 * CloudFormation waits until a new builder runs and leaves it so. `ImageBuilder` makes a lifecycle of its own for
 * `desiredState`; this class is for builders that are imported or made as an L1.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/APIReference/API_StartImageBuilder.html
 */
export class ImageBuilderLifecycle extends Construct {
  /**
   * Throws for `ImageBuilderState.UNMANAGED` without `stopOnDelete`, for a builder of another account or Region, with `stopOnDelete`
   * also of another CloudFormation stack, for a second construct that decides its state, and for a timeout that CloudFormation would not wait for.
   */
  constructor(scope: Construct, id: string, props: ImageBuilderLifecycleProps) {
    super(scope, id);
    const { imageBuilder } = props;
    const { imageBuilderName } = imageBuilder.imageBuilderRef;
    const resource = resourceOf(imageBuilder);
    addState(this, {
      kind: 'ImageBuilder',
      thing: imageBuilder,
      literalName: appstream.CfnImageBuilder.isCfnImageBuilder(resource) ? resource.name : imageBuilderName,
      resourceType: IMAGE_BUILDER_LIFECYCLE_TYPE,
      propertiesOf: (state): ImageBuilderLifecycleProperties => ({ ImageBuilderName: imageBuilderName, ...state }),
    }, props);
  }
}
