import { AwsError, NotImitated } from './aws-error';
import type { Operation, Protocol, WireRequest, WireResponse } from './service';
import type { ModelledOperation, ServiceFacts, Shape } from './service-model';

/**
 * The protocol restJson1, driven by the HTTP bindings of a service's model: a simulator has
 *
 *     public readonly protocols = [restJson(this.model)];
 *
 * and its handlers get one flat input, wherever a member travelled. In the slim model an operation says
 * `"http": {"method": "POST", "path": "/groups/{Id}/sessions", "status": 201}` (200 unless given), and an input's shape
 * `"bindings": {"Id": {"in": "uri"}, "Token": {"in": "header", "name": "X-Amz-Client-Token"}, "Keys": {"in": "querystring", "name": "keys"}}`;
 * members without a binding are members of the JSON body. A shape with `"timestampFormat": "iso8601"` is answered as text, others as seconds.
 * What no operation of the model binds is refused loudly.
 *
 * Not read, since neither service has any: timestamps of a request, payload members, bound members of an answer, greedy labels.
 */
export function restJson(model: ServiceFacts): Protocol {
  const routes = Object.entries(model.operations).filter(([, { http }]) => http).map(([name, operation]) => new Route(model, name, operation));
  const routeOf = (request: WireRequest) => routes.find((route) => route.matches(request));
  return {
    accepts: (request) => routeOf(request) !== undefined,
    parse: (request) => routeOf(request)!.parse(request),
    success: ({ name }, output) => routes.find((route) => route.name === name)!.answer(output),
    failure: (error) => ({
      // Who refuses before the service does knows no status of its model.
      status: error.status === 400 ? model.shapes[error.code]?.status ?? 400 : error.status,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.code },
      body: JSON.stringify({ message: error.message, Message: error.message }),
    }),
  };
}

/** How one operation travels. */
class Route {
  private readonly path: RegExp;
  private readonly labels: readonly string[];

  constructor(private readonly model: ServiceFacts, readonly name: string, private readonly operation: ModelledOperation) {
    const { path } = operation.http!;
    this.labels = [...path.matchAll(/\{(\w+)\}/g)].map(([, label]) => label);
    this.path = new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '([^/]+)')}/?$`);
  }

  public matches({ method, path }: WireRequest): boolean {
    return method === this.operation.http!.method && this.path.test(path);
  }

  public parse(request: WireRequest): Operation {
    const input = this.body(request);
    const shape: Shape = this.model.shapes[this.operation.input ?? ''] ?? { type: 'structure' };
    const bindings = Object.entries(shape.bindings ?? {});
    const elsewhere = bindings.find(([member]) => member in input);
    if (elsewhere) {
      throw new NotImitated(`the member ${elsewhere[0]} in the body of ${this.name}, where its model does not have it`);
    }
    const values = this.path.exec(request.path)!.slice(1).map(decode);
    const queryNames = bindings.filter(([, binding]) => binding.in === 'querystring').map(([member, { name = member }]) => name);
    const unknown = [...request.query.keys()].find((key) => !queryNames.includes(key));
    if (unknown !== undefined) {
      throw new NotImitated(`the query parameter ${unknown} of ${this.name}, which its model does not have`);
    }
    for (const [member, binding] of bindings) {
      const name = binding.name ?? member;
      const target = this.model.shapes[shape.members![member]];
      switch (binding.in) {
        case 'uri':
          input[member] = this.scalar(target, values[this.labels.indexOf(name)]);
          break;
        case 'header':
          input[member] = this.scalar(target, request.headers[name.toLowerCase()]);
          break;
        case 'querystring':
          input[member] = this.queried(target, request.query.getAll(name));
      }
    }
    return { name: this.name, input };
  }

  public answer(output: unknown): WireResponse {
    const { http, output: shape } = this.operation;
    const status = http!.status ?? 200;
    if (status === 204) {
      return { status };
    }
    const body = shape === undefined ? {} : this.rendered(shape, output ?? {});
    return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  }

  private body({ body }: WireRequest): Record<string, unknown> {
    const text = body.toString('utf8');
    if (text === '') {
      return {};
    }
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      throw new AwsError('SerializationException', 'the body is not JSON');
    }
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
      throw new AwsError('SerializationException', 'the body is not a JSON object');
    }
    return { ...parsed };
  }

  private queried(shape: Shape, texts: readonly string[]): unknown {
    if (shape.type === 'list') {
      return texts.length > 0 ? texts.map((text) => this.scalar(this.model.shapes[shape.member!], text)) : undefined;
    }
    return this.scalar(shape, texts[0]);
  }

  /** Text of a path, a query or a header as the type that the model has for it. */
  private scalar(shape: Shape, text: string | undefined): unknown {
    if (text === undefined) {
      return undefined;
    }
    switch (shape.type) {
      case 'integer':
      case 'long':
        return /^-?\d+$/.test(text) ? Number(text) : text;
      case 'boolean':
        return text === 'true' || (text === 'false' ? false : text);
      default:
        return text;
    }
  }

  /** An output with its timestamps as they travel. */
  private rendered(shapeName: string, value: unknown): unknown {
    const shape = this.model.shapes[shapeName];
    if (value instanceof Date) {
      return shape.timestampFormat === 'iso8601' ? value.toISOString() : value.getTime() / 1000;
    }
    if (Array.isArray(value)) {
      return value.map((item) => this.rendered(shape.member!, item));
    }
    if (shape.type === 'structure') {
      const members = Object.entries(value as object).filter(([, member]) => member !== undefined);
      return Object.fromEntries(members.map(([name, member]) => [name, this.rendered(shape.members![name], member)]));
    }
    return value;
  }
}

function decode(label: string): string {
  try {
    return decodeURIComponent(label);
  } catch {
    throw new AwsError('SerializationException', `the path holds ${label}, which cannot be decoded`);
  }
}
