import { AwsError, NotImitated } from '../../wire/aws-error';
import type { Operation, WireRequest } from '../../wire/service';
import { xmlText } from '../../wire/xml';

/** What tells an operation apart, beside method and depth of the path. */
interface Route {
  readonly method: string;
  readonly of: 'bucket' | 'object';
  /** The query parameter that names a subresource. */
  readonly subresource?: string;
  readonly operation: string;
}

const ROUTES: readonly Route[] = [
  { method: 'GET', of: 'bucket', subresource: 'list-type', operation: 'ListObjectsV2' },
  { method: 'GET', of: 'bucket', subresource: 'versions', operation: 'ListObjectVersions' },
  { method: 'GET', of: 'bucket', subresource: 'location', operation: 'GetBucketLocation' },
  { method: 'GET', of: 'bucket', subresource: 'encryption', operation: 'GetBucketEncryption' },
  { method: 'GET', of: 'bucket', subresource: 'tagging', operation: 'GetBucketTagging' },
  { method: 'GET', of: 'bucket', subresource: 'policy', operation: 'GetBucketPolicy' },
  { method: 'PUT', of: 'bucket', subresource: 'policy', operation: 'PutBucketPolicy' },
  { method: 'DELETE', of: 'bucket', subresource: 'policy', operation: 'DeleteBucketPolicy' },
  { method: 'POST', of: 'bucket', subresource: 'delete', operation: 'DeleteObjects' },
  { method: 'HEAD', of: 'bucket', operation: 'HeadBucket' },
  { method: 'PUT', of: 'bucket', operation: 'CreateBucket' },
  { method: 'DELETE', of: 'bucket', operation: 'DeleteBucket' },
  { method: 'GET', of: 'object', operation: 'GetObject' },
  { method: 'HEAD', of: 'object', operation: 'HeadObject' },
  { method: 'PUT', of: 'object', operation: 'PutObject' },
  { method: 'DELETE', of: 'object', operation: 'DeleteObject' },
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
  const parameters = [...request.query.keys()].filter((name) => !PLAIN_PARAMETERS.test(name));
  const route = ROUTES.find(({ method, of, subresource }) => method === request.method
    && (of === 'object') === (Key !== '')
    && (subresource === undefined ? parameters.length === 0 : parameters.includes(subresource) && parameters.length === 1));
  if (!route || request.headers['x-amz-copy-source']) {
    throw new NotImitated(`s3: ${request.method} ${request.path}?${request.query.toString()}`);
  }
  return { name: route.operation, input: { Bucket, ...Key !== '' && { Key }, ...contentOf(route.operation, request) } };
}

function contentOf(operation: string, request: WireRequest): object {
  switch (operation) {
    case 'PutObject':
      return { Body: bodyOf(request), ContentType: request.headers['content-type'] };
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
  const Objects = [...xml.matchAll(/<Object>(.*?)<\/Object>/gs)].map(([, object]) => {
    const members = [...object.matchAll(/<(\w+)>([^<]*)<\/\1>/g)].map(([, name, text]) => [name, xmlText(text)]);
    const strange = members.find(([name]) => name !== 'Key' && name !== 'VersionId');
    if (strange) {
      throw new NotImitated(`${strange[0]} of an object in DeleteObjects`);
    }
    return Object.fromEntries(members);
  });
  return { Objects, Quiet: /<Quiet>true<\/Quiet>/.test(xml) };
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
