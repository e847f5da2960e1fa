import { unlessGone } from '../not-found';
import type { ResourceRequest, ResourceType, UpdateRequest } from '../resource-type';
import { type Shape, TAGS } from '../shape';
import { tagChanges, tagMap } from '../tags';

export const S3_LOCATION: Shape = { S3Bucket: 'string', S3Key: 'string' };
const SCRIPT_DETAILS: Shape = {
  ExecutableParameters: 'string', ExecutablePath: 'string', ScriptS3Location: S3_LOCATION, TimeoutInSeconds: 'integer',
};

const PROPERTIES = {
  Description: 'string',
  DisplayName: 'string',
  Name: 'string',
  PackagingType: 'string',
  PostSetupScriptDetails: SCRIPT_DETAILS,
  SetupScriptDetails: SCRIPT_DETAILS,
  SourceS3Location: S3_LOCATION,
  Tags: TAGS,
} as const;

export const appBlockType: ResourceType = {
  name: 'AWS::AppStream::AppBlock',
  properties: PROPERTIES,
  required: ['Name', 'SourceS3Location'],
  createOnly: Object.keys(PROPERTIES).filter((name) => name !== 'Tags'),
  attributes: ['Arn', 'CreatedTime'],

  async create({ cloud, properties }) {
    const { AppBlock } = await cloud.call('appstream', 'CreateAppBlock', { ...properties, Tags: tagMap(properties) });
    return { physicalId: AppBlock.Arn, attributes: attributesOf(AppBlock) };
  },

  async update(request) {
    const { cloud, physicalId } = request;
    await updateTags(request, physicalId);
    const { AppBlocks: [appBlock] } = await cloud.call('appstream', 'DescribeAppBlocks', { Arns: [physicalId] });
    return { physicalId, attributes: attributesOf(appBlock) };
  },

  delete: ({ cloud, physicalId }) =>
    unlessGone(cloud.call('appstream', 'DeleteAppBlock', { Name: physicalId.split('/').pop() }), 'ResourceNotFoundException'),
};

const APPLICATION_PROPERTIES = {
  AppBlockArn: 'string',
  AttributesToDelete: ['string'],
  Description: 'string',
  DisplayName: 'string',
  IconS3Location: S3_LOCATION,
  InstanceFamilies: ['string'],
  LaunchParameters: 'string',
  LaunchPath: 'string',
  Name: 'string',
  Platforms: ['string'],
  Tags: TAGS,
  WorkingDirectory: 'string',
} as const;

export const applicationType: ResourceType = {
  name: 'AWS::AppStream::Application',
  properties: APPLICATION_PROPERTIES,
  required: ['AppBlockArn', 'IconS3Location', 'InstanceFamilies', 'LaunchPath', 'Name', 'Platforms'],
  createOnly: ['Name', 'Platforms', 'InstanceFamilies'],
  attributes: ['Arn', 'CreatedTime'],

  async create({ cloud, properties }) {
    // A member that only UpdateApplication has.
    const { AttributesToDelete: _, ...input } = properties;
    const { Application } = await cloud.call('appstream', 'CreateApplication', { ...input, Tags: tagMap(properties) });
    return { physicalId: Application.Arn, attributes: attributesOf(Application) };
  },

  async update(request) {
    const { cloud, physicalId, properties, changed } = request;
    // What is gone from the template is not sent, and so keeps its value, unless AttributesToDelete names it.
    const members = [...changed].filter((name) => name !== 'Tags' && properties[name] !== undefined);
    if (members.length > 0) {
      const attributesToDelete = properties.AttributesToDelete === undefined ? [] : ['AttributesToDelete'];
      await cloud.call('appstream', 'UpdateApplication', {
        Name: properties.Name, ...Object.fromEntries([...members, ...attributesToDelete].map((name) => [name, properties[name]])),
      });
    }
    await updateTags(request, physicalId);
    const { Applications: [application] } = await cloud.call('appstream', 'DescribeApplications', { Arns: [physicalId] });
    return { physicalId, attributes: attributesOf(application) };
  },

  delete: ({ cloud, physicalId }) =>
    unlessGone(cloud.call('appstream', 'DeleteApplication', { Name: physicalId.split('/').pop() }), 'ResourceNotFoundException'),
};

export const applicationFleetAssociationType: ResourceType = {
  name: 'AWS::AppStream::ApplicationFleetAssociation',
  properties: { ApplicationArn: 'string', FleetName: 'string' },
  required: ['ApplicationArn', 'FleetName'],
  createOnly: ['ApplicationArn', 'FleetName'],
  attributes: [],

  async create({ cloud, properties: { ApplicationArn, FleetName } }) {
    await cloud.call('appstream', 'AssociateApplicationFleet', { ApplicationArn, FleetName });
    return { physicalId: `${FleetName}|${ApplicationArn}`, attributes: {} };
  },

  update(request: ResourceRequest) {
    // Both properties replace it.
    throw new Error(`${request.type} has no update`);
  },

  // DisassociateApplicationFleet has no error of its own for what is not associated.
  async delete({ cloud, properties: { ApplicationArn, FleetName } }) {
    const { ApplicationFleetAssociations = [] } = await cloud.call('appstream', 'DescribeApplicationFleetAssociations', { ApplicationArn, FleetName });
    if (ApplicationFleetAssociations.length > 0) {
      await cloud.call('appstream', 'DisassociateApplicationFleet', { ApplicationArn, FleetName });
    }
  },
};

export async function updateTags({ cloud, previous, properties }: UpdateRequest, ResourceArn: string): Promise<void> {
  const { set, removed } = tagChanges(previous, properties);
  if (Object.keys(set).length > 0) {
    await cloud.call('appstream', 'TagResource', { ResourceArn, Tags: set });
  }
  if (removed.length > 0) {
    await cloud.call('appstream', 'UntagResource', { ResourceArn, TagKeys: removed });
  }
}

export function attributesOf({ Arn, CreatedTime }: { readonly Arn: string; readonly CreatedTime: Date }) {
  return { Arn, CreatedTime: CreatedTime.toISOString() };
}
