import { AppStreamClient } from '@aws-sdk/client-appstream';
import { CLIENT_SETTINGS } from '../engine/client';

export const appstream = new AppStreamClient(CLIENT_SETTINGS);
