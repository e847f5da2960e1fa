import type {
  CopyImageRequest, CopyImageResponse, CreateImportedImageRequest, CreateImportedImageResult, CreateUpdatedImageRequest, CreateUpdatedImageResult,
  Image, ImageState, ImageStateChangeReasonCode,
} from '@aws-sdk/client-appstream';
import type { AppStreamAccount, ImageRecord } from './account';
import { checkAvailable, describe, ownImage, record } from './images';
import { IMPORTED_FAMILIES } from './instance-types';
import { checkImageRole } from './roles';
import type { Passage } from '../timed-state';

/** An image in the making. */
interface Making {
  readonly image: Partial<Image> & { readonly Name: string };
  readonly tags?: Record<string, string>;
  /** What it passes through, the first at once. */
  readonly course: readonly { readonly state: ImageState; readonly ms: number }[];
  readonly failure: ImageStateChangeReasonCode;
}

/** The three ways in which the API makes an image of something: https://docs.aws.amazon.com/appstream2/latest/APIReference/API_Operations.html */
export function imageMakingOperations(account: AppStreamAccount) {
  return {
    CopyImage({ SourceImageName, DestinationImageName, DestinationRegion, DestinationImageDescription }: CopyImageRequest): CopyImageResponse {
      const source = ownImage(account, SourceImageName!);
      checkAvailable(account, source);
      if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(DestinationRegion!)) {
        // Inferred.
        account.refuse('InvalidParameterValueException', `The value ${DestinationRegion} of DestinationRegion is not valid.`);
      }
      const destination = account.elsewhere(DestinationRegion!);
      checkQuota(destination, 'COPYING', destination.quotas.concurrentCopies, 'concurrent image copies');
      const { Arn, CreatedTime, Visibility, ImageBuilderName, Description, ...settings } = source.settings;
      // "Tags are not copied": https://docs.aws.amazon.com/appstream2/latest/developerguide/tagging-basic.html. That the description is not either is inferred.
      make(destination, {
        image: { ...settings, Name: DestinationImageName!, Description: DestinationImageDescription },
        course: [{ state: 'COPYING', ms: destination.durations.imageCopy }],
        failure: 'IMAGE_COPY_FAILURE',
      });
      return { DestinationImageName };
    },

    CreateUpdatedImage(input: CreateUpdatedImageRequest): CreateUpdatedImageResult {
      const source = ownImage(account, input.existingImageName!);
      checkAvailable(account, source, 'OperationNotPermittedException');
      // Inferred: the agent stands for all that a managed update brings.
      const canUpdateImage = source.settings.LatestAppstreamAgentVersion !== 'TRUE';
      if (input.dryRun) {
        return { canUpdateImage };
      }
      if (!canUpdateImage && account.readings.updateUpToDateImage === 'refused') {
        account.refuse('OperationNotPermittedException', `There are no updates for the image ${input.existingImageName}.`);
      }
      checkQuota(account, 'CREATING', account.quotas.concurrentUpdates, 'concurrent image updates');
      const { Arn, CreatedTime, ImageBuilderName, ...settings } = source.settings;
      const image = make(account, {
        image: {
          ...settings,
          Name: input.newImageName!,
          DisplayName: input.newImageDisplayName ?? input.newImageName,
          Description: input.newImageDescription,
          BaseImageArn: Arn,
          AppstreamAgentVersion: latestAgent(account),
          LatestAppstreamAgentVersion: 'TRUE',
        },
        tags: input.newImageTags,
        course: [{ state: 'CREATING', ms: account.durations.imageUpdate }],
        failure: 'IMAGE_UPDATE_FAILURE',
      });
      return { canUpdateImage, image: describe(image) };
    },

    CreateImportedImage(input: CreateImportedImageRequest): CreateImportedImageResult {
      checkImport(account, input);
      const applications = input.AppCatalogConfig ?? [];
      const making: Making = {
        image: {
          Name: input.Name!,
          DisplayName: input.DisplayName ?? input.Name,
          Description: input.Description,
          ImageType: input.WorkspaceImageId === undefined ? 'CUSTOM' : 'BYOL',
          SupportedInstanceFamilies: IMPORTED_FAMILIES,
          AppstreamAgentVersion: latestAgent(account),
          LatestAppstreamAgentVersion: 'TRUE',
          Applications: applications.map(({ Name, DisplayName, AbsoluteAppPath, LaunchParameters, WorkingDirectory }) => ({
            Name, DisplayName, LaunchPath: AbsoluteAppPath, LaunchParameters, WorkingDirectory, Enabled: true,
          })),
        },
        tags: input.Tags,
        course: [
          { state: 'IMPORTING', ms: account.durations.imageImport },
          // "provisions an instance to test streaming functionality": the API's text. The place of the state in the order is inferred.
          ...input.RuntimeValidationConfig ? [{ state: 'VALIDATING' as const, ms: account.durations.imageValidation }] : [],
        ],
        failure: 'IMAGE_IMPORT_FAILURE',
      };
      if (input.DryRun) {
        checkName(account, input.Name!);
        // What passes is answered with an error, as EC2 does.
        account.refuse('DryRunOperationException', 'The request would have succeeded, but the DryRun flag is set.');
      }
      return { Image: describe(make(account, making)) };
    },
  };
}

