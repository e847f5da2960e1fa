import { inflateRawSync } from 'zlib';

/** A file of an archive. */
export interface ZipEntry {
  readonly path: string;
  readonly content: Buffer;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const END_LENGTH = 22;

/** The files of a zip archive, as the CDK CLI packs assets: stored or deflated, without zip64. */
export function readZip(archive: Buffer): ZipEntry[] {
  return directoryOf(archive).map(({ path, at }) => ({ path, content: content(archive, at) }));
}

/** The paths of its files, without a look at them. */
export function zipPaths(archive: Buffer): string[] {
  return directoryOf(archive).map(({ path }) => path);
}

function directoryOf(archive: Buffer): { readonly path: string; readonly at: number }[] {
  // The end of the directory comes last, but for a comment.
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || archive.length < end + END_LENGTH || archive.readUInt32LE(end) !== END_OF_DIRECTORY) {
    throw new Error('not a zip archive');
  }
  const entries = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(at) !== DIRECTORY_ENTRY) {
      throw new Error('a broken zip directory');
    }
    const nameLength = archive.readUInt16LE(at + 28);
    const path = archive.toString('utf8', at + 46, at + 46 + nameLength);
    if (!path.endsWith('/')) {
      entries.push({ path, at });
    }
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

/** The sizes stand in the directory: a streamed archive has none in front of its files. */
function content(archive: Buffer, entry: number): Buffer {
  const method = archive.readUInt16LE(entry + 10);
  const local = archive.readUInt32LE(entry + 42);
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const data = archive.subarray(start, start + archive.readUInt32LE(entry + 20));
  switch (method) {
    case 0:
      return data;
    case 8:
      return inflateRawSync(data);
    default:
      throw new Error(`the zip compression method ${method} is not known`);
  }
}
