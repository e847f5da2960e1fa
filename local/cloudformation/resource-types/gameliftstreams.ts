import { applicationType } from './gameliftstreams-application';
import { streamGroupType, type StreamGroupReadings } from './gameliftstreams-stream-group';
import type { ResourceType } from '../resource-type';

/** What AWS's handlers do where it is inferred only. */
export type GameLiftStreamsReadings = StreamGroupReadings;

export function gameLiftStreamsTypes(readings: GameLiftStreamsReadings): readonly ResourceType[] {
  return [applicationType(readings), streamGroupType(readings)];
}
