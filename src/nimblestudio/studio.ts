import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as nimblestudio from 'aws-cdk-lib/aws-nimblestudio';
import { Construct } from 'constructs';
import { checkLength, checkPattern, fail } from '../private/errors';

/**
 * A virtual studio: everything else in Amazon Nimble Studio is part of one.
 *
 * Whoever holds one has acknowledged that the service was shut down.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export interface IStudio extends cdk.IResource, nimblestudio.IStudioRef {
  /**
   * The id of the studio.
   *
   * @attribute
   */
  readonly studioId: string;

  /**
   * The ARN of the studio.
   *
   * @attribute
   */
  readonly studioArn: string;
}

/**
 * What is known of a studio that is made elsewhere.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export interface StudioAttributes {
  /** The id of the studio. */
  readonly studioId: string;

  /**
   * That you know that AWS shut the service down on 24 October 2024.
   *
   * @default - synthesis fails
   */
  readonly acknowledgeServiceShutdown?: boolean;
}

/**
 * Properties of a studio.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export interface StudioProps {
  /**
   * That you know that AWS shut the service down on 24 October 2024: AWS creates none of its resources any more.
   *
   * Said here, it counts for all that is part of the studio.
   *
   * @default - synthesis fails
   */
  readonly acknowledgeServiceShutdown?: boolean;

  /**
   * The name of the studio in the address of its portal: 3 to 64 lower-case letters and digits, without dashes.
   *
   * A change replaces the studio, and so does a change of its tags.
   *
   * @default - a generated name
   */
  readonly studioName?: string;

  /**
   * The name that people see, at most 64 characters.
   *
   * @default - the name of the studio
   */
  readonly displayName?: string;

  /**
   * The role of administrators in the portal. It must trust `identity.nimble.amazonaws.com`.
   *
   * @default - a new role with AWS's managed policy `AmazonNimbleStudio-StudioAdmin`
   */
  readonly adminRole?: iam.IRole;

  /**
   * The role of users in the portal. It must trust `identity.nimble.amazonaws.com`.
   *
   * @default - a new role with AWS's managed policy `AmazonNimbleStudio-StudioUser`
   */
  readonly userRole?: iam.IRole;

  /**
   * The key that encrypts what the studio stores. It cannot be changed later.
   *
   * @default - a key that AWS owns
   */
  readonly encryptionKey?: kms.IKeyRef;
}

abstract class StudioBase extends cdk.Resource implements IStudio {
  public abstract readonly studioId: string;

  /** A reference to this studio. */
  public get studioRef(): nimblestudio.StudioReference {
    return { studioId: this.studioId };
  }

  public get studioArn(): string {
    return this.stack.formatArn({ service: 'nimble', resource: 'studio', resourceName: this.studioId });
  }
}

/**
 * A virtual studio: the portal, the roles and the key of all that belongs to it.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-nimblestudio-studio.html
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import { nimblestudio } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 *
 * new nimblestudio.Studio(scope, 'Studio', {
 *   acknowledgeServiceShutdown: true,
 *   displayName: 'Pictures',
 * });
 */
export class Studio extends StudioBase {
  /** A studio of this account and region that is made elsewhere. */
  public static fromStudioAttributes(scope: Construct, id: string, attrs: StudioAttributes): IStudio {
    class Import extends StudioBase {
      public readonly studioId = attrs.studioId;
    }
    const studio = new Import(scope, id);
    checkAcknowledgement(studio, attrs.acknowledgeServiceShutdown);
    return studio;
  }

  public readonly studioId: string;

  /** The role of administrators in the portal. */
  public readonly adminRole: iam.IRole;

  /** The role of users in the portal. */
  public readonly userRole: iam.IRole;

  /**
   * The region of the studio.
   *
   * @attribute
   */
  public readonly studioHomeRegion: string;

  /**
   * The client id of the studio at IAM Identity Center.
   *
   * @attribute
   */
  public readonly studioSsoClientId: string;

  /**
   * The address of the portal.
   *
   * @attribute
   */
  public readonly studioUrl: string;

  constructor(scope: Construct, id: string, props: StudioProps = {}) {
    super(scope, id);

    checkAcknowledgement(this, props.acknowledgeServiceShutdown);
    checkPattern(this, 'studioName', props.studioName, /^[a-z0-9]{3,64}$/, 'have 3 to 64 lower-case letters and digits, without dashes');
    checkLength(this, 'displayName', props.displayName, { min: 0, max: 64 });
    const studioName = props.studioName ?? generatedName(this);
    this.adminRole = props.adminRole ?? this.portalRole('AdminRole', 'AmazonNimbleStudio-StudioAdmin');
    this.userRole = props.userRole ?? this.portalRole('UserRole', 'AmazonNimbleStudio-StudioUser');

    const resource = new nimblestudio.CfnStudio(this, 'Resource', {
      studioName,
      displayName: props.displayName ?? studioName,
      adminRoleArn: this.adminRole.roleArn,
      userRoleArn: this.userRole.roleArn,
      studioEncryptionConfiguration: props.encryptionKey && { keyType: 'CUSTOMER_MANAGED_KEY', keyArn: props.encryptionKey.keyRef.keyArn },
    });

    this.studioId = resource.attrStudioId;
    this.studioHomeRegion = resource.attrHomeRegion;
    this.studioSsoClientId = resource.attrSsoClientId;
    this.studioUrl = resource.attrStudioUrl;
  }

  private portalRole(id: string, managedPolicy: string): iam.Role {
    return new iam.Role(this, id, {
      assumedBy: new iam.ServicePrincipal('identity.nimble.amazonaws.com').withSessionTags(),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(managedPolicy)],
    });
  }
}

/** The acknowledgement is asked for here alone: everything else in the module needs a studio. */
function checkAcknowledgement(scope: Construct, acknowledged: boolean | undefined): void {
  if (acknowledged !== true) {
    fail(scope, 'AWS shut Amazon Nimble Studio down on 24 October 2024 and creates none of its resources any more: '
      + 'set acknowledgeServiceShutdown to true to synthesize them all the same');
  }
}

/** Ids of constructs hold upper-case letters, which the names of studios do not; the hash at the end keeps names apart. */
function generatedName(scope: Construct): string {
  return cdk.Names.uniqueResourceName(scope, { maxLength: 64 }).toLowerCase();
}
