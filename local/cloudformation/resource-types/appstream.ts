import { appBlockType, applicationFleetAssociationType, applicationType } from './appstream-app-block';
import { appBlockBuilderType, type AppBlockBuilderReadings } from './appstream-app-block-builder';
import { directoryConfigType } from './appstream-directory-config';
import { applicationEntitlementAssociationType, entitlementType } from './appstream-entitlement';
import { fleetType, type FleetReadings } from './appstream-fleet';
import { imageBuilderType, type ImageBuilderReadings } from './appstream-image-builder';
import { stackFleetAssociationType, stackType } from './appstream-stack';
import { stackUserAssociationType, userType } from './appstream-user';
import type { ResourceType } from '../resource-type';

/** What AWS's handlers do where it is inferred only: each in two readings. */
export interface AppStreamReadings extends AppBlockBuilderReadings, FleetReadings, ImageBuilderReadings {}

export function appstreamTypes(readings: AppStreamReadings): readonly ResourceType[] {
  return [
    fleetType(readings), stackType, stackFleetAssociationType, imageBuilderType(readings),
    appBlockType, appBlockBuilderType(readings), applicationType, applicationFleetAssociationType,
    entitlementType, applicationEntitlementAssociationType, userType, stackUserAssociationType, directoryConfigType,
  ];
}
