import type {
  CertificateBasedAuthProperties, CreateDirectoryConfigRequest, CreateDirectoryConfigResult, DeleteDirectoryConfigRequest,
  DescribeDirectoryConfigsRequest, DescribeDirectoryConfigsResult, DirectoryConfig, ServiceAccountCredentials, UpdateDirectoryConfigRequest,
  UpdateDirectoryConfigResult,
} from '@aws-sdk/client-appstream';
import type { AppStreamAccount, DirectoryConfigRecord } from './account';
import { page } from '../pagination';

/** How fleets and image builders join a domain: https://docs.aws.amazon.com/appstream2/latest/developerguide/active-directory.html */
export function directoryConfigOperations(account: AppStreamAccount) {
  const find = (name: string): DirectoryConfigRecord =>
    account.directoryConfigs.get(name) ?? account.refuse('ResourceNotFoundException', `The directory config ${name} does not exist.`);

  return {
    CreateDirectoryConfig(input: CreateDirectoryConfigRequest): CreateDirectoryConfigResult {
      const name = input.DirectoryName!;
      if (account.directoryConfigs.has(name)) {
        account.refuse('ResourceAlreadyExistsException', `The directory config ${name} already exists.`);
      }
      const config = { ...input, DirectoryName: name, CreatedTime: account.now() };
      checkCertificates(account, config.CertificateBasedAuthProperties);
      keep(account, input.ServiceAccountCredentials);
      account.directoryConfigs.set(name, config);
      return { DirectoryConfig: shown(config) };
    },

    UpdateDirectoryConfig({ DirectoryName, ...changes }: UpdateDirectoryConfigRequest): UpdateDirectoryConfigResult {
      const config = find(DirectoryName!);
      // What is not given of the certificates stays (inferred), as it does of everything else.
      const certificates = { ...config.CertificateBasedAuthProperties, ...changes.CertificateBasedAuthProperties };
      const updated = { ...config, ...changes, ...Object.keys(certificates).length > 0 && { CertificateBasedAuthProperties: certificates } };
      checkCertificates(account, updated.CertificateBasedAuthProperties);
      keep(account, changes.ServiceAccountCredentials);
      account.directoryConfigs.set(DirectoryName!, updated);
      return { DirectoryConfig: shown(updated) };
    },

    DeleteDirectoryConfig({ DirectoryName }: DeleteDirectoryConfigRequest): object {
      const { DirectoryName: name } = find(DirectoryName!);
      const members = [...account.fleets.values(), ...account.builders.values()]
        .filter(({ settings }) => settings.DomainJoinInfo?.DirectoryName === name);
      if (members.length > 0) {
        account.refuse('ResourceInUseException', `The directory config ${name} is in use by ${members.map(({ settings }) => settings.Name).join(', ')}.`);
      }
      account.directoryConfigs.delete(name);
      return {};
    },

    DescribeDirectoryConfigs({ DirectoryNames, MaxResults, NextToken }: DescribeDirectoryConfigsRequest): DescribeDirectoryConfigsResult {
      const all = DirectoryNames?.length ? DirectoryNames.map(find) : [...account.directoryConfigs.values()];
      const { items, ...rest } = page(all.map(shown), MaxResults || account.pageSize, NextToken);
      return { DirectoryConfigs: items, ...rest };
    },
  };
}

/** Passwords are secrets like the URLs that the service hands out: nobody but AppStream is to see them. */
function keep(account: AppStreamAccount, credentials: ServiceAccountCredentials | undefined): void {
  if (credentials?.AccountPassword !== undefined) {
    account.secrets.push(credentials.AccountPassword);
  }
}

/** Nobody is shown the password again (inferred): the member is required, so something else stands there. */
function shown({ ServiceAccountCredentials: credentials, ...config }: DirectoryConfig): DirectoryConfig {
  return { ...config, ...credentials && { ServiceAccountCredentials: { ...credentials, AccountPassword: '********' } } };
}

/** https://docs.aws.amazon.com/appstream2/latest/developerguide/certificate-based-authentication-prereq.html; the codes are inferred. */
function checkCertificates(account: AppStreamAccount, { Status = 'DISABLED', CertificateAuthorityArn: arn }: CertificateBasedAuthProperties = {}): void {
  if (Status !== 'DISABLED' && arn === undefined) {
    account.refuse('OperationNotPermittedException', 'CertificateAuthorityArn is required to enable certificate-based authentication.');
  }
  if (arn !== undefined && !/^arn:aws[a-z-]*:acm-pca:[^:]+:\d{12}:certificate-authority\/.+$/.test(arn)) {
    account.refuse('InvalidParameterValueException', `The ARN ${arn} is not that of a private certificate authority.`);
  }
}
