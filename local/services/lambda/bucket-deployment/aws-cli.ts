import { basename } from 'path';
import { S3 } from '@aws-sdk/client-s3';
import { readZip } from '../zip';

/** The content of files by their paths. */
export type Files = ReadonlyMap<string, Buffer>;

/** What the handler does by the `aws` command line of its layer, by the same calls to S3. */
const s3 = new S3({});

/** `aws s3 cp s3://bucket/key .` */
export function copy(bucket: string, key: string): Promise<Buffer> {
  return command(['s3', 'cp', `s3://${bucket}/${key}`, basename(key)], async () => {
    await s3.headObject({ Bucket: bucket, Key: key });
    const { Body } = await s3.getObject({ Bucket: bucket, Key: key });
    return Buffer.from(await Body!.transformToByteArray());
  });
}

export function unpack(archive: Buffer): Files {
  return new Map(readZip(archive).map(({ path, content }) => [path, content]));
}

/**
 * `aws s3 sync . s3://bucket/prefix`: puts every file, as the real one does here, since what was just unpacked is younger than any object.
 * With `prune`, then deletes whatever else is under the prefix.
 */
export function sync(files: Files, bucket: string, prefix: string, prune: boolean): Promise<void> {
  const folder = asFolder(prefix);
  return command(['s3', 'sync', ...prune ? ['--delete'] : [], '.', `s3://${bucket}/${prefix}`], async () => {
    const present = await list(bucket, folder);
    for (const [path, content] of files) {
      await s3.putObject({ Bucket: bucket, Key: folder + path, Body: content });
    }
    const stray = present.filter(({ key, size }) => !files.has(key.slice(folder.length)) && !(key.endsWith('/') && size === 0));
    for (const { key } of prune ? stray : []) {
      await s3.deleteObject({ Bucket: bucket, Key: key });
    }
  });
}

/** `aws s3 rm s3://bucket/prefix --recursive` */
export function remove(bucket: string, prefix: string): Promise<void> {
  return command(['s3', 'rm', `s3://${bucket}/${prefix}`, '--recursive'], async () => {
    for (const { key } of await list(bucket, asFolder(prefix))) {
      await s3.deleteObject({ Bucket: bucket, Key: key });
    }
  });
}

/** Whether a tag of the bucket says that another deployment owns what is under the prefix. A bucket whose tags cannot be read has none. */
export async function isOwned(bucket: string, prefix: string): Promise<boolean> {
  const tag = prefix === '' ? OWNER_TAG : `${OWNER_TAG}:${prefix}`;
  try {
    const { TagSet } = await s3.getBucketTagging({ Bucket: bucket });
    return TagSet!.some(({ Key }) => Key!.startsWith(tag));
  } catch (error) {
    console.error('| error getting tags from bucket', String(error));
    return false;
  }
}

const OWNER_TAG = 'aws-cdk:cr-owned';

async function list(bucket: string, prefix: string): Promise<{ readonly key: string; readonly size: number }[]> {
  const objects = [];
  for (let token: string | undefined, more = true; more; more = token !== undefined) {
    const { Contents = [], NextContinuationToken } = await s3.listObjectsV2({ Bucket: bucket, Prefix: prefix, ContinuationToken: token });
    objects.push(...Contents.map(({ Key, Size }) => ({ key: Key!, size: Size! })));
    token = NextContinuationToken;
  }
  return objects;
}

/** The command line takes the prefix of more than one object for a folder. */
function asFolder(prefix: string): string {
  return prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
}

/** The handler learns no more of a command that fails than its exit status; the error itself is in the log. */
async function command<T>(args: readonly string[], run: () => Promise<T>): Promise<T> {
  console.log(`| aws ${args.join(' ')}`);
  try {
    return await run();
  } catch (error) {
    console.error(`fatal error: ${String(error)}`);
    throw new Error(`Command '[${['/opt/awscli/aws', ...args].map((arg) => `'${arg}'`).join(', ')}]' returned non-zero exit status 1.`);
  }
}
