import { AccessControl } from './access-control';
import { ActionCatalog } from './action-catalog';
import { type ConditionContext, holds } from './condition';
import { type Credentials, operatorArn } from './credentials';
import { type Denial, type Grant, GrantLedger } from './grant-ledger';
import { ManagedPolicies } from './managed-policies';
import { matchesAction } from './pattern';
import { type PolicyDocument, policySize, type TrustStatement } from './policy-document';
import { reviewPolicy } from './policy-review';
import { inlinePolicy, type Permissions, Role } from './role';
import { Sessions } from './sessions';
import type { Cloud } from '../../cloud';
import { AwsError, NotImitated } from '../../wire/aws-error';
import type { Caller, Handler, Operation, Service } from '../../wire/service';

/** A service that assumes a role. */
export interface Assumption {
  /** e.g. `lambda.amazonaws.com` */
  readonly service: string;
  /** What the session is called in messages; Lambda takes the function's name. */
  readonly session: string;
  /** `aws:SourceArn`, for services that send it. */
  readonly sourceArn?: string;
  /** `aws:SourceAccount`, for services that send it. */
  readonly sourceAccount?: string;
}

export interface IamOptions {
  /** Virtual milliseconds until a changed permission takes effect. @default 0 at once */
  readonly propagation?: number;
}

/** IAM: roles and their policies, who holds which credentials, and what they may do. */
export class Iam implements Service {
  public readonly name = 'iam';
  public readonly signingNames = ['iam'];
  public readonly protocols = [];
  /** May be changed at any time; holds for the changes that follow. */
  public propagation: number;
  public readonly operations: Readonly<Record<string, Handler>> = {
    CreateRole: (input) => this.createRole(input),
    GetRole: (input) => ({ Role: describe(this.role(input.RoleName)) }),
    UpdateRole: (input) => this.updateRole(input),
    DeleteRole: (input) => this.deleteRole(input),
    UpdateAssumeRolePolicy: (input) => this.updateTrust(input),
    PutRolePolicy: (input) => this.putRolePolicy(input),
    GetRolePolicy: (input) => this.getRolePolicy(input),
    DeleteRolePolicy: (input) => this.deleteRolePolicy(input),
    AttachRolePolicy: (input) => this.attach(input),
    DetachRolePolicy: (input) => this.detach(input),
    PutRolePermissionsBoundary: (input) => this.bound(input.RoleName, input.PermissionsBoundary),
    DeleteRolePermissionsBoundary: (input) => this.bound(input.RoleName, undefined),
    TagRole: (input) => this.tagRole(input),
    UntagRole: (input) => this.untagRole(input),
    CreatePolicy: (input) => this.createPolicy(input),
    DeletePolicy: (input) => this.deletePolicy(input),
  };

  private readonly roles = new Map<string, Role>();
  private readonly managed = new ManagedPolicies();
  private readonly catalog = new ActionCatalog();
  private readonly ledger: GrantLedger;
  private readonly sessions = new Sessions((role) => this.roles.get(role.name) === role);
  private readonly access: AccessControl;

  constructor(private readonly cloud: Cloud, options: IamOptions = {}) {
    this.propagation = options.propagation ?? 0;
    this.ledger = new GrantLedger(cloud.region, cloud.account);
    this.access = new AccessControl(cloud, this.sessions, this.managed, this.catalog, this.ledger);
  }

  /** Temporary credentials of a role for a service that its trust policy lets in. */
  public issueCredentials(roleArn: string, assumption: Assumption): Credentials {
    return this.sessions.issue(assumption.session, this.assumable(roleArn, assumption));
  }

  /** Temporary credentials of a role for somebody of the account, if its trust policy lets the account in. */
  public assumeRole(roleArn: string, session: string): Credentials {
    const account = [`arn:aws:iam::${this.cloud.account}:root`, this.cloud.account, '*'];
    const isMeant = ({ principals }: TrustStatement) => principals.some((candidate) => account.includes(candidate));
    return this.sessions.issue(session, this.trusting(roleArn, operatorArn(this.cloud), isMeant, () => undefined));
  }

  /** The role, if its trust policy lets the service assume it. */
  public assumable(roleArn: string, { service, sourceArn, sourceAccount }: Assumption): Role {
    const regional = service.replace('.amazonaws.com', `.${this.cloud.region}.amazonaws.com`);
    const context = (key: string) => ({ 'aws:sourcearn': sourceArn, 'aws:sourceaccount': sourceAccount })[key.toLowerCase()];
    const isMeant = ({ services }: TrustStatement) => services.some((candidate) => candidate === service || candidate === regional);
    return this.trusting(roleArn, service, isMeant, context);
  }

  /** What keeps a service from doing all of this in a role, in a sentence: the role's trust policy, or its permissions. Undefined if nothing does. */
  public objectionTo(
    roleArn: string, assumption: Assumption, needs: readonly { readonly action: string; readonly resource: string }[],
  ): string | undefined {
    let role: Role;
    try {
      role = this.assumable(roleArn, assumption);
    } catch (error) {
      if (error instanceof AwsError) {
        return error.message;
      }
      throw error;
    }
    const lacking = needs.find(({ action, resource }) => !this.access.permits(role, action, resource));
    return lacking && `${lacking.action} is not allowed on ${lacking.resource}`;
  }

