import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { IImage } from './image-config';
import { allow, checkTags, IMAGE_TIMEOUT, passRole } from './made-image';
import { IMAGE_EXPORT_ATTRIBUTES, IMAGE_EXPORT_TYPE, ImageExportProperties } from './private/image-export-contract';
import { GENERATION_LENGTH } from './private/made-image-contract';
import { ownImageHere } from './private/own-image';
import { acknowledge } from '../private/acknowledgements';
import { checkLength, checkPattern } from '../private/errors';
import { LifecycleEngine } from '../private/lifecycle-engine';
import { uniqueName } from '../private/names';

/** Properties of an export. */
export interface ImageExportProps {
  /** The image: one that this account owns in the Region of the stack. */
  readonly image: IImage;

  /**
   * The name of the AMI: 3 to 128 letters, digits, "(", ")", ".", "-", "/" and "_". No other AMI of the account and Region may have it.
   *
   * @default - a generated name that changes with image, description and revision
   */
  readonly amiName?: string;

  /**
   * What the AMI is for, at most 256 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Tags of the AMI, at most 47 besides those that say which stack has made it.
   *
   * @default - none
   */
  readonly amiTags?: { [key: string]: string };

  /**
   * The role with which AppStream makes the AMI.
   *
   * @default - a new role that may copy, describe and tag AMIs
   */
  readonly role?: iam.IRole;

  /**
   * Any text. A new one makes another AMI of the same image.
   *
   * @default - an AMI is made once, and when image or description change
   */
  readonly revision?: string;

  /**
   * How long a deployment waits for the AMI, 1 to 53 minutes. An export that takes longer goes on, and the next deployment takes it up.
   *
   * @default cdk.Duration.minutes(53)
   */
  readonly timeout?: cdk.Duration;
}

/**
 * An AMI of EC2 that is made from an image: a lifecycle resource.
 *
 * AppStream cannot end an export, and the AMI is EC2's: it stays when this is deleted or makes another one. Its tags say which stack has
 * made it.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/APIReference/API_CreateExportImageTask.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import { appstream } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 *
 * const exported = new appstream.ImageExport(scope, 'Export', { image: appstream.Image.fromName('office-2027-01') });
 * new cdk.CfnOutput(scope, 'AmiId', { value: exported.amiId });
 */
export class ImageExport extends Construct {
  /** The id of the AMI. */
  public readonly amiId: string;

  /** The name of the AMI. */
  public readonly amiName: string;

  /** The role with which AppStream makes the AMI. */
  public readonly role: iam.IRole;

  /** Throws for an image of another account or Region, and for a name, description, tags or timeout that are not taken. */
  constructor(scope: Construct, id: string, props: ImageExportProps) {
    super(scope, id);
    checkPattern(this, 'amiName', props.amiName, /^[a-zA-Z0-9().\-/_]{3,128}$/, 'have 3 to 128 letters, digits, "(", ")", ".", "-", "/" and "_"');
    checkLength(this, 'description', props.description, { min: 0, max: 256 });
    checkTags(this, 'amiTags', props.amiTags);
    const image = ownImageHere(this, props.image);
    this.role = props.role ?? exportRole(this);
    const properties = {
      ImageName: image.name,
      AmiName: props.amiName,
      NamePrefix: props.amiName === undefined ? uniqueName(this, 128 - GENERATION_LENGTH - 1) : undefined,
      RoleArn: this.role.roleArn,
      Description: props.description,
      Tags: props.amiTags && cdk.Stack.of(this).toJsonString(props.amiTags),
      Revision: props.revision,
    } satisfies ImageExportProperties;
    const resource = LifecycleEngine.of(this, 'AppStream').addResource(this, 'Resource', {
      resourceType: IMAGE_EXPORT_TYPE,
      properties,
      permissions: [
        { statement: allow(['CreateExportImageTask', 'ListExportImageTasks'], '*'), finding: 'imageTransfers' },
        passRole(this.role),
      ],
      timeout: props.timeout ?? IMAGE_TIMEOUT,
    });
    this.amiId = resource.getAttString(IMAGE_EXPORT_ATTRIBUTES.amiId);
    this.amiName = resource.getAttString(IMAGE_EXPORT_ATTRIBUTES.amiName);
  }
}

/** What AppStream's text on the role asks for. */
function exportRole(scope: Construct): iam.Role {
  const role = new iam.Role(scope, 'Role', {
    description: 'Lets Amazon AppStream make an AMI of an image',
    assumedBy: new iam.ServicePrincipal('appstream.amazonaws.com'),
    inlinePolicies: {
      Export: new iam.PolicyDocument({
        statements: [new iam.PolicyStatement({ actions: ['ec2:CopyImage', 'ec2:DescribeImages', 'ec2:CreateTags'], resources: ['*'] })],
      }),
    },
  });
  acknowledge(role, 'amisOfRole');
  return role;
}
