import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { WireMember } from './members-contract';
import { Finding } from '../../private/acknowledgements';
import { checkCount, checkPattern, fail } from '../../private/errors';
import { Permission } from '../../private/lifecycle-engine';
import { Member } from '../member';

/** What one request can carry to the engine, with as many old members beside the new ones. */
const MAX_MEMBERS = 500;
const UUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';
const IDENTITY_STORE_ID = new RegExp(`^(d-[0-9a-f]{10}|${UUID})$`);
const PRINCIPAL_ID = new RegExp(`^([0-9a-f]{10}-)?${UUID}$`);

/** Fails for members that IAM Identity Center cannot have, and for one that is named twice. */
export function checkMembers(scope: Construct, members: Member[]): void {
  checkCount(scope, 'members', members, { min: 1, max: MAX_MEMBERS });
  const named = new Set<string>();
  for (const { identityStoreId, principalId } of members) {
    checkPattern(scope, 'members: identityStoreId', identityStoreId, IDENTITY_STORE_ID, 'be an id like "d-1234567890" or a UUID');
    checkPattern(scope, 'members: principalId', principalId, PRINCIPAL_ID, 'be a UUID, which may have ten digits before it');
    if (named.has(principalId)) {
      fail(scope, `members must be named once, got ${JSON.stringify(principalId)} twice`);
    }
    named.add(principalId);
  }
}

/** Members as they travel. */
export function renderMembers(scope: Construct, members: Member[]): string {
  const wire: WireMember[] = members.map(({ identityStoreId, principalId }) => ({ identityStoreId, principalId }));
  return cdk.Stack.of(scope).toJsonString(wire);
}

/** What is needed to keep the members of one thing. */
export interface MembershipPermissions {
  readonly arn: string;
  /** The resource type in the ARN. */
  readonly kind: 'launch-profile' | 'studio';
  readonly list: string;
  readonly put: string;
  readonly remove: string;
  readonly finding: Finding;
}

/**
 * Permission to let members into this one thing, and to list and remove those of all: they are also removed from what was
 * replaced, whose id no template knows by then.
 */
export function membershipPermissions(scope: Construct, { arn, kind, list, put, remove, finding }: MembershipPermissions): Permission[] {
  const all = cdk.Stack.of(scope).formatArn({ service: 'nimble', resource: kind, resourceName: '*' });
  return [
    { statement: new iam.PolicyStatement({ actions: [put], resources: [arn] }) },
    { statement: new iam.PolicyStatement({ actions: [list, remove], resources: [all] }), finding },
  ];
}
