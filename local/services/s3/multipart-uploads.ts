import { createHash, randomUUID } from 'crypto';
import type { Buckets } from './buckets';
import { AwsError } from '../../wire/aws-error';

interface Address {
  readonly Bucket: string;
  readonly Key: string;
  readonly UploadId: string;
}

interface Upload {
  readonly ContentType?: string;
  readonly parts: Map<number, { readonly content: Buffer; readonly ETag: string }>;
}

/** Of every part but the last. */
const LEAST_SIZE = 5 * 1024 * 1024;

/** Large objects, which come in parts. */
export function multipartOperations(buckets: Buckets) {
  const uploads = new Map<string, Upload>();
  const idOf = ({ Bucket, Key, UploadId }: Address) => `${Bucket}/${Key}/${UploadId}`;
  const uploadOf = (address: Address): Upload => {
    const upload = uploads.get(idOf(address));
    if (!upload) {
      throw new AwsError('NoSuchUpload', 'The specified upload does not exist. The upload ID may be invalid, or it may have been aborted or completed.', 404);
    }
    return upload;
  };

  return {
    CreateMultipartUpload({ Bucket, Key, ContentType }: { readonly Bucket: string; readonly Key: string; readonly ContentType?: string }) {
      buckets.get(Bucket);
      const UploadId = randomUUID();
      uploads.set(idOf({ Bucket, Key, UploadId }), { ContentType, parts: new Map() });
      return { Bucket, Key, UploadId };
    },

    UploadPart({ PartNumber, Body, ...address }: Address & { readonly PartNumber: number; readonly Body: Buffer }) {
      const ETag = `"${createHash('md5').update(Body).digest('hex')}"`;
      uploadOf(address).parts.set(PartNumber, { content: Body, ETag });
      return { ETag };
    },

    CompleteMultipartUpload({ Parts, ...address }: Address & { readonly Parts: readonly { readonly PartNumber: number; readonly ETag: string }[] }) {
      const { parts, ContentType } = uploadOf(address);
      const chosen = Parts.map(({ PartNumber, ETag }) => {
        const part = parts.get(PartNumber);
        if (part?.ETag !== ETag) {
          throw new AwsError('InvalidPart', `The part ${PartNumber} could not be found, or its ETag is not ${ETag}.`);
        }
        return part.content;
      });
      if (Parts.length === 0 || Parts.some(({ PartNumber }, index) => index > 0 && PartNumber <= Parts[index - 1].PartNumber)) {
        throw new AwsError('InvalidPartOrder', 'The list of parts was not in ascending order.');
      }
      if (chosen.slice(0, -1).some((content) => content.length < LEAST_SIZE)) {
        throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
      }
      uploads.delete(idOf(address));
      const { ETag } = buckets.put(address.Bucket, address.Key, Buffer.concat(chosen), ContentType);
      return { Bucket: address.Bucket, Key: address.Key, ETag };
    },

    AbortMultipartUpload(address: Address) {
      uploadOf(address);
      uploads.delete(idOf(address));
    },
  };
}
