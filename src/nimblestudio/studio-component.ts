import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as nimblestudio from 'aws-cdk-lib/aws-nimblestudio';
import { Construct } from 'constructs';
import { ComponentConfiguration } from './component-configuration';
import { InitializationScript } from './initialization-script';
import { IStudio } from './studio';
import { checkCount, checkLength, checkPattern } from '../private/errors';
import { uniqueName } from '../private/names';

/** The only one that there is. */
const PROTOCOL_VERSION = '2021-03-31';

/**
 * Something that workstations of a studio use: a directory, a file system, a render farm.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export interface IStudioComponent extends cdk.IResource {
  /**
   * The id of the component.
   *
   * @attribute
   */
  readonly studioComponentId: string;

  /**
   * The ARN of the component.
   *
   * @attribute
   */
  readonly studioComponentArn: string;
}

/**
 * Properties of a studio component.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export interface StudioComponentProps {
  /** The studio that the component is part of. A change replaces the component, and so does a change of its tags. */
  readonly studio: IStudio;

  /** What it is. Another kind of file system replaces the component. */
  readonly configuration: ComponentConfiguration;

  /**
   * The name that people see, at most 64 characters.
   *
   * @default - a generated name
   */
  readonly studioComponentName?: string;

  /**
   * What it is for, at most 256 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * The security groups, at most 30, that workstations need to reach it.
   *
   * @default - none
   */
  readonly securityGroups?: ec2.ISecurityGroupRef[];

  /**
   * What runs on workstations to prepare them for it.
   *
   * @default - none
   */
  readonly initializationScripts?: InitializationScript[];

  /**
   * What scripts find in their environment, at most 30 parameters.
   *
   * Names have 2 to 64 letters, digits and "_" and don't start with a digit; values have 1 to 256 characters.
   *
   * @default - none
   */
  readonly scriptParameters?: { [name: string]: string };
}

abstract class StudioComponentBase extends cdk.Resource implements IStudioComponent {
  public abstract readonly studioComponentId: string;

  public get studioComponentArn(): string {
    return this.stack.formatArn({ service: 'nimble', resource: 'studio-component', resourceName: this.studioComponentId });
  }
}

/**
 * Something that workstations of a studio use: a directory, a file system, a render farm.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-nimblestudio-studiocomponent.html
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import { nimblestudio } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 * declare const studio: nimblestudio.Studio;
 *
 * new nimblestudio.StudioComponent(scope, 'Projects', {
 *   studio,
 *   configuration: nimblestudio.ComponentConfiguration.fsxForLustre({
 *     fileSystemId: 'fs-0123456789abcdef0',
 *     linuxMountPoint: '/projects',
 *   }),
 * });
 */
export class StudioComponent extends StudioComponentBase {
  /** A component of this account and region that is made elsewhere. */
  public static fromStudioComponentId(scope: Construct, id: string, studioComponentId: string): IStudioComponent {
    class Import extends StudioComponentBase {
      public readonly studioComponentId = studioComponentId;
    }
    return new Import(scope, id);
  }

  public readonly studioComponentId: string;

  constructor(scope: Construct, id: string, props: StudioComponentProps) {
    super(scope, id);

    this.validate(props);

    const resource = new nimblestudio.CfnStudioComponent(this, 'Resource', {
      ...props.configuration._bind(this),
      studioId: props.studio.studioId,
      name: props.studioComponentName ?? uniqueName(this, 64),
      description: props.description,
      ec2SecurityGroupIds: props.securityGroups?.map((group) => group.securityGroupRef.securityGroupId),
      initializationScripts: props.initializationScripts?.map((script) => ({ ...script, launchProfileProtocolVersion: PROTOCOL_VERSION })),
      scriptParameters: props.scriptParameters && Object.entries(props.scriptParameters).map(([key, value]) => ({ key, value })),
    });

    this.studioComponentId = resource.attrStudioComponentId;
  }

  private validate(props: StudioComponentProps): void {
    checkLength(this, 'studioComponentName', props.studioComponentName, { min: 0, max: 64 });
    checkLength(this, 'description', props.description, { min: 0, max: 256 });
    checkCount(this, 'securityGroups', props.securityGroups, { min: 0, max: 30 });
    props.initializationScripts?.forEach(({ script }) => checkLength(this, 'initializationScripts: script', script, { min: 1, max: 5120 }));
    const parameters = Object.entries(props.scriptParameters ?? {});
    checkCount(this, 'scriptParameters', parameters, { min: 0, max: 30 });
    for (const [name, value] of parameters) {
      checkPattern(this, 'scriptParameters: name', name, /^[a-zA-Z_][a-zA-Z0-9_]{1,63}$/,
        'have 2 to 64 letters, digits and "_", and not start with a digit');
      checkLength(this, `scriptParameters: value of ${name}`, value, { min: 1, max: 256 });
    }
  }
}
