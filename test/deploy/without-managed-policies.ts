import type { Template } from './deployment';

/** The loopback has none of AWS's policies for the portal, which nobody opens here. */
export function withoutManagedPolicies({ Resources }: Template): void {
  Object.values(Resources).filter(({ Type }) => Type === 'AWS::IAM::Role').forEach(({ Properties }) => delete Properties.ManagedPolicyArns);
}
