import { signedFetch } from './signed-fetch';
import { Loopback } from '../../../../local/loopback';
import type { Credentials } from '../../../../local/services/iam/credentials';
import { policy, trust } from '../test-cloud';

const FUNCTION = { 'Fn::GetAtt': ['Function', 'Arn'] };
const OPERATOR = { accessKeyId: 'operator' };
/** What `url.grantInvokeUrl(role)` of the CDK writes. */
const GRANT = [
  { Effect: 'Allow', Action: 'lambda:InvokeFunctionUrl', Resource: FUNCTION, Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } } },
  { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: FUNCTION, Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': true } } },
];
/** What it writes for a URL that everybody may call. */
const PUBLIC = {
  Url: { Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' },
  Function: { Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true },
};

let loopback: Loopback;
let expectedFaults: string[];

beforeEach(async () => {
  expectedFaults = [];
  loopback = await Loopback.start();
});
afterEach(async () => {
  const faults = loopback.faults();
  await loopback.stop();
  expect(faults).toEqual(expectedFaults.map((fault) => expect.stringContaining(fault)));
});

/** Deploys a function behind a URL with a role that may have to do with it; its outputs. */
async function deploy({ source = 'exports.handler = async (event) => event;', grant = GRANT, authType = 'AWS_IAM', resources = {}, cors }: {
  source?: string; grant?: object[]; authType?: string; resources?: object; cors?: object;
} = {}) {
  const { failures, outputs } = await loopback.cloudformation.deploy('stack', {
    Resources: {
      FunctionRole: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust('lambda.amazonaws.com') } },
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: { Code: { ZipFile: source }, Handler: 'index.handler', Runtime: 'nodejs22.x', Role: { 'Fn::GetAtt': ['FunctionRole', 'Arn'] } },
      },
      Url: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: FUNCTION, AuthType: authType, ...(cors && { Cors: cors }) } },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: policy({
            Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } },
          }),
          ...(grant.length > 0 && { Policies: [{ PolicyName: 'Own', PolicyDocument: policy(...grant) }] }),
        },
      },
      ...resources,
    },
    Outputs: Object.fromEntries([
      ['Url', { 'Fn::GetAtt': ['Url', 'FunctionUrl'] }], ['Ref', { Ref: 'Url' }], ['Arn', { 'Fn::GetAtt': ['Url', 'FunctionArn'] }],
      ['Function', FUNCTION], ['Role', { 'Fn::GetAtt': ['Role', 'Arn'] }],
    ].map(([name, Value]) => [name, { Value }])),
  });
  expect(failures).toEqual([]);
  return outputs;
}

/** The credentials of a role of the template, as anybody of the account gets them. */
async function assume(RoleArn: string): Promise<Credentials> {
  const { Credentials: given } = await loopback.call('sts', 'AssumeRole', { RoleArn, RoleSessionName: 'me' });
  return { accessKeyId: given.AccessKeyId, secretAccessKey: given.SecretAccessKey, sessionToken: given.SessionToken };
}

const forbidden = async (response: Response) => expect([response.status, await response.text()]).toEqual([403, '{"Message":"Forbidden"}']);
const permissions = (...names: (keyof typeof PUBLIC)[]) => Object.fromEntries(names.map((name) => [`${name}Permission`, {
  Type: 'AWS::Lambda::Permission', Properties: { FunctionName: FUNCTION, Principal: '*', ...PUBLIC[name] },
}]));

