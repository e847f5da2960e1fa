import type { Credentials } from '../../../../local/services/iam/credentials';

/** A request with the headers of one that is signed for Lambda: the loopback reads who signed, and does not check how. */
export function signedFetch(url: string, credentials: Credentials | { readonly accessKeyId: string }, init: RequestInit = {}): Promise<Response> {
  return fetch(url, {
    ...init,
    headers: {
      ...init.headers,
      authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20260105/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0`,
      ...('sessionToken' in credentials && { 'x-amz-security-token': credentials.sessionToken }),
    },
  });
}