  /** Who holds these credentials; throws for temporary ones that were never issued. */
  public identify(accessKeyId: string, sessionToken: string | undefined): Caller {
    return this.sessions.identify(accessKeyId, sessionToken);
  }

  /** What services are told of a caller. */
  public principalOf(caller: Caller): { readonly id: string; readonly arn: string } {
    if (caller.roleArn === undefined) {
      return { id: caller.accessKeyId, arn: operatorArn(this.cloud) };
    }
    const { role, principal } = this.sessions.roleOf(caller);
    return { id: `${role.id}:${principal.slice(principal.lastIndexOf('/') + 1)}`, arn: principal };
  }

  /** Throws unless the caller's role allows the operation; the operator may do everything. */
  public authorize(caller: Caller, service: Service, operation: Operation): Promise<void> {
    return this.access.authorize(caller, service, operation);
  }

  /** Throws unless the caller's role allows the action, e.g. `iam:PassRole`, on each of the resources. */
  public require(caller: Caller, action: string, resources: readonly string[]): Promise<void> {
    return this.access.require(caller, action, resources);
  }

  /**
   * Whether the caller's role allows the action, as services ask before they take a role.
   * A no is not booked as a denial. Late changes count already: CloudFormation tries again until IAM has caught up.
   */
  public async allows(caller: Caller, action: string, resources: readonly string[]): Promise<boolean> {
    return await this.access.refusal(caller, action, resources, Infinity) === undefined;
  }

  /** Every call that was refused. */
  public get denials(): readonly Denial[] {
    return this.ledger.denials;
  }

  /** What policies of roles (also of roles that are gone) allowed, and calls needed. */
  public usedGrants(): Grant[] {
    return this.ledger.usedGrants();
  }

  /** What policies of roles (also of roles that are gone) allowed, and no call needed. */
  public unusedGrants(): Grant[] {
    return this.ledger.unusedGrants();
  }

  /** What policies of roles (also of roles that are gone) allowed beyond the resources of their stack. */
  public wideGrants(): Grant[] {
    return this.ledger.wideGrants();
  }

  private trusting(roleArn: string, who: string, isMeant: (statement: TrustStatement) => boolean, context: ConditionContext): Role {
    const role = [...this.roles.values()].find(({ arn }) => arn === roleArn);
    const applying = role?.trustStatements.filter((statement) =>
      statement.actions.some((action) => matchesAction(action, 'sts:AssumeRole')) && isMeant(statement) && holds(statement.conditions, context)) ?? [];
    if (!role || applying.length === 0 || applying.some(({ effect }) => effect === 'Deny')) {
      throw new AwsError('AccessDenied', `User: ${who} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`, 403);
    }
    return role;
  }

