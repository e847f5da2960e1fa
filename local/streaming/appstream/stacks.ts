import type {
  ApplicationSettings, CreateStackRequest, DeleteStackRequest, DescribeStacksRequest, DescribeStacksResult, Stack, StackAttribute, StorageConnector,
  UpdateStackRequest, UserSetting,
} from '@aws-sdk/client-appstream';
import type { AppStreamAccount } from './account';
import { checkStack } from './stack-rules';
import { page } from '../pagination';

/** "By default, these actions are enabled": the API's text. The defaults of the three below are inferred from the administration guide. */
const DEFAULT_USER_SETTINGS: UserSetting[] = [
  { Action: 'CLIPBOARD_COPY_FROM_LOCAL_DEVICE', Permission: 'ENABLED' },
  { Action: 'CLIPBOARD_COPY_TO_LOCAL_DEVICE', Permission: 'ENABLED' },
  { Action: 'FILE_UPLOAD', Permission: 'ENABLED' },
  { Action: 'FILE_DOWNLOAD', Permission: 'ENABLED' },
  { Action: 'PRINTING_TO_LOCAL_DEVICE', Permission: 'ENABLED' },
  { Action: 'DOMAIN_PASSWORD_SIGNIN', Permission: 'ENABLED' },
  { Action: 'DOMAIN_SMART_CARD_SIGNIN', Permission: 'DISABLED' },
  { Action: 'AUTO_TIME_ZONE_REDIRECTION', Permission: 'DISABLED' },
];

const CONNECTORS: Partial<Record<StackAttribute, StorageConnector['ConnectorType']>> = {
  STORAGE_CONNECTOR_HOMEFOLDERS: 'HOMEFOLDERS',
  STORAGE_CONNECTOR_GOOGLE_DRIVE: 'GOOGLE_DRIVE',
  STORAGE_CONNECTOR_ONE_DRIVE: 'ONE_DRIVE',
};

/** THEME_NAME and IAM_ROLE_ARN are in the enum, but a stack has no such member: deleting them changes nothing here. */
const ATTRIBUTES: Partial<Record<StackAttribute, keyof Stack>> = {
  STORAGE_CONNECTORS: 'StorageConnectors',
  REDIRECT_URL: 'RedirectURL',
  FEEDBACK_URL: 'FeedbackURL',
  USER_SETTINGS: 'UserSettings',
  EMBED_HOST_DOMAINS: 'EmbedHostDomains',
  ACCESS_ENDPOINTS: 'AccessEndpoints',
  STREAMING_EXPERIENCE_SETTINGS: 'StreamingExperienceSettings',
  CONTENT_REDIRECTION: 'ContentRedirection',
  AGENT_ACCESS_CONFIG: 'AgentAccessConfig',
};

