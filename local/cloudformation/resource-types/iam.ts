import { NotImitated } from '../../wire/aws-error';
import { unlessGone } from '../not-found';
import type { ResourceRequest, ResourceType } from '../resource-type';
import { TAGS } from '../shape';
import type { Tag } from '../stack';
import { tagChanges } from '../tags';
import type { Json } from '../template';

interface InlinePolicy { readonly PolicyName: string; readonly PolicyDocument: unknown }

const GONE = 'NoSuchEntity';

const role: ResourceType = {
  name: 'AWS::IAM::Role',
  properties: {
    AssumeRolePolicyDocument: 'json',
    Description: 'string',
    ManagedPolicyArns: ['string'],
    MaxSessionDuration: 'integer',
    Path: 'string',
    PermissionsBoundary: 'string',
    Policies: [{ PolicyName: 'string', PolicyDocument: 'json' }],
    RoleName: 'string',
    Tags: TAGS,
  },
  required: ['AssumeRolePolicyDocument'],
  createOnly: ['Path', 'RoleName'],
  attributes: ['Arn', 'RoleId'],

  async create(request) {
    const { cloud, properties } = request;
    const { AssumeRolePolicyDocument, ManagedPolicyArns = [], Policies = [], ...others } = properties;
    const RoleName = properties.RoleName ?? request.generatedName(64);
    const { Role } = await cloud.call('iam', 'CreateRole', {
      ...others, RoleName, AssumeRolePolicyDocument: JSON.stringify(AssumeRolePolicyDocument),
    });
    request.identify(Role.RoleName);
    for (const PolicyArn of ManagedPolicyArns as string[]) {
      await cloud.call('iam', 'AttachRolePolicy', { RoleName, PolicyArn });
    }
    for (const policy of Policies as InlinePolicy[]) {
      await putInline(request, Role.RoleName, policy);
    }
    return { physicalId: Role.RoleName, attributes: { Arn: Role.Arn, RoleId: Role.RoleId } };
  },

  async update(request) {
    const { cloud, physicalId: RoleName, properties, previous, changed } = request;
    if (changed.has('AssumeRolePolicyDocument')) {
      await cloud.call('iam', 'UpdateAssumeRolePolicy', { RoleName, PolicyDocument: JSON.stringify(properties.AssumeRolePolicyDocument) });
    }
    if (changed.has('Description') || changed.has('MaxSessionDuration')) {
      const { Description = '', MaxSessionDuration = 3600 } = properties;
      await cloud.call('iam', 'UpdateRole', { RoleName, Description, MaxSessionDuration });
    }
    if (changed.has('PermissionsBoundary')) {
      const { PermissionsBoundary } = properties;
      await cloud.call('iam', PermissionsBoundary === undefined ? 'DeleteRolePermissionsBoundary' : 'PutRolePermissionsBoundary', { RoleName, PermissionsBoundary });
    }
    await updateManaged(request, RoleName, previous, properties);
    await updateInline(request, RoleName, previous, properties);
    const { set, removed } = tagChanges(previous, properties);
    if (Object.keys(set).length > 0) {
      await cloud.call('iam', 'TagRole', { RoleName, Tags: Object.entries(set).map(([Key, Value]): Tag => ({ Key, Value })) });
    }
    if (removed.length > 0) {
      await cloud.call('iam', 'UntagRole', { RoleName, TagKeys: removed });
    }
    const { Role } = await cloud.call('iam', 'GetRole', { RoleName });
    return { physicalId: RoleName, attributes: { Arn: Role.Arn, RoleId: Role.RoleId } };
  },

  async delete(request) {
    const { cloud, physicalId: RoleName, properties } = request;
    // Only what it attached itself: a role to which others have attached more is refused by IAM.
    for (const { PolicyName } of (properties.Policies ?? []) as InlinePolicy[]) {
      await unlessGone(cloud.call('iam', 'DeleteRolePolicy', { RoleName, PolicyName }), GONE);
    }
    for (const PolicyArn of (properties.ManagedPolicyArns ?? []) as string[]) {
      await unlessGone(cloud.call('iam', 'DetachRolePolicy', { RoleName, PolicyArn }), GONE);
    }
    await unlessGone(cloud.call('iam', 'DeleteRole', { RoleName }), GONE);
  },
};

const policy: ResourceType = {
  name: 'AWS::IAM::Policy',
  properties: { PolicyName: 'string', PolicyDocument: 'json', Roles: ['string'], Groups: ['string'], Users: ['string'] },
  required: ['PolicyName', 'PolicyDocument'],
  createOnly: [],
  attributes: ['Id'],

  async create(request) {
    const physicalId = request.generatedName(128);
    request.identify(physicalId);
    for (const name of rolesOf(request.properties)) {
      await putInline(request, name, request.properties as unknown as InlinePolicy);
    }
    return { physicalId, attributes: { Id: physicalId } };
  },

  async update(request) {
    const { cloud, physicalId, properties, previous, changed } = request;
    for (const name of rolesOf(properties)) {
      await putInline(request, name, properties as unknown as InlinePolicy);
    }
    for (const RoleName of rolesOf(previous)) {
      if (changed.has('PolicyName') || !rolesOf(properties).includes(RoleName)) {
        await unlessGone(cloud.call('iam', 'DeleteRolePolicy', { RoleName, PolicyName: previous.PolicyName }), GONE);
      }
    }
    return { physicalId, attributes: { Id: physicalId } };
  },

  async delete({ cloud, properties }) {
    for (const RoleName of rolesOf(properties)) {
      await unlessGone(cloud.call('iam', 'DeleteRolePolicy', { RoleName, PolicyName: properties.PolicyName }), GONE);
    }
  },
};

export const iamTypes = [role, policy];

function rolesOf({ Roles = [], Users = [], Groups = [] }: Json): readonly string[] {
  if ((Users as string[]).length + (Groups as string[]).length > 0) {
    throw new NotImitated('policies of users and groups');
  }
  return Roles as string[];
}

function putInline({ cloud }: ResourceRequest, RoleName: string, { PolicyName, PolicyDocument }: InlinePolicy): Promise<void> {
  return cloud.call('iam', 'PutRolePolicy', { RoleName, PolicyName, PolicyDocument: JSON.stringify(PolicyDocument) });
}

async function updateManaged({ cloud }: ResourceRequest, RoleName: string, previous: Json, next: Json): Promise<void> {
  const before = (previous.ManagedPolicyArns ?? []) as string[];
  const after = (next.ManagedPolicyArns ?? []) as string[];
  for (const PolicyArn of after.filter((arn) => !before.includes(arn))) {
    await cloud.call('iam', 'AttachRolePolicy', { RoleName, PolicyArn });
  }
  for (const PolicyArn of before.filter((arn) => !after.includes(arn))) {
    await unlessGone(cloud.call('iam', 'DetachRolePolicy', { RoleName, PolicyArn }), GONE);
  }
}

async function updateInline(request: ResourceRequest, RoleName: string, previous: Json, next: Json): Promise<void> {
  const before = (previous.Policies ?? []) as InlinePolicy[];
  const after = (next.Policies ?? []) as InlinePolicy[];
  for (const inline of after) {
    await putInline(request, RoleName, inline);
  }
  for (const { PolicyName } of before.filter((old) => !after.some((other) => other.PolicyName === old.PolicyName))) {
    await unlessGone(request.cloud.call('iam', 'DeleteRolePolicy', { RoleName, PolicyName }), GONE);
  }
}
