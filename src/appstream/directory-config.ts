import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import { Construct } from 'constructs';
import { CertificateBasedAuthentication } from './certificate-based-authentication';
import { DomainJoinInfo } from './streaming-instance-props';
import { checkLength, checkPattern, fail } from '../private/errors';

/** How fleets and image builders join a Microsoft Active Directory domain. */
export interface IDirectoryConfig extends cdk.IResource, appstream.IDirectoryConfigRef {
  /**
   * The fully qualified name of the directory.
   *
   * @attribute
   */
  readonly directoryName: string;

  /**
   * What a fleet or an image builder is given as its `domainJoinInfo`.
   *
   * @param organizationalUnitDistinguishedName where its computer accounts are made; by default in the first of the config's organizational units
   */
  domainJoin(organizationalUnitDistinguishedName?: string): DomainJoinInfo;
}

/** Properties of a directory config. */
export interface DirectoryConfigProps {
  /** The fully qualified name of the directory, for example "corp.example.com". A change replaces the config. */
  readonly directoryName: string;

  /**
   * The distinguished names of the organizational units for computer accounts, at least one, each of 1 to 2000 characters.
   *
   * For example "OU=AppStream,DC=corp,DC=example,DC=com".
   */
  readonly organizationalUnitDistinguishedNames: string[];

  /**
   * The account that creates computer objects, joins computers to the domain and resets their passwords: "CORP\svc-appstream" or
   * "svc-appstream@corp.example.com".
   */
  readonly serviceAccountName: string;

  /**
   * The password of that account, 1 to 127 characters, as a reference to a secret of Secrets Manager: `secret.secretValueFromJson('password')`.
   *
   * The template holds the reference, not the password. CloudFormation looks it up when this resource changes: after a rotation of the secret give the
   * reference another `versionId`, or the old password stays.
   */
  readonly serviceAccountPassword: cdk.SecretValue;

  /**
   * Whether users who have signed in with SAML are signed in to Windows by a certificate.
   *
   * @default CertificateBasedAuthentication.disabled()
   */
  readonly certificateBasedAuthentication?: CertificateBasedAuthentication;
}

abstract class DirectoryConfigBase extends cdk.Resource implements IDirectoryConfig {
  public abstract readonly directoryName: string;

  /** Undefined where nobody knows. */
  protected abstract readonly organizationalUnits?: string[];

  /** A reference to this config. */
  public get directoryConfigRef(): appstream.DirectoryConfigReference {
    return { directoryName: this.directoryName };
  }

  public domainJoin(organizationalUnitDistinguishedName?: string): DomainJoinInfo {
    const unit = organizationalUnitDistinguishedName ?? (this.organizationalUnits && cdk.Fn.select(0, this.organizationalUnits))
      ?? fail(this, 'organizationalUnitDistinguishedName must be given for an imported directory config, got none');
    return { directoryName: this.directoryName, organizationalUnitDistinguishedName: unit };
  }
}

/**
 * How fleets and image builders join a Microsoft Active Directory domain.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/active-directory.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import * as ec2 from 'aws-cdk-lib/aws-ec2';
 * import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
 * import { appstream } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 * declare const vpc: ec2.Vpc;
 * declare const image: appstream.Image;
 * declare const serviceAccount: secretsmanager.Secret;
 *
 * const directory = new appstream.DirectoryConfig(scope, 'Directory', {
 *   directoryName: 'corp.example.com',
 *   organizationalUnitDistinguishedNames: ['OU=AppStream,DC=corp,DC=example,DC=com'],
 *   serviceAccountName: 'CORP\\svc-appstream',
 *   serviceAccountPassword: serviceAccount.secretValueFromJson('password'),
 * });
 * new appstream.Fleet(scope, 'Fleet', {
 *   image,
 *   instanceType: appstream.InstanceType.STANDARD_LARGE,
 *   capacity: appstream.Capacity.instances(2),
 *   vpc,
 *   domainJoinInfo: directory.domainJoin(),
 * });
 */
export class DirectoryConfig extends DirectoryConfigBase {
  /** A directory config of this account and Region that is made elsewhere. */
  public static fromDirectoryName(scope: Construct, id: string, directoryName: string): IDirectoryConfig {
    class Import extends DirectoryConfigBase {
      public readonly directoryName = directoryName;
      protected readonly organizationalUnits = undefined;
    }
    return new Import(scope, id);
  }

  public readonly directoryName: string;
  protected readonly organizationalUnits: string[];

  /** Throws for a password that would stand in the template, and for names that Active Directory does not have. */
  constructor(scope: Construct, id: string, props: DirectoryConfigProps) {
    super(scope, id, { physicalName: props.directoryName });

    this.validate(props);

    const resource = new appstream.CfnDirectoryConfig(this, 'Resource', {
      directoryName: props.directoryName,
      organizationalUnitDistinguishedNames: props.organizationalUnitDistinguishedNames,
      serviceAccountCredentials: {
        accountName: props.serviceAccountName,
        accountPassword: props.serviceAccountPassword.unsafeUnwrap(),
      },
      certificateBasedAuthProperties: (props.certificateBasedAuthentication ?? CertificateBasedAuthentication.disabled())._bind(this),
    });

    this.directoryName = resource.ref;
    this.organizationalUnits = props.organizationalUnitDistinguishedNames;
  }

  private validate(props: DirectoryConfigProps): void {
    checkPattern(this, 'directoryName', props.directoryName, /^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/, 'be fully qualified like "corp.example.com"');
    if (props.organizationalUnitDistinguishedNames.length === 0) {
      fail(this, 'organizationalUnitDistinguishedNames must have at least one element, got none');
    }
    for (const unit of cdk.Token.isUnresolved(props.organizationalUnitDistinguishedNames) ? [] : props.organizationalUnitDistinguishedNames) {
      checkLength(this, 'organizationalUnitDistinguishedNames: name', unit, { min: 1, max: 2000 });
    }
    checkPattern(this, 'serviceAccountName', props.serviceAccountName, /^[^]+$/, 'not be empty');
    this.checkAccount(props.serviceAccountName);
    this.checkPassword(props.serviceAccountPassword);
  }

  /** AppStream takes any name, and joins no instance then. */
  private checkAccount(name: string): void {
    if (cdk.Token.isUnresolved(name) || /^[^\\@]+[\\@][^\\@]+$/.test(name)) return;
    cdk.Annotations.of(this).addWarningV2('cdk-app-streaming/appstream:serviceAccountWithoutDomain',
      `serviceAccountName is without its domain, which AWS shows like "CORP\\svc-appstream" or "svc-appstream@corp.example.com", got ${JSON.stringify(name)}`);
  }

  /** Never says what it has found. */
  private checkPassword(password: cdk.SecretValue): void {
    const written = JSON.stringify(cdk.Stack.of(this).resolve(password.unsafeUnwrap()));
    if (written.includes('{{resolve:ssm-secure:')) {
      fail(this, 'serviceAccountPassword must be a secret of Secrets Manager, since CloudFormation resolves no secure strings of Parameter Store here');
    }
    if (written.startsWith('"') && !/^"\{\{resolve:[^{}]*\}\}"$/.test(written)) {
      fail(this, 'serviceAccountPassword must be a reference like secret.secretValueFromJson("password"), got plain text, which would stand in the template');
    }
  }
}
