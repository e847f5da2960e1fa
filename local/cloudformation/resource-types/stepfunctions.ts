import { unlessGone, untilGone } from '../not-found';
import type { ResourceRequest, ResourceType } from '../resource-type';
import { TAGS } from '../shape';
import type { Tag } from '../stack';
import { tagChanges } from '../tags';
import type { Json } from '../template';

const GONE = 'StateMachineDoesNotExist';

const stateMachine: ResourceType = {
  name: 'AWS::StepFunctions::StateMachine',
  properties: {
    Definition: 'json',
    DefinitionS3Location: { Bucket: 'string', Key: 'string' },
    DefinitionString: 'string',
    DefinitionSubstitutions: { '*': 'string' },
    EncryptionConfiguration: { KmsDataKeyReusePeriodSeconds: 'integer', KmsKeyId: 'string', Type: 'string' },
    LoggingConfiguration: {
      Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: 'string' } }], IncludeExecutionData: 'boolean', Level: 'string',
    },
    RoleArn: 'string',
    StateMachineName: 'string',
    StateMachineType: 'string',
    Tags: TAGS,
    TracingConfiguration: { Enabled: 'boolean' },
  },
  required: ['RoleArn'],
  createOnly: ['StateMachineName', 'StateMachineType'],
  attributes: ['Arn', 'Name', 'StateMachineRevisionId'],

  async create(request) {
    const { cloud, properties } = request;
    const name = (properties.StateMachineName as string | undefined) ?? request.generatedName(80);
    const { stateMachineArn } = await cloud.call('states', 'CreateStateMachine', {
      name,
      type: properties.StateMachineType,
      tags: ((properties.Tags ?? []) as Tag[]).map(({ Key: key, Value: value }) => ({ key, value })),
      ...await settings(request),
    });
    return { physicalId: stateMachineArn, attributes: { Arn: stateMachineArn, Name: name, StateMachineRevisionId: 'INITIAL' } };
  },

  async update(request) {
    const { cloud, physicalId: stateMachineArn, previous, properties, changed } = request;
    if ([...changed].some((name) => name !== 'Tags')) {
      await cloud.call('states', 'UpdateStateMachine', { stateMachineArn, ...await settings(request) });
    }
    const { set, removed } = tagChanges(previous, properties);
    if (Object.keys(set).length > 0) {
      await cloud.call('states', 'TagResource', { resourceArn: stateMachineArn, tags: Object.entries(set).map(([key, value]) => ({ key, value })) });
    }
    if (removed.length > 0) {
      await cloud.call('states', 'UntagResource', { resourceArn: stateMachineArn, tagKeys: removed });
    }
    const { name, revisionId } = await cloud.call('states', 'DescribeStateMachine', { stateMachineArn });
    return { physicalId: stateMachineArn, attributes: { Arn: stateMachineArn, Name: name, StateMachineRevisionId: revisionId ?? 'INITIAL' } };
  },

  async delete(request) {
    const { cloud, physicalId: stateMachineArn } = request;
    await unlessGone(cloud.call('states', 'DeleteStateMachine', { stateMachineArn }), GONE);
    // It is gone only when its executions have ended.
    await untilGone(request, () => cloud.call('states', 'DescribeStateMachine', { stateMachineArn }), GONE);
  },
};

export const stepFunctionsTypes = [stateMachine];

async function settings(request: ResourceRequest): Promise<Json> {
  const { EncryptionConfiguration, LoggingConfiguration, RoleArn, TracingConfiguration } = request.properties;
  return {
    roleArn: RoleArn,
    definition: await definition(request),
    loggingConfiguration: lowerCamel(LoggingConfiguration),
    tracingConfiguration: lowerCamel(TracingConfiguration),
    encryptionConfiguration: lowerCamel(EncryptionConfiguration),
  };
}

async function definition({ cloud, properties }: ResourceRequest): Promise<string> {
  const { Definition, DefinitionS3Location, DefinitionString, DefinitionSubstitutions = {} } = properties;
  const text = DefinitionS3Location === undefined
    ? (DefinitionString as string | undefined) ?? JSON.stringify(Definition)
    : (await cloud.call('s3', 'GetObject', DefinitionS3Location as Json)).Body.toString('utf8');
  return Object.entries(DefinitionSubstitutions as Json).reduce((result, [name, value]) => result.split(`\${${name}}`).join(String(value)), text);
}

/** The API has the template's names with a small letter in front. */
function lowerCamel(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(lowerCamel);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name[0].toLowerCase() + name.slice(1), lowerCamel(member)]));
  }
  return value;
}
