import type {
  CreateImageBuilderRequest, CreateImageBuilderStreamingURLRequest, CreateImageBuilderStreamingURLResult, DeleteImageBuilderRequest,
  DescribeImageBuildersRequest, DescribeImageBuildersResult, ImageBuilder, ImageBuilderState, SoftwareDeploymentStatus, StartImageBuilderRequest,
  StopImageBuilderRequest,
} from '@aws-sdk/client-appstream';
import type { AppStreamAccount, BuilderRecord } from './account';
import { findImage } from './images';
import { checkDomain, checkNetwork, checkRootVolume } from './instance-rules';
import { checkFamily, checkInstanceType } from './instance-types';
import { checkInstanceRole } from './roles';
import { mintUrl } from './sessions';
import { page } from '../pagination';

/**
 * Image builders: start by themselves when created, PENDING → RUNNING; then STOPPING → STOPPED → PENDING → RUNNING as asked.
 *
 * What may be asked for in which state: https://docs.aws.amazon.com/appstream2/latest/developerguide/managing-image-builders-actions.html
 */
export function imageBuilderOperations(account: AppStreamAccount) {
  return {
    CreateImageBuilder(input: CreateImageBuilderRequest): { ImageBuilder: ImageBuilder } {
      const { ImageName, ImageArn, Tags, SoftwaresToInstall, SoftwaresToUninstall, ...given } = input;
      const [name, type] = [input.Name!, input.InstanceType!];
      checkInstanceType(account, type, 'image-builder');
      checkBuilder(account, input);
      const image = findImage(account, { ImageName, ImageArn });
      checkFamily(account, type, image);
      if (!image.ImageBuilderSupported) {
        account.refuse('OperationNotPermittedException', `The image ${image.Name} does not support image builders.`);
      }
      if (account.builders.has(name)) {
        account.refuse('ResourceAlreadyExistsException', `The image builder ${name} already exists.`);
      }
      const builder: BuilderRecord = {
        settings: {
          EnableDefaultInternetAccess: false,
          ...given,
          Name: name,
          Arn: account.arn('image-builder', name),
          ImageArn: image.Arn,
          Platform: image.Platform,
          CreatedTime: account.now(),
          AppstreamAgentVersion: image.AppstreamAgentVersion,
          LatestAppstreamAgentVersion: image.LatestAppstreamAgentVersion,
        },
        state: account.timed<ImageBuilderState | 'GONE'>('PENDING'),
        errors: [],
        software: new Map(),
        staleReads: 0,
      };
      start(account, builder, input.AppstreamAgentVersion);
      installAtCreation(account, builder, SoftwaresToInstall);
      account.builders.set(name, builder);
      account.tags.set(builder.settings.Arn!, Tags ?? {});
      return { ImageBuilder: describe(builder) };
    },

    DescribeImageBuilders({ Names, MaxResults, NextToken }: DescribeImageBuildersRequest): DescribeImageBuildersResult {
      // Inferred: the API gives no range.
      account.checkRange('MaxResults', MaxResults, 1, 50);
      const builders = Names?.length ? Names.map((name) => account.builder(name)) : [...account.builders.values()];
      const { items, ...rest } = page(builders, MaxResults ?? account.pageSize, NextToken);
      return { ImageBuilders: items.map((builder) => describe(builder, shownState(builder))), ...rest };
    },

    StartImageBuilder({ Name, AppstreamAgentVersion }: StartImageBuilderRequest): { ImageBuilder: ImageBuilder } {
      const builder = account.builder(Name!);
      if (builder.state.now !== 'STOPPED') {
        account.refuse(account.readings.startImageBuilderRefusal, `The image builder ${Name} cannot be started while it is ${builder.state.now}.`);
      }
      start(account, builder, AppstreamAgentVersion);
      builder.staleReads = account.script.takeStaleReads(Name!);
      return { ImageBuilder: describe(builder) };
    },

    StopImageBuilder({ Name }: StopImageBuilderRequest): { ImageBuilder: ImageBuilder } {
      const builder = account.builder(Name!);
      if (builder.state.now !== 'RUNNING') {
        account.refuse('OperationNotPermittedException', `The image builder ${Name} cannot be stopped while it is ${builder.state.now}.`);
      }
      builder.state.enter('STOPPING', { to: 'STOPPED', after: account.durations.builderStop });
      builder.staleReads = account.script.takeStaleReads(Name!);
      return { ImageBuilder: describe(builder) };
    },

    DeleteImageBuilder({ Name }: DeleteImageBuilderRequest): { ImageBuilder: ImageBuilder } {
      const builder = account.builder(Name!);
      // That a failed builder can be deleted is inferred: nothing else can be done with it.
      const states = ['STOPPED', 'FAILED', ...account.readings.deleteRunningImageBuilder === 'accepted' ? ['RUNNING'] : []];
      if (!states.includes(builder.state.now)) {
        account.refuse('OperationNotPermittedException', `The image builder ${Name} cannot be deleted while it is ${builder.state.now}.`);
      }
      builder.staleReads = 0;
      builder.state.enter('DELETING', { to: 'GONE', after: account.durations.builderDelete });
      return { ImageBuilder: describe(builder) };
    },

    CreateImageBuilderStreamingURL({ Name, Validity }: CreateImageBuilderStreamingURLRequest): CreateImageBuilderStreamingURLResult {
      const builder = account.builder(Name!);
      account.checkRange('Validity', Validity, 1, 604_800);
      if (builder.state.now !== 'RUNNING') {
        account.refuse('OperationNotPermittedException', `The image builder ${Name} is not running.`);
      }
      return mintUrl(account, { Resource: builder.settings.Arn! }, Validity ?? 3600);
    },
  };
}

