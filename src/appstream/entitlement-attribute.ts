import * as appstream from 'aws-cdk-lib/aws-appstream';
import { Construct } from 'constructs';
import { checkPattern } from '../private/errors';

/**
 * What a user has to be, by an attribute of the identity provider's SAML assertion: `https://aws.amazon.com/SAML/Attributes/PrincipalTag:department`
 * and the like.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/APIReference/API_EntitlementAttribute.html
 */
export class EntitlementAttribute {
  /** Users with this role: the attribute `roles`. */
  public static role(value: string): EntitlementAttribute {
    return EntitlementAttribute.of('roles', value);
  }

  /** Users of this department: the attribute `department`. */
  public static department(value: string): EntitlementAttribute {
    return EntitlementAttribute.of('department', value);
  }

  /** Users of this organization: the attribute `organization`. */
  public static organization(value: string): EntitlementAttribute {
    return EntitlementAttribute.of('organization', value);
  }

  /** Users of this group: the attribute `groups`. */
  public static group(value: string): EntitlementAttribute {
    return EntitlementAttribute.of('groups', value);
  }

  /** Users with this job title: the attribute `title`. */
  public static title(value: string): EntitlementAttribute {
    return EntitlementAttribute.of('title', value);
  }

  /** Users of this cost center: the attribute `costCenter`. */
  public static costCenter(value: string): EntitlementAttribute {
    return EntitlementAttribute.of('costCenter', value);
  }

  /** Users of this type: the attribute `userType`. */
  public static userType(value: string): EntitlementAttribute {
    return EntitlementAttribute.of('userType', value);
  }

  /** An attribute that this library does not know. */
  public static of(name: string, value: string): EntitlementAttribute {
    return new EntitlementAttribute(name, value);
  }

  private constructor(private readonly name: string, private readonly value: string) {}

  /** @internal */
  public _bind(scope: Construct): appstream.CfnEntitlement.AttributeProperty {
    checkPattern(scope, 'attributes: name', this.name, /^[^]+$/, 'not be empty');
    checkPattern(scope, `attributes: value of ${this.name}`, this.value, /^[^]+$/, 'not be empty');
    return { name: this.name, value: this.value };
  }
}
