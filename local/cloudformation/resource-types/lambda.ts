import { functionUrl } from './lambda-url';
import { unlessGone } from '../not-found';
import { type ResourceRequest, type ResourceType, stabilized } from '../resource-type';
import { TAGS } from '../shape';
import { tagChanges, tagMap } from '../tags';
import type { Json } from '../template';

const GONE = 'ResourceNotFoundException';

const lambdaFunction: ResourceType = {
  name: 'AWS::Lambda::Function',
  properties: {
    Architectures: ['string'],
    Code: { S3Bucket: 'string', S3Key: 'string', S3ObjectVersion: 'string', ZipFile: 'string' },
    Description: 'string',
    Environment: { Variables: { '*': 'string' } },
    EphemeralStorage: { Size: 'integer' },
    FunctionName: 'string',
    Handler: 'string',
    KmsKeyArn: 'string',
    Layers: ['string'],
    LoggingConfig: { ApplicationLogLevel: 'string', LogFormat: 'string', LogGroup: 'string', SystemLogLevel: 'string' },
    MemorySize: 'integer',
    Role: 'string',
    Runtime: 'string',
    Tags: TAGS,
    Timeout: 'integer',
    TracingConfig: { Mode: 'string' },
    VpcConfig: { SubnetIds: ['string'], SecurityGroupIds: ['string'], Ipv6AllowedForDualStack: 'boolean' },
  },
  required: ['Code', 'Role'],
  createOnly: ['FunctionName'],
  attributes: ['Arn'],

  async create(request) {
    const { cloud, properties } = request;
    const FunctionName = properties.FunctionName ?? request.generatedName(64);
    const created = await cloud.call('lambda', 'CreateFunction', {
      ...configuration(properties), FunctionName, Code: properties.Code, Tags: tagMap(properties),
    });
    request.identify(created.FunctionName);
    await ready(request, created.FunctionName);
    return { physicalId: created.FunctionName, attributes: { Arn: created.FunctionArn } };
  },

  async update(request) {
    const { cloud, physicalId: FunctionName, properties, previous, changed } = request;
    if (changed.has('Code') || changed.has('Architectures')) {
      await cloud.call('lambda', 'UpdateFunctionCode', { FunctionName, ...properties.Code as Json, Architectures: properties.Architectures });
      await ready(request, FunctionName);
    }
    const settings = [...changed].filter((name) => !['Code', 'Architectures', 'Tags'].includes(name));
    if (settings.length > 0) {
      const { Architectures: _architectures, ...wanted } = configuration(properties);
      // What is gone from the template goes back to its default.
      const unset = Object.fromEntries(settings
        .filter((name) => properties[name] === undefined && name in DEFAULTS)
        .map((name) => [apiName(name), DEFAULTS[name]]));
      await cloud.call('lambda', 'UpdateFunctionConfiguration', { FunctionName, ...unset, ...wanted });
      await ready(request, FunctionName);
    }
    const { Configuration: { FunctionArn } } = await cloud.call('lambda', 'GetFunction', { FunctionName });
    const { set, removed } = tagChanges(previous, properties);
    if (Object.keys(set).length > 0) {
      await cloud.call('lambda', 'TagResource', { Resource: FunctionArn, Tags: set });
    }
    if (removed.length > 0) {
      await cloud.call('lambda', 'UntagResource', { Resource: FunctionArn, TagKeys: removed });
    }
    return { physicalId: FunctionName, attributes: { Arn: FunctionArn } };
  },

  delete: ({ cloud, physicalId: FunctionName }) => unlessGone(cloud.call('lambda', 'DeleteFunction', { FunctionName }), GONE),
};

const eventInvokeConfig: ResourceType = {
  name: 'AWS::Lambda::EventInvokeConfig',
  properties: {
    DestinationConfig: 'json',
    FunctionName: 'string',
    MaximumEventAgeInSeconds: 'integer',
    MaximumRetryAttempts: 'integer',
    Qualifier: 'string',
  },
  required: ['FunctionName', 'Qualifier'],
  createOnly: ['FunctionName', 'Qualifier'],
  attributes: [],

  async create(request) {
    await request.cloud.call('lambda', 'PutFunctionEventInvokeConfig', request.properties);
    return { physicalId: request.generatedName(128), attributes: {} };
  },

  async update({ cloud, physicalId, properties }) {
    await cloud.call('lambda', 'PutFunctionEventInvokeConfig', properties);
    return { physicalId, attributes: {} };
  },

  delete({ cloud, properties: { FunctionName, Qualifier } }) {
    return unlessGone(cloud.call('lambda', 'DeleteFunctionEventInvokeConfig', { FunctionName, Qualifier }), GONE);
  },
};

const PERMISSION_PROPERTIES = {
  Action: 'string',
  EventSourceToken: 'string',
  FunctionName: 'string',
  FunctionUrlAuthType: 'string',
  InvokedViaFunctionUrl: 'boolean',
  Principal: 'string',
  PrincipalOrgID: 'string',
  SourceAccount: 'string',
  SourceArn: 'string',
} as const;

const permission: ResourceType = {
  name: 'AWS::Lambda::Permission',
  properties: PERMISSION_PROPERTIES,
  required: ['Action', 'FunctionName', 'Principal'],
  createOnly: Object.keys(PERMISSION_PROPERTIES),
  attributes: ['Id'],

  async create(request) {
    const StatementId = request.generatedName(100);
    await request.cloud.call('lambda', 'AddPermission', { ...request.properties, StatementId });
    return { physicalId: StatementId, attributes: { Id: StatementId } };
  },

  update(request: ResourceRequest) {
    throw new Error(`${request.type} has no update`);
  },

  delete({ cloud, physicalId: StatementId, properties: { FunctionName } }) {
    return unlessGone(cloud.call('lambda', 'RemovePermission', { FunctionName, StatementId }), GONE);
  },
};

export const lambdaTypes = [lambdaFunction, eventInvokeConfig, permission, functionUrl];

const DEFAULTS: Json = {
  Description: '',
  Environment: { Variables: {} },
  EphemeralStorage: { Size: 512 },
  KmsKeyArn: '',
  Layers: [],
  MemorySize: 128,
  Timeout: 3,
  TracingConfig: { Mode: 'PassThrough' },
  VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
};

/** The settings of a function as the API has them. */
function configuration({ Code: _code, FunctionName: _name, Tags: _tags, ...settings }: Json): Json {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [apiName(name), value]));
}

/** The one name that the API spells otherwise. */
function apiName(property: string): string {
  return property === 'KmsKeyArn' ? 'KMSKeyArn' : property;
}

/** Waits until a function can be used and changed again. */
function ready(request: ResourceRequest, FunctionName: string): Promise<true> {
  return stabilized(request, async () => {
    const { Configuration: { State, LastUpdateStatus, StateReason } } = await request.cloud.call('lambda', 'GetFunction', { FunctionName });
    if (State === 'Failed' || LastUpdateStatus === 'Failed') {
      throw new Error(`The function ${FunctionName} failed: ${StateReason}`);
    }
    return State === 'Pending' || LastUpdateStatus === 'InProgress' ? undefined : true;
  });
}