function checkBuilder(account: AppStreamAccount, input: CreateImageBuilderRequest): void {
  const subnets = input.VpcConfig?.SubnetIds ?? [];
  if (subnets.length > 1) {
    // "You can specify only one subnet": the API's text. The code is inferred.
    account.refuseCombination('An image builder takes one subnet.');
  }
  checkNetwork(account, input.VpcConfig);
  checkRootVolume(account, input.RootVolumeConfig?.VolumeSizeInGb);
  checkDomain(account, input.DomainJoinInfo?.DirectoryName);
  checkInstanceRole(account, { Arn: account.arn('image-builder', input.Name!), IamRoleArn: input.IamRoleArn });
}

/** An agent version that is asked for is installed before the builder runs: the state is modelled, its place in the order is inferred. */
function start(account: AppStreamAccount, builder: BuilderRecord, agentVersion: string | undefined): void {
  const { Name } = builder.settings;
  const duration = account.script.takeSlowStart(Name) ?? account.durations.builderStart;
  const errors = account.script.takeFailingStart(Name);
  builder.errors = errors ?? [];
  if (errors) {
    builder.state.enter('PENDING', { to: 'FAILED', after: duration });
  } else if (agentVersion === undefined || agentVersion === builder.settings.AppstreamAgentVersion) {
    builder.state.enter('PENDING', { to: 'RUNNING', after: duration });
  } else {
    const latest = agentVersion === 'LATEST';
    builder.settings = { ...builder.settings, AppstreamAgentVersion: agentVersion, LatestAppstreamAgentVersion: latest ? 'TRUE' : 'FALSE' };
    builder.state.enter('PENDING', { to: 'UPDATING_AGENT', after: duration }, { to: 'RUNNING', after: account.durations.builderAgentUpdate });
  }
}

/** What a builder is made with is associated with it from the beginning. That it is there when the builder runs is inferred. */
function installAtCreation(account: AppStreamAccount, { software }: BuilderRecord, names: readonly string[] = []): void {
  for (const name of names) {
    const status = account.timed<SoftwareDeploymentStatus | 'GONE'>('PENDING_INSTALLATION');
    status.enter('PENDING_INSTALLATION', { to: 'INSTALLED', after: account.durations.builderStart });
    software.set(name, status);
  }
}

function shownState(builder: BuilderRecord): ImageBuilderState | 'GONE' {
  if (builder.staleReads > 0) {
    builder.staleReads -= 1;
    return builder.state.before;
  }
  return builder.state.now;
}

function describe(builder: BuilderRecord, state = builder.state.now): ImageBuilder {
  const failed = state === 'FAILED';
  return {
    ...builder.settings,
    State: state as ImageBuilderState,
    ImageBuilderErrors: failed ? builder.errors.map((error) => ({ ...error, ErrorTimestamp: builder.settings.CreatedTime })) : [],
    ...failed && { StateChangeReason: { Code: 'INTERNAL_ERROR' as const, Message: builder.errors[0]?.ErrorMessage ?? 'The image builder failed.' } },
  };
}
