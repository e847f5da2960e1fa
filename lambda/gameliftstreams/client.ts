import { GameLiftStreamsClient } from '@aws-sdk/client-gameliftstreams';
import { CLIENT_SETTINGS } from '../engine/client';

export const gameliftstreams = new GameLiftStreamsClient(CLIENT_SETTINGS);
