import { randomUUID } from 'crypto';
import { type FunctionUrl, URL_PREFIX } from './function-urls';
import type { Cloud } from '../../cloud';
import { NotImitated } from '../../wire/aws-error';
import type { WireRequest, WireResponse } from '../../wire/service';

/** Who called a URL that asks for it. */
export interface UrlCaller {
  readonly accessKeyId: string;
  /** e.g. `AROA…:session` */
  readonly id: string;
  readonly arn: string;
}

/** What goes to a function as text; all else in base64 (inferred: as API Gateway does it with the same format). */
const TEXT = /^(text\/|application\/(json|xml|javascript)\b)/;

/**
 * The event of a function URL: payload format 2.0.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export function urlEvent(cloud: Cloud, url: FunctionUrl, request: WireRequest, caller: UrlCaller | undefined): object {
  const { headers, query, method, body } = request;
  const rawPath = request.path.slice(URL_PREFIX.length + url.id.length) || '/';
  const isText = TEXT.test(headers['content-type'] ?? '');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: query.toString(),
    ...(headers.cookie !== undefined && { cookies: headers.cookie.split(/; */) }),
    headers,
    ...(query.size > 0 && { queryStringParameters: Object.fromEntries([...query.keys()].map((key) => [key, query.getAll(key).join(',')])) }),
    requestContext: {
      accountId: caller ? cloud.account : 'anonymous',
      apiId: url.id,
      ...(caller && { authorizer: { iam: identity(cloud, caller) } }),
      domainName: `${url.id}.lambda-url.${cloud.region}.on.aws`,
      domainPrefix: url.id,
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: headers['user-agent'] ?? null },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: logTime(cloud.clock.now()),
      timeEpoch: cloud.clock.now(),
    },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

function identity(cloud: Cloud, { accessKeyId, id, arn }: UrlCaller): object {
  return { accessKey: accessKeyId, accountId: cloud.account, callerId: id, cognitoIdentity: null, principalOrgId: null, userArn: arn, userId: id };
}

/** `12/Mar/2020:19:03:58 +0000` */
function logTime(ms: number): string {
  const [, day, month, year, time] = new Date(ms).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}

/** What the client sees of what a function answered. */
export function urlResponse(payload: string, failed: boolean): WireResponse {
  if (failed) {
    return BROKEN;
  }
  const answer: unknown = JSON.parse(payload || 'null');
  if (typeof answer !== 'object' || answer === null || !('statusCode' in answer)) {
    return { status: 200, headers: { 'content-type': 'application/json' }, body: payload };
  }
  const { statusCode, headers = {}, cookies, body = '', isBase64Encoded = false } = answer as FunctionAnswer;
  if (cookies !== undefined) {
    throw new NotImitated('the cookies that a function behind a URL answers with');
  }
  // What a browser could not make sense of is an error of the function (inferred).
  if (!Number.isInteger(statusCode) || statusCode < 100 || statusCode > 599 || typeof body !== 'string') {
    return BROKEN;
  }
  const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return {
    status: statusCode,
    headers: { 'content-type': 'application/json', ...Object.fromEntries(own) },
    body: isBase64Encoded ? Buffer.from(body, 'base64') : body,
  };
}

interface FunctionAnswer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly cookies?: unknown;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

const BROKEN: WireResponse = { status: 502, headers: { 'content-type': 'application/json' }, body: 'Internal Server Error' };