export function stackOperations(account: AppStreamAccount) {
  return {
    CreateStack({ Tags, ApplicationSettings: settings, ...input }: CreateStackRequest): { Stack: Stack } {
      const name = input.Name!;
      checkStack(account, input);
      if (account.stacks.has(name)) {
        account.refuse('ResourceAlreadyExistsException', `The stack ${name} already exists.`);
      }
      const stack = complete(account, {
        ...input,
        Name: name,
        Arn: account.arn('stack', name),
        CreatedTime: account.now(),
        ApplicationSettings: applicationSettings(account, settings ?? { Enabled: false }),
      });
      account.stacks.set(name, stack);
      account.tags.set(stack.Arn!, Tags ?? {});
      return { Stack: stack };
    },

    UpdateStack({ AttributesToDelete, DeleteStorageConnectors, ApplicationSettings: settings, ...input }: UpdateStackRequest): { Stack: Stack } {
      const name = input.Name!;
      const stack = account.stack(name);
      const deleted = [...AttributesToDelete ?? [], ...DeleteStorageConnectors ? ['STORAGE_CONNECTORS' as const] : []];
      const contradiction = deleted.find((attribute) => ATTRIBUTES[attribute] !== undefined && ATTRIBUTES[attribute] in input);
      if (contradiction) {
        // Inferred.
        account.refuseCombination(`${ATTRIBUTES[contradiction]} is both set and deleted.`);
      }
      const { AgentAccessConfig, ...rest } = input;
      const changes = { ...rest, ...AgentAccessConfig && { AgentAccessConfig: agentAccess(account, stack, AgentAccessConfig) } };
      checkStack(account, changes);
      const updated = {
        ...stack,
        ...changes,
        ...settings && { ApplicationSettings: applicationSettings(account, settings) },
        Name: name,
      };
      for (const attribute of deleted) {
        if (CONNECTORS[attribute]) {
          updated.StorageConnectors = updated.StorageConnectors?.filter(({ ConnectorType }) => ConnectorType !== CONNECTORS[attribute]);
        } else if (ATTRIBUTES[attribute]) {
          Object.assign(updated, { [ATTRIBUTES[attribute]]: undefined });
        }
      }
      const completed = complete(account, updated);
      account.stacks.set(name, completed);
      return { Stack: completed };
    },

    DeleteStack({ Name }: DeleteStackRequest): object {
      const stack = account.stack(Name!);
      if (account.associations.has(Name!)) {
        // The sentence: https://github.com/hashicorp/terraform-provider-aws/issues/22625
        account.refuse(
          'ResourceInUseException',
          `Cannot delete stack ${Name}. This stack has fleets associated with it. Only stacks with no fleets associated with it can be deleted.`,
        );
      }
      const entitlements = [...account.entitlements].filter(([, { settings }]) => settings.StackName === Name);
      const users = [...account.userAssociations].filter(([, stacks]) => stacks.has(Name!));
      if (entitlements.length + users.length > 0 && account.readings.deleteStackWithUsers === 'refused') {
        account.refuse('ResourceInUseException', `Cannot delete stack ${Name}. This stack has entitlements or users associated with it.`);
      }
      entitlements.forEach(([key]) => account.entitlements.delete(key));
      users.forEach(([, stacks]) => stacks.delete(Name!));
      account.themes.delete(Name!);
      account.stacks.delete(Name!);
      account.tags.delete(stack.Arn!);
      return {};
    },

    DescribeStacks({ Names, NextToken }: DescribeStacksRequest): DescribeStacksResult {
      const stacks = Names?.length ? Names.map((name) => account.stack(name)) : [...account.stacks.values()];
      const { items, ...rest } = page(stacks, account.pageSize, NextToken);
      return { Stacks: items, ...rest };
    },
  };
}

/** A stack as AppStream shows it: every action with its permission, and the connectors with the resources behind them. */
function complete<T extends Stack>(account: AppStreamAccount, stack: T): T {
  const given = stack.UserSettings ?? [];
  return {
    ...stack,
    UserSettings: DEFAULT_USER_SETTINGS.map((setting) => given.find(({ Action }) => Action === setting.Action) ?? setting),
    StorageConnectors: stack.StorageConnectors?.map((connector) => connector.ConnectorType !== 'HOMEFOLDERS' ? connector : {
      ...connector,
      // The bucket's name: https://docs.aws.amazon.com/appstream2/latest/developerguide/home-folders-admin.html
      ResourceIdentifier: connector.ResourceIdentifier ?? `arn:aws:s3:::appstream2-36fb080bb8-${account.region}-${account.accountId}`,
    }),
    StackErrors: [],
  };
}

/** The name of the bucket: https://docs.aws.amazon.com/appstream2/latest/developerguide/administer-app-settings-vhds.html, its suffix made up. */
function applicationSettings(account: AppStreamAccount, { Enabled, SettingsGroup }: ApplicationSettings): Stack['ApplicationSettings'] {
  return { Enabled, SettingsGroup, ...Enabled && { S3BucketName: `appstream-app-settings-${account.region}-${account.accountId}-0a1b2c3d` } };
}

/** The update's members are optional: what is not given stays. Without anything to stay, the rest is required as at creation (inferred). */
function agentAccess(account: AppStreamAccount, stack: Stack, update: NonNullable<UpdateStackRequest['AgentAccessConfig']>): Stack['AgentAccessConfig'] {
  const { Settings, ScreenResolution, ScreenImageFormat, ...rest } = { ...stack.AgentAccessConfig, ...update };
  if (!Settings || !ScreenResolution || !ScreenImageFormat) {
    return account.refuseCombination('AgentAccessConfig requires Settings, ScreenResolution and ScreenImageFormat.');
  }
  return { Settings, ScreenResolution, ScreenImageFormat, ...rest };
}
