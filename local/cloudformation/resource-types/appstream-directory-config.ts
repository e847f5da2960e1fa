import { unlessGone } from '../not-found';
import type { ResourceType } from '../resource-type';

export const directoryConfigType: ResourceType = {
  name: 'AWS::AppStream::DirectoryConfig',
  properties: {
    CertificateBasedAuthProperties: { CertificateAuthorityArn: 'string', Status: 'string' },
    DirectoryName: 'string',
    OrganizationalUnitDistinguishedNames: ['string'],
    ServiceAccountCredentials: { AccountName: 'string', AccountPassword: 'string' },
  },
  required: ['DirectoryName', 'OrganizationalUnitDistinguishedNames', 'ServiceAccountCredentials'],
  createOnly: ['DirectoryName'],
  attributes: [],

  async create({ cloud, properties }) {
    const { DirectoryConfig } = await cloud.call('appstream', 'CreateDirectoryConfig', properties);
    return { physicalId: DirectoryConfig.DirectoryName, attributes: {} };
  },

  async update({ cloud, physicalId: DirectoryName, properties, changed }) {
    const members = [...changed].filter((name) => properties[name] !== undefined);
    await cloud.call('appstream', 'UpdateDirectoryConfig', { DirectoryName, ...Object.fromEntries(members.map((name) => [name, properties[name]])) });
    return { physicalId: DirectoryName, attributes: {} };
  },

  delete: ({ cloud, physicalId: DirectoryName }) =>
    unlessGone(cloud.call('appstream', 'DeleteDirectoryConfig', { DirectoryName }), 'ResourceNotFoundException'),
};
