import type { VpcConfig } from '@aws-sdk/client-appstream';
import type { AppStreamAccount } from './account';

/** 200 to 500 GB, for fleets and image builders alike: the API's text on VolumeConfig. */
export function checkRootVolume(account: AppStreamAccount, size: number | undefined): void {
  account.checkRange('VolumeSizeInGb', size, 200, 500);
}

/** A fleet or a builder joins a domain through a directory config of the account. Inferred from the administration guide's steps. */
export function checkDomain(account: AppStreamAccount, directory: string | undefined): void {
  if (directory && !account.hasDirectory(directory)) {
    account.refuse('ResourceNotFoundException', `The directory config ${directory} does not exist.`);
  }
}

/** Inferred: security groups belong to the subnets' VPC, so they need one. */
export function checkNetwork(account: AppStreamAccount, vpc: VpcConfig | undefined): void {
  if (vpc && !vpc.SubnetIds?.length) {
    account.refuseCombination('VpcConfig requires at least one subnet.');
  }
  if (vpc?.SubnetIds && new Set(vpc.SubnetIds).size < vpc.SubnetIds.length) {
    account.refuseCombination('VpcConfig names a subnet twice.');
  }
}
