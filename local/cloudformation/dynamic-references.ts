import type { Cloud } from '../cloud';
import { NotImitated } from '../wire/aws-error';

/**
 * Replaces `{{resolve:ssm:name}}` in every string of a value. A reference to a secret stays as it is: what a stack knows, shows and compares is the
 * reference, so that another value of the secret is no change (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html).
 */
export function resolveParameterReferences<T>(value: T, cloud: Cloud): Promise<T> {
  return resolve(value, async (service, reference) => {
    switch (service) {
      case 'ssm':
        return (await cloud.call('ssm', 'GetParameter', { Name: reference })).Parameter.Value;
      case 'secretsmanager':
        return undefined;
      default:
        throw new NotImitated(`dynamic references to ${service}`);
    }
  });
}

/** Replaces `{{resolve:secretsmanager:id:SecretString:key:stage:version}}` in every string of a value, for the one who gets to use it. */
export function resolveSecretReferences<T>(value: T, cloud: Cloud): Promise<T> {
  return resolve(value, (_service, reference) => secret(reference, cloud));
}

type Resolver = (service: string, reference: string) => Promise<string | undefined>;

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what goes in comes out, with other strings in it
async function resolve(value: any, resolver: Resolver): Promise<any> {
  if (typeof value === 'string') {
    return value.includes('{{resolve:') ? resolveText(value, resolver) : value;
  }
  if (Array.isArray(value)) {
    return Promise.all(value.map((item) => resolve(item, resolver)));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([name, member]) =>
      [name, await resolve(member, resolver)] as const)));
  }
  return value;
}

async function resolveText(text: string, resolver: Resolver): Promise<string> {
  const match = /\{\{resolve:([^:}]+):([^}]*)\}\}/.exec(text);
  if (!match) {
    return text;
  }
  const [whole, service, reference] = match;
  const resolved = await resolver(service, reference) ?? whole;
  const end = match.index + whole.length;
  return text.slice(0, match.index) + resolved + await resolveText(text.slice(end), resolver);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html; the id may be an ARN, which has colons. */
async function secret(reference: string, cloud: Cloud): Promise<string> {
  const match = /^(arn:[^:]*:secretsmanager:[^:]*:\d*:secret:[^:]+|[^:]+)((?::[^:]*){0,4})$/.exec(reference);
  const [, what = '', key = '', VersionStage = '', VersionId = ''] = match?.[2].split(':') ?? [];
  if (!match || (what !== '' && what !== 'SecretString')) {
    throw new NotImitated(`the dynamic reference ${reference}`);
  }
  const { SecretString } = await cloud.call('secretsmanager', 'GetSecretValue', {
    SecretId: match[1], ...VersionStage !== '' && { VersionStage }, ...VersionId !== '' && { VersionId },
  });
  const value: unknown = key === '' ? SecretString : JSON.parse(SecretString)[key];
  if (typeof value !== 'string') {
    throw new Error(`Could not find a value associated with JSONKey in SecretString: ${key}`);
  }
  return value;
}
