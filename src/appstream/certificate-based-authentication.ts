import * as cdk from 'aws-cdk-lib';
import * as acmpca from 'aws-cdk-lib/aws-acmpca';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import { Construct } from 'constructs';
import { checkPattern } from '../private/errors';
import { resourceOf } from '../private/references';

/** How certificate-based authentication is done. */
export interface CertificateBasedAuthenticationOptions {
  /**
   * Whether users may type their password of the domain where the certificate does not work, and to unlock the screen. Without that they are disconnected
   * then.
   *
   * @default true
   */
  readonly directoryLoginFallback?: boolean;
}

/**
 * Whether users who have signed in with SAML are signed in to Windows by a certificate, and not by their password again.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/certificate-based-authentication.html
 */
export class CertificateBasedAuthentication {
  /**
   * By certificates of this authority of AWS Private CA, in the account and Region of the directory config.
   *
   * AppStream wants it to have the tag `euc-private-ca`. An authority of the same app gets it; an imported one needs it from whoever made it. What else
   * is needed stands outside of this construct: a domain-joined fleet, users who sign in with SAML by their user principal name and a role that may be
   * assumed with session tags, and no smart cards in the stack's user settings.
   */
  public static enabled(
    authority: acmpca.ICertificateAuthorityRef, options: CertificateBasedAuthenticationOptions = {},
  ): CertificateBasedAuthentication {
    const status = options.directoryLoginFallback ?? true ? 'ENABLED' : 'ENABLED_NO_DIRECTORY_LOGIN_FALLBACK';
    return new CertificateBasedAuthentication(status, authority);
  }

  /** By the password of the domain. CloudFormation is told so: AppStream would keep a setting that is left out. */
  public static disabled(): CertificateBasedAuthentication {
    return new CertificateBasedAuthentication('DISABLED');
  }

  private constructor(private readonly status: string, private readonly authority?: acmpca.ICertificateAuthorityRef) {}

  /** @internal */
  public _bind(scope: Construct): appstream.CfnDirectoryConfig.CertificateBasedAuthPropertiesProperty {
    const arn = this.authority?.certificateAuthorityRef.certificateAuthorityArn;
    checkPattern(scope, 'certificateBasedAuthentication: ARN of the authority', arn, /^arn:[^:]+:acm-pca:[^:]+:\d{12}:certificate-authority\/.+$/,
      'be that of a certificate authority of AWS Private CA');
    if (this.authority) {
      cdk.TagManager.of(resourceOf(this.authority))?.setTag('euc-private-ca', '');
    }
    return { status: this.status, certificateAuthorityArn: arn };
  }
}
