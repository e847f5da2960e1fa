import type { Random } from './random';
import type { Cloud } from '../cloud';
import type { WireRequest, WireResponse } from '../wire/service';

/** Where the answers of custom resources go: requests under it carry no signature of their own. */
export const RESPONSE_PREFIX = '/cfn-response/';

const LIFETIME_SECONDS = 7200;

interface Open {
  readonly expiresAt: number;
  readonly deliver: (body: Buffer) => void;
  answered: boolean;
}

/** The presigned addresses that stand in the events of custom resources, each for one answer. */
export class ResponseUrls {
  private readonly open = new Map<string, Open>();

  constructor(private readonly cloud: Cloud, private readonly random: Random) {}

  /** An address, and what is PUT to it first. */
  public issue(object: string): { readonly url: string; readonly answer: Promise<Buffer> } {
    const now = this.cloud.clock.now();
    const date = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
    const query = new URLSearchParams({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Date': date,
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Expires': String(LIFETIME_SECONDS),
      'X-Amz-Credential': `AKIALOOPBACKCFN/${date.slice(0, 8)}/${this.cloud.region}/s3/aws4_request`,
      'X-Amz-Signature': this.random.text(64, '0123456789abcdef'),
    });
    const path = RESPONSE_PREFIX + encodeURIComponent(object);
    const answer = new Promise<Buffer>((deliver) => {
      this.open.set(keyOf(path, query), { expiresAt: now + LIFETIME_SECONDS * 1000, deliver, answered: false });
    });
    return { url: `${this.cloud.url}${path}?${query.toString()}`, answer };
  }

  /** Answers as S3 does: whatever is PUT in time is kept, but CloudFormation looks at the first only. */
  public receive(request: WireRequest): WireResponse {
    const open = this.open.get(keyOf(request.path, request.query));
    if (!open || request.method !== 'PUT') {
      return refusal('SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided.');
    }
    if (this.cloud.clock.now() > open.expiresAt) {
      return refusal('AccessDenied', 'Request has expired');
    }
    if (!open.answered) {
      open.answered = true;
      open.deliver(request.body);
    }
    return { status: 200 };
  }
}

function keyOf(path: string, query: URLSearchParams): string {
  return `${decodeURIComponent(path)}?${[...query].map(([name, value]) => `${name}=${value}`).sort().join('&')}`;
}

function refusal(code: string, message: string): WireResponse {
  return { status: 403, headers: { 'content-type': 'application/xml' }, body: `<Error><Code>${code}</Code><Message>${message}</Message></Error>` };
}
