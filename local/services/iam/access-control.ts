import type { ActionCatalog, ActionFacts } from './action-catalog';
import { type ConditionContext, resourceTagKey } from './condition';
import { type AccessRequest, evaluate } from './evaluation';
import type { GrantLedger } from './grant-ledger';
import type { ManagedPolicies } from './managed-policies';
import { matchesArn } from './pattern';
import { parseResourcePolicy, type Statement } from './policy-document';
import type { Permissions, Role } from './role';
import type { Sessions } from './sessions';
import type { Cloud } from '../../cloud';
import { AwsError, NotImitated } from '../../wire/aws-error';
import type { Caller, Operation, Service } from '../../wire/service';

/** What IAM is told of a request and of what it is about, beside what it knows itself. */
export interface RequestDetails {
  readonly tags?: (arn: string) => Readonly<Record<string, string>>;
  /** The policy that is attached to a resource, as JSON. */
  readonly policy?: (arn: string) => string | undefined;
  /** Values of condition keys, by their names in small letters. */
  readonly values?: Readonly<Record<string, string>>;
  /** What the refusal says in place of IAM's own words. */
  readonly refusal?: string;
}

/** Decides whether a role may do what it asks for. */
export class AccessControl {
  constructor(
    private readonly cloud: Cloud,
    private readonly sessions: Sessions,
    private readonly managed: ManagedPolicies,
    private readonly catalog: ActionCatalog,
    private readonly ledger: GrantLedger,
  ) {}

  public async authorize(caller: Caller, service: Service, operation: Operation): Promise<void> {
    if (caller.roleArn === undefined) {
      return;
    }
    const action = `${service.name}:${service.action?.(operation) ?? operation.name}`;
    await this.require(caller, action, service.resources?.(operation) ?? [], {
      tags: service.resourceTags?.bind(service), policy: service.resourcePolicy?.bind(service), values: service.context?.(operation),
    });
    for (const { action: needed, resource, context: values, policy, refusal } of service.requires?.(operation) ?? []) {
      await this.require(caller, needed, [resource], { values, policy: () => policy, refusal });
    }
  }

  public async require(caller: Caller, action: string, resources: readonly string[], details: RequestDetails = {}): Promise<void> {
    const refusal = await this.refusal(caller, action, resources, this.cloud.clock.now(), details);
    if (refusal) {
      const { role } = this.sessions.roleOf(caller);
      this.ledger.deny({ at: this.cloud.clock.now(), roleArn: role.arn, action, ...refusal });
      throw new AwsError('AccessDeniedException', details.refusal ?? refusal.message);
    }
  }

  /** Why IAM would refuse at this time; undefined when it would not. */
  public async refusal(
    caller: Caller, action: string, resources: readonly string[], time: number, details: RequestDetails = {},
  ): Promise<{ readonly resource: string; readonly message: string } | undefined> {
    const facts = await this.catalog.facts(action);
    if (!facts) {
      throw new NotImitated(`the IAM action ${action}`);
    }
    const { role, principal } = this.sessions.roleOf(caller);
    for (const resource of targets(facts, resources)) {
      const request = { facts, resource, context: this.context(role, facts, resource, details) };
      const reason = this.reason(role, role.permissionsAt(time), aboutRole(role, details.policy?.(resource)), request);
      if (reason) {
        return { resource, message: `User: ${principal} is not authorized to perform: ${facts.action} on resource: ${resource} ${reason}` };
      }
    }
    return undefined;
  }

  /** Whether a role allows an action to the service that works in it, by its own policies alone. */
  public permits(role: Role, action: string, resource: string): boolean {
    const facts = { action, arns: [], seesTags: false };
    const request = { facts, resource, context: this.context(role, facts, resource, {}) };
    return this.reason(role, role.permissionsAt(this.cloud.clock.now()), [], request) === undefined;
  }

  private reason(role: Role, permissions: Permissions, policyOfResource: readonly Statement[], request: AccessRequest): string | undefined {
    const identity = evaluate(this.statements(permissions), request);
    const resource = evaluate(policyOfResource, request);
    if (identity.effect === 'deny') {
      return 'with an explicit deny in an identity-based policy';
    }
    if (resource.effect === 'deny') {
      return 'with an explicit deny in a resource-based policy';
    }
    const boundary = permissions.boundary && evaluate(this.managed.statements(permissions.boundary), request);
    if (boundary && boundary.effect === 'deny') {
      return 'with an explicit deny in a permissions boundary';
    }
    // Within an account either is enough. A boundary limits both: what a resource's policy grants, it grants to the role and not to its session.
    if (identity.effect === 'none' && resource.effect === 'none') {
      return `because no identity-based policy allows the ${request.facts.action} action`;
    }
    if (boundary && boundary.effect === 'none') {
      return `because no permissions boundary allows the ${request.facts.action} action`;
    }
    this.ledger.use(role.arn, identity.grants);
    return undefined;
  }

  private statements(permissions: Permissions) {
    return [
      ...Object.values(permissions.inline).flatMap(({ statements }) => statements),
      ...permissions.attached.flatMap((arn) => this.managed.statements(arn)),
    ];
  }

  private context(role: Role, facts: ActionFacts, resource: string, { tags, values: own }: RequestDetails): ConditionContext {
    const values: Readonly<Record<string, string | undefined>> = {
      'aws:principalarn': role.arn,
      'aws:requestedregion': this.cloud.region,
      'aws:resourceaccount': resource.split(':')[4] || this.cloud.account,
      // The loopback's plain HTTP stands for what goes over TLS on AWS.
      'aws:securetransport': 'true',
      ...own,
    };
    return (key) => {
      const tag = resourceTagKey(key);
      if (tag === undefined) {
        return values[key.toLowerCase()];
      }
      if (!facts.seesTags || resource === '*') {
        return undefined;
      }
      if (!tags) {
        throw new NotImitated(`the tags of ${resource}, for a condition on ${key}`);
      }
      return tags(resource)[tag];
    };
  }
}

/** The statements of a resource's policy that are about a role. Those that allow its account leave the decision to the role's own policies. */
function aboutRole(role: Role, policyOfResource: string | undefined): readonly Statement[] {
  const account = role.arn.split(':')[4];
  const statements = policyOfResource === undefined ? [] : parseResourcePolicy(policyOfResource);
  return statements.filter(({ effect, principals }) => principals.some((principal) =>
    principal === '*' || principal === role.arn || (effect === 'Deny' && [account, `arn:aws:iam::${account}:root`].includes(principal))));
}

/** The resources to look at. What a service of the loopback says of itself has to agree with what IAM knows. */
function targets(facts: ActionFacts, resources: readonly string[]): readonly string[] {
  if (facts.arns.length === 0 && resources.length === 0) {
    return ['*'];
  }
  const stray = resources.find((resource) => !facts.arns.some((arn) => matchesArn(arn, resource)));
  if (stray !== undefined || resources.length === 0) {
    throw new NotImitated(`${facts.action} on ${stray ?? 'an unnamed resource'}: IAM knows it on ${facts.arns.join(', ') || 'no resource'}`);
  }
  return resources;
}
