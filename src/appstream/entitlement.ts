import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import { Construct } from 'constructs';
import { EntitlementAttribute } from './entitlement-attribute';
import { noteEntitlement } from './private/entitlement-bypass';
import { checkName, checkTexts } from './streaming-instance';
import { checkLength, fail } from '../private/errors';
import { uniqueName } from '../private/names';
import { checkSameEnvironment, resourceOf } from '../private/references';

/** What users with certain attributes may start in a stack. */
export interface IEntitlement extends cdk.IResource, appstream.IEntitlementRef {
  /**
   * The name of the entitlement.
   *
   * @attribute
   */
  readonly entitlementName: string;

  /** Shows an application of an Elastic fleet to these users. */
  addApplication(application: appstream.IApplicationRef): void;

  /**
   * Shows an application of the image of an Always-On or On-Demand fleet to these users.
   *
   * @param name the name that it has in the image. AppStream checks whether there is one.
   */
  addImageApplication(name: string): void;
}

/** Which applications an entitlement is to. */
export enum AppVisibility {
  /** All that the stack has. */
  ALL = 'ALL',
  /** Those that are added to the entitlement. */
  ASSOCIATED = 'ASSOCIATED',
}

/** What an entitlement of a stack is. */
export interface EntitlementOptions {
  /** What users have to be, at least one attribute. */
  readonly attributes: EntitlementAttribute[];

  /**
   * Which applications they may start.
   *
   * @default AppVisibility.ASSOCIATED
   */
  readonly appVisibility?: AppVisibility;

  /**
   * The name of the entitlement: 1 to 100 letters, digits, "_", "." and "-", starting with a letter or digit. A change replaces the entitlement.
   *
   * @default - a generated name
   */
  readonly entitlementName?: string;

  /**
   * What it is for, at most 256 characters.
   *
   * @default - none
   */
  readonly description?: string;
}

/** Properties of an entitlement. */
export interface EntitlementProps extends EntitlementOptions {
  /** The stack: one of this library, an imported one or an L1. A change replaces the entitlement. */
  readonly stack: appstream.IStackRef;
}

/** An entitlement that is made elsewhere. */
export interface EntitlementAttributes {
  /** Its stack. */
  readonly stack: appstream.IStackRef;

  /** Its name. */
  readonly entitlementName: string;
}

abstract class EntitlementBase extends cdk.Resource implements IEntitlement {
  public abstract readonly entitlementName: string;
  public abstract readonly entitlementRef: appstream.EntitlementReference;

  /** Undefined where nobody knows. */
  protected abstract readonly appVisibility?: AppVisibility;

  public addApplication(application: appstream.IApplicationRef): void {
    checkSameEnvironment(this, application, 'an entitlement');
    const resource = resourceOf(application);
    const isL1 = appstream.CfnApplication.isCfnApplication(resource);
    const { applicationArn } = application.applicationRef;
    const name = isL1 ? resource.name : cdk.Stack.of(this).splitArn(applicationArn, cdk.ArnFormat.SLASH_RESOURCE_NAME).resourceName!;
    const association = this.associate(`Application${application.node.addr}`, name, application.node.path);
    if (isL1) association.addResourceDependency(resource);
  }

  public addImageApplication(name: string): void {
    checkLength(this, 'name of the application', name, { min: 1, max: 100 });
    if (cdk.Token.isUnresolved(name)) {
      fail(this, 'name of the application must be known at synthesis, got a token');
    }
    this.associate(`ImageApplication-${name}`, name, name);
  }

  private associate(id: string, applicationIdentifier: string, what: string): appstream.CfnApplicationEntitlementAssociation {
    if (this.appVisibility === AppVisibility.ALL) {
      fail(this, `an entitlement to all applications takes no single ones, give it AppVisibility.ASSOCIATED, got ${JSON.stringify(what)}`);
    }
    if (this.node.tryFindChild(id)) {
      fail(this, `an application is added to an entitlement once, got ${JSON.stringify(what)} again`);
    }
    return new appstream.CfnApplicationEntitlementAssociation(this, id, { ...this.entitlementRef, applicationIdentifier });
  }
}

/**
 * What users with certain attributes may start in a stack: who has none of a stack's entitlements sees no application of it.
 *
 * Entitlements count for users who sign in with SAML. AppStream ignores them for users of the user pool and of streaming URLs,
 * of which a warning tells, for the desktop of a fleet that streams one, and for what users start from within a session.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/application-entitlements-saml.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import { appstream } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 * declare const stack: appstream.Stack;
 *
 * const accounting = new appstream.Entitlement(scope, 'Accounting', {
 *   stack,
 *   attributes: [appstream.EntitlementAttribute.department('Finance')],
 * });
 * accounting.addImageApplication('Ledger');
 */
export class Entitlement extends EntitlementBase {
  /** An entitlement that is made elsewhere. */
  public static fromEntitlementAttributes(scope: Construct, id: string, attrs: EntitlementAttributes): IEntitlement {
    class Import extends EntitlementBase {
      public readonly entitlementName = attrs.entitlementName;
      public readonly entitlementRef = { stackName: attrs.stack.stackRef.stackName, entitlementName: attrs.entitlementName };
      protected readonly appVisibility = undefined;
    }
    return new Import(scope, id);
  }

  public readonly entitlementName: string;
  public readonly entitlementRef: appstream.EntitlementReference;
  protected readonly appVisibility: AppVisibility;

  constructor(scope: Construct, id: string, props: EntitlementProps) {
    super(scope, id, { physicalName: props.entitlementName });
    this.appVisibility = props.appVisibility ?? AppVisibility.ASSOCIATED;

    this.validate(props);

    const resource = new appstream.CfnEntitlement(this, 'Resource', {
      name: props.entitlementName ?? uniqueName(this),
      stackName: props.stack.stackRef.stackName,
      description: props.description,
      appVisibility: this.appVisibility,
      attributes: props.attributes.map((attribute) => attribute._bind(this)),
    });
    noteEntitlement(this, props.stack);

    this.entitlementRef = resource.entitlementRef;
    this.entitlementName = this.entitlementRef.entitlementName;
  }

  private validate(props: EntitlementProps): void {
    checkSameEnvironment(this, props.stack, 'an entitlement');
    checkName(this, 'entitlementName', props.entitlementName);
    checkTexts(this, props);
    if (props.attributes.length === 0) {
      fail(this, 'attributes must have at least one element, got none');
    }
  }
}
