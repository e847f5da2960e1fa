import { randomUUID } from 'crypto';
import { AwsError } from './aws-error';
import type { Operation, Protocol, WireRequest, WireResponse } from './service';
import { xmlContent } from './xml';

export interface QueryOptions {
  /** The namespace of the answers, e.g. `https://sts.amazonaws.com/doc/2011-06-15/`. */
  readonly namespace: string;
  readonly version: string;
  /**
   * The members that are lists. An empty list arrives as `Parameters=`, which the form does not tell from an empty string.
   *
   * @default - none
   */
  readonly lists?: readonly string[];
}

const LISTS = { wrap: 'member' } as const;

/** The query protocol: a form in, XML out. Every scalar arrives as a string. */
export function awsQuery(options: QueryOptions): Protocol {
  const answer = (status: number, root: string, content: string): WireResponse => ({
    status,
    headers: { 'content-type': 'text/xml' },
    body: `<${root} xmlns="${options.namespace}">${content}</${root}>`,
  });
  return {
    accepts: (request: WireRequest) => request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false,
    parse: (request: WireRequest) => parseForm(new URLSearchParams(request.body.toString('utf8')), options),
    success(operation: Operation, output: unknown): WireResponse {
      const { name } = operation;
      return answer(200, `${name}Response`,
        `<${name}Result>${xmlContent(output ?? {}, LISTS)}</${name}Result>${xmlContent({ ResponseMetadata: { RequestId: randomUUID() } }, LISTS)}`);
    },
    failure: (error: AwsError) => answer(error.status, 'ErrorResponse',
      xmlContent({ Error: { Type: 'Sender', Code: error.code, Message: error.message }, RequestId: randomUUID() }, LISTS)),
  };
}

function parseForm(form: URLSearchParams, options: QueryOptions): Operation {
  const name = form.get('Action');
  if (!name) {
    throw new AwsError('MissingAction', 'the request has no Action');
  }
  if (form.get('Version') !== options.version) {
    throw new AwsError('InvalidAction', `Could not find operation ${name} for version ${form.get('Version')}`);
  }
  const input: Node = {};
  for (const [key, value] of form) {
    if (key !== 'Action' && key !== 'Version') {
      plant(input, key.split('.'), value, options.lists ?? []);
    }
  }
  return { name, input: listed(input) };
}

interface Node { [segment: string]: Node | string | [] }

function plant(node: Node, [segment, ...rest]: string[], value: string, lists: readonly string[]): void {
  if (rest.length === 0) {
    node[segment] = value === '' && lists.includes(segment) ? [] : value;
    return;
  }
  const child = node[segment] ?? {};
  if (typeof child === 'string' || Array.isArray(child)) {
    throw new AwsError('MalformedQueryString', `${segment} is given twice`);
  }
  node[segment] = child;
  plant(child, rest, value, lists);
}

/** Makes `{ member: { 1: a, 2: b } }` the list `[a, b]`. */
function listed(node: Node | string | []): unknown {
  if (typeof node === 'string' || Array.isArray(node)) {
    return node;
  }
  const { member } = node;
  if (member && typeof member === 'object' && !Array.isArray(member) && Object.keys(node).length === 1) {
    return Object.entries(member).sort(([a], [b]) => Number(a) - Number(b)).map(([, item]) => listed(item));
  }
  return Object.fromEntries(Object.entries(node).map(([name, child]) => [name, listed(child)]));
}
