import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import { Construct } from 'constructs';
import { allow } from './made-image';
import { IMAGE_BUILDER_SOFTWARE_TYPE, ImageBuilderSoftwareProperties } from './private/image-builder-software-contract';
import { Software } from './software';
import { checkCount } from '../private/errors';
import { kindForOne, LifecycleEngine } from '../private/lifecycle-engine';
import { checkSameEnvironment, resourceOf } from '../private/references';

/** Which software is on an image builder. */
export interface ImageBuilderSoftwareProps {
  /** The image builder: one of this library, an imported one or an L1. It must run. */
  readonly imageBuilder: appstream.IImageBuilderRef;

  /** The software to install, and to remove when it is not in the list any more. */
  readonly software: Software[];

  /**
   * Any text. A new one makes the next deployment look whether all of it is there.
   *
   * @default - software is installed at the first deployment and when the list changes
   */
  readonly revision?: string;

  /**
   * How long a deployment waits for the software, 1 to 53 minutes.
   *
   * @default cdk.Duration.minutes(45)
   */
  readonly timeout?: cdk.Duration;
}

/**
 * Licence-included software on an image builder that is there already: a lifecycle resource.
 *
 * `softwaresToInstall` of an image builder is for its creation, and a change replaces the builder. Only a running builder takes software: one
 * that is stopped fails the deployment, which says so. When this is deleted, software stays on a builder that does not run.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/APIReference/API_AssociateSoftwareToImageBuilder.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import { appstream } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 *
 * new appstream.ImageBuilderSoftware(scope, 'Software', {
 *   imageBuilder: appstream.ImageBuilder.fromImageBuilderName(scope, 'Builder', 'builder'),
 *   software: [appstream.Software.OFFICE_2024_LTSC_STANDARD_64_BIT],
 * });
 */
export class ImageBuilderSoftware extends Construct {
  /** Throws for a builder of another account or Region, for no software, and for a timeout that CloudFormation would not wait for. */
  constructor(scope: Construct, id: string, props: ImageBuilderSoftwareProps) {
    super(scope, id);
    const { imageBuilderName } = props.imageBuilder.imageBuilderRef;
    checkSameEnvironment(this, props.imageBuilder);
    checkCount(this, 'software', props.software, { min: 1, max: 50 });
    const resource = resourceOf(props.imageBuilder);
    const stack = cdk.Stack.of(this);
    const arn = (resourceName: string) => stack.formatArn({ service: 'appstream', resource: 'image-builder', resourceName });
    // By the name as the template has it and not by a reference.
    const literalArn = arn(appstream.CfnImageBuilder.isCfnImageBuilder(resource) ? resource.name : imageBuilderName);
    const properties = {
      ImageBuilderName: imageBuilderName,
      ImageBuilderArn: arn(imageBuilderName),
      Software: stack.toJsonString(props.software.map(({ name }) => name)),
      Revision: props.revision,
    } satisfies ImageBuilderSoftwareProperties;
    const actions = [
      'AssociateSoftwareToImageBuilder', 'DisassociateSoftwareFromImageBuilder', 'StartSoftwareDeploymentToImageBuilder', 'DescribeSoftwareAssociations',
    ];
    LifecycleEngine.of(this, 'AppStream').addResource(this, 'Resource', {
      resourceType: IMAGE_BUILDER_SOFTWARE_TYPE,
      properties,
      permissions: [
        { statement: allow(['DescribeImageBuilders'], '*'), finding: 'describeActions' },
        { statement: allow(actions, literalArn) },
      ],
      kind: kindForOne(this, 'AppStreamImageBuilderSoftware', literalArn),
      dependsOn: [resource],
      timeout: props.timeout,
    });
  }
}
