import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import { Construct } from 'constructs';
import { UserEnablement } from './user-enablement';
import { checkLength, checkPattern } from '../private/errors';

/** A user of the user pool that AppStream has in each account and Region. */
export interface IUser extends cdk.IResource, appstream.IUserRef {
  /**
   * The e-mail address of the user.
   *
   * @attribute
   */
  readonly userName: string;

  /**
   * The ARN of the user.
   *
   * @attribute
   */
  readonly userArn: string;
}

/** Properties of a user. All but `enabled` replace the user. */
export interface UserProps {
  /**
   * The e-mail address of the user, at most 128 characters. Its case counts: "Ann@example.com" and "ann@example.com" are two users, and who
   * signs in with the other case is told that there is no such user.
   */
  readonly userName: string;

  /**
   * The first name: letters, digits, "_", "-" and blanks.
   *
   * @default - none
   */
  readonly firstName?: string;

  /**
   * The last name: letters, digits, "_", "-" and blanks.
   *
   * @default - none
   */
  readonly lastName?: string;

  /**
   * Whether AppStream writes to the user, with a temporary password that works for seven days.
   *
   * @default true
   */
  readonly sendWelcomeEmail?: boolean;

  /**
   * Whether the user may sign in. CloudFormation has no such property: given, it adds a lifecycle resource.
   *
   * @default - as AppStream makes users, which is enabled, and nobody changes it afterwards
   */
  readonly enabled?: boolean;
}

/**
 * A user of the user pool that AppStream has in each account and Region, for teams without an identity provider.
 *
 * AppStream changes neither the name nor the address of a user. Another address makes a new user; a change of anything else alone fails,
 * because the new user would have the address of the old one: take the user out of the template first, then add it again.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/user-pool.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import { appstream } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 * declare const stack: appstream.Stack;
 *
 * const ann = new appstream.User(scope, 'Ann', { userName: 'ann@example.com', firstName: 'Ann' });
 * stack.addUsers([ann]);
 */
export class User extends cdk.Resource implements IUser {
  /** A user of this account and Region that is made elsewhere. */
  public static fromUserName(scope: Construct, id: string, userName: string): IUser {
    class Import extends cdk.Resource implements IUser {
      public readonly userName = userName;
      public readonly userArn = cdk.Stack.of(scope).formatArn({ service: 'appstream', resource: 'user', resourceName: userName });
      public readonly userRef = { userName, authenticationType: AUTHENTICATION_TYPE, userArn: this.userArn };
    }
    return new Import(scope, id);
  }

  public readonly userName: string;
  public readonly userArn: string;
  public readonly userRef: appstream.UserReference;

  /** The lifecycle resource that enables or disables the user, where `enabled` is given. */
  public readonly enablement?: UserEnablement;

  constructor(scope: Construct, id: string, props: UserProps) {
    super(scope, id, { physicalName: props.userName });

    this.validate(props);

    const resource = new appstream.CfnUser(this, 'Resource', {
      userName: props.userName,
      authenticationType: AUTHENTICATION_TYPE,
      firstName: props.firstName,
      lastName: props.lastName,
      messageAction: props.sendWelcomeEmail === false ? 'SUPPRESS' : undefined,
    });

    this.userRef = resource.userRef;
    this.userName = this.userRef.userName;
    this.userArn = this.userRef.userArn;
    this.enablement = props.enabled === undefined ? undefined : new UserEnablement(this, 'Enablement', { user: this, enabled: props.enabled });
  }

  private validate(props: UserProps): void {
    checkLength(this, 'userName', props.userName, { min: 1, max: 128 });
    checkPattern(this, 'userName', props.userName, /^[^\s@]+@[^\s@]+$/, 'be an e-mail address like "ann@example.com"');
    for (const prop of ['firstName', 'lastName'] as const) {
      checkLength(this, prop, props[prop], { min: 1, max: 2048 });
      checkPattern(this, prop, props[prop], /^[A-Za-z0-9_\-\s]+$/, 'have letters from A to Z, digits, "_", "-" and blanks only');
    }
  }
}

/** That of the user pool. */
const AUTHENTICATION_TYPE = 'USERPOOL';
