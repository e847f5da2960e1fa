import { cbor, dateToTag } from '@smithy/core/cbor';
import { AwsError } from './aws-error';
import type { Operation, Protocol, WireRequest, WireResponse } from './service';

/** The protocol smithy-rpc-v2-cbor: the operation in the path, everything else in a CBOR body. */
export function rpcV2Cbor(serviceName: string): Protocol {
  const path = new RegExp(`/service/${serviceName}/operation/([A-Za-z0-9]+)$`);
  const answer = (status: number, body: unknown): WireResponse => ({
    status,
    headers: { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' },
    body: Buffer.from(cbor.serialize(encodable(body))),
  });
  return {
    accepts: (request: WireRequest) => request.headers['smithy-protocol'] === 'rpc-v2-cbor' && path.test(request.path),
    parse(request: WireRequest): Operation {
      const name = path.exec(request.path)![1];
      if (request.body.length === 0) {
        return { name, input: {} };
      }
      try {
        return { name, input: cbor.deserialize(request.body) };
      } catch {
        throw new AwsError('SerializationException', 'the body is not CBOR');
      }
    },
    success: (_operation, output) => answer(200, output ?? {}),
    failure: (error) => answer(error.status, { __type: error.code, message: error.message, Message: error.message }),
  };
}

/** Without what is undefined, and with timestamps as CBOR's tag for them. */
function encodable(value: unknown): unknown {
  if (value instanceof Date) {
    return dateToTag(value);
  }
  if (Array.isArray(value)) {
    return value.map(encodable);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined).map(([name, member]) => [name, encodable(member)]));
  }
  return value;
}
