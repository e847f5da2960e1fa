import { unlessGone } from '../not-found';
import type { ResourceRequest, ResourceType } from '../resource-type';

export const userType: ResourceType = {
  name: 'AWS::AppStream::User',
  properties: { AuthenticationType: 'string', FirstName: 'string', LastName: 'string', MessageAction: 'string', UserName: 'string' },
  required: ['AuthenticationType', 'UserName'],
  createOnly: ['AuthenticationType', 'FirstName', 'LastName', 'MessageAction', 'UserName'],
  attributes: ['Arn'],

  async create({ cloud, properties }) {
    const { AuthenticationType, UserName } = properties;
    await cloud.call('appstream', 'CreateUser', properties);
    return { physicalId: `${UserName}|${AuthenticationType}`, attributes: { Arn: `arn:aws:appstream:${cloud.region}:${cloud.account}:user/${UserName}` } };
  },

  update: neverUpdated,

  delete({ cloud, properties: { AuthenticationType, UserName } }) {
    return unlessGone(cloud.call('appstream', 'DeleteUser', { AuthenticationType, UserName }), 'ResourceNotFoundException');
  },
};

export const stackUserAssociationType: ResourceType = {
  name: 'AWS::AppStream::StackUserAssociation',
  properties: { AuthenticationType: 'string', SendEmailNotification: 'boolean', StackName: 'string', UserName: 'string' },
  required: ['AuthenticationType', 'StackName', 'UserName'],
  createOnly: ['AuthenticationType', 'SendEmailNotification', 'StackName', 'UserName'],
  attributes: [],

  async create({ cloud, properties }) {
    const { AuthenticationType, StackName, UserName } = properties;
    await allWell(cloud.call('appstream', 'BatchAssociateUserStack', { UserStackAssociations: [properties] }));
    return { physicalId: `${StackName}|${UserName}|${AuthenticationType}`, attributes: {} };
  },

  update: neverUpdated,

  async delete({ cloud, properties: { AuthenticationType, StackName, UserName } }) {
    await allWell(
      cloud.call('appstream', 'BatchDisassociateUserStack', { UserStackAssociations: [{ AuthenticationType, StackName, UserName }] }),
      ['STACK_NOT_FOUND', 'USER_NAME_NOT_FOUND'],
    );
  },
};

/** All properties replace both. */
function neverUpdated(request: ResourceRequest): never {
  throw new Error(`${request.type} has no update`);
}

interface Answer {
  readonly errors?: readonly { readonly ErrorCode: string; readonly ErrorMessage: string }[];
}

/** A batch that has failed is answered as one that has not, with its errors in it. */
async function allWell(call: Promise<Answer>, gone: readonly string[] = []): Promise<void> {
  const error = (await call).errors?.find(({ ErrorCode }) => !gone.includes(ErrorCode));
  if (error) {
    throw new Error(`Resource handler returned message: "${error.ErrorMessage}" (${error.ErrorCode})`);
  }
}
