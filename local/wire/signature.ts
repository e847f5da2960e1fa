import type { WireRequest } from './service';

/** Who signed a request, and for which service. */
export interface Signature {
  readonly accessKeyId: string;
  readonly signingName: string;
  /** The Region that it was signed for. */
  readonly region: string;
}

/** `Credential=KEY/date/region/SERVICE/aws4_request` of the header, or of the query of a presigned URL. */
export function signatureOf(request: WireRequest): Signature | undefined {
  const credential = /Credential=([^,\s]+)/.exec(request.headers.authorization ?? '')?.[1] ?? request.query.get('X-Amz-Credential');
  const [accessKeyId, , region, signingName] = credential?.split('/') ?? [];
  return accessKeyId && signingName ? { accessKeyId, signingName, region } : undefined;
}
