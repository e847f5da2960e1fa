import { AwsError, NotImitated } from '../../wire/aws-error';
import type { Operation, Protocol, WireRequest, WireResponse } from '../../wire/service';
import { xmlContent, xmlElement } from '../../wire/xml';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

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
  { method: 'GET', of: 'bucket', subresource: 'location', operation: 'GetBucketLocation' },
  { method: 'GET', of: 'bucket', subresource: 'encryption', operation: 'GetBucketEncryption' },
  { method: 'HEAD', of: 'bucket', operation: 'HeadBucket' },
  { method: 'PUT', of: 'bucket', operation: 'CreateBucket' },
  { method: 'DELETE', of: 'bucket', operation: 'DeleteBucket' },
  { method: 'GET', of: 'object', operation: 'GetObject' },
  { method: 'HEAD', of: 'object', operation: 'HeadObject' },
  { method: 'PUT', of: 'object', operation: 'PutObject' },
  { method: 'DELETE', of: 'object', operation: 'DeleteObject' },
];

/** Query parameters that don't change what an operation is. */
const PLAIN_PARAMETERS = /^(x-id|prefix|max-keys|continuation-token|start-after|delimiter|fetch-owner|encoding-type|X-Amz-.*)$/;

/** S3's REST protocol with path-style addresses. */
export const s3Protocol: Protocol = {
  accepts: () => true,
  parse: parseRequest,
  success(operation: Operation, output: unknown): WireResponse {
    return operation.name === 'GetObject' || operation.name === 'HeadObject'
      ? objectAnswer(operation.name, output as StoredObject)
      : xmlAnswer(200, SUCCESS_ROOTS[operation.name], output);
  },
  failure(error: AwsError, request: WireRequest): WireResponse {
    return request.method === 'HEAD'
      ? { status: error.status }
      : { status: error.status, headers: { 'content-type': 'application/xml' }, body: xmlElement('Error', { Code: error.code, Message: error.message }, 'flattened') };
  },
};

/** An object as it is kept. */
export interface StoredObject {
  readonly Body: Buffer;
  readonly ETag: string;
  readonly LastModified: Date;
  readonly ContentType?: string;
}

const SUCCESS_ROOTS: Readonly<Record<string, string>> = {
  ListObjectsV2: 'ListBucketResult',
  GetBucketLocation: 'LocationConstraint',
  GetBucketEncryption: 'ServerSideEncryptionConfiguration',
};

function parseRequest(request: WireRequest): Operation {
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
  return {
    name: route.operation,
    input: {
      Bucket,
      ...Key !== '' && { Key },
      ...route.operation === 'PutObject' && { Body: bodyOf(request), ContentType: request.headers['content-type'] },
      ...route.operation === 'ListObjectsV2' && {
        Prefix: request.query.get('prefix') ?? '',
        MaxKeys: Number(request.query.get('max-keys') ?? 1000),
      },
    },
  };
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

function objectAnswer(operation: string, object: StoredObject): WireResponse {
  return {
    status: 200,
    headers: {
      'content-type': object.ContentType ?? 'binary/octet-stream',
      'content-length': String(object.Body.length),
      'etag': object.ETag,
      'last-modified': object.LastModified.toUTCString(),
    },
    body: operation === 'GetObject' ? object.Body : undefined,
  };
}

function xmlAnswer(status: number, root: string | undefined, output: unknown): WireResponse {
  return root === undefined
    ? { status }
    : {
      status,
      headers: { 'content-type': 'application/xml' },
      body: `<${root} xmlns="${NAMESPACE}">${xmlContent(output, 'flattened')}</${root}>`,
    };
}
