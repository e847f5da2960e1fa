import type { VpcConfig } from '@aws-sdk/client-appstream';
import type { AppStreamAccount, FleetSettings } from './account';
import { checkInstanceType } from './instance-types';

/**
 * What CreateFleet and UpdateFleet refuse beyond the constraints of the model.
 * The rules are the API's text (SDK 3.1112, CreateFleetRequest); that their codes are
 * InvalidParameterValueException for ranges and InvalidParameterCombinationException for the rest is inferred.
 */
export function checkFleet(account: AppStreamAccount, fleet: FleetSettings): void {
  checkInstanceType(account, fleet.InstanceType, fleet.FleetType === 'ELASTIC' ? 'elastic-fleet' : 'fleet');
  checkRanges(account, fleet);
  if (fleet.FleetType === 'ELASTIC') {
    checkElastic(account, fleet);
  } else {
    checkOthers(account, fleet);
  }
  checkNetwork(account, fleet.VpcConfig);
  checkDomain(account, fleet.DomainJoinInfo?.DirectoryName);
  checkRole(account, fleet.IamRoleArn);
}

/** Idle timeouts are rounded to whole minutes, half a minute up. */
export function roundToMinute(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.round(seconds / 60) * 60;
}

export function checkRange(account: AppStreamAccount, name: string, value: number | undefined, min: number, max: number): void {
  if (value !== undefined && (value < min || value > max)) {
    account.refuse('InvalidParameterValueException', `The value ${value} of ${name} is not valid. Specify a value between ${min} and ${max}.`);
  }
}

export function checkRootVolume(account: AppStreamAccount, size: number | undefined): void {
  checkRange(account, 'VolumeSizeInGb', size, 200, 500);
}

/** The model's pattern takes any ARN; that this one has to be a role's is inferred from its name. */
export function checkRole(account: AppStreamAccount, arn: string | undefined): void {
  if (arn !== undefined && !/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(arn)) {
    account.refuse('InvalidRoleException', `The IAM role ARN ${arn} is not valid.`);
  }
}

/** A fleet or a builder joins a domain through a directory config of the account. Inferred from the administration guide's steps. */
export function checkDomain(account: AppStreamAccount, directory: string | undefined): void {
  if (directory && !account.directories.includes(directory)) {
    account.refuse('ResourceNotFoundException', `The directory config ${directory} does not exist.`);
  }
}

/** Inferred: security groups belong to the subnets' VPC, so they need one. */
export function checkNetwork(account: AppStreamAccount, vpc: VpcConfig | undefined): void {
  if (vpc && !vpc.SubnetIds?.length) {
    combination(account, 'VpcConfig requires at least one subnet.');
  }
  if (vpc?.SubnetIds && new Set(vpc.SubnetIds).size < vpc.SubnetIds.length) {
    combination(account, 'VpcConfig names a subnet twice.');
  }
}

function checkRanges(account: AppStreamAccount, fleet: FleetSettings): void {
  checkRange(account, 'MaxUserDurationInSeconds', fleet.MaxUserDurationInSeconds, 600, 432_000);
  checkRange(account, 'DisconnectTimeoutInSeconds', fleet.DisconnectTimeoutInSeconds, 60, 36_000);
  if (fleet.IdleDisconnectTimeoutInSeconds !== 0) {
    checkRange(account, 'IdleDisconnectTimeoutInSeconds', fleet.IdleDisconnectTimeoutInSeconds, 60, 36_000);
  }
  checkRootVolume(account, fleet.RootVolumeConfig?.VolumeSizeInGb);
  // Inferred: the text gives no ranges for these.
  checkRange(account, 'MaxConcurrentSessions', fleet.MaxConcurrentSessions, 1, Number.MAX_SAFE_INTEGER);
  checkRange(account, 'MaxSessionsPerInstance', fleet.MaxSessionsPerInstance, 1, Number.MAX_SAFE_INTEGER);
  const least = account.readings.zeroInstances === 'accepted' ? 0 : 1;
  checkRange(account, 'DesiredInstances', fleet.ComputeCapacity?.DesiredInstances, least, Number.MAX_SAFE_INTEGER);
  checkRange(account, 'DesiredSessions', fleet.ComputeCapacity?.DesiredSessions, least, Number.MAX_SAFE_INTEGER);
}

function checkElastic(account: AppStreamAccount, fleet: FleetSettings): void {
  if (fleet.ComputeCapacity) {
    combination(account, 'ComputeCapacity is not allowed for Elastic fleets. Specify MaxConcurrentSessions instead.');
  }
  if (fleet.MaxConcurrentSessions === undefined) {
    combination(account, 'MaxConcurrentSessions is required for Elastic fleets.');
  }
  if (!['WINDOWS_SERVER_2019', 'AMAZON_LINUX2', 'UBUNTU_PRO_2404'].includes(fleet.Platform ?? '')) {
    combination(account, 'Elastic fleets require a Platform of WINDOWS_SERVER_2019, AMAZON_LINUX2 or UBUNTU_PRO_2404.');
  }
  // That the subnets lie in different zones cannot be seen from here.
  if ((fleet.VpcConfig?.SubnetIds?.length ?? 0) < 2) {
    combination(account, 'Elastic fleets require at least two subnets in different availability zones.');
  }
  if (fleet.DomainJoinInfo) {
    combination(account, 'DomainJoinInfo is not allowed for Elastic fleets.');
  }
  if (fleet.MaxSessionsPerInstance !== undefined) {
    // Inferred: Elastic fleets have no instances of their own.
    combination(account, 'MaxSessionsPerInstance is not allowed for Elastic fleets.');
  }
  if (fleet.ImageName !== undefined || fleet.ImageArn !== undefined) {
    // Inferred: Elastic fleets stream app blocks.
    combination(account, 'Elastic fleets take no image.');
  }
}

function checkOthers(account: AppStreamAccount, fleet: FleetSettings): void {
  if (fleet.MaxConcurrentSessions !== undefined) {
    combination(account, 'MaxConcurrentSessions is allowed for Elastic fleets only.');
  }
  if (fleet.SessionScriptS3Location) {
    combination(account, 'SessionScriptS3Location is allowed for Elastic fleets only.');
  }
  const { DesiredInstances, DesiredSessions } = fleet.ComputeCapacity ?? {};
  if ((DesiredInstances === undefined) === (DesiredSessions === undefined)) {
    combination(account, 'Specify either DesiredInstances or DesiredSessions.');
  }
  const multiSession = (fleet.MaxSessionsPerInstance ?? 1) > 1;
  if (DesiredSessions !== undefined && !multiSession) {
    combination(account, 'DesiredSessions is not allowed for single-session fleets.');
  }
  if (DesiredInstances !== undefined && multiSession) {
    combination(account, 'DesiredInstances is not allowed for multi-session fleets. Specify DesiredSessions instead.');
  }
}

function combination(account: AppStreamAccount, message: string): never {
  return account.refuse('InvalidParameterCombinationException', message);
}