function make(account: AppStreamAccount, { image, tags, course, failure }: Making): ImageRecord {
  checkName(account, image.Name);
  const scripted = account.script.takeFailingImage(image.Name);
  const slow = account.script.takeSlowStart(image.Name);
  const [first, ...others] = course;
  const passages: Passage<ImageState>[] = course.map(({ ms }, index) => ({
    to: others[index]?.state ?? (scripted ? 'FAILED' : 'AVAILABLE'), after: slow ?? ms,
  }));
  const state = account.timed<ImageState | 'GONE'>(first.state);
  state.enter(first.state, ...passages);
  const made = record(account, { ...image, Visibility: 'PRIVATE' }, state, {
    failure: scripted && { ...scripted, StateChangeReason: { Code: failure, Message: scripted.message } },
    hiddenReads: account.script.takeStaleReads(image.Name),
  });
  account.tags.set(made.settings.Arn, tags ?? {});
  return made;
}

function checkName(account: AppStreamAccount, name: string): void {
  const own = [...account.images.values()].filter(({ settings }) => settings.Visibility === 'PRIVATE');
  if (own.some(({ settings }) => settings.Name === name)) {
    account.refuse('ResourceAlreadyExistsException', `The image ${name} already exists.`);
  }
  if (own.length >= account.quotas.images) {
    account.refuse('LimitExceededException', `The quota of ${account.quotas.images} images is reached.`);
  }
}

function checkQuota(account: AppStreamAccount, state: ImageState, quota: number, what: string): void {
  if ([...account.images.values()].filter((image) => image.state.now === state).length >= quota) {
    account.refuse('LimitExceededException', `The quota of ${quota} ${what} is reached.`);
  }
}

/** Codes and sentences are inferred; the operation declares each of the codes. */
function checkImport(account: AppStreamAccount, input: CreateImportedImageRequest): void {
  const { SourceAmiId, WorkspaceImageId, IamRoleArn, AppCatalogConfig = [] } = input;
  if ((SourceAmiId === undefined) === (WorkspaceImageId === undefined)) {
    account.refuseCombination('Specify either SourceAmiId or WorkspaceImageId.');
  }
  if (SourceAmiId !== undefined && IamRoleArn === undefined) {
    // "The ARN of the IAM role that allows WorkSpaces Applications to access your AMI": the API's text.
    account.refuseCombination('IamRoleArn is required with SourceAmiId.');
  }
  if (IamRoleArn !== undefined) {
    checkImageRole(account, IamRoleArn, SourceAmiId === undefined ? undefined : { id: SourceAmiId, actions: ['ec2:ModifyImageAttribute'] });
  }
  if (SourceAmiId !== undefined && !account.amis.has(SourceAmiId)) {
    account.refuse('ResourceNotFoundException', `The AMI ${SourceAmiId} does not exist.`);
  }
  const names = AppCatalogConfig.map(({ Name }) => Name);
  if (new Set(names).size < names.length) {
    // "must be unique within the application catalog": the API's text.
    account.refuseCombination('The application catalog names an application twice.');
  }
}

/** Agents are named after the day of their release. */
function latestAgent(account: AppStreamAccount): string {
  const [year, month, day] = account.now().toISOString().slice(0, 10).split('-');
  return [month, day, year].join('-');
}