describe('a URL that asks who calls', () => {
  test('stands for its function, under an address of the loopback', async () => {
    const outputs = await deploy();
    expect(outputs.Url).toMatch(new RegExp(`^${loopback.url}/lambda-url/[0-9a-f]{32}/$`));
    expect([outputs.Ref, outputs.Arn]).toEqual([outputs.Function, outputs.Function]);
  });

  test('lets a role in that may call it, and tells the function who it is', async () => {
    const outputs = await deploy();
    const credentials = await assume(outputs.Role);
    const response = await signedFetch(`${outputs.Url}shell/open?id=1&id=2&x=a+b`, credentials, {
      method: 'POST', headers: { 'content-type': 'application/json', 'cookie': 'a=1; b=2' }, body: '{"session":"s"}',
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
    const id = outputs.Url.split('/').at(-2);
    const caller = expect.stringMatching(/^AROA[0-9A-F]{16}:me$/);
    expect(await response.json()).toEqual({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/shell/open',
      rawQueryString: 'id=1&id=2&x=a+b',
      cookies: ['a=1', 'b=2'],
      headers: expect.objectContaining({ 'content-type': 'application/json', 'x-amz-security-token': credentials.sessionToken }),
      queryStringParameters: { id: '1,2', x: 'a b' },
      requestContext: {
        accountId: '111111111111',
        apiId: id,
        authorizer: {
          iam: {
            accessKey: credentials.accessKeyId,
            accountId: '111111111111',
            callerId: caller,
            cognitoIdentity: null,
            principalOrgId: null,
            userArn: `arn:aws:sts::111111111111:assumed-role/${outputs.Role.split('/').at(-1)}/me`,
            userId: caller,
          },
        },
        domainName: `${id}.lambda-url.us-east-1.on.aws`,
        domainPrefix: id,
        http: { method: 'POST', path: '/shell/open', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: expect.any(String) },
        requestId: expect.any(String),
        routeKey: '$default',
        stage: '$default',
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      },
      body: '{"session":"s"}',
      isBase64Encoded: false,
    });
    expect(loopback.iam.unusedGrants().filter(({ roleArn }) => roleArn === outputs.Role)).toEqual([]);
    expect(loopback.endpoint.calls.of('lambda', 'InvokeFunctionUrl')).toMatchObject([{ caller: { roleArn: outputs.Role }, input: { Method: 'POST' } }]);
  });

  test('brings other content in base64, and none when there is none', async () => {
    const outputs = await deploy();
    const credentials = await assume(outputs.Role);
    const form = await signedFetch(outputs.Url, credentials, {
      method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=b',
    });
    expect(await form.json()).toMatchObject({ body: Buffer.from('a=b').toString('base64'), isBase64Encoded: true });
    const plain: object = JSON.parse(await (await signedFetch(outputs.Url.slice(0, -1), credentials)).text());
    expect(plain).toMatchObject({ rawPath: '/', rawQueryString: '', isBase64Encoded: false });
    expect(Object.keys(plain)).toEqual(expect.not.arrayContaining(['body', 'cookies', 'queryStringParameters']));
  });

  test('lets the operator in, who may do everything', async () => {
    const outputs = await deploy({ source: 'exports.handler = async (event) => event.requestContext.authorizer.iam.userArn;' });
    expect(await (await signedFetch(outputs.Url, OPERATOR)).json()).toBe('arn:aws:iam::111111111111:user/operator');
  });

  test.each([
    ['has neither permission', []],
    ['has lambda:InvokeFunctionUrl alone, as was enough before October 2025', [GRANT[0]]],
    ['has lambda:InvokeFunction alone', [GRANT[1]]],
    ['may call URLs of the other kind', [{ ...GRANT[0], Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } } }, GRANT[1]]],
  ])('fails for a role that %s', async (_what, grant) => {
    const outputs = await deploy({ grant });
    await forbidden(await signedFetch(outputs.Url, await assume(outputs.Role)));
    expect(loopback.lambda.invocations).toEqual([]);
  });

  test('fails without a signature, and with one for another service', async () => {
    const outputs = await deploy();
    await forbidden(await fetch(outputs.Url));
    const authorization = 'AWS4-HMAC-SHA256 Credential=operator/20260105/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0';
    await forbidden(await fetch(outputs.Url, { headers: { authorization } }));
  });

  test('fails with credentials that were never given to anybody', async () => {
    const outputs = await deploy();
    await forbidden(await signedFetch(outputs.Url, { accessKeyId: 'ASIANOBODY', secretAccessKey: 'x', sessionToken: 'x' }));
  });

  test('does not let the role invoke the function by another way', async () => {
    const outputs = await deploy();
    const path = `/2015-03-31/functions/${encodeURIComponent(outputs.Function)}/invocations`;
    const response = await signedFetch(loopback.url + path, await assume(outputs.Role), { method: 'POST', body: '{}' });
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([403, 'AccessDeniedException']);
  });
});

describe('a URL for everybody', () => {
  test('needs no signature, and names no caller', async () => {
    const outputs = await deploy({ authType: 'NONE', resources: permissions('Url', 'Function') });
    const { requestContext } = JSON.parse(await (await fetch(outputs.Url)).text());
    expect(requestContext).toMatchObject({ accountId: 'anonymous', http: { method: 'GET' } });
    expect(requestContext).not.toHaveProperty('authorizer');
  });

  test.each<[string, object]>([
    ['no permission', {}],
    ['one of the two permissions', permissions('Url')],
    ['the other of the two', permissions('Function')],
  ])('fails with %s', async (_what, resources) => {
    const outputs = await deploy({ authType: 'NONE', resources });
    await forbidden(await fetch(outputs.Url));
  });
});

