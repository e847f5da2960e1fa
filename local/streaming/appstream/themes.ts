import type {
  CreateThemeForStackRequest, CreateThemeForStackResult, DeleteThemeForStackRequest, DescribeThemeForStackRequest, DescribeThemeForStackResult,
  S3Location, Theme, UpdateThemeForStackRequest, UpdateThemeForStackResult,
} from '@aws-sdk/client-appstream';
import type { AppStreamAccount } from './account';
import { objectionTo, PICTURE_READER } from './storage';

/** The branding of a stack's catalog page: https://docs.aws.amazon.com/appstream2/latest/APIReference/API_CreateThemeForStack.html */
export function themeOperations(account: AppStreamAccount) {
  const find = (stackName: string): Theme => {
    account.stack(stackName);
    return account.themes.get(stackName) ?? account.refuse('ResourceNotFoundException', `The stack ${stackName} has no theme.`);
  };

  return {
    CreateThemeForStack(input: CreateThemeForStackRequest): CreateThemeForStackResult {
      const stackName = input.StackName!;
      account.stack(stackName);
      if (account.themes.has(stackName)) {
        account.refuse('ResourceAlreadyExistsException', `The stack ${stackName} already has a theme.`);
      }
      const theme = { StackName: stackName, State: account.readings.newTheme, CreatedTime: account.now(), ...members(account, input) };
      account.themes.set(stackName, theme);
      return { Theme: theme };
    },

    UpdateThemeForStack({ AttributesToDelete = [], State, ...input }: UpdateThemeForStackRequest): UpdateThemeForStackResult {
      const theme = find(input.StackName!);
      if (AttributesToDelete.length > 0 && input.FooterLinks) {
        account.refuseCombination('FooterLinks is both set and deleted.');
      }
      const updated = {
        ...theme, ...State && { State }, ...members(account, input), ...AttributesToDelete.length > 0 && { ThemeFooterLinks: undefined },
      };
      account.themes.set(input.StackName!, updated);
      return { Theme: updated };
    },

    DeleteThemeForStack({ StackName }: DeleteThemeForStackRequest): object {
      find(StackName!);
      account.themes.delete(StackName!);
      return {};
    },

    DescribeThemeForStack({ StackName }: DescribeThemeForStackRequest): DescribeThemeForStackResult {
      return { Theme: find(StackName!) };
    },
  };
}

/** What a theme shows of what it was given. AppStream copies the images (inferred: it shows URLs); these tell from where. */
function members(account: AppStreamAccount, input: Partial<CreateThemeForStackRequest>): Partial<Theme> {
  const { TitleText, ThemeStyling, FooterLinks, OrganizationLogoS3Location: logo, FaviconS3Location: favicon } = input;
  return {
    ...TitleText !== undefined && { ThemeTitleText: TitleText },
    ...ThemeStyling !== undefined && { ThemeStyling },
    ...FooterLinks !== undefined && { ThemeFooterLinks: FooterLinks },
    ...logo !== undefined && { ThemeOrganizationLogoURL: urlOf(account, logo) },
    ...favicon !== undefined && { ThemeFaviconURL: urlOf(account, favicon) },
  };
}

/** The image, if AppStream may read it: by the bucket's policy, as with everything that it reads of S3 (inferred). The code is inferred. */
function urlOf(account: AppStreamAccount, location: S3Location): string {
  const { S3Bucket, S3Key } = location;
  const objection = objectionTo(account, location, PICTURE_READER);
  if (objection !== undefined) {
    account.refuse('OperationNotPermittedException', objection);
  }
  return `https://themes.appstream2.${account.region}.amazonaws.com/${S3Bucket}/${S3Key}`;
}
