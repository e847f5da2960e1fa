import type { VpcConfig } from '@aws-sdk/client-appstream';
import type { AppStreamAccount } from './account';

/** 200 to 500 GB, for fleets and image builders alike: the API's text on VolumeConfig. */
export function checkRootVolume(account: AppStreamAccount, size: number | undefined): void {
  account.checkRange('VolumeSizeInGb', size, 200, 500);
}

/**
 * The model's pattern takes any ARN; that this one has to be a role's is inferred from its name.
 * Of a role that does not exist (yet) AppStream says "encountered an error because your IAM role '…' is invalid"
 * (https://github.com/hashicorp/terraform-provider-aws/issues/28128), which passes when the role has propagated: not the same sentence.
 */
export function checkRole(account: AppStreamAccount, arn: string | undefined): void {
  if (arn !== undefined && !/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(arn)) {
    account.refuse('InvalidRoleException', `The IAM role ARN ${arn} is not valid.`);
  }
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
