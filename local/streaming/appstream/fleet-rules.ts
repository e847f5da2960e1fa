import type { AppStreamAccount, FleetSettings } from './account';
import { checkDomain, checkNetwork, checkRootVolume } from './instance-rules';
import { checkInstanceType } from './instance-types';
import { checkInstanceRole } from './roles';
import { objectionTo } from './storage';

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
  checkInstanceRole(account, fleet);
}

/** The API's text on CreateFleetRequest and CreateApplicationRequest. */
export const ELASTIC_PLATFORMS: readonly string[] = ['WINDOWS_SERVER_2019', 'AMAZON_LINUX2', 'UBUNTU_PRO_2404'];

/** Idle timeouts are rounded to whole minutes, half a minute up. */
export function roundToMinute(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.round(seconds / 60) * 60;
}

function checkRanges(account: AppStreamAccount, fleet: FleetSettings): void {
  account.checkRange('MaxUserDurationInSeconds', fleet.MaxUserDurationInSeconds, 600, 432_000);
  account.checkRange('DisconnectTimeoutInSeconds', fleet.DisconnectTimeoutInSeconds, 60, 36_000);
  if (fleet.IdleDisconnectTimeoutInSeconds !== 0) {
    account.checkRange('IdleDisconnectTimeoutInSeconds', fleet.IdleDisconnectTimeoutInSeconds, 60, 36_000);
  }
  checkRootVolume(account, fleet.RootVolumeConfig?.VolumeSizeInGb);
  // Inferred: the text gives no ranges for these.
  account.checkRange('MaxConcurrentSessions', fleet.MaxConcurrentSessions, 1, Number.MAX_SAFE_INTEGER);
  account.checkRange('MaxSessionsPerInstance', fleet.MaxSessionsPerInstance, 1, Number.MAX_SAFE_INTEGER);
  const least = account.readings.zeroInstances === 'accepted' ? 0 : 1;
  account.checkRange('DesiredInstances', fleet.ComputeCapacity?.DesiredInstances, least, Number.MAX_SAFE_INTEGER);
  account.checkRange('DesiredSessions', fleet.ComputeCapacity?.DesiredSessions, least, Number.MAX_SAFE_INTEGER);
}

function checkElastic(account: AppStreamAccount, fleet: FleetSettings): void {
  if (fleet.ComputeCapacity) {
    account.refuseCombination('ComputeCapacity is not allowed for Elastic fleets. Specify MaxConcurrentSessions instead.');
  }
  if (fleet.MaxConcurrentSessions === undefined) {
    account.refuseCombination('MaxConcurrentSessions is required for Elastic fleets.');
  }
  if (!ELASTIC_PLATFORMS.includes(fleet.Platform ?? '')) {
    account.refuseCombination('Elastic fleets require a Platform of WINDOWS_SERVER_2019, AMAZON_LINUX2 or UBUNTU_PRO_2404.');
  }
  // That the subnets lie in different zones cannot be seen from here.
  if ((fleet.VpcConfig?.SubnetIds?.length ?? 0) < 2) {
    account.refuseCombination('Elastic fleets require at least two subnets in different availability zones.');
  }
  if (fleet.DomainJoinInfo) {
    account.refuseCombination('DomainJoinInfo is not allowed for Elastic fleets.');
  }
  if (fleet.MaxSessionsPerInstance !== undefined) {
    // Inferred: Elastic fleets have no instances of their own.
    account.refuseCombination('MaxSessionsPerInstance is not allowed for Elastic fleets.');
  }
  if (fleet.ImageName !== undefined || fleet.ImageArn !== undefined) {
    // Inferred: Elastic fleets stream app blocks.
    account.refuseCombination('Elastic fleets take no image.');
  }
  checkSessionScript(account, fleet);
}

function checkSessionScript(account: AppStreamAccount, { SessionScriptS3Location: script, Arn }: FleetSettings): void {
  if (script && script.S3Key === undefined) {
    // The API's text on S3Location.
    account.refuseCombination('S3Key of SessionScriptS3Location is required.');
  }
  const objection = script && objectionTo(account, script, { arn: Arn! });
  if (objection !== undefined && account.readings.unreadableObject === 'refused') {
    account.refuse('OperationNotPermittedException', objection);
  }
}

function checkOthers(account: AppStreamAccount, fleet: FleetSettings): void {
  if (fleet.MaxConcurrentSessions !== undefined) {
    account.refuseCombination('MaxConcurrentSessions is allowed for Elastic fleets only.');
  }
  if (fleet.SessionScriptS3Location) {
    account.refuseCombination('SessionScriptS3Location is allowed for Elastic fleets only.');
  }
  const { DesiredInstances, DesiredSessions } = fleet.ComputeCapacity ?? {};
  if ((DesiredInstances === undefined) === (DesiredSessions === undefined)) {
    account.refuseCombination('Specify either DesiredInstances or DesiredSessions.');
  }
  const multiSession = (fleet.MaxSessionsPerInstance ?? 1) > 1;
  if (DesiredSessions !== undefined && !multiSession) {
    account.refuseCombination('DesiredSessions is not allowed for single-session fleets.');
  }
  if (DesiredInstances !== undefined && multiSession) {
    account.refuseCombination('DesiredInstances is not allowed for multi-session fleets. Specify DesiredSessions instead.');
  }
}
