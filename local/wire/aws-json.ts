import { AwsError } from './aws-error';
import type { Operation, Protocol, WireRequest, WireResponse } from './service';

/** The protocols awsJson1.0 and awsJson1.1: the operation in `X-Amz-Target`, everything else in a JSON body. */
export function awsJson(targetPrefix: string, version: '1.0' | '1.1'): Protocol {
  const contentType = `application/x-amz-json-${version}`;
  const answer = (status: number, body: unknown): WireResponse => ({
    status,
    headers: { 'content-type': contentType },
    body: JSON.stringify(body, epochSeconds),
  });
  return {
    accepts: (request: WireRequest) => request.headers['x-amz-target']?.startsWith(`${targetPrefix}.`) ?? false,
    parse(request: WireRequest): Operation {
      const name = request.headers['x-amz-target'].slice(targetPrefix.length + 1);
      const text = request.body.toString('utf8');
      try {
        return { name, input: text === '' ? {} : JSON.parse(text) };
      } catch {
        throw new AwsError('SerializationException', 'the body is not JSON');
      }
    },
    success: (_operation, output) => answer(200, output ?? {}),
    failure: (error) => answer(error.status, { __type: error.code, message: error.message, Message: error.message }),
  };
}

/** Timestamps travel as seconds since the epoch. `JSON.stringify` has made text of a date by the time it asks, but `this` still holds it. */
function epochSeconds(this: unknown, key: string, value: unknown): unknown {
  const raw = (this as Record<string, unknown>)[key];
  return raw instanceof Date ? raw.getTime() / 1000 : value;
}
