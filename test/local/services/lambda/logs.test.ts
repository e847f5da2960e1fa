import { LambdaFixture, ROLE } from './lambda-fixture';
import { LeapingClock } from '../../../../local/clock';
import { policy, trust } from '../test-cloud';

let fixture: LambdaFixture<LeapingClock>;

beforeEach(() => {
  fixture = new LambdaFixture(new LeapingClock());
});
afterEach(() => fixture.lambda.stop());

const GROUP = 'arn:aws:logs:eu-central-1:123456789012:log-group:own';

/** A role with exactly these permissions for a log group that exists. */
async function withLogs(...actions: string[]): Promise<void> {
  await fixture.cloud.call('iam', 'CreateRole', { RoleName: 'Worker', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') });
  if (actions.length > 0) {
    const PolicyDocument = policy({ Effect: 'Allow', Action: actions, Resource: `${GROUP}:*` });
    await fixture.cloud.call('iam', 'PutRolePolicy', { RoleName: 'Worker', PolicyName: 'Logs', PolicyDocument });
  }
  await fixture.cloud.call('logs', 'CreateLogGroup', { logGroupName: 'own' });
}

const create = (source: string) => fixture.createFunction('talk', source, { Role: ROLE, LoggingConfig: { LogGroup: 'own' } });

test('all that an invocation writes is in the log group when it has ended', async () => {
  await withLogs('logs:CreateLogStream', 'logs:PutLogEvents');
  await create(`console.log('loaded'); exports.handler = async () => {
    console.log('one', { two: 2 }); console.error(new Error('first\\nsecond').message); process.stdout.write('raw'); };`);
  await fixture.invoke('talk');
  const { requestId } = fixture.lambda.invocations[0];
  const messages = fixture.logs.lines('own').map(({ message }) => message);
  expect(messages).toHaveLength(7);
  expect(messages).toEqual(expect.arrayContaining([
    expect.stringMatching(/^\d{4}-\S+Z\tundefined\tINFO\tloaded$/),
    `START RequestId: ${requestId} Version: $LATEST`,
    expect.stringMatching(new RegExp(`^\\S+\\t${requestId}\\tINFO\\tone \\{ two: 2 \\}$`)),
    expect.stringMatching(new RegExp(`^\\S+\\t${requestId}\\tERROR\\tfirst\\rsecond$`)),
    'raw',
    `END RequestId: ${requestId}`,
  ]));
  expect(messages.at(-1)).toMatch(/^REPORT RequestId: \S+\tDuration: \d+\.00 ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB$/);
  expect(fixture.logs.lines()[0].stream).toMatch(/^2026\/01\/05\/\[\$LATEST\][0-9a-f]{32}$/);
});

test('an error of the handler is logged with its own properties', async () => {
  await withLogs('logs:CreateLogStream', 'logs:PutLogEvents');
  await create('exports.handler = async () => { throw Object.assign(new Error("bad"), { url: "secret" }); };');
  await fixture.invoke('talk');
  const line = fixture.logs.lines('own').find(({ message }) => message.includes('Invoke Error'))!.message;
  expect(JSON.parse(line.slice(line.indexOf('{')))).toMatchObject({ errorType: 'Error', errorMessage: 'bad', url: 'secret' });
});

test('what a dying process writes is not lost', async () => {
  await withLogs('logs:CreateLogStream', 'logs:PutLogEvents');
  await create('exports.handler = async () => { console.log("last words"); process.kill(process.pid, "SIGKILL"); };');
  await fixture.invoke('talk');
  expect(fixture.logs.lines('own').some(({ message }) => message.endsWith('last words'))).toBe(true);
});

test.each([[[]], [['logs:CreateLogStream']], [['logs:PutLogEvents']]])('a role with only %j writes nothing', async (actions) => {
  await withLogs(...actions);
  await create('exports.handler = async () => console.log("unheard");');
  await fixture.invoke('talk');
  expect(fixture.logs.lines()).toEqual([]);
  expect(fixture.iam.denials).toMatchObject([{ resource: expect.stringContaining(`${GROUP}:log-stream:`) }]);
});

test('a group that is missing is made if the role may', async () => {
  await fixture.createRole();
  await fixture.createFunction('quiet', 'exports.handler = async () => 1;');
  await fixture.invoke('quiet');
  expect(fixture.logs.hasGroup('/aws/lambda/quiet')).toBe(true);
  expect(fixture.iam.denials).toEqual([]);
});
