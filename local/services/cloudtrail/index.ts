import { AwsError } from '../../wire/aws-error';
import { awsJson } from '../../wire/aws-json';
import type { Service } from '../../wire/service';

/** CloudTrail: after a failed deployment the CDK CLI looks for hints there, and waits for them unless it may not look. */
export function cloudtrail(): Service {
  return {
    name: 'cloudtrail',
    signingNames: ['cloudtrail'],
    protocols: [awsJson('com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101', '1.1'), awsJson('CloudTrail_20131101', '1.1')],
    operations: {
      LookupEvents() {
        throw new AwsError('AccessDeniedException', 'there is no trail to look up');
      },
    },
  };
}
