import type {
  AppBlockBuilderAppBlockAssociation, AssociateAppBlockBuilderAppBlockRequest, AssociateAppBlockBuilderAppBlockResult,
  DescribeAppBlockBuilderAppBlockAssociationsRequest, DescribeAppBlockBuilderAppBlockAssociationsResult, DisassociateAppBlockBuilderAppBlockRequest,
} from '@aws-sdk/client-appstream';
import type { AppBlockBuilderRecord, AppStreamAccount } from './account';
import { isActive } from './app-blocks';
import { objectionToPackages, PACKAGE_FOLDER } from './storage';
import { page } from '../pagination';

/** Which app block a builder makes a package for: one at a time, as CloudFormation's AppBlockArns has it. */
export function appBlockBuilderAssociationOperations(account: AppStreamAccount) {
  return {
    AssociateAppBlockBuilderAppBlock(input: AssociateAppBlockBuilderAppBlockRequest): AssociateAppBlockBuilderAppBlockResult {
      const { AppBlockArn, AppBlockBuilderName } = input;
      const builder = account.appBlockBuilder(AppBlockBuilderName!);
      const { settings } = account.appBlock(AppBlockArn!);
      if (settings.PackagingType === 'CUSTOM') {
        // Builders make packages of the other type: https://docs.aws.amazon.com/appstream2/latest/developerguide/app-block-builder.html. The code is inferred.
        account.refuse('OperationNotPermittedException', `The app block ${settings.Name} has CUSTOM packaging.`);
      }
      if (builder.appBlock === AppBlockArn && account.readings.associateAgain === 'accepted') {
        return { AppBlockBuilderAppBlockAssociation: { AppBlockArn, AppBlockBuilderName } };
      }
      if (builder.appBlock !== undefined) {
        account.refuse('LimitExceededException', `The app block builder ${AppBlockBuilderName} is associated with an app block already.`);
      }
      mustBeStopped(account, builder);
      builder.appBlock = AppBlockArn;
      return { AppBlockBuilderAppBlockAssociation: { AppBlockArn, AppBlockBuilderName } };
    },

    DisassociateAppBlockBuilderAppBlock({ AppBlockArn, AppBlockBuilderName }: DisassociateAppBlockBuilderAppBlockRequest): object {
      const builder = account.appBlockBuilder(AppBlockBuilderName!);
      if (builder.appBlock !== AppBlockArn) {
        // Inferred.
        account.refuse('ResourceNotFoundException', `The app block builder ${AppBlockBuilderName} is not associated with ${AppBlockArn}.`);
      }
      mustBeStopped(account, builder);
      builder.appBlock = undefined;
      return {};
    },

    DescribeAppBlockBuilderAppBlockAssociations(
      { AppBlockArn, AppBlockBuilderName, MaxResults, NextToken }: DescribeAppBlockBuilderAppBlockAssociationsRequest,
    ): DescribeAppBlockBuilderAppBlockAssociationsResult {
      account.checkRange('MaxResults', MaxResults, 1, 25);
      const associations = [...account.appBlockBuilders.values()]
        .flatMap(({ appBlock, settings }): AppBlockBuilderAppBlockAssociation[] =>
          appBlock === undefined ? [] : [{ AppBlockArn: appBlock, AppBlockBuilderName: settings.Name }])
        .filter((each) => (AppBlockArn === undefined || each.AppBlockArn === AppBlockArn)
          && (AppBlockBuilderName === undefined || each.AppBlockBuilderName === AppBlockBuilderName));
      const { items, ...rest } = page(associations, MaxResults ?? account.pageSize, NextToken);
      // The model's list has at least one entry, so without any there is no list (inferred).
      return { ...items.length > 0 && { AppBlockBuilderAppBlockAssociations: items }, ...rest };
    },
  };
}

/**
 * An administrator ends the work on a builder: AppStream makes a package, puts it into the app block's bucket, and the app block is ACTIVE.
 * The name of the object is inferred. No operation of the API: fails as the builder would, with a sentence.
 *
 * @returns where the package is to go
 */
export function finishPackage(account: AppStreamAccount, builderName: string): { readonly Bucket: string; readonly Key: string } {
  const builder = account.appBlockBuilder(builderName);
  if (builder.state.now !== 'RUNNING') {
    throw new Error(`the app block builder ${builderName} is not running`);
  }
  const appBlock = account.appBlock(builder.appBlock!);
  if (isActive(appBlock)) {
    throw new Error(`the app block ${appBlock.settings.Name} has a package`);
  }
  const { S3Bucket } = appBlock.settings.SourceS3Location!;
  const objection = objectionToPackages(account, S3Bucket!, { arn: appBlock.settings.Arn });
  if (objection !== undefined) {
    throw new Error(objection);
  }
  appBlock.hasPackage = true;
  return { Bucket: S3Bucket!, Key: `${PACKAGE_FOLDER}/${appBlock.settings.Name}.vhdx` };
}

/** Inferred: a running instance has the app block that it was started with. */
function mustBeStopped(account: AppStreamAccount, { settings: { Name }, state }: AppBlockBuilderRecord): void {
  if (state.now !== 'STOPPED' && account.readings.appBlockOfRunningBuilder === 'fixed') {
    account.refuse('OperationNotPermittedException', `The app block of the app block builder ${Name} cannot be changed while it is ${state.now}.`);
  }
}
