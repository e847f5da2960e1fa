import { recordType } from '../record-type';
import { TAGS } from '../shape';

/** A topic as a record: nothing is sent here. */
const topic = recordType({
  name: 'AWS::SNS::Topic',
  properties: { DisplayName: 'string', KmsMasterKeyId: 'string', Tags: TAGS, TopicName: 'string' },
  createOnly: ['TopicName'],
  physicalId: ({ cloud, properties: { TopicName }, generatedName }) => `arn:aws:sns:${cloud.region}:${cloud.account}:${TopicName ?? generatedName(256)}`,
  attributes: {
    TopicArn: (arn) => arn,
    TopicName: (arn) => arn.slice(arn.lastIndexOf(':') + 1),
  },
});

const topicPolicy = recordType({
  name: 'AWS::SNS::TopicPolicy',
  properties: { PolicyDocument: 'json', Topics: ['string'] },
  required: ['PolicyDocument', 'Topics'],
  physicalId: (request) => request.generatedName(256),
  attributes: { Id: (id) => id },
});

export const snsTypes = [topic, topicPolicy];