describe('the answer', () => {
  const answer = async (source: string) => {
    const outputs = await deploy({ source: `exports.handler = async () => ${source};` });
    const response = await signedFetch(outputs.Url, OPERATOR);
    return [response.status, response.headers.get('content-type'), await response.text()];
  };

  test.each<[string, string, unknown[]]>([
    ['is what the function says', '({ statusCode: 409, headers: { "Content-Type": "text/plain" }, body: "no" })', [409, 'text/plain', 'no']],
    ['is JSON unless it says otherwise', '({ statusCode: 201, body: "{}" })', [201, 'application/json', '{}']],
    ['may come in base64', '({ statusCode: 200, isBase64Encoded: true, body: "aGk=" })', [200, 'application/json', 'hi']],
    ['may be any JSON', '({ hello: "you" })', [200, 'application/json', '{"hello":"you"}']],
    ['may be text', '"hello"', [200, 'application/json', '"hello"']],
    ['of a function that fails is 502', 'Promise.reject(new Error("secret"))', [502, 'application/json', 'Internal Server Error']],
    ['of no known status is 502', '({ statusCode: "fine" })', [502, 'application/json', 'Internal Server Error']],
    ['with a body that is no text is 502', '({ statusCode: 200, body: {} })', [502, 'application/json', 'Internal Server Error']],
  ])('%s', async (_what, source, expected) => {
    expect(await answer(source)).toEqual(expected);
  });

  test('with cookies is not imitated', async () => {
    expectedFaults = ['the cookies that a function behind a URL answers with'];
    expect((await answer('({ statusCode: 200, cookies: ["a=1"] })'))[0]).toBe(400);
  });
});

describe('the configuration', () => {
  test('changes in place, under the same address', async () => {
    const before = await deploy();
    const after = await deploy({ authType: 'NONE', resources: permissions('Url', 'Function'), cors: { AllowOrigins: ['*'], MaxAge: '60' } });
    expect(after.Url).toBe(before.Url);
    expect((await fetch(after.Url)).status).toBe(200);
    expect(await loopback.call('lambda', 'GetFunctionUrlConfig', { FunctionName: after.Function })).toMatchObject({
      AuthType: 'NONE', Cors: { AllowOrigins: ['*'], MaxAge: 60 }, InvokeMode: 'BUFFERED', FunctionUrl: before.Url,
    });
    expectedFaults = ['the answer of a function URL to a preflight request'];
    await fetch(after.Url, { method: 'OPTIONS' });
  });

  test('goes with the stack', async () => {
    const outputs = await deploy();
    expect((await loopback.cloudformation.destroy('stack')).status).toBe('DELETE_COMPLETE');
    const response = await fetch(outputs.Url);
    expect([response.status, await response.text()]).toEqual([404, '{"Message":null}']);
  });

  test('goes with the function, and does not come back with another of its name', async () => {
    const { Function: FunctionName, Url } = await deploy();
    const { Configuration: { Role } } = await loopback.call('lambda', 'GetFunction', { FunctionName });
    await loopback.call('lambda', 'DeleteFunction', { FunctionName });
    await loopback.call('lambda', 'CreateFunction', {
      FunctionName: FunctionName.split(':').at(-1), Role, Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { ZipFile: 'x' },
    });
    expect((await fetch(Url)).status).toBe(404);
    await expect(loopback.call('lambda', 'GetFunctionUrlConfig', { FunctionName })).rejects.toMatchObject({ code: 'ResourceNotFoundException', status: 404 });
  });

  test.each([
    ['a second URL', 'CreateFunctionUrlConfig', { AuthType: 'NONE' }, 'ResourceConflictException'],
    ['another kind of authorization', 'UpdateFunctionUrlConfig', { AuthType: 'JWT' }, 'ValidationException'],
    ['an alias', 'UpdateFunctionUrlConfig', { Qualifier: 'live' }, 'LoopbackNotImitated'],
    ['a stream', 'UpdateFunctionUrlConfig', { InvokeMode: 'RESPONSE_STREAM' }, 'LoopbackNotImitated'],
    ['a kind of URL for another action', 'AddPermission', { Action: 'lambda:InvokeFunction', Principal: '*', StatementId: 'a', FunctionUrlAuthType: 'NONE' },
      'InvalidParameterValueException'],
  ])('fails with %s', async (_what, operation, input, code) => {
    const { Function: FunctionName } = await deploy();
    await expect(loopback.call('lambda', operation, { FunctionName, ...input })).rejects.toMatchObject({ code });
  });
});

test('fails for a role that trusts others than the account', async () => {
  const { Function: name } = await deploy();
  const { Configuration } = await loopback.call('lambda', 'GetFunction', { FunctionName: name });
  await expect(assume(Configuration.Role)).rejects.toMatchObject({
    code: 'AccessDenied',
    message: `User: arn:aws:iam::111111111111:user/operator is not authorized to perform: sts:AssumeRole on resource: ${Configuration.Role}`,
  });
});
