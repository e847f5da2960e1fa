import type {
  AppBlockBuilder, AppBlockBuilderAttribute, AppBlockBuilderState, CreateAppBlockBuilderRequest, CreateAppBlockBuilderStreamingURLRequest,
  CreateAppBlockBuilderStreamingURLResult, DeleteAppBlockBuilderRequest, DescribeAppBlockBuildersRequest, DescribeAppBlockBuildersResult,
  StartAppBlockBuilderRequest, StopAppBlockBuilderRequest, UpdateAppBlockBuilderRequest,
} from '@aws-sdk/client-appstream';
import type { AppBlockBuilderRecord, AppStreamAccount } from './account';
import { checkNetwork } from './instance-rules';
import { checkInstanceType } from './instance-types';
import { checkInstanceRole } from './roles';
import { mintUrl } from './sessions';
import { page } from '../pagination';

const ATTRIBUTES: Record<AppBlockBuilderAttribute, 'IamRoleArn' | 'AccessEndpoints' | 'VpcConfig'> = {
  IAM_ROLE_ARN: 'IamRoleArn',
  ACCESS_ENDPOINTS: 'AccessEndpoints',
  VPC_CONFIGURATION_SECURITY_GROUP_IDS: 'VpcConfig',
};

/** What a running builder lets be updated: the API's text on UpdateAppBlockBuilder. */
const WHILE_RUNNING: readonly string[] = ['Name', 'DisplayName', 'Description'];

/**
 * App block builders: STOPPED when created (inferred), then STARTING → RUNNING → STOPPING → STOPPED as asked.
 *
 * What may be asked for in which state: https://docs.aws.amazon.com/appstream2/latest/developerguide/app-block-builder-actions.html;
 * the codes are inferred.
 */
