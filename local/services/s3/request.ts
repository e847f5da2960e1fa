import { AwsError, NotImitated } from '../../wire/aws-error';
import type { Operation, WireRequest } from '../../wire/service';
import { xmlText } from '../../wire/xml';

/** What tells an operation apart, beside method and depth of the path. */
interface Route {
  readonly method: string;
  readonly of: 'bucket' | 'object';
  /** The query parameters that name a subresource. */
  readonly subresources?: readonly string[];
  readonly operation: string;
}

const ROUTES: readonly Route[] = [
  { method: 'GET', of: 'bucket', subresources: ['list-type'], operation: 'ListObjectsV2' },
  { method: 'GET', of: 'bucket', subresources: ['versions'], operation: 'ListObjectVersions' },
  { method: 'GET', of: 'bucket', subresources: ['location'], operation: 'GetBucketLocation' },
  { method: 'GET', of: 'bucket', subresources: ['encryption'], operation: 'GetBucketEncryption' },
  { method: 'GET', of: 'bucket', subresources: ['tagging'], operation: 'GetBucketTagging' },
  { method: 'GET', of: 'bucket', subresources: ['policy'], operation: 'GetBucketPolicy' },
  { method: 'PUT', of: 'bucket', subresources: ['policy'], operation: 'PutBucketPolicy' },
  { method: 'DELETE', of: 'bucket', subresources: ['policy'], operation: 'DeleteBucketPolicy' },
  { method: 'POST', of: 'bucket', subresources: ['delete'], operation: 'DeleteObjects' },
  { method: 'HEAD', of: 'bucket', operation: 'HeadBucket' },
  { method: 'PUT', of: 'bucket', operation: 'CreateBucket' },
  { method: 'DELETE', of: 'bucket', operation: 'DeleteBucket' },
  { method: 'GET', of: 'object', operation: 'GetObject' },
  { method: 'HEAD', of: 'object', operation: 'HeadObject' },
  { method: 'PUT', of: 'object', operation: 'PutObject' },
  { method: 'DELETE', of: 'object', operation: 'DeleteObject' },
  { method: 'POST', of: 'object', subresources: ['uploads'], operation: 'CreateMultipartUpload' },
  { method: 'PUT', of: 'object', subresources: ['partNumber', 'uploadId'], operation: 'UploadPart' },
  { method: 'POST', of: 'object', subresources: ['uploadId'], operation: 'CompleteMultipartUpload' },
  { method: 'DELETE', of: 'object', subresources: ['uploadId'], operation: 'AbortMultipartUpload' },
];

/** Query parameters that don't change what an operation is. */
const PLAIN_PARAMETERS = /^(x-id|prefix|max-keys|continuation-token|X-Amz-.*)$/;

/** The operation that a request asks for. */
export function parseRequest(request: WireRequest): Operation {
  const [, Bucket, ...key] = request.path.split('/').map(decodeURIComponent);
  if (!Bucket) {
    throw new NotImitated(`s3: ${request.method} ${request.path}`);
  }
  const Key = key.join('/');
  const parameters = [...request.query.keys()].filter((name) => !PLAIN_PARAMETERS.test(name)).sort();
  const route = ROUTES.find(({ method, of, subresources = [] }) => method === request.method
    && (of === 'object') === (Key !== '')
    && parameters.join() === subresources.join());
  if (!route || request.headers['x-amz-copy-source']) {
    throw new NotImitated(`s3: ${request.method} ${request.path}?${request.query.toString()}`);
  }
  return { name: route.operation, input: { Bucket, ...Key !== '' && { Key }, ...contentOf(route.operation, request) } };
}

function contentOf(operation: string, request: WireRequest): object {
  switch (operation) {
    case 'PutObject':
      return { Body: bodyOf(request), ContentType: request.headers['content-type'] };
    case 'CreateMultipartUpload':
      return { ContentType: request.headers['content-type'] };
    case 'UploadPart':
      return { UploadId: request.query.get('uploadId'), PartNumber: Number(request.query.get('partNumber')), Body: bodyOf(request) };
    case 'CompleteMultipartUpload':
      return { UploadId: request.query.get('uploadId'), Parts: parts(request.body.toString('utf8')) };
    case 'AbortMultipartUpload':
      return { UploadId: request.query.get('uploadId') };
    case 'PutBucketPolicy':
      return { Policy: bodyOf(request).toString('utf8') };
    case 'DeleteObjects':
      return deletion(bodyOf(request).toString('utf8'));
    case 'ListObjectsV2':
    case 'ListObjectVersions':
      return {
        Prefix: request.query.get('prefix') ?? '',
        MaxKeys: Math.min(Number(request.query.get('max-keys') ?? 1000), 1000),
        ContinuationToken: request.query.get('continuation-token') ?? undefined,
      };
    default:
      return {};
  }
}

/** What a DeleteObjects names. */
function deletion(xml: string): object {
  const Objects = elements(xml, 'Object');
  const strange = Objects.flatMap(Object.keys).find((name) => name !== 'Key' && name !== 'VersionId');
  if (strange) {
    throw new NotImitated(`${strange} of an object in DeleteObjects`);
  }
  return { Objects, Quiet: /<Quiet>true<\/Quiet>/.test(xml) };
}

function parts(xml: string): object[] {
  return elements(xml, 'Part').map(({ PartNumber, ETag }) => ({ PartNumber: Number(PartNumber), ETag }));
}

/** The elements of a name, each with the texts in it. */
function elements(xml: string, element: string): Record<string, string>[] {
  return [...xml.matchAll(new RegExp(`<${element}>(.*?)</${element}>`, 'gs'))].map(([, content]) =>
    Object.fromEntries([...content.matchAll(/<(\w+)>([^<]*)<\/\1>/g)].map(([, name, text]) => [name, xmlText(text)])));
}

/** SDK clients send uploads in chunks, each with its length in front and with checksums behind the last. */
function bodyOf(request: WireRequest): Buffer {
  if (!request.headers['content-encoding']?.includes('aws-chunked')) {
    return request.body;
  }
  const chunks: Buffer[] = [];
  let position = 0;
  for (;;) {
    const end = request.body.indexOf('\r\n', position);
    const length = parseInt(request.body.toString('latin1', position, end), 16);
    if (end < 0 || Number.isNaN(length)) {
      throw new AwsError('IncompleteBody', 'The chunked body is broken');
    }
    if (length === 0) {
      return Buffer.concat(chunks);
    }
    chunks.push(request.body.subarray(end + 2, end + 2 + length));
    position = end + 2 + length + 2;
  }
}
