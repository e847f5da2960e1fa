import * as cdk from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { checkPattern } from '../../private/errors';

/** Where GameLift Streams has machines, as far as is known; AWS adds to it. */
const KNOWN_LOCATIONS = [
  'us-east-1', 'us-east-2', 'us-west-2', 'ap-south-1', 'ap-northeast-2', 'ap-southeast-2', 'ap-northeast-1',
  'eu-central-1', 'eu-west-1', 'eu-west-2', 'eu-north-1', 'sa-east-1',
];

/** Fails for what cannot be a location; warns of one that is not known. */
export function checkLocationName(scope: Construct, name: string | undefined): void {
  checkPattern(scope, 'locations: name', name, /^(?=.{1,20}$)[a-z]{2}(-[a-z]+)+-\d$/, 'be a Region like "eu-west-2"');
  if (name === undefined || cdk.Token.isUnresolved(name) || KNOWN_LOCATIONS.includes(name)) return;
  cdk.Annotations.of(scope).addWarningV2(`cdk-app-streaming/gameliftstreams:unknownLocation-${name}`,
    `GameLift Streams is not known to stream from ${JSON.stringify(name)}, but from ${KNOWN_LOCATIONS.join(', ')}`);
}
