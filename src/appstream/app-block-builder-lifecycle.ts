import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import { Construct } from 'constructs';
import { APP_BLOCK_BUILDER_LIFECYCLE_TYPE, AppBlockBuilderLifecycleProperties } from './private/app-block-builder-lifecycle-contract';
import { addState } from './private/startable';
import { resourceOf } from '../private/references';

/** The state that a deployment leaves an app block builder in. */
export enum AppBlockBuilderState {
  /** The builder runs and is billed by the hour, whether anybody is connected or not. It needs an app block. */
  RUNNING = 'RUNNING',

  /** The builder has no instance. What was done on the last one and is in no package is lost. */
  STOPPED = 'STOPPED',

  /** Whatever it is: deployments neither start nor stop the builder. */
  UNMANAGED = 'UNMANAGED',
}

/** How an app block builder is held in a state. */
export interface AppBlockBuilderLifecycleProps {
  /** The app block builder: one of this library, an imported one or an L1. */
  readonly appBlockBuilder: appstream.IAppBlockBuilderRef;

  /**
   * The state that the builder is brought to: `AppBlockBuilderState.RUNNING` or `AppBlockBuilderState.STOPPED`.
   * With `stopOnDelete` also `AppBlockBuilderState.UNMANAGED`: it is left as it is, and stopped in the end.
   */
  readonly desiredState: AppBlockBuilderState;

  /**
   * Any text. CloudFormation asks for the state again only when something of this resource changes, and this may be it.
   *
   * @default - the builder is brought to its state at the first deployment and whenever `desiredState` or the builder's name changes
   */
  readonly revision?: string;

  /**
   * How long a deployment waits for the builder, 1 to 53 minutes.
   *
   * @default cdk.Duration.minutes(45)
   */
  readonly timeout?: cdk.Duration;

  /**
   * Whether the builder is stopped when this resource is deleted. Right for a builder that goes with it, since AppStream
   * deletes no running one.
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
 * Brings an app block builder to a state whenever it is deployed: a lifecycle resource.
 *
 * `AppBlockBuilder` makes a lifecycle of its own for `desiredState`; this class is for builders that are imported or made as an L1.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/APIReference/API_StartAppBlockBuilder.html
 */
export class AppBlockBuilderLifecycle extends Construct {
  /**
   * Throws for `AppBlockBuilderState.UNMANAGED` without `stopOnDelete`, for a builder of another account or Region, with `stopOnDelete`
   * also of another CloudFormation stack, for a second construct that decides its state, and for a timeout that CloudFormation would not wait for.
   */
  constructor(scope: Construct, id: string, props: AppBlockBuilderLifecycleProps) {
    super(scope, id);
    const { appBlockBuilder } = props;
    const { appBlockBuilderName } = appBlockBuilder.appBlockBuilderRef;
    const resource = resourceOf(appBlockBuilder);
    addState(this, {
      kind: 'AppBlockBuilder',
      thing: appBlockBuilder,
      literalName: appstream.CfnAppBlockBuilder.isCfnAppBlockBuilder(resource) ? resource.name : appBlockBuilderName,
      resourceType: APP_BLOCK_BUILDER_LIFECYCLE_TYPE,
      propertiesOf: (state): AppBlockBuilderLifecycleProperties => ({ AppBlockBuilderName: appBlockBuilderName, ...state }),
    }, props);
  }
}
