import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import { IConstruct } from 'constructs';
import { resourceOf } from '../../private/references';

/** By the resource of the stack, or its construct where that is imported. */
const entitlements = new WeakMap<IConstruct, IConstruct[]>();
const bypasses = new WeakMap<IConstruct, string>();

/** Remembers an entitlement of a stack, and warns if users of the stack sign in past it. */
export function noteEntitlement(entitlement: IConstruct, stack: appstream.IStackRef): void {
  const key = resourceOf(stack);
  entitlements.set(key, [...entitlements.get(key) ?? [], entitlement]);
  const bypass = bypasses.get(key);
  if (bypass) warn(entitlement, bypass);
}

/**
 * Remembers that users sign in to a stack past its entitlements, and warns if it has any.
 *
 * @param how "users sign in to the stack …"
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/application-entitlements-saml.html
 */
export function noteEntitlementBypass(stack: appstream.IStackRef, how: string): void {
  const key = resourceOf(stack);
  if (bypasses.has(key)) return;
  bypasses.set(key, how);
  entitlements.get(key)?.forEach((entitlement) => warn(entitlement, how));
}

function warn(entitlement: IConstruct, how: string): void {
  cdk.Annotations.of(entitlement).addWarningV2('cdk-app-streaming/appstream:entitlementsIgnored',
    `users sign in to the stack ${how}: AppStream ignores entitlements then and shows them all applications; entitlements count for SAML alone`);
}
