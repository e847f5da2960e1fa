import { CreateExportImageTaskCommand, type ExportImageTask, ExportImageTaskState, ListExportImageTasksCommand } from '@aws-sdk/client-appstream';
import { appstream } from './client';
import { textsOf } from './errors';
import { originOf, Ownership } from './image-ownership';
import { IMAGE_EXPORT_ATTRIBUTES, type ImageExportProperties } from '../../src/appstream/private/image-export-contract';
import { GENERATION_LENGTH } from '../../src/appstream/private/made-image-contract';
import type { Controller, Progress, Request } from '../engine/controller';

type ExportRequest = Request<ImageExportProperties>;

const WAIT_SECONDS = 60;
/** AppStream's clock against that of the state machine. */
const CLOCK_SKEW_MS = 10_000;

/** Makes an AMI of an image. AppStream ends no export and EC2's AMIs are others' to delete: a Delete does nothing. */
export const imageExport: Controller<ImageExportProperties> = async (request) => {
  const { wanted, before, id } = request;
  if (!wanted) {
    return { kind: 'ready', id: id ?? nameOf(before!) };
  }
  const task = await taskOf(wanted, request);
  if (!task) {
    return begin(wanted, request);
  }
  const why = `the export of image ${wanted.ImageName} to the AMI ${task.AmiName} is ${task.State}`;
  switch (task.State) {
    case ExportImageTaskState.COMPLETED:
      return { kind: 'ready', id: task.AmiName!, attributes: { [IMAGE_EXPORT_ATTRIBUTES.amiId]: task.AmiId!, [IMAGE_EXPORT_ATTRIBUTES.amiName]: task.AmiName! } };
    case ExportImageTaskState.EXPORTING:
      return pending(request, `${why}, which goes on by itself: the next deployment takes up what this one does not wait for`);
    case ExportImageTaskState.FAILED:
    case ExportImageTaskState.TIMED_OUT:
      // Of an earlier deployment: there is no AMI of the name, so another one can be made.
      return task.CreatedDate!.getTime() >= request.startedAt - CLOCK_SKEW_MS ? { kind: 'failed', reason: `${why}: ${reasonOf(task)}` } : begin(wanted, request);
    default:
      throw new Error(`an export is in the unknown state ${task.State}`);
  }
};

/** The newest task for what is wanted. Its tags are there from the beginning, and say whose it is. */
async function taskOf(wanted: ImageExportProperties, { owner }: ExportRequest): Promise<ExportImageTask | undefined> {
  const ownership = new Ownership(owner, identityOf(wanted));
  const tasks: ExportImageTask[] = [];
  let NextToken: string | undefined;
  do {
    const page = await appstream.send(new ListExportImageTasksCommand({ NextToken }));
    tasks.push(...page.ExportImageTasks ?? []);
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  const ours = tasks.filter(({ AmiName, TagSpecifications }) => AmiName === nameOf(wanted) && ownership.judge({ Name: undefined }, TagSpecifications ?? {}) === 'ours');
  return ours.sort((one, other) => other.CreatedDate!.getTime() - one.CreatedDate!.getTime())[0];
}

async function begin(wanted: ImageExportProperties, request: ExportRequest): Promise<Progress> {
  const { tags } = new Ownership(request.owner, identityOf(wanted));
  await appstream.send(new CreateExportImageTaskCommand({
    ImageName: wanted.ImageName,
    AmiName: nameOf(wanted),
    IamRoleArn: wanted.RoleArn,
    AmiDescription: wanted.Description,
    TagSpecifications: { ...JSON.parse(wanted.Tags ?? '{}'), ...tags },
  }));
  return pending(request, `the export of image ${wanted.ImageName} was asked for`, 0);
}

function pending({ wanted, before }: ExportRequest, why: string, waitSeconds = WAIT_SECONDS): Progress {
  return { kind: 'pending', id: before ? undefined : nameOf(wanted!), why, waitSeconds };
}

function reasonOf({ ErrorDetails }: ExportImageTask): string {
  return textsOf(ErrorDetails).join('; ') || 'AppStream does not say why';
}

function nameOf(properties: ImageExportProperties): string {
  return properties.AmiName ?? `${properties.NamePrefix}-${originOf(identityOf(properties), GENERATION_LENGTH)}`;
}

/** All that tells one AMI from another. Not its tags: those of an AMI are EC2's to change. */
function identityOf({ ImageName, Description, Revision }: ImageExportProperties): object {
  return { ImageName, Description, Revision };
}
