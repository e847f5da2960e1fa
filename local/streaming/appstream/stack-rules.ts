import type { AgentAccessConfig, Stack, StorageConnector, UserSetting } from '@aws-sdk/client-appstream';
import type { AppStreamAccount } from './account';

const CLIPBOARD: readonly unknown[] = ['CLIPBOARD_COPY_FROM_LOCAL_DEVICE', 'CLIPBOARD_COPY_TO_LOCAL_DEVICE'];
const CLIPBOARD_LIMIT = 20_971_520;

/**
 * What CreateStack and UpdateStack refuse beyond the constraints of the model: the API's text (SDK 3.1112) unless a comment says otherwise.
 * The codes are inferred.
 */
export function checkStack(account: AppStreamAccount, stack: Partial<Stack>): void {
  stack.UserSettings?.forEach((setting) => checkUserSetting(account, setting));
  // Inferred: the text gives an action one permission.
  checkDistinct(account, 'UserSettings', stack.UserSettings?.map(({ Action }) => Action));
  stack.StorageConnectors?.forEach((connector) => checkConnector(account, connector));
  // Inferred.
  checkDistinct(account, 'StorageConnectors', stack.StorageConnectors?.map(({ ConnectorType }) => ConnectorType));
  if (stack.AgentAccessConfig) {
    checkAgentAccess(account, stack.AgentAccessConfig);
  }
}

function checkUserSetting(account: AppStreamAccount, { Action, Permission, MaximumLength }: UserSetting): void {
  if (MaximumLength === undefined) {
    return;
  }
  if (!CLIPBOARD.includes(Action)) {
    account.refuseCombination(`MaximumLength cannot be specified for ${Action}.`);
  }
  if (Permission === 'DISABLED') {
    account.refuseCombination('MaximumLength cannot be specified when the permission is DISABLED.');
  }
  account.checkRange('MaximumLength', MaximumLength, 1, CLIPBOARD_LIMIT);
}

function checkConnector(account: AppStreamAccount, { ConnectorType, Domains, DomainsRequireAdminConsent }: StorageConnector): void {
  if (DomainsRequireAdminConsent && ConnectorType !== 'ONE_DRIVE') {
    account.refuseCombination('DomainsRequireAdminConsent can only be specified for ONE_DRIVE.');
  }
  // Both inferred: the domains are those of the account at Google or Microsoft.
  if (ConnectorType === 'HOMEFOLDERS' && Domains?.length) {
    account.refuseCombination('Domains cannot be specified for HOMEFOLDERS.');
  }
  if (ConnectorType !== 'HOMEFOLDERS' && !Domains?.length) {
    account.refuseCombination(`Domains is required for ${ConnectorType}.`);
  }
}

function checkAgentAccess(account: AppStreamAccount, { Settings, ScreenshotsUploadEnabled, S3BucketArn }: AgentAccessConfig): void {
  if (ScreenshotsUploadEnabled && S3BucketArn === undefined) {
    account.refuseCombination('S3BucketArn is required when ScreenshotsUploadEnabled is true.');
  }
  const enabled = Settings?.filter(({ Permission }) => Permission === 'ENABLED').map(({ AgentAction }) => AgentAction) ?? [];
  if (enabled.includes('COMPUTER_INPUT') && !enabled.includes('COMPUTER_VISION')) {
    account.refuseCombination('COMPUTER_INPUT requires COMPUTER_VISION.');
  }
}

function checkDistinct(account: AppStreamAccount, name: string, values: unknown[] = []): void {
  if (new Set(values).size < values.length) {
    account.refuseCombination(`${name} has an entry twice.`);
  }
}
