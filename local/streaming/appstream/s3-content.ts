import { matchesAction, matchesArn } from '../../services/iam/pattern';

/** What the service sees of S3. */
export interface Content {
  /** The keys of a bucket's objects; undefined without the bucket. */
  keys(bucket: string): readonly string[] | undefined;
  /** The policy of the bucket that an ARN is about, as JSON. */
  resourcePolicy(arn: string): string | undefined;
}

/** Without S3 there is nothing to see. */
export const NO_CONTENT: Content = { keys: () => undefined, resourcePolicy: () => undefined };

interface Statement {
  readonly Effect: string;
  readonly Principal?: { readonly Service?: string | string[] };
  readonly Action: string | string[];
  readonly Resource: string | string[];
}

/** Whether the service may read an object: the bucket's policy has to let its principal. */
export function accessTo(content: Content, bucket: string, key = ''): 'granted' | 'denied' | 'missing' {
  if (!content.keys(bucket)?.includes(key)) {
    return 'missing';
  }
  const arn = `arn:aws:s3:::${bucket}/${key}`;
  const { Statement = [] }: { Statement?: Statement | Statement[] } = JSON.parse(content.resourcePolicy(arn) ?? '{}');
  const grants = [Statement].flat().some(({ Effect, Principal, Action, Resource }) => Effect === 'Allow'
    && [Principal?.Service ?? []].flat().includes('appstream.amazonaws.com')
    && [Action].flat().some((action) => matchesAction(action, 's3:GetObject'))
    && [Resource].flat().some((resource) => matchesArn(resource, arn)));
  return grants ? 'granted' : 'denied';
}
