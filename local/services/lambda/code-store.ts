import { createHash } from 'crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join, relative } from 'path';
import { insteadOfPython } from './bucket-deployment';
import { readZip, type ZipEntry } from './zip';
import type { Cloud } from '../../cloud';
import { AwsError, NotImitated } from '../../wire/aws-error';

/** Where a function's code comes from, as the API takes it. */
export interface CodeSource {
  readonly S3Bucket?: string;
  readonly S3Key?: string;
  /** A zip archive, or the source text that CloudFormation takes inline. */
  readonly ZipFile?: Buffer | string;
}

/** A function's code, unpacked. */
export interface Code {
  readonly directory: string;
  readonly sha256: string;
  readonly size: number;
}

const UNZIPPED_LIMIT = 250 * 1024 * 1024;

/** Unpacks the code of functions to a temporary folder, each version of it once. */
export class CodeStore {
  private root?: string;
  private readonly unpacked = new Map<string, Code>();

  constructor(private readonly cloud: Cloud) {}

  public async fetch(source: CodeSource, runtime: string): Promise<Code> {
    if (typeof source.ZipFile === 'string') {
      return this.store(Buffer.from(source.ZipFile), runtime, (text) => [{ path: 'index.js', content: text }]);
    }
    return this.store(await this.archive(source), runtime, readZip);
  }

  /** The archive that a source names. */
  public async archive(source: CodeSource): Promise<Buffer> {
    const strange = Object.entries(source).find(([name, value]) => value !== undefined && !['S3Bucket', 'S3Key', 'ZipFile'].includes(name));
    if (strange) {
      throw new NotImitated(`${strange[0]} of a Lambda function or layer`);
    }
    return source.ZipFile === undefined ? this.fromS3(source) : Buffer.from(source.ZipFile);
  }

  public clear(): void {
    if (this.root) {
      rmSync(this.root, { recursive: true, force: true });
    }
    this.unpacked.clear();
    this.root = undefined;
  }

  private async fromS3({ S3Bucket, S3Key }: CodeSource): Promise<Buffer> {
    if (!S3Bucket || !S3Key) {
      throw new AwsError('InvalidParameterValueException', 'Please provide a source for function code.');
    }
    try {
      return (await this.cloud.call('s3', 'GetObject', { Bucket: S3Bucket, Key: S3Key })).Body;
    } catch (error) {
      if (error instanceof AwsError) {
        throw new AwsError('InvalidParameterValueException', `Error occurred while GetObject. S3 Error Code: ${error.code}. S3 Error Message: ${error.message}`);
      }
      throw error;
    }
  }

  private store(content: Buffer, runtime: string, open: (content: Buffer) => ZipEntry[]): Code {
    const sha256 = createHash('sha256').update(content).digest('base64');
    const version = `${runtime} ${sha256}`;
    const known = this.unpacked.get(version);
    if (known) {
      return known;
    }
    const entries = entriesOf(content, open);
    const directory = this.unpack(runtime.startsWith('python') ? insteadOfPython(entries, runtime) : entries);
    const code = { directory, sha256, size: content.length };
    this.unpacked.set(version, code);
    return code;
  }

  private unpack(entries: readonly ZipEntry[]): string {
    if (entries.reduce((sum, entry) => sum + entry.content.length, 0) > UNZIPPED_LIMIT) {
      throw new AwsError('InvalidParameterValueException', `Unzipped size must be smaller than ${UNZIPPED_LIMIT} bytes`);
    }
    this.root ??= mkdtempSync(join(tmpdir(), 'loopback-lambda-'));
    const directory = join(this.root, String(this.unpacked.size));
    for (const { path, content } of entries) {
      const file = join(directory, path);
      if (relative(directory, file).startsWith('..')) {
        throw new AwsError('InvalidParameterValueException', `the archive holds a file outside of it: ${path}`);
      }
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    return directory;
  }
}

function entriesOf(content: Buffer, open: (content: Buffer) => ZipEntry[]): ZipEntry[] {
  try {
    return open(content);
  } catch {
    throw new AwsError('InvalidParameterValueException', 'Could not unzip uploaded file. Please check your file, then try to upload again.');
  }
}
