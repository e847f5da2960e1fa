import { randomUUID } from 'crypto';
import { writeSync } from 'fs';
import { basename } from 'path';
import { copy, type Files, isOwned, remove, sync, unpack } from './aws-cli';

/** What CloudFormation sends, of which every scalar is a string. */
interface Event {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Properties;
  readonly OldResourceProperties?: Partial<Properties>;
}

interface Properties {
  readonly SourceBucketNames: readonly string[];
  readonly SourceObjectKeys: readonly string[];
  readonly SourceMarkers?: readonly Readonly<Record<string, string>>[];
  readonly DestinationBucketName: string;
  readonly DestinationBucketKeyPrefix?: string;
  readonly DestinationBucketArn?: string;
  readonly Extract?: string;
  readonly Prune?: string;
  readonly RetainOnDelete?: string;
  readonly OutputObjectKeys?: string;
}

interface Answer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly PhysicalResourceId?: string;
  readonly Reason?: string;
  readonly Data?: object;
}

const IMITATED = [
  'ServiceToken', 'ServiceTimeout', 'SourceBucketNames', 'SourceObjectKeys', 'SourceMarkers', 'DestinationBucketName', 'DestinationBucketKeyPrefix',
  'DestinationBucketArn', 'Extract', 'Prune', 'RetainOnDelete', 'OutputObjectKeys',
  // Nothing is invalidated without a distribution.
  'WaitForDistributionInvalidation',
];

/** aws-cdk-lib's handler of `Custom::CDKBucketDeployment`, in the order of its source. */
export async function handler(event: Event, context: { readonly logStreamName: string }): Promise<void> {
  try {
    const answer = await answerTo(event);
    await send(event, context, answer);
  } catch (error) {
    const Reason = error instanceof Error ? error.message : String(error);
    console.error(`| cfn_error: ${Reason}`);
    await send(event, context, { Status: 'FAILED', Reason, PhysicalResourceId: event.PhysicalResourceId });
  }
}

async function answerTo({ RequestType, PhysicalResourceId, ResourceProperties: properties, OldResourceProperties: old }: Event): Promise<Answer> {
  checkImitated(properties);
  const { DestinationBucketName: bucket, RetainOnDelete = 'true', OutputObjectKeys = 'true' } = properties;
  const prefix = properties.DestinationBucketKeyPrefix === '/' ? '' : properties.DestinationBucketKeyPrefix ?? '';
  if (RequestType !== 'Create' && !PhysicalResourceId) {
    throw new Error(`invalid request: request type is '${RequestType}' but 'PhysicalResourceId' is not defined`);
  }
  if (RequestType === 'Delete' && RetainOnDelete !== 'true' && !await isOwned(bucket, prefix)) {
    await remove(bucket, prefix);
  }
  const [oldBucket, oldPrefix] = [old?.DestinationBucketName ?? '', old?.DestinationBucketKeyPrefix ?? ''];
  if (RequestType === 'Update' && RetainOnDelete !== 'true' && (oldBucket !== bucket || oldPrefix !== prefix)) {
    await remove(oldBucket, oldPrefix);
  }
  if (RequestType !== 'Delete') {
    await sync(await contentOf(properties), bucket, prefix, (properties.Prune ?? 'true').toLowerCase() === 'true');
  }
  return {
    Status: 'SUCCESS',
    PhysicalResourceId: RequestType === 'Create' ? `aws.cdk.s3deployment.${randomUUID()}` : PhysicalResourceId,
    Data: {
      DestinationBucketArn: properties.DestinationBucketArn ?? null,
      SourceObjectKeys: OutputObjectKeys === 'true' ? properties.SourceObjectKeys : [],
    },
  };
}

/** The files of all sources; of those with the same path, the last. */
async function contentOf({ SourceBucketNames, SourceObjectKeys, SourceMarkers, Extract = 'true' }: Properties): Promise<Files> {
  if (SourceMarkers && SourceMarkers.length !== SourceBucketNames.length) {
    throw new Error("'source_markers' and 's3_source_zips' must be the same length");
  }
  const contents = new Map<string, Buffer>();
  for (const [index, key] of SourceObjectKeys.entries()) {
    const object = await copy(SourceBucketNames[index], key);
    const files = Extract === 'true' ? unpack(object) : new Map([[basename(key), object]]);
    const markers = Object.entries(Extract === 'true' ? SourceMarkers?.[index] ?? {} : {});
    for (const [path, content] of files) {
      contents.set(path, markers.reduce((text, [marker, value]) => replaced(text, marker, value), content));
    }
  }
  return contents;
}

/** By bytes: a file need not be text. */
function replaced(content: Buffer, marker: string, value: string): Buffer {
  const [from, to] = [marker, value].map((text) => Buffer.from(text).toString('latin1'));
  return Buffer.from(content.toString('latin1').split(from).join(to), 'latin1');
}

/** Told over the pipe that fails a run: it is the loopback that lacks something. */
function checkImitated(properties: object): void {
  const off = ['SignContent', 'OutputObjectVersionIds'];
  const strange = Object.entries(properties).find(([name, value]) => !IMITATED.includes(name) && !(off.includes(name) && value === 'false'));
  if (strange) {
    const message = `the loopback does not imitate ${strange[0]} of Custom::CDKBucketDeployment`;
    writeSync(3, `${message}\n`);
    throw new Error(message);
  }
}

async function send(event: Event, { logStreamName }: { readonly logStreamName: string }, answer: Answer): Promise<void> {
  const { StackId, RequestId, LogicalResourceId } = event;
  const body = JSON.stringify({
    Reason: `See the details in CloudWatch Log Stream: ${logStreamName}`,
    StackId,
    RequestId,
    LogicalResourceId,
    NoEcho: false,
    Data: {},
    ...answer,
    PhysicalResourceId: answer.PhysicalResourceId ?? logStreamName,
  });
  console.log(`| response body: ${body}`);
  try {
    const { status } = await fetch(event.ResponseURL, { method: 'PUT', body, headers: { 'content-type': '' } });
    console.log(`| status code: ${status}`);
  } catch (error) {
    console.error('| unable to send response to CloudFormation', String(error));
  }
}
