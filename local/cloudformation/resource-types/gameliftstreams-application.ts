import { AwsError } from '../../wire/aws-error';
import { type DeleteRequest, type ResourceRequest, type ResourceType, stabilized, type UpdateRequest } from '../resource-type';
import { tagChanges, tagMap } from '../tags';

export interface DeletionReadings {
  /**
   * What the handlers do when the service refuses to delete something because of its status, which may change.
   *
   * Inferred: a conflict is among the errors of handlers after which CloudFormation tries again, but which errors
   * of the service these handlers take for one is not known. `strict` passes the refusal on.
   */
  readonly conflictingDeletion: 'strict' | 'retries';
}

const GONE = 'ResourceNotFoundException';

export function applicationType(readings: DeletionReadings): ResourceType {
  return {
    name: 'AWS::GameLiftStreams::Application',
    properties: {
      ApplicationLogOutputUri: 'string',
      ApplicationLogPaths: ['string'],
      ApplicationSourceUri: 'string',
      Description: 'string',
      ExecutablePath: 'string',
      RuntimeEnvironment: { Type: 'string', Version: 'string' },
      Tags: { '*': 'string' },
    },
    required: ['ApplicationSourceUri', 'Description', 'ExecutablePath', 'RuntimeEnvironment'],
    createOnly: ['ApplicationSourceUri', 'ExecutablePath', 'RuntimeEnvironment'],
    attributes: ['Arn', 'Id'],

    async create(request) {
      const { cloud, properties } = request;
      const { Arn, Id } = await cloud.call('gameliftstreams', 'CreateApplication', { ...properties, Tags: tagMap(properties) });
      request.identify(Arn);
      await inStatus(request, 'Application', Arn, 'READY', ['INITIALIZED', 'PROCESSING']);
      return { physicalId: Arn, attributes: { Arn, Id } };
    },

    async update(request) {
      const { cloud, physicalId: Identifier, properties, changed } = request;
      // What is gone from the template is not sent, and so keeps its value. Inferred.
      const members = [...changed].filter((name) => name !== 'Tags' && properties[name] !== undefined);
      if (members.length > 0) {
        await cloud.call('gameliftstreams', 'UpdateApplication', {
          Identifier, ...Object.fromEntries(members.map((name) => [name, properties[name]])),
        });
      }
      await updateTags(request);
      const { Arn, Id } = await cloud.call('gameliftstreams', 'GetApplication', { Identifier });
      return { physicalId: Identifier, attributes: { Arn, Id } };
    },

    delete: (request) => deleted(request, 'Application', readings),
  };
}

/** Waits for a status, and fails in any but those on the way to it. */
export async function inStatus(
  request: ResourceRequest, kind: 'Application' | 'StreamGroup', Identifier: string, status: string, pending: readonly string[],
): Promise<void> {
  await stabilized(request, async () => {
    const { Status, StatusReason } = await request.cloud.call('gameliftstreams', `Get${kind}`, { Identifier });
    if (Status !== status && !pending.includes(Status)) {
      throw new Error(`${Identifier} is in ${Status} status${StatusReason === undefined ? '' : `: ${StatusReason}`}`);
    }
    return Status === status ? true : undefined;
  });
}

/** Deletes what is there and waits until it is gone. */
export async function deleted(request: DeleteRequest, kind: 'Application' | 'StreamGroup', readings: DeletionReadings): Promise<void> {
  const { cloud, physicalId: Identifier } = request;
  const pending = readings.conflictingDeletion === 'retries' ? ['ConflictException'] : [];
  await stabilized(request, () => isGone(cloud.call('gameliftstreams', `Delete${kind}`, { Identifier }).then((): true => true), pending));
  await stabilized(request, () => isGone(cloud.call('gameliftstreams', `Get${kind}`, { Identifier }).then(() => undefined)));
}

async function isGone(call: Promise<true | undefined>, pending: readonly string[] = []): Promise<true | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof AwsError && error.code === GONE) {
      return true;
    }
    if (error instanceof AwsError && pending.includes(error.code)) {
      return undefined;
    }
    throw error;
  }
}

export async function updateTags({ cloud, physicalId: ResourceArn, previous, properties }: UpdateRequest): Promise<void> {
  const { set, removed } = tagChanges(previous, properties);
  if (Object.keys(set).length > 0) {
    await cloud.call('gameliftstreams', 'TagResource', { ResourceArn, Tags: set });
  }
  if (removed.length > 0) {
    await cloud.call('gameliftstreams', 'UntagResource', { ResourceArn, TagKeys: removed });
  }
}
