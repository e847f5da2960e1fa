import { isDeepStrictEqual } from 'util';
import type { FleetAttribute, UpdateFleetRequest } from '@aws-sdk/client-appstream';
import type { AppStreamAccount, FleetRecord, FleetSettings } from './account';

/** What a running fleet lets be updated: the API's text on UpdateFleet. */
const WHILE_RUNNING: readonly string[] = [
  'DisplayName', 'ComputeCapacity', 'ImageArn', 'ImageName', 'IdleDisconnectTimeoutInSeconds', 'DisconnectTimeoutInSeconds',
];
const WHILE_RUNNING_ELASTIC: readonly string[] = [
  'DisplayName', 'IdleDisconnectTimeoutInSeconds', 'DisconnectTimeoutInSeconds', 'MaxConcurrentSessions', 'SessionScriptS3Location',
  'UsbDeviceFilterStrings',
];

const ATTRIBUTES: Record<FleetAttribute, keyof FleetSettings> = {
  VPC_CONFIGURATION: 'VpcConfig',
  VPC_CONFIGURATION_SECURITY_GROUP_IDS: 'VpcConfig',
  DOMAIN_JOIN_INFO: 'DomainJoinInfo',
  IAM_ROLE_ARN: 'IamRoleArn',
  USB_DEVICE_FILTER_STRINGS: 'UsbDeviceFilterStrings',
  SESSION_SCRIPT_S3_LOCATION: 'SessionScriptS3Location',
  MAX_SESSIONS_PER_INSTANCE: 'MaxSessionsPerInstance',
  VOLUME_CONFIGURATION: 'RootVolumeConfig',
};

/** Refuses an update that the state of the fleet does not allow. */
export function checkUpdatable(account: AppStreamAccount, fleet: FleetRecord, input: UpdateFleetRequest): void {
  const state = fleet.state.now;
  if (state === 'STOPPED') {
    return;
  }
  if (state !== 'RUNNING') {
    // "STARTING or STOPPED" in today's text is a slip: the fleet that can be updated in any way is the stopped one, and the older page has STOPPING.
    account.refuse('ResourceInUseException', `Cannot update the fleet ${fleet.settings.Name} when it is ${state}.`);
  }
  if (touched(input).some((member) => !updatableWhileRunning(account, fleet, member, input))) {
    // The sentence: https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1017
    account.refuse(
      'ResourceInUseException',
      `Cannot update the attribute for fleet ${fleet.settings.Name} when it is ACTIVE. The fleet must be stopped to complete this action.`,
    );
  }
}

/** The settings with an update applied. */
export function applyUpdate(account: AppStreamAccount, settings: FleetSettings, input: UpdateFleetRequest): FleetSettings {
  const { AttributesToDelete, DeleteVpcConfig, Name, ...changes } = input;
  const deleted = deletedAttributes(input);
  const contradiction = deleted.find((attribute) => ATTRIBUTES[attribute] in changes && attribute !== 'VPC_CONFIGURATION_SECURITY_GROUP_IDS');
  if (contradiction) {
    // Inferred.
    account.refuseCombination(`${ATTRIBUTES[contradiction]} is both set and deleted.`);
  }
  const updated: FleetSettings = { ...settings, ...changes, InstanceType: changes.InstanceType ?? settings.InstanceType };
  if (changes.ImageName !== undefined || changes.ImageArn !== undefined) {
    updated.ImageName = changes.ImageName;
    updated.ImageArn = changes.ImageArn;
  } else if (settings.ImageArn !== undefined) {
    // A fleet remembers both; the ARN is the one that says which image it is.
    updated.ImageName = undefined;
  }
  for (const attribute of deleted) {
    if (attribute === 'VPC_CONFIGURATION_SECURITY_GROUP_IDS') {
      updated.VpcConfig = updated.VpcConfig && { SubnetIds: updated.VpcConfig.SubnetIds };
    } else {
      Object.assign(updated, { [ATTRIBUTES[attribute]]: undefined });
    }
  }
  return updated;
}

function deletedAttributes({ AttributesToDelete, DeleteVpcConfig }: UpdateFleetRequest): FleetAttribute[] {
  return [...AttributesToDelete ?? [], ...DeleteVpcConfig ? ['VPC_CONFIGURATION' as const] : []];
}

/** The members of the fleet that an update names. */
function touched(input: UpdateFleetRequest): string[] {
  const { AttributesToDelete, DeleteVpcConfig, Name, ...changes } = input;
  return [...Object.keys(changes), ...deletedAttributes(input).map((attribute) => ATTRIBUTES[attribute])];
}

function updatableWhileRunning(account: AppStreamAccount, { settings }: FleetRecord, member: string, input: UpdateFleetRequest): boolean {
  const list = settings.FleetType === 'ELASTIC' ? WHILE_RUNNING_ELASTIC : WHILE_RUNNING;
  const { sameValueWhileRunning, maxSessionsPerInstanceWhileRunning } = account.readings;
  return list.includes(member)
    || (member === 'MaxSessionsPerInstance' && maxSessionsPerInstanceWhileRunning === 'accepted')
    || (sameValueWhileRunning === 'accepted'
      && isDeepStrictEqual(input[member as keyof UpdateFleetRequest], settings[member as keyof FleetSettings]));
}
