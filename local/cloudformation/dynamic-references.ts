import type { Cloud } from '../cloud';
import { NotImitated } from '../wire/aws-error';

/** Replaces `{{resolve:ssm:name}}` in every string of a value. */
export async function resolveReferences(value: unknown, cloud: Cloud): Promise<unknown> {
  if (typeof value === 'string') {
    return value.includes('{{resolve:') ? resolveText(value, cloud) : value;
  }
  if (Array.isArray(value)) {
    return Promise.all(value.map((item) => resolveReferences(item, cloud)));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([name, member]) =>
      [name, await resolveReferences(member, cloud)] as const)));
  }
  return value;
}

async function resolveText(text: string, cloud: Cloud): Promise<string> {
  const match = /\{\{resolve:([^:}]+):([^}]*)\}\}/.exec(text);
  if (!match) {
    return text;
  }
  const [whole, service, name] = match;
  if (service !== 'ssm') {
    throw new NotImitated(`dynamic references to ${service}`);
  }
  const { Parameter } = await cloud.call('ssm', 'GetParameter', { Name: name });
  return resolveText(text.replace(whole, () => Parameter.Value), cloud);
}
