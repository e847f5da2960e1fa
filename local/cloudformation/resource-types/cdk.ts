import { recordType } from '../record-type';

/** What the CDK says about itself. */
export const cdkTypes = [
  recordType({
    name: 'AWS::CDK::Metadata',
    properties: { Analytics: 'string' },
    physicalId: (request) => request.generatedName(128),
  }),
];
