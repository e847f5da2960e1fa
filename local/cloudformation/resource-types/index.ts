import { applicationAutoScalingTypes } from './application-auto-scaling';
import { appstreamTypes, type AppStreamReadings } from './appstream';
import { cdkTypes } from './cdk';
import { cloudWatchTypes } from './cloudwatch';
import { ec2Types } from './ec2';
import { gameLiftStreamsTypes, type GameLiftStreamsReadings } from './gameliftstreams';
import { iamTypes } from './iam';
import { kmsTypes } from './kms';
import { lambdaTypes } from './lambda';
import { layerVersion } from './lambda-layer-version';
import { logsTypes } from './logs';
import { nimbleStudioTypes } from './nimblestudio';
import { s3Types } from './s3';
import { schedulerTypes } from './scheduler';
import { secretsManagerTypes } from './secretsmanager';
import { snsTypes } from './sns';
import { stepFunctionsTypes } from './stepfunctions';
import type { ResourceType } from '../resource-type';

/** Every resource type that is imitated, by its name; custom resources are none of them. */
export function resourceTypes(readings: AppStreamReadings & GameLiftStreamsReadings): ReadonlyMap<string, ResourceType> {
  const types = [
    ...applicationAutoScalingTypes, ...appstreamTypes(readings), ...cdkTypes, ...cloudWatchTypes, ...ec2Types(),
    ...iamTypes, ...kmsTypes, ...lambdaTypes, layerVersion, ...logsTypes, ...s3Types,
    ...gameLiftStreamsTypes(readings), ...nimbleStudioTypes, ...schedulerTypes, ...secretsManagerTypes, ...snsTypes, ...stepFunctionsTypes,
  ];
  return new Map(types.map((type) => [type.name, type]));
}
