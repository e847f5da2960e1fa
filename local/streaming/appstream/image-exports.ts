import { randomUUID } from 'crypto';
import type {
  CreateExportImageTaskRequest, CreateExportImageTaskResult, ExportImageTask, ExportImageTaskState, GetExportImageTaskRequest,
  GetExportImageTaskResult, ListExportImageTasksRequest, ListExportImageTasksResult,
} from '@aws-sdk/client-appstream';
import type { AppStreamAccount, ExportRecord } from './account';
import { checkAvailable, ownImage } from './images';
import { checkImageRole } from './roles';
import { NotImitated } from '../../wire/aws-error';
import { page } from '../pagination';

/** Images that become AMIs of EC2. A task cannot be ended or deleted. */
export function imageExportOperations(account: AppStreamAccount) {
  return {
    CreateExportImageTask(input: CreateExportImageTaskRequest): CreateExportImageTaskResult {
      const { ImageName, AmiName, IamRoleArn, ...given } = input;
      const image = ownImage(account, ImageName!);
      checkAvailable(account, image);
      const amiId = `ami-${randomUUID().replace(/-/g, '').slice(0, 17)}`;
      checkImageRole(account, IamRoleArn!, { id: amiId, actions: ['ec2:CopyImage', 'ec2:CreateTags'] });
      const names = [...account.amis.values()].map(({ name }) => name);
      const exported = [...account.exports.values()].filter(({ state }) => state.now !== 'FAILED');
      if (names.includes(AmiName!) || exported.some(({ settings }) => settings.AmiName === AmiName)) {
        // "must be unique within your account and region": the API's text. The code is inferred.
        account.refuse('OperationNotPermittedException', `There is an AMI with the name ${AmiName} already.`);
      }
      const failure = account.script.takeFailingImage(AmiName!);
      const state = account.timed<ExportImageTaskState>('EXPORTING');
      state.enter('EXPORTING', { to: failure ? 'FAILED' : 'COMPLETED', after: account.script.takeSlowStart(AmiName!) ?? account.durations.imageExport });
      const task: ExportRecord = {
        settings: { ...given, TaskId: randomUUID(), ImageArn: image.settings.Arn, AmiName: AmiName!, CreatedDate: account.now() },
        state,
        amiId,
        failure,
      };
      account.exports.set(task.settings.TaskId!, task);
      return { ExportImageTask: describe(account, task) };
    },

    GetExportImageTask({ TaskId }: GetExportImageTaskRequest): GetExportImageTaskResult {
      const task = account.exports.get(TaskId!) ?? account.refuse('ResourceNotFoundException', `The task ${TaskId} does not exist.`);
      return { ExportImageTask: describe(account, task) };
    },

    ListExportImageTasks({ Filters, MaxResults, NextToken }: ListExportImageTasksRequest): ListExportImageTasksResult {
      if (Filters) {
        // The API does not say which filters there are.
        throw new NotImitated('ListExportImageTasks with Filters');
      }
      const { items, ...rest } = page([...account.exports.values()], MaxResults || account.pageSize, NextToken);
      return { ExportImageTasks: items.map((task) => describe(account, task)), ...rest };
    },
  };
}

function describe(account: AppStreamAccount, { settings, state, amiId, failure }: ExportRecord): ExportImageTask {
  const now = state.now;
  if (now === 'COMPLETED') {
    account.amis.set(amiId, { name: settings.AmiName! });
  }
  return {
    ...settings,
    State: now,
    ...now === 'COMPLETED' && { AmiId: amiId },
    ...now === 'FAILED' && { ErrorDetails: [{ ErrorCode: 'EXPORT_FAILED', ErrorMessage: failure?.message }] },
  };
}
