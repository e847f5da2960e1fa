import { Construct } from 'constructs';
import { Member } from './member';
import { checkEndpointUrl } from './private/endpoint';
import { STUDIO_MEMBERS_TYPE, StudioMembersProperties } from './private/members-contract';
import { checkMembers, membershipPermissions, renderMembers } from './private/membership';
import { IStudio } from './studio';
import { LifecycleEngine } from '../private/lifecycle-engine';
import { checkSameEnvironment } from '../private/references';

/**
 * Who administers a studio.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export interface StudioMembersProps {
  /** The studio. Members of another one are let in there before they are removed here. */
  readonly studio: IStudio;

  /** Its administrators, 1 to 500, each named once. Users who do not administer the studio are no members of it. */
  readonly members: Member[];

  /**
   * The https address of an implementation of the API. On the loopback (127.0.0.1, localhost) it may be http.
   *
   * @default - AWS's own endpoint of the Region, which answers no more
   */
  readonly endpointUrl?: string;
}

/**
 * Makes users administrators of a studio: a lifecycle resource, since CloudFormation has no type for it.
 *
 * It owns the members that it names and leaves all others alone, so a studio may have several of these as long as each
 * names other members. A member that was there before becomes its own. When a member is not named any more, or the
 * resource is deleted, or its creation is rolled back, the member is removed.
 *
 * So do not move a member from one of these to another within a deployment, nor change the id of the construct: what one
 * has let in the other removes. Remove it with one deployment and name it anew with the next.
 *
 * @see https://docs.aws.amazon.com/nimble-studio/latest/APIReference/API_PutStudioMembers.html
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import { nimblestudio } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 * declare const studio: nimblestudio.Studio;
 *
 * new nimblestudio.StudioMembers(scope, 'Administrators', {
 *   studio,
 *   members: [{ identityStoreId: 'd-1234567890', principalId: '906748abcd-11112222-3333-4444-5555-666677778888' }],
 * });
 */
export class StudioMembers extends Construct {
  /**
   * Throws for members that IAM Identity Center cannot have, for one that is named twice, for none or more than 500, for a
   * studio of another account or Region, and for an `endpointUrl` that is not encrypted.
   */
  constructor(scope: Construct, id: string, { studio, members, endpointUrl }: StudioMembersProps) {
    super(scope, id);

    checkSameEnvironment(this, studio);
    checkMembers(this, members);
    checkEndpointUrl(this, endpointUrl);
    const properties: StudioMembersProperties = {
      StudioId: studio.studioId,
      Members: renderMembers(this, members),
      EndpointUrl: endpointUrl,
    };

    LifecycleEngine.of(this, 'NimbleStudio').addResource(this, 'Resource', {
      resourceType: STUDIO_MEMBERS_TYPE,
      properties: { ...properties },
      permissions: membershipPermissions(this, {
        arn: studio.studioArn,
        kind: 'studio',
        list: 'nimble:ListStudioMembers',
        put: 'nimble:PutStudioMembers',
        remove: 'nimble:DeleteStudioMember',
        finding: 'membersOfStudios',
      }),
    });
  }
}
