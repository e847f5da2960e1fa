import { AwsError } from '../../wire/aws-error';
import type { Protocol, WireRequest } from '../../wire/service';

const PATH = /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/;

/** What Invoke answers, in-process and over HTTP. */
export interface InvokeOutput {
  readonly StatusCode: number;
  readonly FunctionError?: string;
  readonly ExecutedVersion?: string;
  /** JSON; empty for an asynchronous invocation. */
  readonly Payload: string;
}

/** restJson1, as far as Invoke: the payload is the body, and everything else stands in the path and in headers. */
export const invokeProtocol: Protocol = {
  accepts: ({ method, path }: WireRequest) => method === 'POST' && PATH.test(path),
  parse: ({ path, query, headers, body }) => ({
    name: 'Invoke',
    input: {
      // An ARN comes with its colons encoded.
      FunctionName: decodeURIComponent(PATH.exec(path)![1]),
      Qualifier: query.get('Qualifier') ?? undefined,
      InvocationType: headers['x-amz-invocation-type'],
      LogType: headers['x-amz-log-type'],
      ClientContext: headers['x-amz-client-context'],
      Payload: body.toString('utf8'),
    },
  }),
  success(_operation, output) {
    const { StatusCode, FunctionError, ExecutedVersion, Payload } = output as InvokeOutput;
    const headers = {
      'content-type': 'application/json',
      ...(FunctionError && { 'x-amz-function-error': FunctionError }),
      ...(ExecutedVersion && { 'x-amz-executed-version': ExecutedVersion }),
    };
    return { status: StatusCode, headers, body: Payload };
  },
  failure: (error: AwsError) => ({
    status: error.code === 'AccessDeniedException' ? 403 : error.status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.code },
    body: JSON.stringify({ Type: 'User', message: error.message, Message: error.message }),
  }),
};
