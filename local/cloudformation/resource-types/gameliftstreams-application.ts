import { AwsError } from '../../wire/aws-error';
import { unlessGone } from '../not-found';
import { type ResourceRequest, type ResourceType, stabilized, type UpdateRequest } from '../resource-type';
import { tagChanges, tagMap } from '../tags';

const GONE = 'ResourceNotFoundException';

export const applicationType: ResourceType = {
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

  delete: (request) => deleted(request, 'Application', request.physicalId),
};

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

/** Deletes what is there, if the service lets it go in its status, and waits until it is gone. */
export async function deleted(request: ResourceRequest, kind: 'Application' | 'StreamGroup', Identifier: string): Promise<void> {
  const { cloud } = request;
  await unlessGone(cloud.call('gameliftstreams', `Delete${kind}`, { Identifier }), GONE);
  await stabilized(request, async () => {
    try {
      await cloud.call('gameliftstreams', `Get${kind}`, { Identifier });
      return undefined;
    } catch (error) {
      if (error instanceof AwsError && error.code === GONE) {
        return true;
      }
      throw error;
    }
  });
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
