import type { LocationConfiguration } from '@aws-sdk/client-gameliftstreams';
import { deleted, type DeletionReadings, inStatus, updateTags } from './gameliftstreams-application';
import type { ResourceType, UpdateRequest } from '../resource-type';
import { tagMap } from '../tags';

export interface StreamGroupReadings extends DeletionReadings {
  /**
   * What the handler does about the association of a new default application, without which UpdateStreamGroup refuses it,
   * and about that of the former one, with which it cannot be deleted.
   *
   * Inferred: a stored copy of the type's schema has AssociateApplications among the permissions of its creation,
   * but not of its update. `strict` passes the refusal on.
   */
  readonly defaultApplication: 'strict' | 'associates' | 'exchanges';
  /**
   * What becomes of a stream group that is to have another VPC at a location.
   *
   * Inferred: the specification says that the change interrupts nothing, but the service refuses it.
   * `strict` passes the refusal on.
   */
  readonly locationVpc: 'strict' | 'replaces';
}

export function streamGroupType(readings: StreamGroupReadings): ResourceType {
  return {
    name: 'AWS::GameLiftStreams::StreamGroup',
    properties: {
      DefaultApplication: { Arn: 'string', Id: 'string' },
      Description: 'string',
      LocationConfigurations: [{
        AlwaysOnCapacity: 'integer',
        LocationName: 'string',
        MaximumCapacity: 'integer',
        OnDemandCapacity: 'integer',
        TargetIdleCapacity: 'integer',
        VpcTransitConfiguration: { Ipv4CidrBlocks: ['string'], VpcId: 'string' },
      }],
      StreamClass: 'string',
      Tags: { '*': 'string' },
    },
    required: ['Description', 'LocationConfigurations', 'StreamClass'],
    createOnly: ['StreamClass'],
    attributes: ['Arn', 'Id'],

    replacedBy(name, previous, next) {
      switch (name) {
        case 'DefaultApplication':
          return (previous as DefaultApplication)?.Id !== (next as DefaultApplication)?.Id;
        case 'LocationConfigurations':
          return readings.locationVpc === 'replaces' && hasOtherVpc(previous as LocationConfiguration[], next as LocationConfiguration[]);
        default:
          return false;
      }
    },

    async create(request) {
      const { cloud, properties } = request;
      const { DefaultApplication, ...members } = properties;
      const { Arn, Id } = await cloud.call('gameliftstreams', 'CreateStreamGroup', {
        ...members, DefaultApplicationIdentifier: identifierOf(DefaultApplication), Tags: tagMap(properties),
      });
      request.identify(Arn);
      // One with a location in ERROR fails, as it does for the SDK's waiter. Inferred.
      await inStatus(request, 'StreamGroup', Arn, 'ACTIVE', ['ACTIVATING', 'UPDATING_LOCATIONS']);
      return { physicalId: Arn, attributes: { Arn, Id } };
    },

    async update(request) {
      const { cloud, physicalId: Identifier, changed } = request;
      if (changed.has('LocationConfigurations')) {
        await changeLocations(request);
      }
      if (changed.has('DefaultApplication') || changed.has('Description')) {
        await changeSettings(request, readings);
      }
      await updateTags(request);
      const { Arn, Id } = await cloud.call('gameliftstreams', 'GetStreamGroup', { Identifier });
      return { physicalId: Identifier, attributes: { Arn, Id } };
    },

    delete: (request) => deleted(request, 'StreamGroup', readings),
  };
}

type DefaultApplication = { readonly Arn?: string; readonly Id?: string } | undefined;

function identifierOf(application: unknown): string | undefined {
  const { Arn, Id } = (application as DefaultApplication) ?? {};
  return Arn ?? Id;
}

function hasOtherVpc(previous: readonly LocationConfiguration[], next: readonly LocationConfiguration[]): boolean {
  return next.some(({ LocationName, VpcTransitConfiguration }) => {
    const before = previous.find((location) => location.LocationName === LocationName);
    return before !== undefined && before.VpcTransitConfiguration?.VpcId !== VpcTransitConfiguration?.VpcId;
  });
}

/** Compared with what is there, so that a rollback also gets along with half an update. */
async function changeLocations(request: UpdateRequest): Promise<void> {
  const { cloud, physicalId: Identifier, properties } = request;
  const wanted = properties.LocationConfigurations as LocationConfiguration[];
  const { LocationStates } = await cloud.call('gameliftstreams', 'GetStreamGroup', { Identifier });
  const present = (LocationStates as LocationConfiguration[]).map(({ LocationName }) => LocationName);
  const known = wanted.filter(({ LocationName }) => present.includes(LocationName));
  const added = wanted.filter(({ LocationName }) => !present.includes(LocationName));
  const removed = present.filter((name) => !wanted.some(({ LocationName }) => LocationName === name));
  // What is in ERROR goes first: until then the service takes nothing else. Inferred.
  if (removed.length > 0) {
    await cloud.call('gameliftstreams', 'RemoveStreamGroupLocations', { Identifier, Locations: removed });
    await active(request);
  }
  if (known.length > 0) {
    await cloud.call('gameliftstreams', 'UpdateStreamGroup', { Identifier, LocationConfigurations: known });
    await active(request);
  }
  if (added.length > 0) {
    await cloud.call('gameliftstreams', 'AddStreamGroupLocations', { Identifier, LocationConfigurations: added });
    await active(request);
  }
}

async function changeSettings({ cloud, physicalId: Identifier, properties, changed }: UpdateRequest, readings: StreamGroupReadings): Promise<void> {
  const { Description } = properties;
  // A default that is gone from the template is kept: no operation takes one away.
  const application = changed.has('DefaultApplication') ? identifierOf(properties.DefaultApplication) : undefined;
  const { DefaultApplication: former } = await cloud.call('gameliftstreams', 'GetStreamGroup', { Identifier });
  const isNew = application !== undefined && application !== former?.Arn && application !== former?.Id;
  if (isNew && readings.defaultApplication !== 'strict') {
    await cloud.call('gameliftstreams', 'AssociateApplications', { Identifier, ApplicationIdentifiers: [application] });
  }
  await cloud.call('gameliftstreams', 'UpdateStreamGroup', { Identifier, Description, DefaultApplicationIdentifier: application });
  if (isNew && former && readings.defaultApplication === 'exchanges') {
    await cloud.call('gameliftstreams', 'DisassociateApplications', { Identifier, ApplicationIdentifiers: [former.Arn] });
  }
}

async function active(request: UpdateRequest): Promise<void> {
  await inStatus(request, 'StreamGroup', request.physicalId, 'ACTIVE', ['UPDATING_LOCATIONS']);
}
