import type { ResourceType } from '../resource-type';

const PROPERTIES = {
  CompatibleArchitectures: ['string'],
  CompatibleRuntimes: ['string'],
  Content: { S3Bucket: 'string', S3Key: 'string', S3ObjectVersion: 'string' },
  Description: 'string',
  LayerName: 'string',
  LicenseInfo: 'string',
} as const;

export const layerVersion: ResourceType = {
  name: 'AWS::Lambda::LayerVersion',
  properties: PROPERTIES,
  required: ['Content'],
  createOnly: Object.keys(PROPERTIES),
  attributes: ['LayerVersionArn'],

  async create(request) {
    const LayerName = request.properties.LayerName ?? request.generatedName(140);
    const { LayerVersionArn } = await request.cloud.call('lambda', 'PublishLayerVersion', { ...request.properties, LayerName });
    return { physicalId: LayerVersionArn, attributes: { LayerVersionArn } };
  },

  update(request) {
    throw new Error(`${request.type} has no update`);
  },

  async delete({ cloud, physicalId }) {
    const [LayerName, version] = physicalId.split(':').slice(-2);
    await cloud.call('lambda', 'DeleteLayerVersion', { LayerName, VersionNumber: Number(version) });
  },
};
