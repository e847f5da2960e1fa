import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { USER_ENABLEMENT_TYPE, UserEnablementProperties } from './private/user-enablement-contract';
import { LifecycleEngine } from '../private/lifecycle-engine';
import { checkSameEnvironment, resourceOf } from '../private/references';
import { decideAlone } from '../private/sole';

/** Who may sign in or not. */
export interface UserEnablementProps {
  /** The user: one of this library, an imported one or an L1. */
  readonly user: appstream.IUserRef;

  /** Whether the user may sign in. */
  readonly enabled: boolean;
}

/**
 * Lets a user of the user pool sign in, or not: a lifecycle resource. `enabled` of a `User` makes one.
 *
 * It goes as it came: when the resource is deleted, a user who was disabled by it is enabled again, as after the rollback of the deployment
 * that added it. A user who is gone needs nothing.
 *
 * The address of the user stands in the template, and so in the state of the request and in the log of the engine.
 *
 * IAM knows no resource for EnableUser and DisableUser. So this runs in a function and a role of its own, seven resources with the first one
 * of a CloudFormation stack.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/APIReference/API_DisableUser.html
 */
export class UserEnablement extends Construct {
  /** Throws for a user of another account or Region. */
  constructor(scope: Construct, id: string, props: UserEnablementProps) {
    super(scope, id);

    checkSameEnvironment(this, props.user);
    decideAlone(this, props.user, 'the enablement');
    const properties: UserEnablementProperties = { UserName: props.user.userRef.userName, Enabled: props.enabled ? 'true' : 'false' };
    LifecycleEngine.of(this, 'AppStreamAccount').addResource(this, 'Resource', {
      resourceType: USER_ENABLEMENT_TYPE,
      properties: { ...properties },
      permissions: [{
        statement: new iam.PolicyStatement({ actions: ['appstream:EnableUser', 'appstream:DisableUser'], resources: ['*'] }), finding: 'usersOfThePool',
      }],
      dependsOn: [resourceOf(props.user)],
    });
  }
}
