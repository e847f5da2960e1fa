import { Construct } from 'constructs';
import { ILaunchProfile } from './launch-profile';
import { Member } from './member';
import { checkEndpointUrl } from './private/endpoint';
import { LAUNCH_PROFILE_MEMBERS_TYPE, LaunchProfileMembersProperties } from './private/members-contract';
import { checkMembers, membershipPermissions, renderMembers } from './private/membership';
import { LifecycleEngine } from '../private/lifecycle-engine';
import { checkSameEnvironment } from '../private/references';

/**
 * Who may use a launch profile.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export interface LaunchProfileMembersProps {
  /** The launch profile. Members of another one are let in there before they are removed here. */
  readonly launchProfile: ILaunchProfile;

  /** Those who may use it, 1 to 500, each named once. */
  readonly members: Member[];

  /**
   * The https address of an implementation of the API. On the loopback (127.0.0.1, localhost) it may be http.
   *
   * @default - AWS's own endpoint of the Region, which answers no more
   */
  readonly endpointUrl?: string;
}

/**
 * Lets users of a studio use a launch profile: a lifecycle resource, since CloudFormation has no type for it.
 *
 * It owns the members that it names and leaves all others alone, so a launch profile may have several of these as long as each
 * names other members. A member that was there before becomes its own. When a member is not named any more, or the
 * resource is deleted, or its creation is rolled back, the member is removed.
 *
 * So do not move a member from one of these to another within a deployment, nor change the id of the construct: what one
 * has let in the other removes. Remove it with one deployment and name it anew with the next.
 *
 * @see https://docs.aws.amazon.com/nimble-studio/latest/APIReference/API_PutLaunchProfileMembers.html
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import { nimblestudio } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 * declare const launchProfile: nimblestudio.LaunchProfile;
 *
 * new nimblestudio.LaunchProfileMembers(scope, 'Members', {
 *   launchProfile,
 *   members: [{ identityStoreId: 'd-1234567890', principalId: '906748abcd-11112222-3333-4444-5555-666677778888' }],
 * });
 */
export class LaunchProfileMembers extends Construct {
  /**
   * Throws for members that IAM Identity Center cannot have, for one that is named twice, for none or more than 500, for a
   * launch profile of another account or Region, and for an `endpointUrl` that is not encrypted.
   */
  constructor(scope: Construct, id: string, { launchProfile, members, endpointUrl }: LaunchProfileMembersProps) {
    super(scope, id);

    checkSameEnvironment(this, launchProfile);
    checkMembers(this, members);
    checkEndpointUrl(this, endpointUrl);
    const properties: LaunchProfileMembersProperties = {
      StudioId: launchProfile.studio.studioId,
      LaunchProfileId: launchProfile.launchProfileId,
      Members: renderMembers(this, members),
      EndpointUrl: endpointUrl,
    };

    LifecycleEngine.of(this, 'NimbleStudio').addResource(this, 'Resource', {
      resourceType: LAUNCH_PROFILE_MEMBERS_TYPE,
      properties: { ...properties },
      permissions: membershipPermissions(this, {
        arn: launchProfile.launchProfileArn,
        kind: 'launch-profile',
        list: 'nimble:ListLaunchProfileMembers',
        put: 'nimble:PutLaunchProfileMembers',
        remove: 'nimble:DeleteLaunchProfileMember',
        finding: 'membersOfLaunchProfiles',
      }),
    });
  }
}
