import { unlessGone } from '../not-found';
import type { ResourceRequest, ResourceType } from '../resource-type';

const GONE = ['ResourceNotFoundException', 'EntitlementNotFoundException'];

export const entitlementType: ResourceType = {
  name: 'AWS::AppStream::Entitlement',
  properties: {
    AppVisibility: 'string',
    Attributes: [{ Name: 'string', Value: 'string' }],
    Description: 'string',
    Name: 'string',
    StackName: 'string',
  },
  required: ['Name', 'StackName', 'AppVisibility', 'Attributes'],
  createOnly: ['Name', 'StackName'],
  attributes: ['CreatedTime', 'LastModifiedTime'],

  async create({ cloud, properties }) {
    const { Entitlement } = await cloud.call('appstream', 'CreateEntitlement', properties);
    return provisioned(Entitlement);
  },

  async update({ cloud, properties, changed }) {
    const { Name, StackName } = properties;
    const members = [...changed].filter((name) => properties[name] !== undefined);
    const changes = Object.fromEntries(members.map((name) => [name, properties[name]]));
    const { Entitlement } = await cloud.call('appstream', 'UpdateEntitlement', { Name, StackName, ...changes });
    return provisioned(Entitlement);
  },

  delete({ cloud, properties: { Name, StackName } }) {
    return unlessGone(cloud.call('appstream', 'DeleteEntitlement', { Name, StackName }), ...GONE);
  },
};

export const applicationEntitlementAssociationType: ResourceType = {
  name: 'AWS::AppStream::ApplicationEntitlementAssociation',
  properties: { ApplicationIdentifier: 'string', EntitlementName: 'string', StackName: 'string' },
  required: ['ApplicationIdentifier', 'EntitlementName', 'StackName'],
  createOnly: ['ApplicationIdentifier', 'EntitlementName', 'StackName'],
  attributes: [],

  async create({ cloud, properties }) {
    const { ApplicationIdentifier, EntitlementName, StackName } = properties;
    await cloud.call('appstream', 'AssociateApplicationToEntitlement', { ApplicationIdentifier, EntitlementName, StackName });
    return { physicalId: `${StackName}|${EntitlementName}|${ApplicationIdentifier}`, attributes: {} };
  },

  update(request: ResourceRequest) {
    // All properties replace it.
    throw new Error(`${request.type} has no update`);
  },

  delete({ cloud, properties }) {
    const { ApplicationIdentifier, EntitlementName, StackName } = properties;
    return unlessGone(
      cloud.call('appstream', 'DisassociateApplicationFromEntitlement', { ApplicationIdentifier, EntitlementName, StackName }), ...GONE,
    );
  },
};

interface Entitlement {
  readonly Name: string;
  readonly StackName: string;
  readonly CreatedTime: Date;
  readonly LastModifiedTime: Date;
}

function provisioned({ Name, StackName, CreatedTime, LastModifiedTime }: Entitlement) {
  return { physicalId: `${StackName}|${Name}`, attributes: { CreatedTime: String(CreatedTime), LastModifiedTime: String(LastModifiedTime) } };
}
