import { AwsError } from '../../wire/aws-error';
import { unlessGone } from '../not-found';
import { type ResourceRequest, type ResourceType, stabilized, type UpdateRequest } from '../resource-type';
import { type Shape, TAGS } from '../shape';
import { tagChanges, tagMap } from '../tags';
import type { Json } from '../template';

export interface FleetReadings {
  /**
   * What the handler does about a running fleet that must be stopped for an update.
   *
   * Inferred: the type's schema lists StopFleet and StartFleet among the permissions of its update, but reports say
   * that the update fails. `strict` passes the refusal on.
   */
  readonly fleetUpdate: 'strict' | 'stops-and-starts';
  /**
   * Which members of the template the handler sends when some of them have changed.
   *
   * Inferred: the documents do not say. With `all` an update resets what somebody else has changed, the capacity above all, and can only succeed
   * with a running fleet if AppStream accepts values that the fleet has already.
   */
  readonly fleetUpdateMembers: 'changed' | 'all';
  /**
   * What the handler does about a fleet that runs when it is to be deleted.
   *
   * Inferred: the schema lists StopFleet among the permissions of its delete. `strict` passes the refusal on.
   */
  readonly fleetDeletion: 'stops' | 'strict';
}

export const VPC_CONFIG: Shape = { SubnetIds: ['string'], SecurityGroupIds: ['string'] };
export const DOMAIN_JOIN_INFO: Shape = { DirectoryName: 'string', OrganizationalUnitDistinguishedName: 'string' };
export const VOLUME_CONFIG: Shape = { VolumeSizeInGb: 'integer' };

const NOT_NOW = ['ConcurrentModificationException', 'OperationNotPermittedException'];

/** Members that UpdateFleet does not have, or has to find the fleet by. */
const CREATE_ONLY = ['FleetType', 'Name', 'Tags'];

/** Members that only UpdateFleet has. */
const WRITE_ONLY = ['AttributesToDelete'];

export function fleetType(readings: FleetReadings): ResourceType {
  return {
    name: 'AWS::AppStream::Fleet',
    properties: {
      AttributesToDelete: ['string'],
      ComputeCapacity: { DesiredInstances: 'integer', DesiredSessions: 'integer' },
      Description: 'string',
      DisableIMDSV1: 'boolean',
      DisconnectTimeoutInSeconds: 'integer',
      DisplayName: 'string',
      DomainJoinInfo: DOMAIN_JOIN_INFO,
      EnableDefaultInternetAccess: 'boolean',
      FleetType: 'string',
      IamRoleArn: 'string',
      IdleDisconnectTimeoutInSeconds: 'integer',
      ImageArn: 'string',
      ImageName: 'string',
      InstanceType: 'string',
      MaxConcurrentSessions: 'integer',
      MaxSessionsPerInstance: 'integer',
      MaxUserDurationInSeconds: 'integer',
      Name: 'string',
      Platform: 'string',
      RootVolumeConfig: VOLUME_CONFIG,
      SessionScriptS3Location: { S3Bucket: 'string', S3Key: 'string' },
      StreamView: 'string',
      Tags: TAGS,
      UsbDeviceFilterStrings: ['string'],
      VpcConfig: VPC_CONFIG,
    },
    required: ['Name', 'InstanceType'],
    createOnly: ['Name', 'FleetType'],
    // Of CloudFormation's descriptions of the type, some have the ARN as well: the strict reading is that without.
    attributes: ['Id'],

    async create(request) {
      const { cloud, properties, creationPolicy } = request;
      const { Fleet } = await cloud.call('appstream', 'CreateFleet', { ...without(properties, WRITE_ONLY), Tags: tagMap(properties) });
      request.identify(Fleet.Name);
      if (String(creationPolicy?.StartFleet) === 'true') {
        await cloud.call('appstream', 'StartFleet', { Name: Fleet.Name });
        await inState(request, Fleet.Name, 'RUNNING');
      }
      return { physicalId: Fleet.Name, attributes: { Id: Fleet.Name } };
    },

    async update(request) {
      const { cloud, physicalId, previous, properties, changed } = request;
      const { Arn } = await fleet(request, physicalId);
      // A property that is gone from the template is not sent, and so keeps its value, unless AttributesToDelete names it.
      const members = [...changed].filter((name) => name !== 'Tags' && properties[name] !== undefined);
      if (members.length > 0) {
        const sent = readings.fleetUpdateMembers === 'all' ? Object.keys(properties).filter((name) => !CREATE_ONLY.includes(name)) : members;
        const attributesToDelete = properties.AttributesToDelete === undefined ? [] : ['AttributesToDelete'];
        await updateFleet(request, readings, {
          Name: physicalId, ...Object.fromEntries([...sent, ...attributesToDelete].map((name) => [name, properties[name]])),
        });
      }
      const { set, removed } = tagChanges(previous, properties);
      if (Object.keys(set).length > 0) {
        await cloud.call('appstream', 'TagResource', { ResourceArn: Arn, Tags: set });
      }
      if (removed.length > 0) {
        await cloud.call('appstream', 'UntagResource', { ResourceArn: Arn, TagKeys: removed });
      }
      return { physicalId, attributes: { Arn, Id: physicalId } };
    },

    async delete(request) {
      const { cloud, physicalId: Name } = request;
      await unlessGone((async () => {
        if (readings.fleetDeletion === 'stops') {
          await stopped(request, Name);
        }
        await cloud.call('appstream', 'DeleteFleet', { Name });
      })(), 'ResourceNotFoundException');
    },
  };
}

/** Brings a fleet to STOPPED from whatever state it is in. */
async function stopped(request: ResourceRequest, Name: string): Promise<void> {
  await stabilized(request, async () => {
    const { State } = await fleet(request, Name);
    if (State === 'RUNNING' || State === 'STARTING') {
      try {
        await request.cloud.call('appstream', 'StopFleet', { Name });
      } catch (error) {
        // A fleet that starts may have to get there first.
        if (!(error instanceof AwsError && State === 'STARTING' && NOT_NOW.includes(error.code))) {
          throw error;
        }
      }
    }
    return State === 'STOPPED' ? true : undefined;
  });
}

async function updateFleet(request: UpdateRequest, readings: FleetReadings, input: { Name: string }): Promise<void> {
  const { cloud } = request;
  const { Name } = input;
  try {
    await cloud.call('appstream', 'UpdateFleet', input);
  } catch (error) {
    if (!(error instanceof AwsError && error.code === 'ResourceInUseException' && readings.fleetUpdate === 'stops-and-starts')) {
      throw error;
    }
    await cloud.call('appstream', 'StopFleet', { Name });
    await inState(request, Name, 'STOPPED');
    await cloud.call('appstream', 'UpdateFleet', input);
    await cloud.call('appstream', 'StartFleet', { Name });
    await inState(request, Name, 'RUNNING');
  }
}

function inState(request: ResourceRequest, name: string, state: string): Promise<true> {
  return stabilized(request, async () => (await fleet(request, name)).State === state ? true : undefined);
}

async function fleet({ cloud }: ResourceRequest, name: string): Promise<{ readonly Arn: string; readonly State: string }> {
  return (await cloud.call('appstream', 'DescribeFleets', { Names: [name] })).Fleets[0];
}

function without(properties: Json, names: readonly string[]): Json {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name)));
}
