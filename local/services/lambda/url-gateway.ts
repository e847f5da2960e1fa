import type { Permission } from './deployed-function';
import type { FunctionRegistry } from './function-registry';
import { type FunctionUrl, type FunctionUrls, URL_PREFIX } from './function-urls';
import type { InvokeOutput } from './invoke-protocol';
import { urlEvent, urlResponse } from './url-payload';
import type { Cloud } from '../../cloud';
import { type AwsError, NotImitated } from '../../wire/aws-error';
import type { Caller, Protocol, Requirement, WireRequest, WireResponse } from '../../wire/service';
import { signatureOf } from '../../wire/signature';
import type { Iam } from '../iam/iam';

const FORBIDDEN = { status: 403, headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'AccessDeniedException' }, body: '{"Message":"Forbidden"}' };
/** On AWS the host of a URL that is gone (inferred). */
const NOT_FOUND = { status: 404, headers: { 'content-type': 'application/json' }, body: '{"Message":null}' };

/** Requests to function URLs that are signed: each is the operation InvokeFunctionUrl. */
export const urlProtocol: Protocol = {
  accepts: ({ path }) => path.startsWith(URL_PREFIX),
  parse: ({ method, path }) => ({ name: 'InvokeFunctionUrl', input: { UrlId: idIn(path), Method: method, Path: path } }),
  success: (_operation, output) => output as WireResponse,
  failure: (error: AwsError) => error.status === 403 || error.code === 'AccessDeniedException'
    ? FORBIDDEN
    : { status: error.status, headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.code }, body: JSON.stringify({ Message: error.message }) },
};

/** Lets requests in to function URLs, and carries them to the functions. */
export class UrlGateway {
  constructor(
    private readonly cloud: Cloud,
    private readonly iam: Iam,
    private readonly functions: FunctionRegistry,
    private readonly urls: FunctionUrls,
    private readonly invoke: (input: { FunctionName: string; Payload: string }) => Promise<InvokeOutput>,
  ) {}

  /** Answers what needs no signature or lacks the one it needs; undefined for what Lambda's protocol is to read. */
  public async receive(request: WireRequest): Promise<WireResponse | undefined> {
    const url = this.urls.find(idIn(request.path));
    if (!url) {
      return NOT_FOUND;
    }
    if (url.cors && request.method === 'OPTIONS') {
      throw new NotImitated('the answer of a function URL to a preflight request');
    }
    if (url.authType === 'AWS_IAM') {
      return signatureOf(request)?.signingName === 'lambda' ? undefined : FORBIDDEN;
    }
    return this.isPublic(url) ? this.pass(url, request) : FORBIDDEN;
  }

  /** Carries a request whose caller may call the URL; for everybody's, without a caller. */
  public async pass(url: FunctionUrl, request: WireRequest, caller?: Caller): Promise<WireResponse> {
    const event = urlEvent(this.cloud, url, request, caller && { accessKeyId: caller.accessKeyId, ...this.iam.principalOf(caller) });
    const { Payload, FunctionError } = await this.invoke({ FunctionName: url.functionName, Payload: JSON.stringify(event) });
    return urlResponse(Payload, FunctionError !== undefined);
  }

  /**
   * What a caller needs beside lambda:InvokeFunctionUrl, for URLs since October 2025.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
   */
  public requires({ functionArn }: FunctionUrl): readonly Requirement[] {
    return [{ action: 'lambda:InvokeFunction', resource: functionArn, context: { 'lambda:invokedviafunctionurl': 'true' } }];
  }

  /** Whether the function's policy lets everybody do both that it takes. */
  private isPublic({ functionName }: FunctionUrl): boolean {
    const open = this.functions.permissions(functionName).filter(isForEverybody);
    return open.some(({ Action, FunctionUrlAuthType = 'NONE' }) => Action === 'lambda:InvokeFunctionUrl' && FunctionUrlAuthType === 'NONE')
      && open.some(({ Action }) => Action === 'lambda:InvokeFunction');
  }
}

function isForEverybody({ Principal, PrincipalOrgID, SourceAccount, SourceArn }: Permission): boolean {
  return Principal === '*' && [PrincipalOrgID, SourceAccount, SourceArn].every((limit) => limit === undefined);
}

function idIn(path: string): string {
  return path.slice(URL_PREFIX.length).split('/')[0];
}
