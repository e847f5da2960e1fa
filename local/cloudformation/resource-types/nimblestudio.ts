import { nimbleType } from './nimblestudio-resource';
import type { ResourceType } from '../resource-type';
import type { Shape } from '../shape';

/** Tags of Nimble Studio are a map in templates, too. */
const TAG_MAP: Shape = { '*': 'string' };

const STREAM_CONFIGURATION: Shape = {
  AutomaticTerminationMode: 'string',
  ClipboardMode: 'string',
  Ec2InstanceTypes: ['string'],
  MaxSessionLengthInMinutes: 'integer',
  MaxStoppedSessionLengthInMinutes: 'integer',
  SessionBackup: { MaxBackupsToRetain: 'integer', Mode: 'string' },
  SessionPersistenceMode: 'string',
  SessionStorage: { Mode: ['string'], Root: { Linux: 'string', Windows: 'string' } },
  StreamingImageIds: ['string'],
  VolumeConfiguration: { Iops: 'integer', Size: 'integer', Throughput: 'integer' },
};

const COMPONENT_CONFIGURATION: Shape = {
  ActiveDirectoryConfiguration: {
    ComputerAttributes: [{ Name: 'string', Value: 'string' }], DirectoryId: 'string', OrganizationalUnitDistinguishedName: 'string',
  },
  ComputeFarmConfiguration: { ActiveDirectoryUser: 'string', Endpoint: 'string' },
  LicenseServiceConfiguration: { Endpoint: 'string' },
  SharedFileSystemConfiguration: {
    Endpoint: 'string', FileSystemId: 'string', LinuxMountPoint: 'string', ShareName: 'string', WindowsMountDrive: 'string',
  },
};

/** The types as they were before the service was shut down. A change of tags replaces each of them. */
export const nimbleStudioTypes: readonly ResourceType[] = [
  nimbleType({
    noun: 'Studio',
    properties: {
      AdminRoleArn: 'string',
      DisplayName: 'string',
      StudioEncryptionConfiguration: { KeyArn: 'string', KeyType: 'string' },
      StudioName: 'string',
      Tags: TAG_MAP,
      UserRoleArn: 'string',
    },
    required: ['AdminRoleArn', 'DisplayName', 'StudioName', 'UserRoleArn'],
    createOnly: ['StudioName', 'Tags'],
    fixed: ['StudioEncryptionConfiguration'],
    attributes: {
      HomeRegion: ({ homeRegion }) => homeRegion,
      SsoClientId: ({ ssoClientId }) => ssoClientId,
      StudioId: ({ studioId }) => studioId,
      StudioUrl: ({ studioUrl }) => studioUrl,
    },
  }),
  nimbleType({
    noun: 'StreamingImage',
    properties: { Description: 'string', Ec2ImageId: 'string', Name: 'string', StudioId: 'string', Tags: TAG_MAP },
    required: ['Ec2ImageId', 'Name', 'StudioId'],
    createOnly: ['Ec2ImageId', 'StudioId', 'Tags'],
    attributes: {
      'EncryptionConfiguration.KeyArn': ({ encryptionConfiguration }) => encryptionConfiguration?.keyArn,
      'EncryptionConfiguration.KeyType': ({ encryptionConfiguration }) => encryptionConfiguration?.keyType,
      'EulaIds': ({ eulaIds }) => eulaIds,
      'Owner': ({ owner }) => owner,
      'Platform': ({ platform }) => platform,
      'StreamingImageId': ({ streamingImageId }) => streamingImageId,
    },
  }),
  nimbleType({
    noun: 'StudioComponent',
    properties: {
      Configuration: COMPONENT_CONFIGURATION,
      Description: 'string',
      Ec2SecurityGroupIds: ['string'],
      InitializationScripts: [{ LaunchProfileProtocolVersion: 'string', Platform: 'string', RunContext: 'string', Script: 'string' }],
      Name: 'string',
      ScriptParameters: [{ Key: 'string', Value: 'string' }],
      StudioId: 'string',
      Subtype: 'string',
      Tags: TAG_MAP,
      Type: 'string',
    },
    required: ['Name', 'StudioId', 'Type'],
    createOnly: ['StudioId', 'Subtype', 'Tags'],
    attributes: { StudioComponentId: ({ studioComponentId }) => studioComponentId },
  }),
  nimbleType({
    noun: 'LaunchProfile',
    properties: {
      Description: 'string',
      Ec2SubnetIds: ['string'],
      LaunchProfileProtocolVersions: ['string'],
      Name: 'string',
      StreamConfiguration: STREAM_CONFIGURATION,
      StudioComponentIds: ['string'],
      StudioId: 'string',
      Tags: TAG_MAP,
    },
    required: ['Ec2SubnetIds', 'LaunchProfileProtocolVersions', 'Name', 'StreamConfiguration', 'StudioComponentIds', 'StudioId'],
    createOnly: ['Ec2SubnetIds', 'StudioId', 'Tags'],
    attributes: { LaunchProfileId: ({ launchProfileId }) => launchProfileId },
  }),
];
