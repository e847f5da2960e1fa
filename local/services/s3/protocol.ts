import type { StoredObject } from './buckets';
import { parseRequest } from './request';
import type { AwsError } from '../../wire/aws-error';
import type { Operation, Protocol, WireRequest, WireResponse } from '../../wire/service';
import { xmlContent, xmlElement } from '../../wire/xml';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** S3's REST protocol with path-style addresses. */
export const s3Protocol: Protocol = {
  accepts: () => true,
  parse: parseRequest,
  success: ({ name }: Operation, output: unknown): WireResponse => ANSWERS[name](output),
  failure(error: AwsError, request: WireRequest): WireResponse {
    // IAM's refusals have another name here.
    const [Code, status] = error.code === 'AccessDeniedException' ? ['AccessDenied', 403] : [error.code, error.status];
    return request.method === 'HEAD'
      ? { status }
      : { status, headers: { 'content-type': 'application/xml' }, body: xmlElement('Error', { Code, Message: error.message }, 'flattened') };
  },
};

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each operation has its own output
type Answer = (output: any) => WireResponse;

const empty = (status: number): Answer => () => ({ status });

const xml = (root: string): Answer => (output) => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: `<${root} xmlns="${NAMESPACE}">${xmlContent(output, 'flattened')}</${root}>`,
});

const objectHeaders = (object: StoredObject): Record<string, string> => ({
  'content-type': object.ContentType ?? 'binary/octet-stream',
  'content-length': String(object.Body.length),
  'etag': object.ETag,
  'last-modified': object.LastModified.toUTCString(),
});

const ANSWERS: Readonly<Record<string, Answer>> = {
  AbortMultipartUpload: empty(204),
  CompleteMultipartUpload: xml('CompleteMultipartUploadResult'),
  CreateBucket: empty(200),
  CreateMultipartUpload: xml('InitiateMultipartUploadResult'),
  DeleteBucket: empty(204),
  DeleteBucketPolicy: empty(204),
  DeleteObject: empty(204),
  DeleteObjects: xml('DeleteResult'),
  GetBucketEncryption: xml('ServerSideEncryptionConfiguration'),
  GetBucketLocation: xml('LocationConstraint'),
  GetBucketPolicy: ({ Policy }) => ({ status: 200, headers: { 'content-type': 'application/json' }, body: Policy }),
  GetBucketTagging: xml('Tagging'),
  GetObject: (object) => ({ status: 200, headers: objectHeaders(object), body: object.Body }),
  HeadBucket: empty(200),
  HeadObject: (object) => ({ status: 200, headers: objectHeaders(object) }),
  ListObjectVersions: xml('ListVersionsResult'),
  ListObjectsV2: xml('ListBucketResult'),
  PutBucketPolicy: empty(204),
  PutObject: ({ ETag }) => ({ status: 200, headers: { etag: ETag } }),
  UploadPart: ({ ETag }) => ({ status: 200, headers: { etag: ETag } }),
};
