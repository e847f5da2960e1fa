import { unlessGone } from '../not-found';
import type { ResourceType } from '../resource-type';

/** A function URL. On the loopback it is an address of the endpoint. */
export const functionUrl: ResourceType = {
  name: 'AWS::Lambda::Url',
  properties: {
    AuthType: 'string',
    Cors: {
      AllowCredentials: 'boolean',
      AllowHeaders: ['string'],
      AllowMethods: ['string'],
      AllowOrigins: ['string'],
      ExposeHeaders: ['string'],
      MaxAge: 'integer',
    },
    InvokeMode: 'string',
    Qualifier: 'string',
    TargetFunctionArn: 'string',
  },
  required: ['AuthType', 'TargetFunctionArn'],
  createOnly: ['Qualifier', 'TargetFunctionArn'],
  attributes: ['FunctionArn', 'FunctionUrl'],

  async create({ cloud, properties: { TargetFunctionArn: FunctionName, ...settings } }) {
    const { FunctionArn, FunctionUrl } = await cloud.call('lambda', 'CreateFunctionUrlConfig', { FunctionName, ...settings });
    return { physicalId: FunctionArn, attributes: { FunctionArn, FunctionUrl } };
  },

  async update({ cloud, physicalId, properties: { TargetFunctionArn: FunctionName, Cors = {}, ...settings } }) {
    const { FunctionArn, FunctionUrl } = await cloud.call('lambda', 'UpdateFunctionUrlConfig', { FunctionName, Cors, ...settings });
    return { physicalId, attributes: { FunctionArn, FunctionUrl } };
  },

  delete: ({ cloud, properties: { TargetFunctionArn: FunctionName, Qualifier } }) =>
    unlessGone(cloud.call('lambda', 'DeleteFunctionUrlConfig', { FunctionName, Qualifier }), 'ResourceNotFoundException'),
};
