import * as cdk from 'aws-cdk-lib';
import * as cfn from 'aws-cdk-lib/aws-gameliftstreams';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Credentials } from '../../../local/services/iam/credentials';
import type { GameLiftStreamsOptions } from '../../../local/streaming/gameliftstreams/options';
import { gameliftstreams } from '../../../src';
import { Deployment } from '../../deploy/deployment';
import { signedFetch } from '../../local/services/lambda/signed-fetch';

const MINUTE = 60_000;
const STACK = 'Shells';

let deployment: Deployment;
let group: string;
let url: string;

async function start(options: GameLiftStreamsOptions = {}): Promise<void> {
  deployment = await Deployment.start({ gameliftstreams: { durations: { onDemandSessionStart: 60_000 }, ...options } });
  await deployment.fillBucket('games', ['chess/chess']);
  const { status, outputs } = await deployment.deploy(stackOf);
  expect(status).toBe('CREATE_COMPLETE');
  group = deployment.physicalId(STACK, 'AWS::GameLiftStreams::StreamGroup');
  url = outputs.Url;
}

beforeEach(() => start());

afterEach(() => deployment.stop());

/** A group with an application and a shell, a role that may open shells, and one that may not. */
function stackOf(app: cdk.App): cdk.Stack {
  const stack = new cdk.Stack(app, STACK);
  const game = new cfn.CfnApplication(stack, 'Game', {
    applicationSourceUri: 's3://games/chess', description: 'chess', executablePath: 'chess', runtimeEnvironment: { type: 'UBUNTU', version: '22_04_LTS' },
  });
  const streamGroup = new cfn.CfnStreamGroup(stack, 'Group', {
    description: 'group',
    streamClass: 'gen5n_high',
    locationConfigurations: [{ locationName: 'us-east-1', maximumCapacity: 4, targetIdleCapacity: 0, alwaysOnCapacity: 0 }],
    defaultApplication: { arn: game.attrArn },
  });
  const shell = new gameliftstreams.AdminShell(stack, 'Shell', { streamGroup });
  for (const [id, may] of [['Admin', true], ['Player', false]] as const) {
    const role = new iam.Role(stack, id, { roleName: id, assumedBy: new iam.AccountRootPrincipal() });
    if (may) {
      shell.grants.adminShell(role);
    }
  }
  new cdk.CfnOutput(stack, 'Url', { value: shell.url }).overrideLogicalId('Url');
  return stack;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each operation has its own output
const call = (operation: string, input: object): Promise<any> => deployment.loopback.call('gameliftstreams', operation, input);

/** The ARN of a session that waits for its client. */
async function session(after = 2 * MINUTE, overrides: object = {}): Promise<string> {
  const { Arn } = await call('StartStreamSession', {
    Identifier: group,
    ApplicationIdentifier: deployment.physicalId(STACK, 'AWS::GameLiftStreams::Application'),
    Protocol: 'WebRTC',
    SignalRequest: 'NO_CLIENT_CONNECTION',
    ConnectionTimeoutSeconds: 3600,
    ...overrides,
  });
  deployment.clock.advance(after);
  return Arn;
}

async function assume(role: string): Promise<Credentials> {
  const { Credentials: given } = await deployment.loopback.call('sts', 'AssumeRole', {
    RoleArn: `arn:aws:iam::111111111111:role/${role}`, RoleSessionName: 'me',
  });
  return { accessKeyId: given.AccessKeyId, secretAccessKey: given.SecretAccessKey, sessionToken: given.SessionToken };
}

const ask = async (of: string, role = 'Admin') => signedFetch(`${url}?session=${encodeURIComponent(of)}`, await assume(role));
const refusal = async (response: Response) => [response.status, ((await response.json()) as { message: string }).message];
const lines = () => deployment.loopback.logs.lines().map(({ message }) => /{"at":"admin shell".*}/.exec(message)?.[0])
  .filter((line) => line !== undefined).map((line) => JSON.parse(line));

describe('who may open shells', () => {
  test('gets the credentials of one, by the ARN or the id of the session, from a log that tells who it was', async () => {
    const arn = await session();
    for (const name of [arn, arn.split('/')[2]]) {
      const response = await ask(name);
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
      const credentials = await response.json() as Record<string, string>;
      expect(Object.keys(credentials)).toEqual(['SessionId', 'StreamUrl', 'TokenValue']);
      expect(deployment.loopback.gameliftstreams.openAdminShell(credentials)).toBe(arn);
    }
    expect(lines()).toEqual([arn, arn.split('/')[2]].map((asked) => (
      { at: 'admin shell', caller: 'arn:aws:sts::111111111111:assumed-role/Admin/me', session: asked, outcome: 'opened' })));
  });

  test('gets them again when they have expired', async () => {
    const arn = await session();
    const first = await (await ask(arn)).json() as object;
    deployment.clock.advance(MINUTE);
    expect(() => deployment.loopback.gameliftstreams.openAdminShell(first as never)).toThrow('the credentials of the shell have expired');
    expect(deployment.loopback.gameliftstreams.openAdminShell(await (await ask(arn)).json() as never)).toBe(arn);
  });
});

test('who may not gets nothing, and the function is not called', async () => {
  const arn = await session();
  for (const response of [await ask(arn, 'Player'), await fetch(`${url}?session=${arn}`)]) {
    expect([response.status, await response.json()]).toEqual([403, { Message: 'Forbidden' }]);
  }
  expect(deployment.loopback.lambda.invocations).toEqual([]);
});

test('a role that may open shells may not invoke the function in another way, which would not tell the log who it is', async () => {
  const response = await signedFetch(
    `${deployment.loopback.url}/2015-03-31/functions/${deployment.physicalId(STACK, 'AWS::Lambda::Function')}/invocations`,
    await assume('Admin'), { method: 'POST', body: JSON.stringify({ session: await session() }) });
  expect(response.status).toBe(403);
});

describe('a session that is not ready for a shell', () => {
  test('is asked again', async () => {
    await deployment.stop();
    await start({ adminShellRefusals: 3 });
    expect((await ask(await session())).status).toBe(200);
  });

  test('is not asked for ever', async () => {
    await deployment.stop();
    await start({ adminShellRefusals: Infinity });
    expect(await refusal(await ask(await session()))).toEqual([503, 'the session is not ready for a shell yet: try again in a few seconds']);
    expect(deployment.loopback.endpoint.calls.of('gameliftstreams', 'CreateStreamSessionAdminShell')).toHaveLength(5);
  }, 30_000);
});

describe('there is no shell', () => {
  const OPEN = 'a shell can be opened while it is one of ACTIVE, CONNECTED, PENDING_CLIENT_RECONNECTION, RECONNECTING';

  test('into a session that is only starting, ending, over or broken', async () => {
    const starting = await session(0);
    expect(await refusal(await ask(starting))).toEqual([409, `session ${starting} is ACTIVATING; ${OPEN}`]);
    const ending = await session();
    await call('TerminateStreamSession', { Identifier: group, StreamSessionIdentifier: ending });
    expect(await refusal(await ask(ending))).toEqual([409, `session ${ending} is TERMINATING; ${OPEN}`]);
    deployment.clock.advance(MINUTE);
    expect(await refusal(await ask(ending))).toEqual([409, `session ${ending} is TERMINATED; ${OPEN}`]);
    deployment.loopback.gameliftstreams.script.failingSession('group', 'internalError');
    const broken = await session();
    expect(await refusal(await ask(broken))).toEqual([409, `session ${broken} is ERROR; ${OPEN}`]);
    expect(deployment.loopback.endpoint.calls.of('gameliftstreams', 'CreateStreamSessionAdminShell')).toEqual([]);
  });

  test('into one that the group does not have', async () => {
    const id = group.split('/')[1] ?? group;
    expect(await refusal(await ask('ABC123def4567'))).toEqual([404, `stream group ${id} has no session ABC123def4567`]);
  });

  test('into one of another group', async () => {
    const theirs = 'arn:aws:gameliftstreams:us-east-1:111111111111:streamsession/sg-other/ABC123def4567';
    expect(await refusal(await ask(theirs))).toEqual([
      404, expect.stringMatching(/^session arn:.*sg-other\/ABC123def4567 is not of stream group sg-\w+, the only one for which there are shells here$/),
    ]);
    expect(deployment.loopback.endpoint.calls.of('gameliftstreams', 'GetStreamSession')).toEqual([]);
  });

  test.each(['', 'a/b', 'arn:aws:s3:::bucket', 'x'.repeat(129)])('into what is no session: "%s"', async (name) => {
    expect(await refusal(await ask(name))).toEqual([400, expect.stringContaining('name a session by its id or its ARN: ?session=arn:aws:')]);
  });

  test('where nobody says which', async () => {
    expect((await signedFetch(url, await assume('Admin'))).status).toBe(400);
  });

  test.each([
    ['is busy', { kind: 'throttle' }, 503, 'GameLift Streams refused: Rate exceeded (ThrottlingException)'],
    ['fails', { kind: 'error', code: 'InternalServerException', message: 'Something is wrong.', status: 500 }, 503, 'GameLift Streams refused: Something is wrong. (InternalServerException)'],
    ['refuses', { kind: 'error', code: 'ValidationException', message: 'No shells today.', status: 400 }, 502, 'GameLift Streams refused: No shells today. (ValidationException)'],
  ] as const)('while GameLift Streams %s', async (_, fault, status, message) => {
    const arn = await session();
    deployment.loopback.endpoint.faults.add({ operation: 'CreateStreamSessionAdminShell', lambdaOnly: true, times: Infinity, fault });
    expect(await refusal(await ask(arn))).toEqual([status, message]);
    expect(lines()).toMatchObject([{ session: arn, outcome: message }]);
  });

  test('while GameLift Streams cannot be reached', async () => {
    const arn = await session();
    deployment.loopback.endpoint.faults.add({ operation: 'GetStreamSession', lambdaOnly: true, fault: { kind: 'drop-answer' } });
    expect((await refusal(await ask(arn)))[0]).toBe(503);
  });
});

describe('whoever may invoke the function', () => {
  const invoke = (payload: object) => deployment.loopback.call('lambda', 'Invoke', {
    FunctionName: deployment.physicalId(STACK, 'AWS::Lambda::Function'), Payload: JSON.stringify(payload),
  });

  test('gets the bare credentials', async () => {
    const arn = await session();
    const { FunctionError, Payload } = await invoke({ session: arn });
    expect(FunctionError).toBeUndefined();
    expect(deployment.loopback.gameliftstreams.openAdminShell(JSON.parse(Payload))).toBe(arn);
    expect(lines()).toEqual([{ at: 'admin shell', session: arn, outcome: 'opened' }]);
  });

  test('gets what is refused as an error', async () => {
    const { FunctionError, Payload } = await invoke({ session: 'ABC123def4567' });
    expect(FunctionError).toBe('Unhandled');
    expect(JSON.parse(Payload).errorMessage).toMatch(/has no session ABC123def4567/);
    expect(JSON.parse((await invoke({})).Payload).errorMessage).toContain('name a session by its id or its ARN');
  });
});
