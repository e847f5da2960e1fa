import { unlessGone } from '../not-found';
import type { ResourceRequest, ResourceType } from '../resource-type';
import { TAGS } from '../shape';
import { tagChanges, tagMap } from '../tags';

const logGroup: ResourceType = {
  name: 'AWS::Logs::LogGroup',
  properties: { KmsKeyId: 'string', LogGroupClass: 'string', LogGroupName: 'string', RetentionInDays: 'integer', Tags: TAGS },
  createOnly: ['LogGroupName'],
  attributes: ['Arn'],

  async create(request) {
    const { cloud, properties: { KmsKeyId: kmsKeyId, LogGroupClass: logGroupClass, RetentionInDays: retentionInDays, LogGroupName } } = request;
    const logGroupName = (LogGroupName as string | undefined) ?? request.generatedName(512);
    await cloud.call('logs', 'CreateLogGroup', { logGroupName, kmsKeyId, logGroupClass, tags: tagMap(request.properties) });
    request.identify(logGroupName);
    if (retentionInDays !== undefined) {
      await cloud.call('logs', 'PutRetentionPolicy', { logGroupName, retentionInDays });
    }
    return { physicalId: logGroupName, attributes: { Arn: arnOf(request, logGroupName) } };
  },

  async update(request) {
    const { cloud, physicalId: logGroupName, properties, previous, changed } = request;
    const { RetentionInDays: retentionInDays, KmsKeyId: kmsKeyId } = properties;
    if (changed.has('RetentionInDays')) {
      await cloud.call('logs', retentionInDays === undefined ? 'DeleteRetentionPolicy' : 'PutRetentionPolicy', { logGroupName, retentionInDays });
    }
    if (changed.has('KmsKeyId')) {
      await cloud.call('logs', kmsKeyId === undefined ? 'DisassociateKmsKey' : 'AssociateKmsKey', { logGroupName, kmsKeyId });
    }
    const resourceArn = arnOf(request, logGroupName).replace(/:\*$/, '');
    const { set: tags, removed: tagKeys } = tagChanges(previous, properties);
    if (Object.keys(tags).length > 0) {
      await cloud.call('logs', 'TagResource', { resourceArn, tags });
    }
    if (tagKeys.length > 0) {
      await cloud.call('logs', 'UntagResource', { resourceArn, tagKeys });
    }
    return { physicalId: logGroupName, attributes: { Arn: arnOf(request, logGroupName) } };
  },

  delete: ({ cloud, physicalId: logGroupName }) =>
    unlessGone(cloud.call('logs', 'DeleteLogGroup', { logGroupName }), 'ResourceNotFoundException'),
};

export const logsTypes = [logGroup];

/** CloudFormation's attribute ends in a star. */
function arnOf({ cloud }: ResourceRequest, name: string): string {
  return `arn:aws:logs:${cloud.region}:${cloud.account}:log-group:${name}:*`;
}
