import type {
  AppBlock, CreateAppBlockRequest, DeleteAppBlockRequest, DescribeAppBlocksRequest, DescribeAppBlocksResult, ErrorDetails, ScriptDetails,
} from '@aws-sdk/client-appstream';
import type { AppBlockRecord, AppStreamAccount } from './account';
import { objectionTo, objectionToPackages } from './storage';
import { page } from '../pagination';

/** App blocks: there is no update. */
export function appBlockOperations(account: AppStreamAccount) {
  return {
    CreateAppBlock({ Tags, ...input }: CreateAppBlockRequest): { AppBlock: AppBlock } {
      const arn = account.arn('app-block', input.Name!);
      // That custom packaging is the default is inferred: it is the older of the two.
      const settings = { PackagingType: 'CUSTOM' as const, ...input, Name: input.Name!, Arn: arn, CreatedTime: account.now() };
      checkPackaging(account, settings);
      if (account.appBlocks.has(arn)) {
        account.refuse('ResourceAlreadyExistsException', `The app block ${input.Name} already exists.`);
      }
      const objections = objectionsTo(account, settings);
      if (objections.length > 0 && account.readings.unreadableObject === 'refused') {
        account.refuse('OperationNotPermittedException', objections[0]);
      }
      const errors = objections.map((ErrorMessage): ErrorDetails => ({ ErrorCode: 'S3_ACCESS_DENIED', ErrorMessage }));
      const appBlock: AppBlockRecord = { settings, errors, hasPackage: settings.SourceS3Location!.S3Key !== undefined };
      account.appBlocks.set(arn, appBlock);
      account.tags.set(arn, Tags ?? {});
      return { AppBlock: describe(appBlock) };
    },

    DescribeAppBlocks({ Arns, MaxResults, NextToken }: DescribeAppBlocksRequest): DescribeAppBlocksResult {
      // Inferred: the range of the other lists of this family.
      account.checkRange('MaxResults', MaxResults, 1, 25);
      const appBlocks = Arns?.length ? Arns.map((arn) => account.appBlock(arn)) : [...account.appBlocks.values()];
      const { items, ...rest } = page(appBlocks, MaxResults ?? account.pageSize, NextToken);
      return { AppBlocks: items.map(describe), ...rest };
    },

    DeleteAppBlock({ Name }: DeleteAppBlockRequest): object {
      const arn = account.arn('app-block', Name!);
      account.appBlock(arn);
      // Both inferred: the operation declares ResourceInUseException, and nothing else can be using an app block.
      const application = [...account.applications.values()].find(({ AppBlockArn }) => AppBlockArn === arn);
      if (application) {
        account.refuse('ResourceInUseException', `The app block ${Name} has the application ${application.Name}.`);
      }
      const builder = [...account.appBlockBuilders.values()].find(({ appBlock }) => appBlock === arn);
      if (builder) {
        account.refuse('ResourceInUseException', `The app block ${Name} is associated with the app block builder ${builder.settings.Name}.`);
      }
      account.appBlocks.delete(arn);
      account.tags.delete(arn);
      return {};
    },
  };
}

/** INACTIVE for as long as it has no package: the API's text on the state of AppBlock. */
export function isActive({ settings, hasPackage }: AppBlockRecord): boolean {
  return settings.PackagingType === 'CUSTOM' || hasPackage;
}

/** The API's text on CreateAppBlockRequest and S3Location. The code is inferred: OperationNotPermittedException is the one that is declared. */
function checkPackaging(account: AppStreamAccount, { PackagingType, SetupScriptDetails, PostSetupScriptDetails, SourceS3Location }: AppBlockRecord['settings']): void {
  const refuse = (message: string) => account.refuse('OperationNotPermittedException', message);
  if (PackagingType === 'CUSTOM') {
    if (!SetupScriptDetails) refuse('SetupScriptDetails is required for the CUSTOM PackagingType.');
    if (PostSetupScriptDetails) refuse('PostSetupScriptDetails can only be provided for the APPSTREAM2 PackagingType.');
    if (SourceS3Location!.S3Key === undefined) refuse('S3Key of SourceS3Location is required for the CUSTOM PackagingType.');
  } else if (SetupScriptDetails) {
    refuse('SetupScriptDetails only applies to the CUSTOM PackagingType.');
  }
  for (const script of [SetupScriptDetails, PostSetupScriptDetails]) {
    if (script && script.ScriptS3Location!.S3Key === undefined) refuse('S3Key of ScriptS3Location is required.');
    // Inferred: the text gives no range.
    account.checkRange('TimeoutInSeconds', script?.TimeoutInSeconds, 1, Number.MAX_SAFE_INTEGER);
  }
}

function objectionsTo(account: AppStreamAccount, settings: AppBlockRecord['settings']): string[] {
  const reader = { arn: settings.Arn };
  const { SourceS3Location: source, SetupScriptDetails, PostSetupScriptDetails } = settings;
  const scripts = [SetupScriptDetails, PostSetupScriptDetails].filter((script): script is ScriptDetails => script !== undefined);
  return [
    source!.S3Key === undefined ? objectionToPackages(account, source!.S3Bucket!, reader) : objectionTo(account, source!, reader),
    ...scripts.map(({ ScriptS3Location }) => objectionTo(account, ScriptS3Location!, reader)),
  ].filter((objection) => objection !== undefined);
}

function describe(appBlock: AppBlockRecord): AppBlock {
  return { ...appBlock.settings, State: isActive(appBlock) ? 'ACTIVE' : 'INACTIVE', AppBlockErrors: [...appBlock.errors] };
}
