import { unlessGone } from '../not-found';
import type { ResourceRequest, ResourceType } from '../resource-type';
import { TAGS } from '../shape';
import { tagChanges, tagMap } from '../tags';

/** Members that only UpdateStack has. */
const WRITE_ONLY = ['AttributesToDelete', 'DeleteStorageConnectors'];

export const stackType: ResourceType = {
  name: 'AWS::AppStream::Stack',
  properties: {
    AccessEndpoints: [{ EndpointType: 'string', VpceId: 'string' }],
    AgentAccessConfig: {
      S3BucketArn: 'string',
      ScreenImageFormat: 'string',
      ScreenResolution: 'string',
      ScreenshotsUploadEnabled: 'boolean',
      Settings: [{ AgentAction: 'string', Permission: 'string' }],
      UserControlMode: 'string',
    },
    ApplicationSettings: { Enabled: 'boolean', SettingsGroup: 'string' },
    AttributesToDelete: ['string'],
    ContentRedirection: { HostToClient: { AllowedUrls: ['string'], DeniedUrls: ['string'], Enabled: 'boolean' } },
    DeleteStorageConnectors: 'boolean',
    Description: 'string',
    DisplayName: 'string',
    EmbedHostDomains: ['string'],
    FeedbackURL: 'string',
    Name: 'string',
    RedirectURL: 'string',
    StorageConnectors: [{
      ConnectorType: 'string', Domains: ['string'], DomainsRequireAdminConsent: ['string'], ResourceIdentifier: 'string',
    }],
    StreamingExperienceSettings: { PreferredProtocol: 'string' },
    Tags: TAGS,
    UserSettings: [{ Action: 'string', MaximumLength: 'integer', Permission: 'string' }],
  },
  createOnly: ['Name'],
  attributes: [],

  async create(request) {
    const { cloud, properties } = request;
    const input = Object.fromEntries(Object.entries(properties).filter(([name]) => !WRITE_ONLY.includes(name)));
    const { Stack } = await cloud.call('appstream', 'CreateStack', {
      Name: request.generatedName(100), ...input, Tags: tagMap(properties),
    });
    return { physicalId: Stack.Name, attributes: {} };
  },

  async update({ cloud, physicalId, previous, properties, changed }) {
    const members = [...changed].filter((name) => name !== 'Tags' && properties[name] !== undefined);
    if (members.length > 0) {
      const writeOnly = WRITE_ONLY.filter((name) => properties[name] !== undefined);
      await cloud.call('appstream', 'UpdateStack', {
        Name: physicalId, ...Object.fromEntries([...members, ...writeOnly].map((name) => [name, properties[name]])),
      });
    }
    const { set, removed } = tagChanges(previous, properties);
    if (Object.keys(set).length + removed.length > 0) {
      const ResourceArn = (await cloud.call('appstream', 'DescribeStacks', { Names: [physicalId] })).Stacks[0].Arn;
      if (Object.keys(set).length > 0) {
        await cloud.call('appstream', 'TagResource', { ResourceArn, Tags: set });
      }
      if (removed.length > 0) {
        await cloud.call('appstream', 'UntagResource', { ResourceArn, TagKeys: removed });
      }
    }
    return { physicalId, attributes: {} };
  },

  delete: ({ cloud, physicalId: Name }) =>
    unlessGone(cloud.call('appstream', 'DeleteStack', { Name }), 'ResourceNotFoundException'),
};

export const stackFleetAssociationType: ResourceType = {
  name: 'AWS::AppStream::StackFleetAssociation',
  properties: { FleetName: 'string', StackName: 'string' },
  required: ['FleetName', 'StackName'],
  createOnly: ['FleetName', 'StackName'],
  attributes: ['Id'],

  async create({ cloud, properties }) {
    const { FleetName, StackName } = properties;
    await cloud.call('appstream', 'AssociateFleet', { FleetName, StackName });
    const physicalId = `${FleetName}|${StackName}`;
    return { physicalId, attributes: { Id: physicalId } };
  },

  update(request: ResourceRequest) {
    // Both properties replace it.
    throw new Error(`${request.type} has no update`);
  },

  delete({ cloud, properties }) {
    const { FleetName, StackName } = properties;
    return unlessGone(cloud.call('appstream', 'DisassociateFleet', { FleetName, StackName }), 'ResourceNotFoundException');
  },
};
