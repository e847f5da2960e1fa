import { randomUUID } from 'crypto';
import type { Cloud } from '../../cloud';
import { NotImitated } from '../../wire/aws-error';
import { awsQuery } from '../../wire/aws-query';
import type { Protocol, Service, WireResponse } from '../../wire/service';
import { xmlContent } from '../../wire/xml';

const NAMESPACE = 'http://ec2.amazonaws.com/doc/2016-11-15/';

/** The query protocol as EC2 answers in it: without an element for the result, and with items in its lists. */
const ec2Query: Protocol = {
  ...awsQuery({ namespace: NAMESPACE, version: '2016-11-15' }),
  success: ({ name }, output) => answer(200,
    `<${name}Response xmlns="${NAMESPACE}">${content({ requestId: randomUUID(), ...output as object })}</${name}Response>`),
  failure: ({ code, message, status }) => answer(status,
    `<Response>${content({ Errors: { Error: { Code: code, Message: message } }, RequestID: randomUUID() })}</Response>`),
};

/** EC2: the Availability Zones, which the CDK CLI looks up for a VPC in a stack with an account and a Region. */
export function ec2(cloud: Cloud): Service {
  return {
    name: 'ec2',
    signingNames: ['ec2'],
    protocols: [ec2Query],
    operations: {
      DescribeAvailabilityZones(input: object) {
        if (Object.keys(input).length > 0) {
          throw new NotImitated(`DescribeAvailabilityZones with ${Object.keys(input).join(', ')}`);
        }
        const { region } = cloud;
        return { availabilityZoneInfo: availabilityZones(region).map((zoneName) => ({ zoneName, zoneState: 'available', regionName: region })) };
      },
    },
  };
}

/** The same number for every Region. */
export function availabilityZones(region: string): string[] {
  return ['a', 'b', 'c'].map((letter) => region + letter);
}

function answer(status: number, body: string): WireResponse {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function content(value: object): string {
  return xmlContent(value, { wrap: 'item' });
}