export function appBlockBuilderOperations(account: AppStreamAccount) {
  return {
    CreateAppBlockBuilder({ Tags, ...input }: CreateAppBlockBuilderRequest): { AppBlockBuilder: AppBlockBuilder } {
      const settings = { EnableDefaultInternetAccess: false, ...input, Name: input.Name!, Arn: account.arn('app-block-builder', input.Name!), CreatedTime: account.now() };
      checkBuilder(account, settings);
      if (account.appBlockBuilders.has(settings.Name)) {
        account.refuse('ResourceAlreadyExistsException', `The app block builder ${settings.Name} already exists.`);
      }
      const builder: AppBlockBuilderRecord = { settings, state: account.timed<AppBlockBuilderState>('STOPPED'), errors: [], staleReads: 0 };
      account.appBlockBuilders.set(settings.Name, builder);
      account.tags.set(settings.Arn, Tags ?? {});
      return { AppBlockBuilder: describe(builder) };
    },

    UpdateAppBlockBuilder({ AttributesToDelete = [], ...changes }: UpdateAppBlockBuilderRequest): { AppBlockBuilder: AppBlockBuilder } {
      const builder = account.appBlockBuilder(changes.Name!);
      const state = builder.state.now;
      const needsStop = AttributesToDelete.length > 0 || Object.keys(changes).some((member) => !WHILE_RUNNING.includes(member));
      if (state !== 'STOPPED' && (state !== 'RUNNING' || needsStop)) {
        account.refuse('ResourceInUseException', `The app block builder ${changes.Name} cannot be updated while it is ${state}.`);
      }
      const updated = { ...builder.settings, ...changes, Name: builder.settings.Name };
      for (const attribute of AttributesToDelete) {
        Object.assign(updated, { [ATTRIBUTES[attribute]]: attribute === 'VPC_CONFIGURATION_SECURITY_GROUP_IDS' ? { SubnetIds: updated.VpcConfig?.SubnetIds } : undefined });
      }
      checkBuilder(account, updated);
      builder.settings = updated;
      return { AppBlockBuilder: describe(builder) };
    },

    DescribeAppBlockBuilders({ Names, MaxResults, NextToken }: DescribeAppBlockBuildersRequest): DescribeAppBlockBuildersResult {
      // https://docs.aws.amazon.com/appstream2/latest/APIReference/API_DescribeAppBlockBuilders.html
      account.checkRange('MaxResults', MaxResults, 1, 25);
      const builders = Names?.length ? Names.map((name) => account.appBlockBuilder(name)) : [...account.appBlockBuilders.values()];
      const { items, ...rest } = page(builders, MaxResults ?? account.pageSize, NextToken);
      return { AppBlockBuilders: items.map((builder) => describe(builder, shownState(builder))), ...rest };
    },

    StartAppBlockBuilder({ Name }: StartAppBlockBuilderRequest): { AppBlockBuilder: AppBlockBuilder } {
      const builder = account.appBlockBuilder(Name!);
      if (builder.state.now !== 'STOPPED') {
        account.refuse('OperationNotPermittedException', `The app block builder ${Name} cannot be started while it is ${builder.state.now}.`);
      }
      if (builder.appBlock === undefined) {
        // The API's text.
        account.refuse('OperationNotPermittedException', `The app block builder ${Name} is not associated with an app block.`);
      }
      // There is no state of failure, so that a start which fails is taken to end where it began (inferred).
      const errors = account.script.takeFailingStart(Name!);
      const duration = account.script.takeSlowStart(Name!) ?? account.durations.appBlockBuilderStart;
      builder.errors = errors ?? [];
      builder.state.enter('STARTING', { to: errors ? 'STOPPED' : 'RUNNING', after: duration });
      builder.staleReads = account.script.takeStaleReads(Name!);
      return { AppBlockBuilder: describe(builder) };
    },

    StopAppBlockBuilder({ Name }: StopAppBlockBuilderRequest): { AppBlockBuilder: AppBlockBuilder } {
      const builder = account.appBlockBuilder(Name!);
      if (builder.state.now !== 'RUNNING') {
        account.refuse('OperationNotPermittedException', `The app block builder ${Name} cannot be stopped while it is ${builder.state.now}.`);
      }
      builder.state.enter('STOPPING', { to: 'STOPPED', after: account.durations.appBlockBuilderStop });
      builder.staleReads = account.script.takeStaleReads(Name!);
      return { AppBlockBuilder: describe(builder) };
    },

    DeleteAppBlockBuilder({ Name }: DeleteAppBlockBuilderRequest): object {
      const builder = account.appBlockBuilder(Name!);
      if (builder.state.now !== 'STOPPED') {
        account.refuse('OperationNotPermittedException', `The app block builder ${Name} cannot be deleted while it is ${builder.state.now}.`);
      }
      if (builder.appBlock !== undefined) {
        // The API's text.
        account.refuse('ResourceInUseException', `The app block builder ${Name} is associated with an app block.`);
      }
      account.appBlockBuilders.delete(Name!);
      account.tags.delete(builder.settings.Arn);
      return {};
    },

    CreateAppBlockBuilderStreamingURL(input: CreateAppBlockBuilderStreamingURLRequest): CreateAppBlockBuilderStreamingURLResult {
      const builder = account.appBlockBuilder(input.AppBlockBuilderName!);
      account.checkRange('Validity', input.Validity, 1, 604_800);
      if (builder.state.now !== 'RUNNING') {
        account.refuse('OperationNotPermittedException', `The app block builder ${input.AppBlockBuilderName} is not running.`);
      }
      return mintUrl(account, { Resource: builder.settings.Arn }, input.Validity ?? 3600);
    },
  };
}

/** The API's text on CreateAppBlockBuilderRequest. That the subnets lie in different zones cannot be seen from here. */
function checkBuilder(account: AppStreamAccount, builder: AppBlockBuilderRecord['settings']): void {
  const { InstanceType, VpcConfig, Platform } = builder;
  checkInstanceType(account, InstanceType!, 'elastic-fleet');
  if (Platform !== 'WINDOWS_SERVER_2019') {
    account.refuseCombination(`The platform ${Platform} is not valid for app block builders.`);
  }
  checkNetwork(account, VpcConfig);
  if ((VpcConfig?.SubnetIds?.length ?? 0) < 2) {
    account.refuseCombination('App block builders require at least two subnets in different availability zones.');
  }
  checkInstanceRole(account, builder);
}

function shownState(builder: AppBlockBuilderRecord): AppBlockBuilderState {
  if (builder.staleReads > 0) {
    builder.staleReads -= 1;
    return builder.state.before;
  }
  return builder.state.now;
}

function describe(builder: AppBlockBuilderRecord, state = builder.state.now): AppBlockBuilder {
  const failed = state === 'STOPPED' && builder.errors.length > 0;
  const { InstanceType, VpcConfig, ...settings } = builder.settings;
  return {
    ...settings,
    Platform: 'WINDOWS_SERVER_2019',
    InstanceType: InstanceType!,
    VpcConfig: VpcConfig!,
    State: state,
    AppBlockBuilderErrors: failed ? builder.errors.map((error) => ({ ...error, ErrorTimestamp: builder.settings.CreatedTime })) : [],
    ...failed && { StateChangeReason: { Code: 'INTERNAL_ERROR' as const, Message: builder.errors[0].ErrorMessage } },
  };
}