  private role(name: string): Role {
    const role = this.roles.get(name);
    if (!role) {
      throw new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404);
    }
    return role;
  }

  private change(role: Role, change: Partial<Permissions>): void {
    role.change(change, this.cloud.clock.now() + this.propagation);
  }

  private createRole(input: {
    RoleName: string;
    AssumeRolePolicyDocument: PolicyDocument;
    Path?: string;
    Description?: string;
    MaxSessionDuration?: number;
    PermissionsBoundary?: string;
    Tags?: Tag[];
  }) {
    const path = input.Path ?? '/';
    if (!/^[\w+=,.@-]{1,64}$/.test(input.RoleName)) {
      throw new AwsError('ValidationError', `The specified value for roleName is invalid: ${JSON.stringify(input.RoleName)}`);
    }
    if (this.roles.has(input.RoleName)) {
      throw new AwsError('EntityAlreadyExists', `Role with name ${input.RoleName} already exists.`, 409);
    }
    const arn = `arn:aws:iam::${this.cloud.account}:role${path}${input.RoleName}`;
    const role = new Role(input.RoleName, path, arn, this.cloud.clock.now(), input.AssumeRolePolicyDocument);
    role.description = input.Description;
    role.maxSessionDuration = input.MaxSessionDuration ?? 3600;
    role.tags = tagMap(input.Tags);
    this.roles.set(role.name, role);
    if (input.PermissionsBoundary !== undefined) {
      this.bound(role.name, input.PermissionsBoundary);
    }
    return { Role: describe(role) };
  }

  private updateRole(input: { RoleName: string; Description?: string; MaxSessionDuration?: number }) {
    const role = this.role(input.RoleName);
    role.description = input.Description ?? role.description;
    role.maxSessionDuration = input.MaxSessionDuration ?? role.maxSessionDuration;
    return {};
  }

  private deleteRole({ RoleName }: { RoleName: string }) {
    const { permissions } = this.role(RoleName);
    if (Object.keys(permissions.inline).length > 0) {
      throw new AwsError('DeleteConflict', 'Cannot delete entity, must delete policies first.', 409);
    }
    if (permissions.attached.length > 0) {
      throw new AwsError('DeleteConflict', 'Cannot delete entity, must detach all policies first.', 409);
    }
    this.roles.delete(RoleName);
    return {};
  }

  private updateTrust(input: { RoleName: string; PolicyDocument: PolicyDocument }) {
    // At once, whatever the propagation: CloudFormation itself waits until a role can be assumed.
    this.role(input.RoleName).trustPolicy = input.PolicyDocument;
    return {};
  }

  private async putRolePolicy(input: { RoleName: string; PolicyName: string; PolicyDocument: PolicyDocument }) {
    const role = this.role(input.RoleName);
    const policy = inlinePolicy(input.PolicyDocument);
    await reviewPolicy(`${input.PolicyName} of ${role.name}`, policy.statements, this.catalog);
    await this.ledger.record(role.arn, policy.statements, this.catalog);
    // From here on without a pause: another policy may be put on the role at the same time.
    const inline = { ...role.permissions.inline, [input.PolicyName]: policy };
    if (Object.values(inline).reduce((sum, { document }) => sum + policySize(document), 0) > 10_240) {
      throw new AwsError('LimitExceeded', `Maximum policy size of 10240 bytes exceeded for role ${role.name}`, 409);
    }
    this.change(role, { inline });
    return {};
  }

  private getRolePolicy({ RoleName, PolicyName }: { RoleName: string; PolicyName: string }) {
    const policy = this.role(RoleName).permissions.inline[PolicyName];
    if (!policy) {
      throw new AwsError('NoSuchEntity', `The role policy with name ${PolicyName} cannot be found.`, 404);
    }
    return { RoleName, PolicyName, PolicyDocument: policy.document };
  }

  private deleteRolePolicy(input: { RoleName: string; PolicyName: string }) {
    this.getRolePolicy(input);
    const role = this.role(input.RoleName);
    const { [input.PolicyName]: _deleted, ...inline } = role.permissions.inline;
    this.change(role, { inline });
    return {};
  }

  private async attach({ RoleName, PolicyArn }: { RoleName: string; PolicyArn: string }) {
    const role = this.role(RoleName);
    const statements = this.managed.statements(PolicyArn);
    if (this.managed.isOwn(PolicyArn)) {
      await this.ledger.record(role.arn, statements, this.catalog);
    }
    const attached = [...new Set([...role.permissions.attached, PolicyArn])];
    if (attached.length > 10) {
      throw new AwsError('LimitExceeded', 'Cannot exceed quota for PoliciesPerRole: 10', 409);
    }
    this.change(role, { attached });
    return {};
  }

  private detach({ RoleName, PolicyArn }: { RoleName: string; PolicyArn: string }) {
    const role = this.role(RoleName);
    if (!role.permissions.attached.includes(PolicyArn)) {
      throw new AwsError('NoSuchEntity', `Policy ${PolicyArn} was not found.`, 404);
    }
    this.change(role, { attached: role.permissions.attached.filter((arn) => arn !== PolicyArn) });
    return {};
  }

  private bound(roleName: string, boundary: string | undefined) {
    const role = this.role(roleName);
    if (boundary !== undefined) {
      this.managed.statements(boundary);
    }
    this.change(role, { boundary });
    return {};
  }

  private tagRole({ RoleName, Tags }: { RoleName: string; Tags: Tag[] }) {
    const role = this.role(RoleName);
    role.tags = { ...role.tags, ...tagMap(Tags) };
    return {};
  }

  private untagRole({ RoleName, TagKeys }: { RoleName: string; TagKeys: string[] }) {
    const role = this.role(RoleName);
    role.tags = Object.fromEntries(Object.entries(role.tags).filter(([key]) => !TagKeys.includes(key)));
    return {};
  }

  private async createPolicy(input: { PolicyName: string; PolicyDocument: PolicyDocument; Path?: string }) {
    const arn = `arn:aws:iam::${this.cloud.account}:policy${input.Path ?? '/'}${input.PolicyName}`;
    if (policySize(input.PolicyDocument) > 6144) {
      throw new AwsError('LimitExceeded', 'Cannot exceed quota for PolicySize: 6144', 409);
    }
    await reviewPolicy(input.PolicyName, this.managed.create(arn, input.PolicyDocument), this.catalog);
    return { Policy: { PolicyName: input.PolicyName, Arn: arn } };
  }

  private deletePolicy({ PolicyArn }: { PolicyArn: string }) {
    const inUse = [...this.roles.values()].some(({ permissions }) => permissions.attached.includes(PolicyArn) || permissions.boundary === PolicyArn);
    if (inUse) {
      throw new AwsError('DeleteConflict', 'Cannot delete a policy attached to entities.', 409);
    }
    if (!this.managed.isOwn(PolicyArn)) {
      throw new NotImitated(`the deletion of ${PolicyArn}`);
    }
    this.managed.delete(PolicyArn);
    return {};
  }
}

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

function tagMap(tags: readonly Tag[] = []): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

function describe(role: Role) {
  return {
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    Path: role.path,
    CreateDate: new Date(role.created).toISOString(),
    AssumeRolePolicyDocument: role.trustPolicy,
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration,
    PermissionsBoundary: role.permissions.boundary && { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: role.permissions.boundary },
    Tags: Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}
